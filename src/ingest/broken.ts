/** JSON that breaks off or is none, as a sentence with the place; wherever it is found, since values are read late. */

import { FirebreakError } from "../model/error.ts";
import { printable } from "../model/printable.ts";
import { IncompleteJson, MalformedJson, TruncatedJson } from "./json/scan.ts";

/** Saves a plan as JSON. */
export const SHOW = "terraform show -json tfplan > plan.json";

/** `where` is where the reader stood, e.g. `resource_changes[212]`; `""` at the top. `save` is the command that would save it whole. */
export function brokenJson(
  error: TruncatedJson | MalformedJson,
  input: string,
  where = "",
  save = SHOW,
): FirebreakError {
  const around = where === "" ? "" : `, in the middle of ${printable(where)}`;
  const at = String(error.offset).replace(/\B(?=(\d{3})+$)/g, ",");
  if (error instanceof TruncatedJson) {
    return new FirebreakError("truncated-json", `${input}: the JSON stops at byte ${at}${around}`, {
      hint: `Something cut it (a log limit?); save it again with: ${save}`,
      cause: error,
    });
  }
  if (error instanceof IncompleteJson) {
    return new FirebreakError(
      "malformed-json",
      `${input}: ${where === "" ? "the plan" : printable(where)} ${error.what}`,
      {
        hint: save === SHOW ? `Give the plan as Terraform wrote it: ${SHOW}` : `Give it as it was saved by: ${save}`,
        cause: error,
      },
    );
  }
  return new FirebreakError(
    "malformed-json",
    `${input}: this is not valid JSON (${error.what} at byte ${at}${around})`,
    {
      hint: `Save it again with: ${save}`,
      cause: error,
    },
  );
}

/** Runs something that reads values out of a plan's bytes. @throws FirebreakError in place of what the readers throw */
export function whileReading<Value>(input: string, read: () => Value, save = SHOW): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof TruncatedJson || error instanceof MalformedJson) throw brokenJson(error, input, "", save);
    throw error;
  }
}

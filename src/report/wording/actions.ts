/** What happens to an object, in a word or two: for cells of tables. */

import type { Range } from "../../model/bounds.ts";
import type { ReportedChange } from "../../model/report.ts";
import { formatRange } from "./numbers.ts";

const ACTION_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    create: "created",
    update: "updated",
    delete: "deleted",
    replace: "replaced",
    forget: "forgotten",
    import: "imported",
    move: "moved",
    unknown: "not known",
  }),
);

/** `deleted`, `possibly replaced`, `updated, imported`. */
export function actionText({ action, certainty, importing, deferred, routine, fate }: ReportedChange): string {
  const possibly = certainty === "conditional" ? "possibly " : "";
  const more = [
    importing !== undefined && action !== "import" ? ", imported" : "",
    fate === "snapshotted" ? ", a snapshot stays" : fate === "retained" ? ", kept unmanaged" : "",
    routine && certainty !== undefined ? ", routine" : "",
    deferred === undefined ? "" : ", put off",
  ];
  return `${possibly}${ACTION_WORDS.get(action) ?? action}${more.join("")}`;
}

/** `3`, `0 to 2`, `not known`. */
export function dependentsCell({ lower, upper }: Range): string {
  return upper === null && lower === 0 ? "not known" : formatRange({ lower, upper });
}

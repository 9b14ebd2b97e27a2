/** `firebreak schema`: the JSON Schema of the config or of the report, as it ships. */

import { FirebreakError } from "../model/error.ts";
import type { Invocation } from "./arguments.ts";
import { exitCodeOf } from "./exit-code.ts";
import type { World } from "./world.ts";

export async function runSchema({ inputs }: Invocation, world: World): Promise<number> {
  const [which = "config", ...rest] = inputs;
  if (rest.length > 0 || (which !== "config" && which !== "report")) {
    throw new FirebreakError("bad-usage", `there is no schema ${JSON.stringify(inputs.join(" "))}`, {
      hint: "Use: firebreak schema config, or: firebreak schema report",
    });
  }
  const { default: schema } =
    which === "config"
      ? await import("../generated/config-schema.json", { with: { type: "json" } })
      : await import("../generated/report-schema.json", { with: { type: "json" } });
  world.stdout.write(`${JSON.stringify(schema, null, 2)}\n`);
  return exitCodeOf("pass");
}

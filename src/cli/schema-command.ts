/** `firebreak schema`: the JSON Schemas of the config, the report and cases for a policy, as they ship. */

import { FirebreakError } from "../model/error.ts";
import type { Invocation } from "./arguments.ts";
import { exitCodeOf } from "./exit-code.ts";
import type { World } from "./world.ts";

export async function runSchema({ inputs }: Invocation, world: World): Promise<number> {
  const [which = "config", ...rest] = inputs;
  const schema =
    rest.length === 0 && Object.hasOwn(SCHEMAS, which) ? SCHEMAS[which as keyof typeof SCHEMAS] : undefined;
  if (schema === undefined) {
    throw new FirebreakError("bad-usage", `there is no schema ${JSON.stringify(inputs.join(" "))}`, {
      hint: "Use: firebreak schema config, firebreak schema report, or: firebreak schema cases",
    });
  }
  world.stdout.write(`${JSON.stringify(await schema(), null, 2)}\n`);
  return exitCodeOf("pass");
}

const SCHEMAS = {
  config: async (): Promise<object> =>
    (await import("../generated/config-schema.json", { with: { type: "json" } })).default,
  report: async (): Promise<object> =>
    (await import("../generated/report-schema.json", { with: { type: "json" } })).default,
  cases: async (): Promise<object> =>
    (await import("../generated/cases-schema.json", { with: { type: "json" } })).default,
};

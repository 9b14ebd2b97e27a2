/** What is left behind of a scenario on which firebreak and Terraform disagree: all that it takes to look into it. */

import { Workspace } from "../support/terraform.ts";
import type { Disagreement } from "./compare.ts";
import { inFolder } from "./recording.ts";
import type { Scenario } from "./scenario.ts";

/** Throws when there is any disagreement; the message says where everything was written to. */
export function refuse(scenario: Scenario, disagreements: readonly Disagreement[]): void {
  if (disagreements.length === 0) return;
  const { seed, steps, args, before, after, plan, state, oracle } = scenario;
  const { folder } = writeAll({
    ...inFolder("before", before),
    ...inFolder("after", after),
    "plan.json": plan,
    "state.json": state,
    "sets.json": JSON.stringify({ seed, steps, args, disagreements, oracle }, null, 2),
  });
  const shown = disagreements.slice(0, 5).map(describe);
  const rest = disagreements.length - shown.length;
  const lines = [
    `seed ${seed}: ${steps.join("; ")} ${args.join(" ")}`,
    ...shown,
    ...(rest > 0 ? [`and ${rest} more`] : []),
    `all of it is in ${folder}`,
  ];
  throw new Error(lines.join("\n"));
}

function describe({ reading, ending, what, missing, extra }: Disagreement): string {
  const sets = [...missing.map((address) => `- ${address}`), ...extra.map((address) => `+ ${address}`)];
  return `${reading}: ${ending}: ${what}\n    ${sets.slice(0, 8).join("\n    ")}`;
}

function writeAll(files: Readonly<Record<string, string>>): Workspace {
  const workspace = Workspace.create();
  workspace.write(files);
  return workspace;
}

/** A command without a plan: how to get one with what lies in the folder. */

import { FirebreakError } from "../model/error.ts";
import { printable } from "../model/printable.ts";
import type { Project } from "../model/project.ts";
import { listed } from "../report/wording/numbers.ts";
import { lookAtFolder } from "../sources/project/index.ts";
import type { CommandName } from "./commands.ts";
import { TOOL_STEPS } from "./init/tool-steps.ts";
import type { World } from "./world.ts";

/** The error to stop with. Looks at the working folder, and runs nothing. */
export async function noInput(command: CommandName, world: World): Promise<FirebreakError> {
  const project = await lookAtFolder(world.cwd);
  const run = (input: string): string => `firebreak ${command} ${input}`;
  const [plan] = plansIn(project);
  if (plan !== undefined) return error("no plan given", `There is one here: ${run(plan)}`);
  const [found] = project.tools;
  if (found === undefined) return error("no plan given", `Run: terraform plan -out=tfplan && ${run("tfplan")}`);
  const [place = "."] = found.tool === "sam" ? found.stacks.concat("STACK") : found.folders;
  const where = found.folders.includes(".") ? "here" : `in ${listed(found.folders)}`;
  if (found.tool === "cloudformation") {
    return error(
      `no plan given; there are CloudFormation templates ${where}`,
      `Make a change set, and run: ${run("cfn://STACK/CHANGE-SET")}`,
    );
  }
  const { name, byHand } = TOOL_STEPS[found.tool];
  const { make, input } = byHand(place);
  return error(`no plan given; ${name} is used ${where}`, `Run: ${make} && ${run(input)}`);
}

function error(message: string, hint: string): FirebreakError {
  return new FirebreakError("bad-usage", printable(message), { hint });
}

/** Plans that lie right in the folder, by the names that people give them. */
function plansIn({ files }: Project): string[] {
  return [...files].filter((path) =>
    /^(tfplan|plan\.out|[\w.-]+\.tfplan|(tf)?plan\.json|change-?set\.json)$/i.test(path),
  );
}

/** What was found, in a line, and what to do next, in five. */

import type { CiSystem, Project } from "../../model/project.ts";
import { listed } from "../../report/wording/numbers.ts";
import { HOSTS } from "./pipeline.ts";
import { type PipelineTool, TOOL_STEPS } from "./tool-steps.ts";

export interface Plan {
  readonly tool: PipelineTool | undefined;
  readonly ci: CiSystem | undefined;
  /** Folders, or stacks. */
  readonly places: readonly string[];
  /** What to do since a pipeline of their own is in the way. */
  readonly how: string | undefined;
}

export function foundText({ root, environments, tools, ci }: Project, plan: Plan, cwd: string): string {
  const name = plan.tool === undefined ? "CloudFormation templates" : TOOL_STEPS[plan.tool].name;
  const where = listed(plan.places.map((place) => (place === "." ? "its root" : place)));
  const others = tools.filter(({ tool }) => tool !== plan.tool && tool !== "cloudformation").map(({ tool }) => tool);
  const rest = [
    plan.ci === undefined ? "no CI" : HOSTS[plan.ci].name,
    environments.length === 0
      ? "no environments"
      : listed(
          environments.map((one) => one.name),
          5,
        ),
  ];
  const also = [
    ...(others.length > 0 ? others : []),
    ...ci.filter((one) => one !== plan.ci).map((one) => HOSTS[one].name),
  ];
  const more = also.length === 0 ? "" : ` (also seen: ${listed(also)})`;
  const at = root === cwd ? "" : ` in ${root}`;
  return `Found${at}: ${name} in ${where}; ${rest.join("; ")}${more}.`;
}

/** Five lines, each something to do. */
export function nextSteps({ environments }: Project, { tool, ci, places, how }: Plan): string {
  const [place = "."] = places;
  const host = ci === undefined ? undefined : HOSTS[ci];
  const byHand = tool === undefined ? undefined : TOOL_STEPS[tool].byHand(place);
  const tryOut = byHand
    ? `${byHand.make} && firebreak check ${byHand.input}`
    : "firebreak check cfn://STACK/CHANGE-SET";
  const may = tool === "cdk" || tool === "sam" ? "make change sets and otherwise read" : "read";
  const lines = [
    `Try it: ${tryOut}`,
    environments.length === 0
      ? "Say in firebreak.yaml where production is: by tags, a folder or a workspace. firebreak rules prints what is in force."
      : "Read firebreak.yaml: are these all environments? firebreak rules prints what is in force.",
    host === undefined
      ? "Say whose CI runs here, for a pipeline: firebreak init --ci github (or gitlab, bitbucket, azure, circleci, jenkins, atlantis)"
      : how === undefined
        ? `Give ${host.what} credentials that ${may}, and no others.`
        : `${how[0]?.toUpperCase()}${how.slice(1)}; give it credentials that ${may}, and no others.`,
    "Have it merged: until then the policy is recommended, since it is read from the branch that a change goes into.",
    "Then require the check, name owners for firebreak.yaml, and put firebreak verify right before apply.",
  ];
  return `Next:\n${lines.map((line, place) => `  ${place + 1}. ${line}`).join("\n")}\n`;
}

/** The `firebreak.yaml` of a new repository: what was found, and the rest as comments to take up. */

import { printable } from "../../model/printable.ts";
import type { EnvironmentSign, FoundEnvironment } from "../../model/project.ts";

export function configText(environments: readonly FoundEnvironment[], schema: string): string {
  return `# yaml-language-server: $schema=${schema}
#
# What a change may destroy before people have to look at it, by who wrote it. In a pull request this file is read from the branch
# that the change goes into, never from the change. \`firebreak rules\` prints all that is in force.

extends: recommended # or strict; observe reports everything and fails nothing, to begin with

# The limits of recommended. Above them a change waits for so many signatures; an agent is held to the worst that a plan can come to.
# limits:
#   agent: {dataLoss: 0, ended: 5, affected: 25, share: 10%, signatures: 2}
#   human: {dataLoss: 1, ended: 25, share: 25%, signatures: 1}
${environmentsText(environments)}
# Who may sign, by approving the pull request; keys for \`firebreak approve\` go into .firebreak/allowed_signers.
# signOff:
#   team:
#     - {login: LOGIN, names: [ADDRESS OF THEIR COMMITS]}

# What must not end, whoever asks for it.
# protected:
#   types: [aws_db_instance, aws_kms_key]
#   tags: {critical: ["true"]}
`;
}

const EXAMPLE: readonly FoundEnvironment[] = [
  { name: "production", match: { path: "envs/prod/**" }, found: "an example: nothing here says where plans go" },
];

function environmentsText(environments: readonly FoundEnvironment[]): string {
  const isExample = environments.length === 0;
  const lines = [
    "environments:",
    ...(isExample ? EXAMPLE : environments).flatMap((environment) => linesOf(environment)),
  ];
  const begin = isExample ? "# " : "";
  return `\n# How a plan is known to go somewhere, and the limits there.\n${lines.map((line) => `${line.startsWith("#") ? "" : begin}${line}\n`).join("")}`;
}

function linesOf({ name, match, found }: FoundEnvironment): string[] {
  const sign =
    match === undefined
      ? `  ${name}: # ${printable(found)}; nothing in a plan tells, so say --environment ${name}`
      : `  ${name}: # ${printable(found)}`;
  const place = match === undefined ? [] : [`    match: ${inYaml(match)}`];
  if (name !== "production") return [sign, ...(place.length > 0 ? place : ["    limits: {}"])];
  return [
    sign,
    ...place,
    "    limits:",
    "      agent: {ended: 0} # whatever an agent ends here waits for two people",
    '#    pinned: {accounts: ["123456789012"]} # where it lives: a plan made elsewhere is stopped',
    "#    exists: true # a plan that creates all of it anew was made with the wrong state",
  ];
}

function inYaml(match: EnvironmentSign): string {
  const [[key, value] = ["path", ""]] = Object.entries(match);
  if (typeof value === "string") return `{${key}: ${JSON.stringify(value)}}`;
  const tags = Object.entries(value as Readonly<Record<string, readonly string[]>>);
  return `{tags: {${tags.map(([name, values]) => `${name}: [${values.join(", ")}]`).join(", ")}}}`;
}

/** The policy as the base of the change has it, and what the change does to it. */

import type { Policy } from "../model/policy.ts";
import type { PolicyRevision } from "../model/policy-base.ts";
import { guardedChanges } from "../policy/guarded-files.ts";
import { type ConfigFile, loadPolicy } from "../policy/index.ts";
import { type BaseFile, type PolicyBase, readRego } from "../sources/index.ts";
import type { OptionValues } from "./arguments.ts";
import type { World } from "./world.ts";

export interface PolicyInForce {
  readonly policy: Policy;
  /** Absent where no base is named: then the policy is what the folder holds. */
  readonly revision?: PolicyRevision;
}

/** @throws FirebreakError `bad-config` */
export async function policyAt(
  base: PolicyBase,
  ref: string,
  values: OptionValues,
  world: World,
): Promise<PolicyInForce> {
  const files: string[] = [];
  const noted = <File extends BaseFile | undefined>(file: File): File => {
    if (file?.path !== undefined) files.push(file.path);
    return file;
  };
  const read = async (path: string, from?: string): Promise<ConfigFile> => noted(await base.readConfig(path, from));
  const policyFiles = base.policyFiles((path) => files.push(path));
  const path = await configAt(base, values.text("config"));
  const policy = await loadPolicy({
    config: path === undefined ? undefined : await read(path),
    rulesets: values.list("ruleset"),
    readFile: read,
    readPackage: async (name, from) => noted(await base.readPackage(name, from)),
    readRego: (one, from) => readRego(one, from, policyFiles),
  });
  const changes = await guardedChanges(await base.changes(), {
    files,
    others: [policy.signOff.allowedSigners, workflowIn(world.env)],
  });
  return { policy, revision: { ref, commit: base.commit, ...changes } };
}

/** A config that is named and that only the change has is not there yet; one that nobody has is a mistake. */
async function configAt(base: PolicyBase, named: string | undefined): Promise<string | undefined> {
  if (named === undefined) return base.findConfig();
  if (await base.has(named)) return named;
  const path = base.pathOf(named);
  if ((await base.changes()).some((change) => change.path === path)) return undefined;
  // Says that it cannot be read.
  await base.readConfig(named);
  return named;
}

/** `owner/repository/.github/workflows/gate.yml@refs/heads/main`: https://docs.github.com/actions, "default environment variables". */
function workflowIn(env: World["env"]): string | undefined {
  return /^[^/]+\/[^/]+\/(.+?)@/.exec(env["GITHUB_WORKFLOW_REF"] ?? "")?.[1];
}

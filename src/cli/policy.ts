/** Where the policy of a run comes from: the base of the change where there is one, else the folder. */

import { baseInCi } from "../authorship/index.ts";
import { FirebreakError } from "../model/error.ts";
import type { Policy } from "../model/policy.ts";
import type { PolicyRevision } from "../model/policy-base.ts";
import { type ConfigFile, guardedChanges, loadPolicy } from "../policy/index.ts";
import { findConfig, openPolicyBase, type PolicyBase, readConfig } from "../sources/index.ts";
import type { OptionValues } from "./arguments.ts";
import type { World } from "./world.ts";

export interface PolicyInForce {
  readonly policy: Policy;
  /** Absent where no base is named: then the policy is what the folder holds. */
  readonly revision?: PolicyRevision;
}

/** @throws FirebreakError `bad-config` */
export async function policyFor(values: OptionValues, world: World): Promise<PolicyInForce> {
  const named = values.text("base");
  const ref = named ?? baseInCi(world.env);
  const base = ref === undefined ? undefined : await openPolicyBase(world.cwd, ref);
  if (ref !== undefined && base !== undefined) return policyAt(base, ref, values, world);
  // A config that is named and lies in no repository is no part of a change.
  if (named !== undefined && values.text("config") === undefined) {
    throw new FirebreakError("bad-config", `the policy is read from ${named}, and this is no git repository`, {
      hint: "Run it where the repository is checked out, with its base.",
    });
  }
  const path = values.text("config") ?? findConfig(world.cwd);
  const policy = await loadPolicy({
    config: path === undefined ? undefined : readConfig(path),
    rulesets: values.list("ruleset"),
    readFile: async (file, from) => readConfig(file, from),
  });
  return { policy };
}

async function policyAt(base: PolicyBase, ref: string, values: OptionValues, world: World): Promise<PolicyInForce> {
  const files: string[] = [];
  const read = async (path: string, from?: string): Promise<ConfigFile> => {
    const file = await base.readConfig(path, from);
    if (file.path !== undefined) files.push(file.path);
    return file;
  };
  const path = await configAt(base, values.text("config"));
  const policy = await loadPolicy({
    config: path === undefined ? undefined : await read(path),
    rulesets: values.list("ruleset"),
    readFile: read,
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

/** Files to a policy, as the base of a change has them, and what the change does to them. */

import { guardedChanges } from "./policy/guarded-files.ts";
import { type ConfigFile, loadPolicy } from "./policy/index.ts";
import type { NamedPolicy, PolicyInForce } from "./policy-of-files.ts";
import { type BaseFile, openPolicyBase, type PolicyBase, readRego } from "./sources/index.ts";

/**
 * @param workflow the path of the workflow that runs, where the CI says it
 * @returns `undefined` when the folder is in no repository
 * @throws FirebreakError `bad-config`
 */
export async function policyAtBase(
  { folder, config, rulesets }: NamedPolicy,
  ref: string,
  workflow?: string,
): Promise<PolicyInForce | undefined> {
  const base = await openPolicyBase(folder, ref);
  if (base === undefined) return undefined;
  const files: string[] = [];
  const noted = <File extends BaseFile | undefined>(file: File): File => {
    if (file?.path !== undefined) files.push(file.path);
    return file;
  };
  const read = async (path: string, from?: string): Promise<ConfigFile> => noted(await base.readConfig(path, from));
  const policyFiles = base.policyFiles((path) => files.push(path));
  const path = await configAt(base, config);
  const policy = await loadPolicy({
    config: path === undefined ? undefined : await read(path),
    rulesets,
    readFile: read,
    readPackage: async (name, from) => noted(await base.readPackage(name, from)),
    readRego: (one, from) => readRego(one, from, policyFiles),
  });
  const guarded = { files, others: [policy.signOff.allowedSigners, workflow] };
  return { policy, revision: { ref, commit: base.commit, ...(await guardedChanges(await base.changes(), guarded)) } };
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

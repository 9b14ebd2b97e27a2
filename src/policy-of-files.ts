/** Files to a policy, as a folder has them. */

import type { Policy } from "./model/policy.ts";
import type { PolicyRevision } from "./model/policy-base.ts";
import { loadPolicy } from "./policy/index.ts";
import { readConfig, readPackage, readRego } from "./sources/index.ts";

export interface PolicyInForce {
  readonly policy: Policy;
  /** Absent where no base is named: then the policy is what the folder holds. */
  readonly revision?: PolicyRevision;
}

export interface NamedPolicy {
  /** The working folder, from which packages are looked for that no config names. */
  readonly folder: string;
  /** A config by its path. Absent: none in a folder, and on a base the one that is found there. */
  readonly config: string | undefined;
  readonly rulesets: readonly string[];
}

/** @throws FirebreakError `bad-config` */
export function policyOfFiles({ folder, config, rulesets }: NamedPolicy): Promise<Policy> {
  return loadPolicy({
    config: config === undefined ? undefined : readConfig(config),
    rulesets,
    readFile: async (file, from) => readConfig(file, from),
    readPackage: (name, from) => readPackage(name, from, folder),
    readRego: (one, from) => readRego(one, from, folder),
  });
}

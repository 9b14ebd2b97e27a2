/** Where the policy of a run comes from: the base of the change where there is one, else the folder. */

import { baseInCi } from "../authorship/index.ts";
import { FirebreakError } from "../model/error.ts";
import { loadPolicy } from "../policy/index.ts";
import { findConfig, openPolicyBase, readConfig, readPackage, readRego } from "../sources/index.ts";
import type { OptionValues } from "./arguments.ts";
import type { PolicyInForce } from "./policy-at-base.ts";
import type { World } from "./world.ts";

/** @throws FirebreakError `bad-config` */
export async function policyFor(values: OptionValues, world: World): Promise<PolicyInForce> {
  const named = values.text("base");
  const ref = named ?? baseInCi(world.env);
  const base = ref === undefined ? undefined : await openPolicyBase(world.cwd, ref);
  if (ref !== undefined && base !== undefined) {
    return (await import("./policy-at-base.ts")).policyAt(base, ref, values, world);
  }
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
    readPackage: (name, from) => readPackage(name, from, world.cwd),
    readRego: (one, from) => readRego(one, from, world.cwd),
  });
  return { policy };
}

/** Where the policy of a run comes from: the base of the change where there is one, else the folder. */

import { FirebreakError } from "../model/error.ts";
import { type PolicyInForce, policyOfFiles } from "../policy-of-files.ts";
import { findConfig } from "../sources/index.ts";
import type { OptionValues } from "./arguments.ts";
import { baseOf } from "./base.ts";
import type { World } from "./world.ts";

/** @throws FirebreakError `bad-config` */
export async function policyFor(values: OptionValues, world: World): Promise<PolicyInForce> {
  const named = values.text("base");
  const ref = await baseOf(values, world);
  const given = { folder: world.cwd, config: values.text("config"), rulesets: values.list("ruleset") };
  const atBase =
    ref === undefined
      ? undefined
      : await (await import("../policy-at-base.ts")).policyAtBase(given, ref, workflowIn(world.env));
  if (atBase !== undefined) return atBase;
  // A config that is named and lies in no repository is no part of a change.
  if (named !== undefined && given.config === undefined) {
    throw new FirebreakError("bad-config", `the policy is read from ${named}, and this is no git repository`, {
      hint: "Run it where the repository is checked out, with its base.",
    });
  }
  return { policy: await policyOfFiles({ ...given, config: given.config ?? findConfig(world.cwd) }) };
}

/** `owner/repository/.github/workflows/gate.yml@refs/heads/main`: https://docs.github.com/actions, "default environment variables". */
function workflowIn(env: World["env"]): string | undefined {
  return /^[^/]+\/[^/]+\/(.+?)@/.exec(env["GITHUB_WORKFLOW_REF"] ?? "")?.[1];
}

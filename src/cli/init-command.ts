/** `firebreak init`: what has to stand elsewhere before firebreak can be used there. */

import { FirebreakError } from "../model/error.ts";
import { readOnlyPolicy } from "../sources/cloudformation/policy.ts";
import type { Invocation } from "./arguments.ts";
import { exitCodeOf } from "./exit-code.ts";
import type { World } from "./world.ts";

/** @throws FirebreakError `bad-usage` */
export function runInit({ inputs, values }: Invocation, world: World): number {
  if (inputs.length > 0 || !values.has("aws-policy")) {
    throw new FirebreakError("bad-usage", "init takes no input, and needs to know what to print", {
      hint: "firebreak init --aws-policy prints the IAM policy that live change sets need.",
    });
  }
  world.stdout.write(`${JSON.stringify(readOnlyPolicy(), null, 2)}\n`);
  return exitCodeOf("pass");
}

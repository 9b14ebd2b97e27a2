/** `firebreak completion`: what a shell needs to complete commands, options, formats and rules. */

import { FirebreakError } from "../../model/error.ts";
import { RULES } from "../../model/finding.ts";
import type { Invocation } from "../arguments.ts";
import { exitCodeOf } from "../exit-code.ts";
import type { World } from "../world.ts";

/** Each for a shell, from the ids of the rules. */
const SHELLS = {
  bash: async () => (await import("./bash.ts")).bashCompletion,
  zsh: async () => (await import("./zsh.ts")).zshCompletion,
  fish: async () => (await import("./fish.ts")).fishCompletion,
} as const;

/** @throws FirebreakError `bad-usage` */
export async function runCompletion({ inputs }: Invocation, world: World): Promise<number> {
  const [name = "", ...rest] = inputs;
  if (rest.length > 0 || !isShell(name)) {
    const asked =
      name === ""
        ? "completion is for a shell, and none is named"
        : `there is no completion for ${JSON.stringify(inputs.join(" "))}`;
    throw new FirebreakError("bad-usage", asked, {
      hint: `Use: firebreak completion ${Object.keys(SHELLS).join("|")}`,
    });
  }
  const completion = await SHELLS[name]();
  world.stdout.write(completion(Object.keys(RULES)));
  return exitCodeOf("pass");
}

function isShell(name: string): name is keyof typeof SHELLS {
  return Object.hasOwn(SHELLS, name);
}

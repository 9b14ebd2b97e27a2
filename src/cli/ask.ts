/** Questions to whoever sits at the terminal. Where nobody does, none are asked. */

import type { World } from "./world.ts";

export interface Questions {
  /** Whether the answer is yes; the end of the input, or anything else, is no. */
  readonly isYes: (question: string) => Promise<boolean>;
  /** Lets go of the input, so that the process can end. */
  readonly close: () => void;
}

/** `undefined` when standard input is no terminal: what is read there is nobody's answer. */
export function openQuestions(world: World): Questions | undefined {
  if (!world.stdinIsTerminal) return undefined;
  const lines = world.stdin()[Symbol.asyncIterator]();
  return {
    isYes: async (question) => {
      world.stderr.write(question);
      const { value } = await lines.next();
      return /^y(es)?$/i.test(String(value ?? "").trim());
    },
    close: () => void lines.return?.(),
  };
}

/** Several calls at once, but not so many that AWS asks to slow down. */

const AT_ONCE = 4;

/** Answers in the order of `all`. The first error ends it. */
export async function inParallel<One, Answer>(
  all: readonly One[],
  ask: (one: One) => Promise<Answer>,
): Promise<Answer[]> {
  const answers = new Array<Answer>(all.length);
  const waiting = all.entries();
  const work = async (): Promise<void> => {
    for (const [place, one] of waiting) answers[place] = await ask(one);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, all.length) }, work));
  return answers;
}

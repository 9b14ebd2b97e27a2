/** What is known of the author of a change: a file of evidence, or the repository's commits, and what this process says of itself. */

import { type AuthorshipRequest, baseInCi, parseActor } from "../authorship/index.ts";
import type { Evidence } from "../model/evidence.ts";
import { readCommits, readEvidence } from "../sources/index.ts";
import type { OptionValues } from "./arguments.ts";
import type { World } from "./world.ts";

/**
 * For a check. Git is asked only where somebody names a base, `--base` or the CI of a pull request: the run on a developer's
 * machine, where nobody does, starts no other program.
 * @throws FirebreakError `bad-usage`, `unreadable-input`
 */
export async function authorshipFor(values: OptionValues, world: World): Promise<AuthorshipRequest> {
  const actor = values.text("actor");
  const file = values.text("evidence");
  return {
    claim: actor === undefined ? undefined : parseActor(actor),
    own: ownProcess(world),
    evidence:
      file === undefined
        ? await commitsSince(values.text("base") ?? baseInCi(world.env), world)
        : await readEvidence(file),
  };
}

/** For `firebreak author`: a file of evidence and nothing else, or everything that is here. @throws FirebreakError `unreadable-input` */
export async function evidenceAtHand(values: OptionValues, world: World): Promise<AuthorshipRequest> {
  const file = values.text("evidence");
  if (file !== undefined) return { evidence: await readEvidence(file) };
  return { evidence: await readCommits(world.cwd, values.text("base") ?? baseInCi(world.env)), own: ownProcess(world) };
}

async function commitsSince(base: string | undefined, world: World): Promise<Evidence> {
  return base === undefined ? {} : readCommits(world.cwd, base);
}

function ownProcess({ env, stdout }: World): AuthorshipRequest["own"] {
  return { environment: env, isTerminal: stdout.isTerminal };
}

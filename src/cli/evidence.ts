/** What is known of the author of a change: a file of evidence; or the repository's commits, CI and its host, and this process. */

import { type AuthorshipRequest, parseActor } from "../authorship/index.ts";
import { readRun, withHostEvidence } from "../hosts/index.ts";
import type { Evidence } from "../model/evidence.ts";
import { readCommits, readEvidence } from "../sources/index.ts";
import type { OptionValues } from "./arguments.ts";
import { baseOf } from "./base.ts";
import type { World } from "./world.ts";

/**
 * For a check. Git is asked only where somebody names a base, `--base` or the CI of a pull request, and a host only in the CI
 * of one: the run on a developer's machine, where nobody does, starts no other program.
 * @throws FirebreakError `bad-usage`, `unreadable-input`
 */
export async function authorshipFor(values: OptionValues, world: World): Promise<AuthorshipRequest> {
  const actor = values.text("actor");
  const file = values.text("evidence");
  return {
    claim: actor === undefined ? undefined : parseActor(actor),
    own: ownProcess(world),
    evidence: file === undefined ? await found(await commitsSince(values, world), world) : await readEvidence(file),
  };
}

/** For `firebreak author`: a file of evidence and nothing else, or everything that is here. @throws FirebreakError `unreadable-input` */
export async function evidenceAtHand(values: OptionValues, world: World): Promise<AuthorshipRequest> {
  const file = values.text("evidence");
  if (file !== undefined) return { evidence: await readEvidence(file) };
  const commits = await readCommits(world.cwd, await baseOf(values, world));
  return { evidence: await found(commits, world), own: ownProcess(world) };
}

async function commitsSince(values: OptionValues, world: World): Promise<Evidence> {
  const base = await baseOf(values, world);
  return base === undefined ? {} : readCommits(world.cwd, base);
}

async function found(fromGit: Evidence, { env }: World): Promise<Evidence> {
  const run = await readRun(env);
  return run === undefined ? fromGit : withHostEvidence(fromGit, run, env);
}

function ownProcess({ env, stdout }: World): AuthorshipRequest["own"] {
  return { environment: env, isTerminal: stdout.isTerminal };
}

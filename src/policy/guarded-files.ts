/** Which files of a change are the policy, the gate, or who answers for them: nobody decides on these alone. */

import type { FileChange } from "../model/policy-base.ts";
import { ownersOf } from "./code-owners.ts";

export interface Guarded {
  /** Files that the policy on the base was read from, and folders with a slash behind them; empty when it has none. */
  readonly files: readonly string[];
  /** The list of signers, and the workflow that runs, where the CI says which. */
  readonly others: readonly (string | undefined)[];
}

/** Paths, in their order. Where the base has no policy, bringing one is no edit. */
export async function guardedChanges(
  changes: readonly FileChange[],
  { files, others }: Guarded,
): Promise<{ readonly changed: readonly string[]; readonly added: readonly string[] }> {
  const changed: string[] = [];
  const added: string[] = [];
  const sure = new Set([...files, ...others].filter((path) => path !== undefined));
  for (const change of changes) {
    const kind = CODEOWNERS.test(change.path)
      ? await kindOfOwners(change, [...sure], files.length > 0)
      : await kindOfFile(change, sure, files.length > 0);
    if (kind === "changed") changed.push(change.path);
    if (kind === "added") added.push(change.path);
  }
  return { changed, added };
}

type Kind = "changed" | "added" | undefined;

const CODEOWNERS = /^(\.github\/|\.gitlab\/|docs\/)?CODEOWNERS$/i;
const CONFIG = /(^|\/)firebreak\.(yaml|yml|json)$/i;

/** Where the CI systems keep what they run. */
const WORKFLOWS =
  /^(\.github\/(workflows|actions)\/.+|\.gitlab-ci\.ya?ml|\.gitlab\/.+\.ya?ml|\.circleci\/.+|azure-pipelines.*\.ya?ml|bitbucket-pipelines\.ya?ml|\.buildkite\/.+|Jenkinsfile.*|atlantis\.ya?ml|\.drone\.ya?ml|\.travis\.ya?ml|buildspec.*\.ya?ml)$/;

async function kindOfFile(change: FileChange, sure: ReadonlySet<string>, hasPolicy: boolean): Promise<Kind> {
  const { path } = change;
  if (CONFIG.test(path)) return hasPolicy || sure.has(path) ? "changed" : "added";
  if (sure.has(path) || isBelow(path, sure))
    return hasPolicy || (await change.before()) !== undefined ? "changed" : "added";
  if (!WORKFLOWS.test(path)) return undefined;
  if (mentionsGate(await change.before())) return "changed";
  if (!mentionsGate(await change.after())) return undefined;
  return hasPolicy ? "changed" : "added";
}

function isBelow(path: string, sure: ReadonlySet<string>): boolean {
  return [...sure].some((one) => one.endsWith("/") && path.startsWith(one));
}

function mentionsGate(text: string | undefined): boolean {
  return text !== undefined && /firebreak/i.test(text);
}

/** Other lines of the file are no concern of the gate's, and neither is a first one where there is no policy to own yet. */
async function kindOfOwners(
  { path, before, after }: FileChange,
  sure: readonly string[],
  hasPolicy: boolean,
): Promise<Kind> {
  const [old, now] = [await before(), await after()];
  if (old === undefined && !hasPolicy) return undefined;
  const moved = [...sure, path].some((file) => ownersOf(old ?? "", file) !== ownersOf(now ?? "", file));
  return moved ? "changed" : undefined;
}

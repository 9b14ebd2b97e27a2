/** Inputs as the user names them to bytes: the door of this folder. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { compareText } from "../model/address.ts";
import { FirebreakError } from "../model/error.ts";
import type { Evidence } from "../model/evidence.ts";
import type { Progress } from "../model/progress.ts";
import type { ReviewedReport } from "../model/reviewed.ts";
import type { EarlierSource } from "../model/source.ts";
import type { HistoryCommit } from "../model/units.ts";
import type { LiveOptions } from "./cloudformation/index.ts";
import type { Content } from "./content.ts";
import type { CommitRange } from "./git.ts";
import { looksSaved, mayBePlan } from "./may-be-plan.ts";
import type { PolicyBase } from "./policy-base.ts";
import { readFileBytes } from "./read-file.ts";
import type { PolicyFiles, ReadRego } from "./rego/index.ts";
import type { SignOffText } from "./sign-off-file.ts";
import type { VerifyRequest } from "./ssh-keygen.ts";
import { isGzip, isSavedPlan, isZip, unpacked } from "./unpack.ts";

export type { LiveOptions } from "./cloudformation/index.ts";
export { findConfig, readConfig } from "./config-file.ts";
export { folderOf } from "./input-folder.ts";
export type { BaseFile, PolicyBase } from "./policy-base.ts";
export { type NamedSource, sourceAt } from "./source-at.ts";
export { foundSource } from "./source-folder.ts";
export { usualKey } from "./ssh-key.ts";

/** One thing to judge: bytes, or why they could not be had. */
export type Source = {
  readonly input: string;
  /** Found in a folder, not named. */
  readonly inFolder: boolean;
} & (Content | { readonly error: FirebreakError });

/** A file that ships with firebreak. */
export function readShipped(file: URL): Buffer {
  return readFileSync(file);
}

/** Evidence on the author, from a file. @throws FirebreakError `unreadable-input` */
export async function readEvidence(path: string): Promise<Evidence> {
  return (await import("./evidence-file.ts")).readEvidence(path);
}

/** Commits of HEAD that the base does not have, or sentences that say why they cannot be had. */
export async function readCommits(folder: string, base: string | undefined): Promise<CommitRange> {
  return (await import("./git.ts")).readCommits(folder, base);
}

/** Source from before a change. */
export async function earlierSource(folder: string, base: string): Promise<EarlierSource> {
  return (await import("./earlier-source.ts")).earlierSource(folder, base);
}

/** What each commit of a change does to files; or why that cannot be told. */
export async function readHistory(
  folder: string,
  base: string | undefined,
): Promise<readonly HistoryCommit[] | string> {
  return (await import("./history.ts")).readHistory(folder, base);
}

/** The commit that a clone stands on, and where it is a merge what it merges. */
export async function readHeads(folder: string): Promise<readonly string[]> {
  return (await import("./git.ts")).readHeads(folder);
}

/** A file as a revision has it. */
export async function readAtRevision(
  folder: string,
  revision: string,
  path: string,
): Promise<{ readonly text: string } | "no such revision" | "no such file"> {
  return (await import("./git.ts")).readAtRevision(folder, revision, path);
}

/** Sign-offs in files and folders, as text. @throws FirebreakError `unreadable-input` */
export async function readSignOffTexts(paths: readonly string[]): Promise<readonly SignOffText[]> {
  return (await import("./sign-off-file.ts")).readSignOffTexts(paths);
}

/** The report that people looked at. @throws FirebreakError `unreadable-input` */
export async function readReviewedReport(path: string): Promise<ReviewedReport> {
  return (await import("./report-file.ts")).readReviewedReport(path);
}

/** Verifies an SSH signature; answers with why it does not hold. */
export async function verifySignature(request: VerifyRequest): Promise<string | undefined> {
  return (await import("./ssh-keygen.ts")).verifySignature(request);
}

export async function publicKeyOf(key: string): Promise<string> {
  return (await import("./ssh-keygen.ts")).publicKeyOf(key);
}

export async function sign(text: string, key: string, interactive: boolean): Promise<string> {
  return (await import("./ssh-keygen.ts")).sign(text, key, interactive);
}

/** The config in an installed package; `undefined` when none is. @throws FirebreakError `bad-config` */
export async function readPackage(
  name: string,
  from: string | undefined,
  cwd: string,
): Promise<{ readonly name: string; readonly text: string } | undefined> {
  return (await import("./packages.ts")).readPackage(name, from, cwd);
}

/** A policy in Rego, compiled; `files` are those of the working folder where nobody gives others. @throws FirebreakError `bad-config` */
export async function readRego(
  policy: Parameters<typeof import("./rego/index.ts").readRego>[0],
  from: string | undefined,
  files: string | PolicyFiles,
): Promise<ReadRego> {
  const onDisk = async (cwd: string): Promise<PolicyFiles> => (await import("./rego/on-disk.ts")).filesOnDisk(cwd);
  const given = typeof files === "string" ? await onDisk(files) : files;
  return (await import("./rego/index.ts")).readRego(policy, from, given);
}

/** Change sets and stacks in AWS, by name or ARN. */
const LIVE = /^(cfn(-delete)?:\/\/|arn:[\w-]+:cloudformation:)/;

/** The policy's files as a base revision has them; `undefined` outside of a repository. @throws FirebreakError `bad-config` */
export async function openPolicyBase(folder: string, base: string): Promise<PolicyBase | undefined> {
  return (await import("./policy-base.ts")).openPolicyBase(folder, base);
}

/** Reads inputs one after the other: files, folders, `-` for standard input, `cfn://...` for what is in AWS. */
export async function* readSources(
  inputs: readonly string[],
  stdin: () => AsyncIterable<Buffer | string>,
  live: LiveOptions = {},
  progress?: Progress,
): AsyncGenerator<Source> {
  for (const input of inputs) {
    if (LIVE.test(input)) yield await readFromAws(input, live);
    else if (input === "-") yield await readStdin(stdin);
    else if (isFolder(input)) yield* readFolder(input, progress);
    else yield await readOne(input, false, progress);
  }
}

/** A state from before the plan, from a file of its own. @throws FirebreakError `unreadable-input` */
export async function readState(path: string): Promise<{ readonly input: string; readonly bytes: Uint8Array }> {
  return { input: path, bytes: await unpacked((await readFileBytes(path)).bytes, path) };
}

function readFromAws(input: string, live: LiveOptions): Promise<Source> {
  return guarded(input, false, async () => (await import("./cloudformation/index.ts")).readLive(input, live));
}

/** A file that firebreak wrote itself, `-` for standard input. @throws FirebreakError `unreadable-input` */
export async function readSaved(path: string, stdin: () => AsyncIterable<Buffer | string>): Promise<Uint8Array> {
  if (path !== "-") return unpacked((await readFileBytes(path)).bytes, path);
  const source = await readStdin(stdin);
  if ("error" in source) throw source.error;
  return source.bytes;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

async function readStdin(stdin: () => AsyncIterable<Buffer | string>): Promise<Source> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin()) chunks.push(Buffer.from(chunk as Buffer));
  return guarded("-", false, async () => {
    const bytes = await unpacked(Buffer.concat(chunks), "-");
    if (!isZip(bytes)) return { bytes };
    throw new FirebreakError("unreadable-input", "-: a saved binary plan cannot be read from standard input", {
      hint: "Give the file's path, or pipe what `terraform show -json tfplan` prints.",
    });
  });
}

function readOne(path: string, inFolder: boolean, progress?: Progress): Promise<Source> {
  return guarded(path, inFolder, async () => {
    progress?.stage(`reading ${path}`);
    const read = await readFileBytes(path, progress?.bytes);
    const { bytes, sha256 } = isGzip(read.bytes)
      ? { bytes: await unpacked(read.bytes, path), sha256: undefined }
      : read;
    if (isSavedPlan(bytes)) {
      progress?.stage(`having ${path} shown by the program that made it`);
      const { shownPackedPlan, shownPlan } = await import("./shown-plan.ts");
      return isGzip(read.bytes) ? shownPackedPlan(path, bytes) : shownPlan(path, bytes, path);
    }
    if (!isZip(bytes)) return { bytes, sha256 };
    throw new FirebreakError("not-a-plan", `${path}: this is a zip archive, but not a saved plan`, {
      hint: "Run: terraform plan -out=tfplan, and give that file.",
    });
  });
}

async function guarded(input: string, inFolder: boolean, read: () => Promise<Content>): Promise<Source> {
  try {
    return { input, ...(await read()), inFolder };
  } catch (error) {
    if (!(error instanceof FirebreakError)) throw error;
    return { input, error, inFolder };
  }
}

/** The plans right in a folder, by name: whatever looks like JSON, packed JSON, or a saved plan, whatever it is called. */
async function* readFolder(folder: string, progress?: Progress): AsyncGenerator<Source> {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((left, right) =>
    compareText(left.name, right.name),
  );
  const all = entries.filter((entry) => !isFolder(join(folder, entry.name))).map(({ name }) => join(folder, name));
  // Saved plans come first: of a plan that lies there twice, the one that brings its state along is judged.
  const saved = all.filter(looksSaved);
  const paths = [...saved, ...all.filter((path) => !saved.includes(path) && mayBePlan(path))];
  for (const { name } of entries) {
    const inner = join(folder, name);
    if (!isFolder(inner) || name.startsWith(".")) continue;
    const error = new FirebreakError(
      "other-json",
      `${inner}: this is a folder inside the folder, and was not looked into`,
      {
        hint: `To judge it too, name it: firebreak check ${folder} ${inner}`,
      },
    );
    yield { input: inner, error, inFolder: true };
  }
  if (paths.length === 0) {
    const error = new FirebreakError("no-input", `${folder}: there is no plan in this folder`, {
      hint: "Save one with: terraform plan -out=tfplan && terraform show -json tfplan > plan.json",
    });
    yield { input: folder, error, inFolder: false };
  }
  for (const path of paths) yield await readOne(path, true, progress);
}

/** Bytes to plans: the door of this folder. */

import { createHash } from "node:crypto";
import type { BlindSpot } from "../model/blind-spot.ts";
import { FirebreakError } from "../model/error.ts";
import { type ChangePlan, endingOf } from "../model/plan.ts";
import type { EarlierSource, SourceTree } from "../model/source.ts";
import type { EditedCommit, HistoryCommit } from "../model/units.ts";
import { whileReading } from "./broken.ts";
import type { ChangeLists, ChangeSetDocument, TemplateFile } from "./cloudformation/index.ts";
import { beginsWithChanges, DESCRIBE, isChangeList, isChangeSet, mentionsChanges } from "./cloudformation/recognise.ts";
import { findDocuments } from "./documents.ts";
import { toUtf8 } from "./encoding.ts";
import type { PlanUnits } from "./hcl/plan-units.ts";
import { toChangePlan } from "./terraform/plan.ts";
import type { DocumentIndex } from "./terraform/plan-index.ts";
import type { PreviousObject } from "./terraform/previous-state.ts";
import { isPlan } from "./terraform/recognise.ts";

export { whileReading } from "./broken.ts";
export type { TemplateFile } from "./cloudformation/index.ts";

/** Bytes as they were read, and what to call them. */
export interface NamedBytes {
  readonly input: string;
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes in hex, when whoever read them has made it on the way. */
  readonly sha256?: string | undefined;
  /** The state from before the plan: `terraform show -json` of it, or a raw state. */
  readonly previousState?: { readonly input: string; readonly bytes: Uint8Array } | undefined;
  /** All that lies beside its change sets, where the input brings that along. */
  readonly beside?: readonly TemplateFile[] | undefined;
  /** What could not be seen while it was read. */
  readonly blindSpots?: readonly BlindSpot[] | undefined;
}

/** What some bytes hold. Change sets come in parts that may lie in several inputs: `plansOfChangeSets` makes plans of them. */
export interface Reading extends Pick<NamedBytes, "beside" | "blindSpots"> {
  readonly plans: readonly ChangePlan[];
  readonly changeSets: readonly ChangeSetDocument[];
}

/**
 * The plans in some bytes, in order; nearly always one. Several plans in a row are told apart as `input#2` and so on.
 * @throws FirebreakError `not-a-plan`, `truncated-json`, `malformed-json`
 */
export async function readInput(named: NamedBytes): Promise<Reading> {
  const { beside, blindSpots } = named;
  return { ...(await readDocuments(named)), beside, blindSpots };
}

async function readDocuments(named: NamedBytes): Promise<Pick<Reading, "plans" | "changeSets">> {
  const { input, bytes, sha256, previousState } = named;
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = toUtf8(raw);
  if (isChangeList(text)) {
    const { readArray } = await cloudFormation();
    const origin = { input, sha256: sha256 ?? sha256Of(raw) };
    return { plans: [], changeSets: whileReading(input, () => readArray(text, origin), DESCRIBE) };
  }
  const lists = beginsWithChanges(text) ? (await cloudFormation()).changeLists(text) : undefined;
  const { documents, noise } = findDocuments(text, input, lists?.read);
  const all = documents.filter(isPlan);
  const plans = withoutEchoes(text, all);
  const described = documents.filter(({ sections }) => isChangeSet(sections));
  if (plans.length + described.length === 0) {
    const [first] = documents;
    const { notAPlan, notJson } = await import("./not-a-plan.ts");
    throw first === undefined ? notJson(text, input) : notAPlan(first, input);
  }
  refuseHiddenPlans(text, [...all, ...described].sort(byPlace), input);
  const previous = plans.length > 0 && previousState ? await objectsBefore(previousState) : undefined;
  const surrounded = noise || plans.length + described.length < documents.length;
  const alone = plans.length + described.length === 1;
  const digestOf = ({ start, end }: DocumentIndex): string =>
    alone ? (sha256 ?? sha256Of(raw)) : sha256Of(text.subarray(start, end));
  return {
    plans: plans.map((document, position) => {
      const name = plans.length === 1 ? input : `${input}#${position + 1}`;
      const origin = { input: name, previous, digest: digestOf(document) };
      const plan = whileReading(name, () => toChangePlan(text, document, origin));
      return surrounded ? { ...plan, blindSpots: [...plan.blindSpots, NOISE] } : plan;
    }),
    changeSets: await changeSetsIn(text, described, input, digestOf, lists),
  };
}

async function objectsBefore({ bytes, input }: NonNullable<NamedBytes["previousState"]>): Promise<PreviousObject[]> {
  const { readPreviousState } = await import("./terraform/previous-state.ts");
  return readPreviousState(bytes, input);
}

async function changeSetsIn(
  text: Buffer,
  documents: readonly DocumentIndex[],
  input: string,
  digestOf: (document: DocumentIndex) => string,
  lists: ChangeLists | undefined,
): Promise<readonly ChangeSetDocument[]> {
  if (documents.length === 0) return [];
  const { toDocument, changeLists } = await cloudFormation();
  const known = lists ?? changeLists(text);
  return documents.map((document) => {
    const origin = { input, sha256: digestOf(document) };
    return whileReading(input, () => toDocument(text, document.sections, origin, known), DESCRIBE);
  });
}

/**
 * One plan for each tree of stacks. The pages, the nested stacks and the second description of a change set may lie in any of
 * the inputs, and `files` beside them; an input that brings all of that along stands by itself.
 */
export async function plansOfChangeSets(
  readings: readonly Reading[],
  files: () => readonly TemplateFile[] = () => [],
): Promise<ChangePlan[]> {
  if (readings.every(({ changeSets, beside }) => changeSets.length === 0 && beside === undefined)) return [];
  return (await cloudFormation()).plansOf(readings, files);
}

/** Most runs judge plans of Terraform, and need nothing of it. */
const cloudFormation = () => import("./cloudformation/index.ts");

/**
 * The plan with what its source adds, when there is source and anything that it can say more about: something that ends, a
 * finding about a block, or a revision to compare it with. Else nothing of it is read.
 */
export async function withSource(
  plan: ChangePlan,
  tree: SourceTree | undefined,
  earlier?: EarlierSource,
): Promise<ChangePlan> {
  const isAsked =
    earlier !== undefined ||
    plan.changes.some((change) => endingOf(change) !== undefined) ||
    plan.actionInvocations.length > 0 ||
    plan.checks.some(({ status }) => status === "fail" || status === "error");
  if (!isAsked || (tree === undefined && earlier === undefined)) return plan;
  // Most working folders are none of Terraform's.
  if (earlier === undefined && tree?.origin === "found" && tree.root().files.length === 0) return plan;
  const { readEarlier, readSource } = await import("./hcl/index.ts");
  const sourced = tree === undefined ? plan : whileReading(plan.input, () => readSource(plan, tree));
  return earlier === undefined ? sourced : readEarlier(sourced, tree, earlier);
}

function byPlace(left: DocumentIndex, right: DocumentIndex): number {
  return left.start - right.start;
}

/** Wrappers print a plan, and once more what they print: `::debug::stdout: {...}`, with other escapes. */
const ECHO = /(^|\n)::(debug|set-output)[^\n]*$/;

/** Each plan once: not again what is the same to the byte, nor what a wrapper repeats of its output. */
function withoutEchoes(text: Buffer, plans: readonly DocumentIndex[]): DocumentIndex[] {
  const isEcho = ({ start }: DocumentIndex): boolean =>
    ECHO.test(text.toString("latin1", Math.max(0, start - 200), start));
  const kept: DocumentIndex[] = [];
  // Originals first: an echo is measured by what it echoes.
  for (const plan of [...plans].sort((left, right) => Number(isEcho(left)) - Number(isEcho(right)))) {
    const bytes = text.subarray(plan.start, plan.end);
    const repeats = (known: DocumentIndex): boolean =>
      bytes.equals(text.subarray(known.start, known.end)) || (isEcho(plan) && contentOf(plan) === contentOf(known));
    if (!kept.some(repeats)) kept.push(plan);
  }
  return kept.sort((left, right) => left.start - right.start);
}

/** What happens to what, whatever the values are. */
function contentOf({ unchanged, changes }: DocumentIndex): string {
  return JSON.stringify([unchanged, changes.map(({ address, deposed, actions }) => [address, deposed, actions])]);
}

/**
 * Text beside the plans that speaks of changes may be a plan that was not understood: nested, quoted, or broken.
 * @throws FirebreakError `malformed-json`
 */
function refuseHiddenPlans(text: Buffer, plans: readonly DocumentIndex[], input: string): void {
  let at = 0;
  for (const { start, end } of [...plans, { start: text.length, end: text.length }]) {
    const beside = text.subarray(at, start);
    if (mentionsChanges(beside)) {
      throw new FirebreakError(
        "malformed-json",
        `${input}: beside the change set there is text with a ResourceChange in it, which may be another one`,
        { hint: `Give each change set as it was saved by: ${DESCRIBE}` },
      );
    }
    if (beside.includes("resource_changes")) {
      throw new FirebreakError(
        "malformed-json",
        `${input}: beside the plan there is text with resource_changes in it, which may be another plan`,
        {
          hint: "Give each plan as Terraform wrote it: terraform show -json tfplan > plan.json",
        },
      );
    }
    at = end;
  }
}

const NOISE = { code: "surrounding-text", message: "There is other text around the plan's JSON; it was passed over." };

function sha256Of(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The source of a plan unit by unit: where the change branched off, and as HEAD has it; or why it cannot be had. */
export async function readPlanUnits(tree: SourceTree, earlier: EarlierSource): Promise<PlanUnits | string> {
  return (await import("./hcl/plan-units.ts")).readPlanUnits(tree, earlier);
}

/** What each commit does to the source. */
export async function readCommitEdits(commits: readonly HistoryCommit[]): Promise<readonly EditedCommit[]> {
  const { editsOf } = await import("./hcl/edits.ts");
  return commits.map(editsOf);
}

/** The line: bytes to plans, plans to what they destroy, who wrote them, what the policy says, one report. */

import type { History } from "./attribution.ts";
import { type AuthorshipRequest, judgeAuthorship, participantsIn } from "./authorship/index.ts";
import { assess, type ListLimits, suggestionFinder, withLostGuards } from "./blast/index.ts";
import { EMPTY_CATALOGUE, loadCatalogue, withOverlay } from "./catalogue.ts";
import {
  type NamedBytes,
  plansOfChangeSets,
  type Reading,
  readInput,
  type TemplateFile,
  whileReading,
  withSource,
} from "./ingest/index.ts";
import type { Authorship } from "./model/authorship.ts";
import type { AssessedPlan } from "./model/blast.ts";
import { FirebreakError } from "./model/error.ts";
import type { Judgement, Outlook } from "./model/judgement.ts";
import type { ChangePlan } from "./model/plan.ts";
import type { Policy } from "./model/policy.ts";
import type { Progress } from "./model/progress.ts";
import type { Report } from "./model/report.ts";
import type { EarlierSource, SourceTree } from "./model/source.ts";
import { type LeftOut, nothingToJudge, stateForChangeSet, stateForMany } from "./nothing-to-judge.ts";
import { type Circumstances, judge, type Signing } from "./policy/index.ts";
import { assembleReport } from "./report/index.ts";

/** Bytes to judge, or the reason why there are none. What was found in a folder may be something else than a plan. */
export type CheckInput = { readonly input: string; readonly inFolder?: boolean } & (
  | (Omit<NamedBytes, "input"> & { readonly source?: SourceTree | undefined })
  | { readonly error: FirebreakError }
);

export interface CheckContext extends Circumstances {
  readonly policy: Policy;
  /** What is known of the author, and what is said. */
  readonly authorship: Omit<AuthorshipRequest, "humanKeys"> & {
    /** Nothing is to be found out: a case for a policy says who wrote it. */
    readonly settled?: Authorship | undefined;
  };
  readonly version: string;
  /** Dependents listed for one ending object; counts are exact whatever it is. */
  readonly maxAffected: number;
  /** The state from before the plan, when the input does not bring it along; goes with one plan only. */
  readonly state?: NamedBytes["previousState"];
  /** The Terraform source, for plans that do not bring it along. */
  readonly source?: SourceTree | undefined;
  /** Where source from before the change is found; absent where nobody names a base. */
  readonly earlier?: EarlierSource | undefined;
  /** The commits since then. */
  readonly history?: History | undefined;
  /** Files beside the change sets, read when there are any: templates, manifests of the CDK. */
  readonly templates?: (() => readonly TemplateFile[]) | undefined;
  /** Told how far it has come. */
  readonly progress?: Progress | undefined;
  /** Sign-offs, who may give them, and what was reviewed. */
  readonly signing?: Pick<Signing, "evidence" | "reviewed"> | undefined;
}

/** Dependents listed in one report; counts are exact beyond. */
const MOST_LISTED = 20_000;

/**
 * Judges all inputs together, in their order.
 * @throws FirebreakError when no input could be read; the reason of the first one
 */
export async function checkInputs(
  inputs: AsyncIterable<CheckInput> | Iterable<CheckInput>,
  context: CheckContext,
): Promise<Report> {
  return (await judgeInputs(inputs, context)).report;
}

/** The report, and the judgement behind it for those who go on with more than may be told. @throws FirebreakError as `checkInputs` */
export async function judgeInputs(
  inputs: AsyncIterable<CheckInput> | Iterable<CheckInput>,
  context: CheckContext,
): Promise<{ readonly report: Report; readonly judgement: Judgement }> {
  const { trees, ...read } = await assessInputs(inputs, context);
  if (read.assessed.length === 0) throw nothingToJudge(read);
  if (context.state !== undefined && read.assessed.length > 1) throw stateForMany(context.state.input);
  if (context.state !== undefined && read.assessed.every(({ plan }) => plan.kind !== "terraform-plan")) {
    throw stateForChangeSet(context.state.input);
  }
  context.progress?.stage("judging");
  const { assessed, authorship } = await whoWrote(read.assessed, trees, context);
  const signing = await signingIn(context);
  const judgeAll = (plans: readonly AssessedPlan[]): Judgement =>
    judge(plans, authorship, context.policy, context, signing);
  const outlooks = await outlooksOf(assessed, context.policy, judgeAll);
  const judgement = judgeAll(assessed);
  return { judgement, report: assembleReport(judgement, { ...context, ...read, outlooks }) };
}

/** The author, and with a base where each end comes from. */
async function whoWrote(
  assessed: readonly AssessedPlan[],
  trees: Assessed["trees"],
  { authorship: known, policy, earlier, history }: CheckContext,
): Promise<{ readonly assessed: readonly AssessedPlan[]; readonly authorship: Authorship }> {
  const { settled, ...asked } = known;
  if (settled !== undefined) return { assessed, authorship: settled };
  const authorship = { ...asked, humanKeys: policy.humanKeys };
  const whole = await judgeAuthorship(authorship);
  if (earlier === undefined || history === undefined) return { assessed, authorship: whole };
  const { attributed } = await import("./attribution.ts");
  const found = await attributed(assessed, trees, whole, { earlier, history, policy, authorship });
  return { assessed: found.plans, authorship: found.authorship };
}

/** Who took part is looked up only where there are signatures to count, or commits by which to say how many are needed. */
async function signingIn({ signing, authorship: { evidence }, asOf }: CheckContext): Promise<Signing> {
  const given = signing ?? { evidence: { files: [], allowedSigners: [] } };
  const matters = given.evidence.files.length > 0 || evidence?.reviews !== undefined || evidence?.commits !== undefined;
  if (!matters) return { ...given, asOf };
  const { openBook } = await import("./policy/signoff/index.ts");
  return { ...given, asOf, participants: await participantsIn(evidence), openBook };
}

/** What would become of each plan with what was suggested for it, all other plans as they are. */
async function outlooksOf(
  assessed: readonly AssessedPlan[],
  policy: Policy,
  judgeAll: (plans: readonly AssessedPlan[]) => Judgement,
): Promise<ReadonlyMap<AssessedPlan, readonly Outlook[]>> {
  const outlooks = new Map<AssessedPlan, readonly Outlook[]>();
  for (const one of assessed) {
    const own: Outlook[] = [];
    for (const suggestion of one.suggestions) {
      const instead = await assessPlan(suggestion.instead, policy, { each: 0, budget: { left: 0 } });
      const { verdict, wouldBe } = judgeAll(assessed.map((plan) => (plan === one ? instead : plan)));
      own.push({ suggestion, ended: instead.ended, verdict: wouldBe ?? verdict });
    }
    outlooks.set(one, own);
  }
  return outlooks;
}

/** What became of the inputs: plans, files that could not be read, and files of a folder that are something else. */
interface Assessed extends LeftOut {
  readonly assessed: readonly AssessedPlan[];
  /** The source that each was made from, as far as it is at hand. */
  readonly trees: ReadonlyMap<AssessedPlan, SourceTree | undefined>;
}

async function assessInputs(
  inputs: AsyncIterable<CheckInput> | Iterable<CheckInput>,
  context: CheckContext,
): Promise<Assessed> {
  const { maxAffected, state, policy, progress, templates: files } = context;
  const assessed: AssessedPlan[] = [];
  const trees = new Map<AssessedPlan, SourceTree | undefined>();
  const unreadable: { readonly input: string; readonly error: FirebreakError }[] = [];
  const skipped: { readonly input: string; readonly message: string }[] = [];
  const readings: Reading[] = [];
  const limits = { each: maxAffected, budget: { left: MOST_LISTED } };
  for await (const input of inputs) {
    try {
      progress?.stage(`${input.input}: looking for what changes`);
      const reading = await readingOf(input, state);
      readings.push(reading);
      for (const plan of reading.plans) {
        // A folder often holds a saved plan and what `show -json` printed of it.
        const twin = input.inFolder ? assessed.find((known) => known.plan.digest === plan.digest) : undefined;
        if (twin) skipped.push({ input: plan.input, message: `${plan.input}: the same plan as ${twin.plan.input}` });
        else {
          const tree = sourceFor(input, context);
          const sourced = await withSource(plan, tree, context.earlier);
          progress?.stage(`${plan.input}: following what depends on what ends`);
          const own = await assessPlan(sourced, policy, limits);
          progress?.stage(`${plan.input}: looking for what would help`);
          const one = await suggested(own);
          assessed.push(one);
          trees.set(one, tree);
        }
      }
    } catch (error) {
      if (!(error instanceof FirebreakError)) throw error;
      if (input.inFolder && error.code === "other-json") skipped.push({ input: input.input, message: error.message });
      else unreadable.push({ input: input.input, error });
    }
  }
  for (const plan of await plansOfChangeSets(readings, files)) {
    assessed.push(await suggested(await assessPlan(plan, policy, limits)));
  }
  return { assessed, trees, unreadable, skipped };
}

/** @throws FirebreakError `bad-usage` when what was named is a template */
function sourceFor(input: CheckInput, { source, templates }: CheckContext): SourceTree | undefined {
  const own = "error" in input ? undefined : input.source;
  if (own === undefined && source === undefined && templates !== undefined) {
    throw new FirebreakError("bad-usage", "--source names a file, and the source of a Terraform plan is a folder", {
      hint: "Give the folder of the root module, the one that terraform plan runs in.",
    });
  }
  return own ?? source;
}

async function readingOf(input: CheckInput, state: CheckContext["state"]): Promise<Reading> {
  if ("error" in input) throw input.error;
  return readInput(state === undefined ? input : { ...input, previousState: state });
}

async function assessPlan(plan: ChangePlan, { types, rego }: Policy, limits: ListLimits): Promise<AssessedPlan> {
  const { changes, sourceBefore } = plan;
  // Guards in the source may be those of any type.
  const isSmall = changes.length === 0 && sourceBefore === undefined;
  const known = isSmall ? EMPTY_CATALOGUE : await loadCatalogue(sourceBefore === undefined ? plan : undefined);
  const catalogue = withOverlay(known, types);
  const assessed = await withLostGuards(
    whileReading(plan.input, () => assess(plan, catalogue, limits)),
    catalogue,
  );
  if (Object.keys(rego).length === 0) return assessed;
  if (plan.document === undefined) return { ...assessed, blindSpots: [...assessed.blindSpots, NOT_FOR_REGO] };
  return { ...assessed, document: await plan.document() };
}

const NOT_FOR_REGO = {
  code: "not-for-rego",
  message: "Policies in Rego read plans of Terraform; this is a change set, and none of them has looked at it.",
};

/** With what would spare objects. The plan as it would be with that gets none of its own. */
async function suggested(assessed: AssessedPlan): Promise<AssessedPlan> {
  const { plan } = assessed;
  const find = await suggestionFinder(plan);
  return { ...assessed, suggestions: whileReading(plan.input, () => find(plan)) };
}

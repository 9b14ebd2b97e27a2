/** Who has signed for what: sign-off files and reviews held against plans. A signature counts for each plan by itself. */

import { compareText } from "../../model/address.ts";
import type { Finding } from "../../model/finding.ts";
import type { JudgedPlan } from "../../model/judgement.ts";
import type {
  Participants,
  PresentedSignOff,
  Signature,
  SignedPlan,
  SignOffEvidence,
  SignOffPolicy,
  Statement,
} from "../../model/sign-off.ts";
import { coverageOf, lifts } from "./coverage.ts";
import { LIST_NAMES, whyNotIndependent } from "./independence.ts";
import { People } from "./people.ts";
import { whyReviewFails } from "./reviews.ts";
import { whyOutOfTime } from "./validity.ts";

export interface SigningContext {
  readonly policy: SignOffPolicy;
  readonly evidence: SignOffEvidence;
  readonly participants: Participants;
  /** RFC 3339 in UTC. */
  readonly asOf: string;
  readonly workspace: string | undefined;
}

export interface SignatureBook {
  /** Those that count first. */
  readonly signatures: readonly Signature[];
  /** How many people have signed for what a finding speaks of. */
  readonly signersOf: (finding: Finding) => number;
}

/** A signature on its way to being counted: what it covers, and whose it is. */
interface Entry {
  readonly signature: Signature;
  readonly person: string;
  /** What was signed for each plan; a review is for the plan as it is. */
  readonly covered: ReadonlyMap<JudgedPlan, SignedPlan | "as it is">;
}

export function openBook(plans: readonly JudgedPlan[], context: SigningContext): SignatureBook {
  const people = new People(context.evidence.allowedSigners, context.policy.team);
  const entries = [...reviewEntries(plans, context, people), ...fileEntries(plans, context, people)];
  const counted = withoutRepeats(entries, people);
  const signatures = counted.map(({ signature }) => signature);
  return {
    signatures: [...signatures.filter(({ counts }) => counts), ...signatures.filter(({ counts }) => !counts)],
    signersOf: (finding) => {
      // Who signs for an end has not seen the policy; who approves the last commit has.
      if (finding.ruleId === "policy-changed")
        return peopleWith(counted.filter(({ signature }) => signature.counts && signature.channel === "review"));
      const about = plans.filter((plan) => concerns(finding, plan));
      const signers = counted.filter(
        ({ signature, covered }) =>
          signature.counts && about.length > 0 && about.every((plan) => isLifted(covered.get(plan), finding, plan)),
      );
      return peopleWith(signers);
    },
  };
}

function peopleWith(entries: readonly Entry[]): number {
  return new Set(entries.map(({ person }) => person)).size;
}

/** A finding about one plan, about those of an environment, or about all; of the last two only plans in which something ends. */
function concerns(finding: Finding, { assessed, environment }: JudgedPlan): boolean {
  if (finding.input !== undefined) return finding.input === assessed.plan.input;
  return assessed.ends.length > 0 && (finding.environment === undefined || finding.environment === environment);
}

function isLifted(signed: SignedPlan | "as it is" | undefined, finding: Finding, plan: JudgedPlan): boolean {
  return signed !== undefined && (signed === "as it is" || lifts(signed, finding, plan));
}

function reviewEntries(plans: readonly JudgedPlan[], context: SigningContext, people: People): Entry[] {
  const { evidence, participants, policy } = context;
  return participants.approvals.map((review): Entry => {
    const signer = `@${review.login}`;
    const reason = evidence.problem ?? whyReviewFails(review, participants, policy.team, people);
    const about = {
      signer,
      channel: "review" as const,
      ...(review.submittedAt !== undefined && { signedAt: review.submittedAt }),
    };
    const covered = new Map(plans.map((plan) => [plan, "as it is"] as const));
    return { ...toEntry(about, people.personOf(signer), reason), ...(reason === undefined && named(about, covered)) };
  });
}

function fileEntries(plans: readonly JudgedPlan[], context: SigningContext, people: People): Entry[] {
  const newestFirst = [...context.evidence.files].sort((left, right) =>
    compareText(right.statement?.signedAt ?? "", left.statement?.signedAt ?? ""),
  );
  return newestFirst.map((file) => fileEntry(file, plans, context, people));
}

function fileEntry(
  { file, statement, key, problem }: PresentedSignOff,
  plans: readonly JudgedPlan[],
  { evidence, participants, policy, asOf, workspace }: SigningContext,
  people: People,
): Entry {
  const signer = statement?.signer ?? "unknown";
  const person = key === undefined ? "" : people.personWithKey(key);
  const about = {
    signer,
    channel: "ssh" as const,
    file,
    ...(statement && { signedAt: statement.signedAt, expiresAt: statement.expiresAt }),
  };
  const broken = evidence.problem ?? problem;
  if (broken !== undefined || statement === undefined || key === undefined)
    return toEntry(about, person, broken ?? "its signature was not verified");
  const invalid =
    whyOutOfTime(statement, policy.longest, asOf) ?? whyNotIndependent(signer, person, people, participants);
  if (invalid !== undefined) return toEntry(about, person, invalid);
  const { covered, exact, why } = coverPlans(statement, plans, workspace);
  if (covered.size === 0) return toEntry(about, person, why ?? "it lists no plan");
  return { ...toEntry(about, person, undefined), ...named(about, covered, exact) };
}

/** What one statement covers; `why` it does not cover the plan that comes nearest. */
function coverPlans(statement: Statement, plans: readonly JudgedPlan[], workspace: string | undefined) {
  const covered = new Map<JudgedPlan, SignedPlan>();
  const exact = new Set<JudgedPlan>();
  const refused: { readonly why: string; readonly elsewhere: boolean }[] = [];
  for (const plan of plans) {
    for (const signed of statement.plans) {
      const coverage = coverageOf(signed, plan, workspace);
      if (!coverage.covers) refused.push(coverage);
      else if (!exact.has(plan)) {
        covered.set(plan, signed);
        if (coverage.exactly) exact.add(plan);
      }
    }
  }
  const nearest = refused.find(({ elsewhere }) => !elsewhere) ?? refused[0];
  return { covered, exact, why: nearest?.why };
}

type About = Pick<Signature, "signer" | "channel" | "file" | "signedAt" | "expiresAt">;

function toEntry(about: About, person: string, reason: string | undefined): Entry {
  const signature = { ...about, plans: [], counts: false, ...(reason !== undefined && { reason }) };
  return { signature, person, covered: new Map() };
}

function named(
  about: About,
  covered: Entry["covered"],
  exact?: ReadonlySet<JudgedPlan>,
): Pick<Entry, "signature" | "covered"> {
  const plans = [...covered.keys()].map((plan) => ({
    input: plan.assessed.plan.input,
    exactly: exact === undefined || exact.has(plan),
  }));
  return { signature: { ...about, plans, counts: true }, covered };
}

/** One person counts once, and two of whom nobody knows whether they are one count once too. */
function withoutRepeats(entries: readonly Entry[], people: People): Entry[] {
  const kept: Entry[] = [];
  return entries.map((entry) => {
    if (!entry.signature.counts) return entry;
    const reason = kept.flatMap((before) => whyRepeated(entry, before, people) ?? [])[0];
    if (reason === undefined) kept.push(entry);
    return reason === undefined ? entry : toEntry(entry.signature, entry.person, reason);
  });
}

function whyRepeated(entry: Entry, before: Entry, people: People): string | undefined {
  const [own, other] = [entry.signature.signer, before.signature.signer];
  if (entry.person === before.person) {
    const isCovered = [...entry.covered.keys()].every((plan) => before.covered.has(plan));
    if (!isCovered) return undefined;
    return own === other
      ? `${own} has signed already, and counts once`
      : `${own} and ${other} are one person, who counts once`;
  }
  if (people.isSomebodyElse(entry.person, people.namesOf(before.person)) === true) return undefined;
  return `nobody can tell whether ${own} and ${other} are one person; ${LIST_NAMES}`;
}

/** The line of `firebreak report --merge`: reports to one verdict. Limits hold again, over the plans of all of them. */

import { strictestAuthorship } from "./authorship/index.ts";
import { FirebreakError } from "./model/error.ts";
import type { Finding } from "./model/finding.ts";
import type { Verdict } from "./model/judgement.ts";
import { limitsWithin, type PlanReport, type Report, type ReportedFinding } from "./model/report.ts";
import { bySeverity, exceededTogether, type MeasuredPlan, verdictOf } from "./policy/index.ts";
import { samePolicy, strictestPolicy } from "./policy/strictest.ts";
import { toReportedFinding } from "./report/index.ts";
import { type NamedReport, tellApart } from "./report/told-apart.ts";

/**
 * One report of several. The worst verdict wins; what each plan was found to exceed stays, and the sum over all plans is
 * held to the strictest limits. A plan that several reports speak of counts once.
 * @throws FirebreakError `bad-usage` when two go by one name, or there is none
 */
export function mergeReports(named: readonly NamedReport[], version: string): Report {
  const { reports, plans, twins } = tellApart(named);
  const [first, ...others] = reports;
  if (first === undefined) throw new FirebreakError("bad-usage", "there is no report to merge");
  const policies = reports.map(({ policy }) => policy);
  const policy = strictestPolicy(policies);
  const own = reports.flatMap(({ findings }, place) =>
    findings.map((finding) => saidOf(finding, named[place]?.name ?? "")),
  );
  const observed = policy.mode === "observe";
  const sums = sumFindings(plans, own, policy);
  const isObserved = ({ environment }: Finding): boolean =>
    environment === undefined ? observed : isObservedIn(environment, plans, policy);
  const enforced = verdictOf(sums.filter((finding) => !isObserved(finding)));
  const told = sums.map((finding) => toReportedFinding(isObserved(finding) ? observedOnly(finding) : finding, null));
  // The sum over some of these plans says nothing where the sum over all of them is over the same limit.
  const kept = own.filter((finding) => finding.input !== undefined || !told.some((sum) => covers(sum, finding)));
  return {
    ...first,
    tool: { name: "firebreak", version },
    asOf: reports.map(({ asOf }) => asOf).sort()[0] ?? first.asOf,
    verdict: worst([...reports.map(({ verdict }) => verdict), enforced]),
    authorship: strictestAuthorship([first.authorship, ...others.map(({ authorship }) => authorship)]),
    plans,
    findings: unique([...kept, ...told]).sort(bySeverity),
    signatures: reports.flatMap(({ signatures }) => signatures),
    policy: { ...policy, ...wouldBe(reports, plans, verdictOf(sums)) },
    skipped: [...reports.flatMap(({ skipped }) => skipped), ...twins],
    errors: reports.flatMap(({ errors }) => errors),
    merged: { reports: named.map(({ name }) => name), policiesDiffer: !samePolicy(policies) },
  };
}

const VERDICTS: readonly Verdict[] = ["undecided", "fail", "review", "pass"];

function worst(verdicts: readonly Verdict[]): Verdict {
  return VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? "undecided";
}

/** What was said of all plans of one report is not said of all plans together. */
function saidOf(finding: ReportedFinding, name: string): ReportedFinding {
  return finding.input === undefined ? { ...finding, message: `${name}: ${finding.message}` } : finding;
}

function sumFindings(
  plans: readonly PlanReport[],
  own: readonly ReportedFinding[],
  policy: Report["policy"],
): Finding[] {
  const observed = policy.mode === "observe";
  return exceededTogether(plans.map(measured), {
    limitsOf: (environment) => limitsWithin(policy, environment),
    bound: policy.heldTo.bound,
    // What is waived, or only observed, does not stop: the sum has to say it again.
    alone: own.filter(
      ({ input, level, waiver }) => input !== undefined && waiver === null && (observed || level === "error"),
    ),
  });
}

function measured({
  totals,
  share,
  existing,
  existingIsKnown,
  environment,
  mode,
  ephemeral,
}: PlanReport): MeasuredPlan {
  return {
    environment,
    mode,
    ephemeral: ephemeral === true,
    measures: { ...totals, share, existing, existingIsKnown: existingIsKnown !== false },
  };
}

/** Every plan that goes there is. */
function isObservedIn(environment: string, plans: readonly PlanReport[], policy: Report["policy"]): boolean {
  return plans.every((plan) => plan.environment !== environment || (plan.mode ?? policy.mode) === "observe");
}

/** What the verdict would be if nothing were only observed; absent where nothing is. */
function wouldBe(
  reports: readonly Report[],
  plans: readonly PlanReport[],
  sums: Verdict,
): Pick<Report["policy"], "wouldBe"> {
  const some = reports.every(({ policy }) => policy.mode === "observe") || plans.some(({ mode }) => mode === "observe");
  const verdicts = reports.map(({ policy, verdict }) => policy.wouldBe ?? verdict);
  return some ? { wouldBe: worst([...verdicts.filter((verdict) => verdict !== "undecided"), sums]) } : {};
}

function observedOnly(finding: Finding): Finding {
  const { signatures: _, ...rest } = finding;
  return { ...rest, level: "warning" } as Finding;
}

function covers(sum: ReportedFinding, { ruleId, limit, signatures, environment, waiver }: ReportedFinding): boolean {
  if (sum.ruleId !== ruleId || sum.limit === undefined || limit === undefined || waiver !== null) return false;
  const asFirm = sum.signatures === undefined || (signatures !== undefined && sum.signatures >= signatures);
  return sum.limit <= limit && asFirm && (sum.environment === undefined || sum.environment === environment);
}

/** Reports on one plan say the same of it. */
function unique(findings: readonly ReportedFinding[]): ReportedFinding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify({ ...finding, fingerprint: "" }), finding])).values()];
}

/** A judgement to the report that every format renders. Only facts and words: nothing is computed anew here. */

import { createHash } from "node:crypto";
import type { AssessedChange, AssessedPlan } from "../model/blast.ts";
import type { FirebreakError } from "../model/error.ts";
import type { Finding } from "../model/finding.ts";
import type { JudgedPlan, Judgement, Outlook } from "../model/judgement.ts";
import {
  type PlanReport,
  type Report,
  type ReportedChange,
  type ReportedError,
  type ReportedFinding,
  type ReportedSuggestion,
  SCHEMA_VERSION,
} from "../model/report.ts";
import { type Location, locationOf } from "../model/source.ts";
import { messageOf, reasonsOf, remediationOf, suggestionMessage, suggestionText } from "./wording/index.ts";

/** What a report needs beside the judgement. */
export interface ReportContext {
  readonly version: string;
  readonly asOf: string;
  /** Inputs that could not be read: they keep the run from being decided. */
  readonly unreadable: readonly { readonly input: string; readonly error: FirebreakError }[];
  /** Files of a folder that are no plans. */
  readonly skipped: Report["skipped"];
  /** What would become of plans with what was suggested for them. */
  readonly outlooks: ReadonlyMap<AssessedPlan, readonly Outlook[]>;
}

export function assembleReport(
  judgement: Judgement,
  { version, asOf, unreadable, skipped, outlooks }: ReportContext,
): Report {
  const { policy, heldTo, limits, environments } = judgement;
  const suggestionsIn = ({ assessed }: JudgedPlan): ReportedSuggestion[] =>
    (outlooks.get(assessed) ?? []).map((outlook) => toReportedSuggestion(outlook, unreadable.length === 0));
  const base = judgement.base && { base: judgement.base };
  const wouldBe = judgement.wouldBe && { wouldBe: judgement.wouldBe };
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: "firebreak", version },
    asOf,
    verdict: unreadable.length > 0 ? "undecided" : judgement.verdict,
    authorship: judgement.authorship,
    plans: judgement.plans.map((plan) => toPlanReport(plan, suggestionsIn(plan))),
    findings: judgement.findings.map((finding) => toReportedFinding(finding, locate(finding, judgement.plans))),
    signatures: judgement.signatures,
    policy: { heldTo, mode: policy.mode, ...wouldBe, ...base, sources: policy.sources, limits, environments },
    skipped,
    errors: [
      ...unreadable.map(
        ({ input, error: { code, message, hint } }): ReportedError => ({
          input,
          code,
          message,
          ...(hint !== undefined && { hint }),
        }),
      ),
      ...judgement.problems.map(
        ({ input, code, message, hint, address }): ReportedError => ({
          input,
          code,
          message: `${input}: ${message}`,
          hint,
          ...(address !== undefined && { address }),
        }),
      ),
    ],
  };
}

function toPlanReport(
  { assessed, environment, mode, ephemeral, measures }: JudgedPlan,
  suggestions: readonly ReportedSuggestion[],
): PlanReport {
  const { plan, ended, affected, dataLoss } = assessed;
  return {
    input: plan.input,
    kind: plan.kind,
    ...(environment !== undefined && { environment }),
    ...(mode !== undefined && { mode }),
    ...(ephemeral && { ephemeral }),
    digest: plan.digest,
    fingerprint: assessed.fingerprint,
    complete: plan.completeness.complete,
    incompleteReasons: plan.completeness.reasons,
    summary: plan.summary,
    existing: plan.existing,
    ...(!plan.existingIsKnown && { existingIsKnown: false as const }),
    share: measures.share,
    changes: assessed.changes.map((change) => toReportedChange(change, assessed)),
    totals: { ended, affected, dataLoss, score: measures.score },
    noSurvivors: assessed.noSurvivors,
    modules: assessed.modules,
    drift: plan.drift,
    blindSpots: assessed.blindSpots,
    suggestions,
  };
}

function toReportedSuggestion({ suggestion, ended, verdict }: Outlook, decided: boolean): ReportedSuggestion {
  return {
    kind: suggestion.kind,
    message: suggestionMessage(suggestion),
    blocks: suggestion.kind === "for-each" ? [] : suggestion.blocks,
    text: suggestionText(suggestion),
    wouldEnd: ended,
    verdict: decided ? verdict : "undecided",
    ...(suggestion.kind === "moved" && suggestion.uncompared.length > 0 && { uncompared: suggestion.uncompared }),
  };
}

function toReportedChange(
  { change, ending, type, counted, radius, unknownCauses, loss }: AssessedChange,
  { plan: { source }, origins }: AssessedPlan,
): ReportedChange {
  const { action } = change;
  const { instead, writtenBy = [] } = origins?.get(change.address) ?? {};
  const location = change.location ?? (source && locationOf(source, change.address, instead));
  const destroys = action.kind === "delete" || action.kind === "replace";
  return {
    address: change.address,
    ...(change.deposed !== undefined && { deposed: change.deposed }),
    ...(change.previousAddress !== undefined && { previousAddress: change.previousAddress }),
    ...(change.label !== undefined && { label: change.label }),
    type: change.type,
    action: action.kind,
    ...(action.kind === "replace" && { order: action.order }),
    ...(ending !== undefined && { certainty: ending }),
    ...(destroys && { fate: loss?.fate ?? action.fate }),
    ...(change.importing !== undefined && { importing: change.importing }),
    ...(change.deferred !== undefined && { deferred: change.deferred }),
    routine: type.routine,
    holdsData: type.holdsData,
    losses: ending === undefined ? [] : type.losses,
    ...(ending !== undefined && { judgedBy: type.source }),
    ...(loss && {
      ...(loss.kind !== undefined && { kind: loss.kind }),
      undo: loss.undo,
      downtime: loss.downtime,
      guards: loss.guards.map(({ guard: { attribute, protectsWhen, effect }, state }) => ({
        attribute,
        protectsWhen,
        effect,
        state,
      })),
    }),
    counted,
    reasons: reasonsOf(change, unknownCauses),
    ...(location && { location }),
    ...(writtenBy.length > 0 && { writtenBy }),
    blastRadius: radius,
  };
}

function locate({ input, address, location }: Finding, plans: readonly JudgedPlan[]): Location | null {
  if (location !== undefined) return location;
  const assessed = plans.find((one) => one.assessed.plan.input === input)?.assessed;
  if (assessed === undefined || address === undefined) return null;
  const { plan, origins } = assessed;
  const change = plan.changes.find((candidate) => candidate.address === address);
  const instead = origins?.get(address)?.instead;
  return change?.location ?? (plan.source && locationOf(plan.source, address, instead)) ?? null;
}

function toldApart(finding: Finding): string[] {
  return finding.ruleId.startsWith("rego/") ? [messageOf(finding)] : [];
}

/** A finding in words. */
export function toReportedFinding(finding: Finding, location: Location | null): ReportedFinding {
  const { ruleId, level, input, environment, address, signatures, signed, waiver } = finding;
  return {
    ruleId,
    level,
    message: messageOf(finding),
    ...(input !== undefined && { input }),
    ...(environment !== undefined && { environment }),
    ...(address !== undefined && { address }),
    ...("limit" in finding && { limit: finding.limit, actual: finding.actual }),
    ...(signatures !== undefined && { signatures }),
    ...(signed !== undefined && { signed }),
    location,
    remediation: remediationOf(finding),
    fingerprint: createHash("sha256")
      // One policy in Rego says several things of one plan.
      .update(JSON.stringify([ruleId, input ?? null, environment ?? null, address ?? null, ...toldApart(finding)]))
      .digest("hex"),
    waiver: waiver === undefined ? null : { reason: waiver.reason, owner: waiver.owner, expires: waiver.expires },
  };
}

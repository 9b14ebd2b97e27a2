/** Facts as sentences: the only place that words findings, reasons, ranges and actions. */

import type { Authorship } from "../model/authorship.ts";
import type { Bound, Range } from "../model/bounds.ts";
import type { Loss } from "../model/catalogue.ts";
import type { Finding } from "../model/finding.ts";
import type { AttributePath, ResourceChange } from "../model/plan.ts";
import type { LimitName } from "../model/policy.ts";
import type { ReportedChange } from "../model/report.ts";

/** `1 object`, `3 objects`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** With separators from 10,000 on; the same in every locale. */
export function formatCount(count: number): string {
  if (!Number.isInteger(count)) return String(Number(count.toFixed(2)));
  // Not toLocaleString: its first call loads tables for longer than the rest of a small run takes.
  return count < 10_000 ? String(count) : String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `41 to 43`, one number when both bounds agree, `at least 3` when the upper bound is not known. */
export function formatRange({ lower, upper }: Range, format: (value: number) => string = formatCount): string {
  if (upper === null) return `at least ${format(lower)}`;
  const [low, high] = [format(lower), format(upper)];
  return low === high ? high : `${low} to ${high}`;
}

/** Whole percents; what is not nothing never reads as 0, and what is not all never as 100. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  const rounded = percent > 0 && percent < 1 ? 1 : percent > 99 && percent < 100 ? 99 : Math.round(percent);
  return `${rounded} %`;
}

/** `67 to 70 %`. */
export function formatShare(share: Range): string {
  return formatRange(share, formatPercent).replace(" % to ", " to ");
}

const LIMIT_LABELS: Readonly<Record<LimitName, string>> = {
  dataLoss: "objects that hold data",
  ended: "objects that end",
  affected: "objects affected",
  share: "share of the environment",
  score: "score",
};

/** What a limit limits, as a noun. */
export function limitLabel(name: LimitName, environment?: string): string {
  return name === "share" && environment !== undefined ? `share of ${environment}` : LIMIT_LABELS[name];
}

export function formatLimit(name: LimitName, value: number): string {
  return name === "share" ? formatFraction(value) : formatCount(value);
}

/** A limit as it was written: no rounding. */
function formatFraction(share: number): string {
  return `${Number((share * 100).toFixed(4))} %`;
}

function formatActual(name: LimitName, actual: Bound): string {
  if (actual === null) return "a number that cannot be known";
  return name === "share" ? formatPercent(actual) : formatCount(actual);
}

/** A finding in one sentence. */
export function messageOf(finding: Finding): string {
  switch (finding.ruleId) {
    case "limit-data-loss":
    case "limit-ended":
    case "limit-affected":
    case "limit-share":
    case "limit-score": {
      const { limitName, limit, actual, environment, input } = finding;
      const label = limitLabel(limitName, environment);
      const together = input === undefined ? " over all plans together" : "";
      return `${label}: ${formatActual(limitName, actual)}${together}, where ${formatLimit(limitName, limit)} ${limitName === "share" || limit === 1 ? "is" : "are"} allowed`;
    }
    case "environment-recreated":
      return `${finding.address}: all ${counted(finding.objects, "object")} of this ${finding.scope} are deleted and created again`;
    case "environment-removed":
      return `${finding.address}: all ${counted(finding.objects, "object")} of this ${finding.scope} are deleted`;
    case "incomplete-plan":
      return `the plan is not the whole change: ${finding.reasons.join("; ")}`;
    case "imported-object-ends":
      return `${finding.address} is imported and ends in the same plan: until now something else owned it`;
    case "provider-action": {
      const when = finding.trigger === undefined ? "" : `, when ${finding.trigger} changes`;
      return `the provider action ${finding.address} runs${when}; what it does is not in the plan`;
    }
    case "failing-check":
      return `the check ${finding.address} fails`;
  }
}

/** What would help, in one sentence; `null` when nothing general does. */
export function remediationOf(finding: Finding): string | null {
  const sign =
    finding.signatures === undefined ? "" : ` Or have ${counted(finding.signatures, "person", "people")} sign it off.`;
  switch (finding.ruleId) {
    case "limit-data-loss":
      return `Keep the objects that hold data out of this change.${sign}`;
    case "limit-ended":
    case "limit-affected":
    case "limit-share":
    case "limit-score":
      return `Split the change, or keep what forces the replacements.${sign}`;
    case "environment-recreated":
      return "Change it in place, or replace a part at a time.";
    case "environment-removed":
      return `Remove it in a change of its own.${sign}`;
    case "incomplete-plan":
      return "Plan without -target to see the whole change.";
    case "imported-object-ends":
      return "Import it first, with a configuration that matches the object; change it in a later plan.";
    case "provider-action":
      return "Look the action up in the provider's documentation.";
    case "failing-check":
      return "Look at the check's message in the output of terraform plan.";
  }
}

/** Why an object undergoes what it does, from the plan's own hints. Paths, never values. */
export function reasonsOf(change: ResourceChange): string[] {
  const reasons: string[] = [];
  if (change.replacePaths.length > 0)
    reasons.push(`${listed(change.replacePaths.map(formatPath))} cannot be changed in place`);
  const hint = change.actionReason === undefined ? undefined : REASONS.get(change.actionReason);
  if (hint !== undefined) reasons.push(hint);
  else if (change.actionReason !== undefined && change.replacePaths.length === 0) reasons.push(change.actionReason);
  if (change.deposed !== undefined) reasons.push("left over from an earlier replacement that did not finish");
  if (change.deferred !== undefined) reasons.push(`put off to a later plan (${change.deferred})`);
  if (change.importing !== undefined) reasons.push("imported by this plan");
  return reasons;
}

/** Words of Terraform and OpenTofu; an unknown one is shown as it is. */
const REASONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    replace_because_tainted: "marked as tainted",
    replace_by_request: "asked for with -replace",
    replace_by_triggers: "replace_triggered_by names something that changes",
    delete_because_no_resource_config: "no longer in the configuration",
    delete_because_no_module: "its module instance is no longer in the configuration",
    delete_because_wrong_repetition: "count or for_each was added or taken away",
    delete_because_count_index: "its index is beyond count",
    delete_because_each_key: "its key is no longer in for_each",
    delete_because_no_move_target: "moved to an address without configuration",
    delete_because_enabled_false: "switched off with lifecycle.enabled",
  }),
);

/** `vpc_config[0].subnet_ids[1]`. */
export function formatPath(path: AttributePath): string {
  return path.map((step, place) => (typeof step === "number" ? `[${step}]` : place === 0 ? step : `.${step}`)).join("");
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function listed(words: readonly string[], most = 3): string {
  const shown = words.slice(0, most);
  const rest = words.length - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${rest} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** `written by an agent (claude-code)`, `author unknown`. */
export function formatAuthor({ kind, agent, grade }: Authorship): string {
  const said = grade === "claimed" ? ", as claimed" : "";
  switch (kind) {
    case "agent":
      return `written by an agent${agent === undefined ? "" : ` (${agent})`}${said}`;
    case "mixed":
      return `written by an agent and people${agent === undefined ? "" : ` (${agent})`}${said}`;
    case "bot":
      return `made by automation${said}`;
    case "human":
      return `written by a person${said}`;
    case "unknown":
      return "author unknown";
  }
}

/** What ending an object loses, and how it ends: `all data and the endpoint: replaced, deleted first`. */
export function formatLosses(change: ReportedChange): string {
  // That its configuration goes says nothing: that is what ending means.
  const losses = change.losses.filter((loss) => loss !== "configuration").map((loss) => LOSS_WORDS[loss]);
  const kept = change.fate === "retained" || change.fate === "snapshotted";
  const lost = losses.length === 0 ? "" : `${kept ? "keeps " : ""}${listed(losses, 4)}: `;
  const guess = change.judgedBy === "name" ? ", type judged by its name" : "";
  const routine = change.routine ? ", routine" : "";
  const { lower, upper } = change.blastRadius;
  const dependents = upper === 0 ? "" : `, ${dependentsText({ lower, upper })}`;
  const possibly = change.certainty === "conditional" ? "possibly " : "";
  return `${lost}${possibly}${actionWords(change)}${routine}${dependents}${guess}`;
}

/** `is replaced`, `may be replaced`. */
export function endsHow(change: ReportedChange): string {
  const verb = change.action === "delete" ? "deleted" : change.action === "replace" ? "replaced" : "ended";
  return change.certainty === "conditional" ? `may be ${verb}` : `is ${verb}`;
}

function dependentsText({ lower, upper }: Range): string {
  if (upper === null && lower === 0) return "what depends on it is not known";
  const most = upper ?? lower;
  return `${formatRange({ lower, upper })} ${most === 1 ? "object depends" : "objects depend"} on it`;
}

function actionWords({ action, order }: ReportedChange): string {
  if (action !== "replace") return action === "delete" ? "deleted" : `${action} put off, may end`;
  switch (order) {
    case "create-before-delete":
      return "replaced, created first";
    case "create-then-forget":
      return "replaced, the old one is kept unmanaged";
    default:
      return "replaced, deleted first";
  }
}

const LOSS_WORDS: Readonly<Record<Loss, string>> = {
  data: "all data",
  backups: "its backups",
  history: "its history",
  endpoint: "the endpoint",
  address: "the address",
  ip: "the IP address",
  arn: "the ARN",
  name: "the name",
  keys: "keys",
  credentials: "credentials",
  access: "access",
  records: "its records",
  capacity: "capacity",
  configuration: "its configuration",
};

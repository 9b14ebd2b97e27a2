/** What an ending object takes with it, in words. */

import type { Range } from "../../model/bounds.ts";
import type { Loss } from "../../model/catalogue.ts";
import type { PlanReport, ReportedChange } from "../../model/report.ts";
import { allOf } from "./findings.ts";
import { formatRange, listed } from "./numbers.ts";

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
  const words = [`${lost}${possibly}${actionWords(change)}${routine}`, ...evidence(change), outage(change)];
  return `${words.filter((part) => part !== "").join(", ")}${dependents}${guess}`;
}

/** `no survivors: all 14 objects of this module possibly end and are created again`. */
export function survivorsText({ scope, objects, recreated, certainty }: PlanReport["noSurvivors"][number]): string {
  const possibly = certainty === "conditional" ? "possibly " : "";
  return `no survivors: ${allOf({ scope, objects })} ${possibly}end${recreated ? " and are created again" : ""}`;
}

/** How the attributes stand that guard what holds data: what protects it, else what does not. */
function evidence({ holdsData, guards = [] }: ReportedChange): string[] {
  const known = guards.filter(({ effect, state }) => effect !== "needs-inspection" && state !== "unknown");
  const on = known.filter(({ state }) => state === "on").map(protectionOf);
  if (on.length > 0) return on.slice(0, 2);
  return holdsData
    ? known
        .filter(({ effect }) => effect !== "keeps-object")
        .map(gapOf)
        .slice(0, 2)
    : [];
}

type ReportedGuard = NonNullable<ReportedChange["guards"]>[number];

function protectionOf({ attribute, effect, protectsWhen }: ReportedGuard): string {
  if (effect === "keeps-object") return `the object stays (${attribute})`;
  if (effect === "keeps-backup") return `a copy stays (${attribute})`;
  return protectsWhen === false
    ? `refused unless it is empty (${attribute} is off)`
    : `still protected by ${attribute}`;
}

function gapOf({ attribute, protectsWhen }: ReportedGuard): string {
  if (attribute.startsWith("skip_final")) return `no ${attribute.slice("skip_".length).replaceAll("_", " ")}`;
  if (typeof protectsWhen === "boolean") return `${attribute} is ${protectsWhen ? "off" : "on"}`;
  return `no ${attribute}`;
}

/** The gap that a replacement leaves. That data or a deleted object is missed until it is restored need not be said. */
function outage({ downtime, action }: ReportedChange): string {
  return downtime === "brief" && action === "replace" ? "a gap until the new one is there" : "";
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

function actionWords({ action, order, fate }: ReportedChange): string {
  const snapshot = fate === "snapshotted" ? ", after a snapshot" : "";
  if (action !== "replace") return action === "delete" ? `deleted${snapshot}` : `${action} put off, may end`;
  switch (order) {
    case "create-before-delete":
      return `replaced, created first${snapshot}`;
    case "create-then-forget":
      return "replaced, the old one is kept unmanaged";
    default:
      return `replaced, deleted first${snapshot}`;
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

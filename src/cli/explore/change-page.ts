/** A change in full: what becomes of the object, why, where it is written, which limits it touches, what depends on it. */

import type { LimitName } from "../../model/policy.ts";
import type { ReportedChange } from "../../model/report.ts";
import { planRows } from "../../report/limit-rows.ts";
import { isEnding, losesData } from "../../report/severity.ts";
import { formatLosses } from "../../report/wording/index.ts";
import { dependentsTitle, treeLines, unlisted } from "./dependents.ts";
import type { Entry } from "./explored.ts";
import { findingLines } from "./finding-lines.ts";
import { limitLines } from "./limit-lines.ts";
import { suggestionsFor } from "./moved.ts";
import { causeLines } from "./object-page.ts";
import { type Drawing, EMPTY, type Line, paragraph, section } from "./page.ts";
import { span } from "./text.ts";

export function changePage(entry: Entry, drawing: Drawing): Line[] {
  const { width } = drawing;
  const { change, plan } = entry;
  return [
    ...paragraph(entry.name, width, "strong"),
    ...paragraph(whatBecomes(change), width, endingStyle(entry)),
    ...about(entry, drawing),
    ...section("Why", whyLines(entry, drawing)),
    ...section("Source", sourceLines(entry, drawing)),
    ...section("Findings", findingLines(ownFindings(entry, drawing), width)),
    ...section("What would help", helpLines(entry, drawing)),
    ...dependentLines(entry, drawing),
    ...section("Limits touched", limitLines(touchedRows(entry, drawing), width)),
    ...section("It depends on, and these end", causeLines(plan, change.address, drawing)),
  ];
}

function dependentLines({ change, plan }: Entry, drawing: Drawing): Line[] {
  if (!isEnding(change)) return [];
  const tree = treeLines(change.blastRadius, change.address, plan, drawing);
  const title = paragraph(dependentsTitle(change.blastRadius), drawing.width, "strong");
  return [EMPTY, ...title, ...tree, ...unlisted(change.blastRadius)];
}

const LIVING: Readonly<Record<string, string>> = {
  create: "Created",
  update: "Updated in place",
  move: "Moved, and nothing else",
  import: "Imported, and nothing else",
  forget: "Forgotten: it lives on, and nobody manages it",
  unknown: "Nobody can tell what happens to it",
};

/** `All data and the endpoint: replaced, deleted first`; the tree says what depends on it. */
function whatBecomes(change: ReportedChange): string {
  if (!isEnding(change))
    return `${LIVING[change.action] ?? change.action}${change.deferred === undefined ? "" : ", put off"}`;
  const nobody = { lower: 0, upper: 0, truncated: false, affected: [] };
  const text = formatLosses({ ...change, blastRadius: nobody });
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function endingStyle({ severity }: Entry): "red" | "amber" | "faint" {
  if (severity === "data" || severity === "identity") return "red";
  return severity === "ends" ? "amber" : "faint";
}

const UNDO: Readonly<Record<string, string>> = {
  irreversible: "It cannot be had again.",
  backup: "It can be had again only from a backup, if there is one.",
  regenerable: "It can be made again.",
};

function about(entry: Entry, { all, width }: Drawing): Line[] {
  const { label, previousAddress, kind, undo = "", counted, routine } = entry.change;
  const several = all.report.plans.length > 1;
  const sentences = [
    kind === undefined ? "" : `Kind: ${kind.replaceAll("-", " ")}. ${UNDO[undo] ?? ""}`,
    kind === undefined ? (UNDO[undo] ?? "") : "",
    label === undefined ? "" : `Known as ${label}`,
    previousAddress === undefined ? "" : `Before: ${previousAddress}`,
    several ? `In ${all.report.plans[entry.plan]?.input ?? ""}` : "",
    routine && !counted && isEnding(entry.change) ? "Replaced in ordinary work: no limit counts it." : "",
  ];
  return sentences.filter((text) => text.trim() !== "").flatMap((text) => paragraph(text.trim(), width, "faint"));
}

function whyLines({ change: { reasons } }: Entry, { width }: Drawing): Line[] {
  return reasons.flatMap((reason) => paragraph(reason, width, "plain", span("· ", "faint")));
}

function sourceLines(entry: Entry, { all, width }: Drawing): Line[] {
  const { location } = entry.change;
  const known = all.sourceOf(entry);
  const lines =
    known.length > 0 || location === undefined ? known : [{ place: `${location.file}:${location.line}`, what: "" }];
  return lines.flatMap(({ place, what }) => paragraph(what === "" ? place : `${place}  ${what}`, width));
}

/** Rows of limits that count this very object. */
function touchedRows({ plan, change }: Entry, { all: { report } }: Drawing) {
  const own = report.plans[plan];
  if (own === undefined || !isEnding(change)) return [];
  const touches: Readonly<Record<LimitName, boolean>> = {
    dataLoss: losesData(change),
    ended: change.counted,
    affected: change.counted && change.blastRadius.upper !== 0,
    share: change.counted,
    score: change.counted,
  };
  return planRows(report, own, true).filter(({ limit }) => limit !== undefined && touches[limit]);
}

function ownFindings(entry: Entry, { all }: Drawing) {
  return all
    .findingsOf(entry)
    .filter(({ ruleId }) => !ruleId.startsWith("limit-") && ruleId !== "avoidable-destruction");
}

function helpLines(entry: Entry, { all, width }: Drawing): Line[] {
  return suggestionsFor(all, entry).flatMap(({ message }) =>
    paragraph(`${message}. Press m for the text.`, width, "plain", span("· ", "faint")),
  );
}

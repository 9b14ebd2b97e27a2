/** What is said of the object that was chosen: what happens to it, what reaches it, what it takes with it. */

import type { PicturedObject } from "../../../picture/objects.ts";
import { capital } from "../../../wording/comment.ts";
import { counted, formatCount, formatLosses, formatRange } from "../../../wording/index.ts";
import { button, type Child, code, html, prose } from "../element.ts";
import type { RadiusIndex, Reached, SceneNode } from "./scene.ts";

const MOST_WAYS = 4;
const MOST_LISTED = 40;
const MOST_ALIKE = 100;

interface Doors {
  readonly choose: (key: string) => void;
  readonly showAround: (key: string) => void;
}

/** What the whole comes to, and what of it is not drawn. */
export function summaryOf({ plan, objects }: RadiusIndex, hidden: number): string {
  const { ended, affected } = plan.totals;
  const unknown = affected.upper === null && affected.lower === 0;
  const one = affected.upper === 1 ? "object depends" : "objects depend";
  const depend = unknown
    ? "What depends on them is not known."
    : affected.upper === 0
      ? "Nothing else depends on them."
      : `${formatRange(affected)} ${one} on what ends.`;
  const undrawn = `${formatCount(hidden)} of ${counted(objects.length, "object")} are not drawn: the table of changes shows each of them in the graph.`;
  return `${formatRange(ended)} ${ended.upper === 1 ? "object ends" : "objects end"}. ${depend}${hidden === 0 ? "" : ` ${undrawn}`}`;
}

/** A node that stands for several objects lists them. */
export function groupPanel({ subject, detail }: SceneNode, { showAround }: Doors): Child {
  const hidden = subject.length - MOST_ALIKE;
  return [
    html("p", { class: "panel-title" }, `${formatCount(subject.length)} objects alike`),
    html("p", { class: "quiet" }, detail),
    list(
      subject
        .slice(0, MOST_ALIKE)
        .map(({ key, address }) => button(code(address), { class: "link" }, () => showAround(key))),
    ),
    hidden > 0 ? html("p", { class: "quiet" }, `and ${formatCount(hidden)} more, in the table of changes`) : "",
  ];
}

export function objectPanel(index: RadiusIndex, object: PicturedObject, doors: Doors): Child {
  const { key, address, words, kind } = object;
  const change = index.changes.get(key);
  const place = change?.location;
  const happens = change === undefined ? EFFECTS[kind] : `${formatLosses(change)}.`;
  return [
    html("p", { class: "panel-title" }, code(address)),
    html("p", {}, prose(capital(happens ?? words))),
    place ? html("p", { class: "quiet" }, code(`${place.file}:${place.line}`)) : "",
    change === undefined || change.reasons.length === 0
      ? ""
      : html("p", {}, "Cause: ", prose(`${change.reasons.join("; ")}.`)),
    ways(index.reachedBy.get(key) ?? [], doors),
    change === undefined ? "" : taken(index, change.blastRadius.affected, change.blastRadius, doors),
    button("Show only what is around it", { class: "small" }, () => doors.showAround(key)),
  ];
}

const EFFECTS: Readonly<Record<PicturedObject["kind"], string | undefined>> = {
  ends: undefined,
  changes: "It changes in this plan, and depends on something that ends.",
  untouched: "The plan does not touch it, and it depends on something that ends.",
};

const BASES: Readonly<Record<string, string>> = {
  exact: "by Terraform's own account",
  config: "read from the configuration",
  state: "known from the state alone",
  value: "found by an identifier",
  erased: "cut by this change",
};

/** The nearest first: each way as a list of steps, from what ends to here. */
function ways(reached: readonly Reached[], { choose }: Doors): Child {
  if (reached.length === 0) return "";
  const nearest = [...reached].sort((left, right) => left.entry.distance - right.entry.distance);
  const hidden = reached.length - MOST_WAYS;
  return [
    html("p", { class: "title" }, `Reached from ${counted(reached.length, "ending object")}`),
    nearest.slice(0, MOST_WAYS).map(({ change, entry }) => {
      const { path, edge, certain } = entry;
      const steps = path.map((address, place) => html("li", {}, stepOf(address, place, path, choose)));
      const how = `last step ${BASES[edge] ?? edge}${certain ? "" : "; only possibly"}`;
      const old =
        change.deposed === undefined ? "" : html("span", { class: "quiet" }, "deposed ", code(change.deposed));
      return [html("ol", { class: "way" }, steps), old, html("p", { class: "quiet" }, how)];
    }),
    hidden > 0 ? html("p", { class: "quiet" }, `and ${formatCount(hidden)} more`) : "",
  ];
}

function stepOf(address: string, place: number, path: readonly string[], choose: (key: string) => void): Child {
  return place === path.length - 1 ? code(address) : button(code(address), { class: "link" }, () => choose(address));
}

function taken(
  index: RadiusIndex,
  affected: readonly Reached["entry"][],
  range: { readonly lower: number; readonly upper: number | null },
  { choose }: Doors,
): Child {
  if (range.upper === null && affected.length === 0) return html("p", {}, "What depends on it is not known.");
  if (affected.length === 0) return html("p", {}, "Nothing depends on it.");
  const shown = affected.slice(0, MOST_LISTED);
  const hidden = (range.upper ?? affected.length) - shown.length;
  const one = range.upper === 1 ? "object depends" : "objects depend";
  return [
    html("p", { class: "title" }, `${formatRange(range)} ${one} on it`),
    list(
      shown.map((entry) => [
        button(code(entry.address), { class: "link" }, () => choose(index.keyOfDependent(entry))),
        html("span", { class: `aside ${entry.effect}` }, `${entry.effect}${entry.certain ? "" : ", only possibly"}`),
      ]),
    ),
    hidden > 0 ? html("p", { class: "quiet" }, `and ${formatCount(hidden)} more`) : "",
  ];
}

function list(entries: readonly Child[]): Child {
  return html(
    "ul",
    { class: "entries" },
    entries.map((entry) => html("li", {}, entry)),
  );
}

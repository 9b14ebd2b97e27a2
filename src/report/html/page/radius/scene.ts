/** What the graph shows: an overview of the worst, or one object with all that reaches it and all that it takes with it. */

import { parseAddress, splitAddress } from "../../../../model/address.ts";
import type { AffectedObject } from "../../../../model/blast.ts";
import type { PlanReport, ReportedChange } from "../../../../model/report.ts";
import { shorten } from "../../../layout.ts";
import { edgesOf, withoutImplied } from "../../../picture/edges.ts";
import { keyOf, keysOf, objectsOf, type PicturedObject, type Subject, together } from "../../../picture/objects.ts";
import type { PictureEdge } from "../../../picture/shapes.ts";
import { worstFirst } from "../../../severity.ts";
import { counted, formatCount } from "../../../wording/index.ts";

export interface SceneNode {
  readonly id: number;
  readonly subject: Subject;
  readonly title: string;
  readonly detail: string;
  readonly tone: "data" | "ends" | "changes" | "untouched";
  readonly possibly: boolean;
}

export interface Scene {
  readonly nodes: readonly SceneNode[];
  readonly edges: readonly PictureEdge[];
  /** Objects that are not drawn. */
  readonly hidden: number;
}

/** A plan, ready to be asked. */
export interface RadiusIndex {
  readonly plan: PlanReport;
  readonly objects: readonly PicturedObject[];
  readonly byKey: ReadonlyMap<string, PicturedObject>;
  readonly changes: ReadonlyMap<string, ReportedChange>;
  /** For each object the ending ones that it depends on, with the way. */
  readonly reachedBy: ReadonlyMap<string, readonly Reached[]>;
  readonly keyOfDependent: (dependent: AffectedObject) => string;
}

export interface Reached {
  readonly change: ReportedChange;
  readonly entry: AffectedObject;
}

export function indexOf(plan: PlanReport): RadiusIndex {
  const ending = worstFirst(plan.changes);
  const objects = objectsOf(plan);
  const keyOfDependent = keysOf(ending);
  const reachedBy = new Map<string, Reached[]>();
  for (const change of ending) {
    for (const entry of change.blastRadius.affected) {
      const key = keyOfDependent(entry);
      const known = reachedBy.get(key);
      if (known) known.push({ change, entry });
      else reachedBy.set(key, [{ change, entry }]);
    }
  }
  return {
    plan,
    objects,
    byKey: new Map(objects.map((object) => [object.key, object])),
    changes: new Map(ending.map((change) => [keyOf(change), change])),
    reachedBy,
    keyOfDependent,
  };
}

/** Nodes of the overview, and around one object: more of them nobody can follow. */
const MOST_IN_OVERVIEW = 48;
const MOST_AROUND = 90;

/** The worst objects with what is nearest to each. Where there are too many, instances of one resource share a node, else objects of one type. */
export function overviewOf({ plan, objects }: RadiusIndex): Scene {
  const single = objects.map((object): Subject => [object]);
  if (single.length <= MOST_IN_OVERVIEW) return sceneOf(plan, single, MOST_IN_OVERVIEW);
  const byResource = together(objects);
  const subjects = byResource.length <= MOST_IN_OVERVIEW * 2 ? byResource : together(objects, typeOf);
  return sceneOf(plan, subjects, MOST_IN_OVERVIEW);
}

/** One object, whole: what it takes with it, and every way on which it is reached. */
export function sceneAround({ plan, byKey, changes, reachedBy }: RadiusIndex, key: string): Scene {
  const own = changes.get(key);
  const reaching = (reachedBy.get(key) ?? []).map(({ change, entry }): ReportedChange => {
    const onTheWay = new Set(entry.path);
    const affected = change.blastRadius.affected.filter(({ address }) => onTheWay.has(address));
    return { ...change, blastRadius: { ...change.blastRadius, affected } };
  });
  const around: PlanReport = { ...plan, changes: [...(own ? [own] : []), ...reaching] };
  const found = objectsOf(around).map((object) => byKey.get(object.key) ?? object);
  const first = found.filter((object) => object.key === key);
  const others = found.filter((object) => object.key !== key);
  const single = [...first, ...others].map((object): Subject => [object]);
  const subjects = single.length <= MOST_AROUND ? single : [...first.map((one): Subject => [one]), ...together(others)];
  return sceneOf(around, subjects, MOST_AROUND);
}

function sceneOf(plan: PlanReport, subjects: readonly Subject[], most: number): Scene {
  const shown = subjects.slice(0, most);
  const nodes = shown.map(nodeOf);
  const drawn = new Map(nodes.flatMap(({ id, subject }) => subject.map(({ key }) => [key, id] as const)));
  const edges = withoutImplied(edgesOf(plan, drawn, new Map()));
  return { nodes, edges, hidden: subjects.slice(most).flat().length };
}

const LONGEST_TITLE = 40;
const LONGEST_DETAIL = 46;

function nodeOf(subject: Subject, id: number): SceneNode {
  const [{ key, address, kind, losesData, possibly, words }] = subject;
  const times = subject.length > 1 ? `${formatCount(subject.length)} × ` : "";
  const old = key === address ? "" : " (deposed)";
  const where = placeOf(subject);
  return {
    id,
    subject,
    title: shorten(`${times}${nameOf(subject)}${old}`, LONGEST_TITLE),
    detail: where === "" ? words : `${shorten(where, LONGEST_DETAIL - words.length)} · ${words}`,
    tone: losesData ? "data" : kind,
    possibly,
  };
}

/** The address within its module, without a key where it is several instances; of several resources their type. */
function nameOf(subject: Subject): string {
  const [{ address }] = subject;
  const { module, resource } = parseAddress(address);
  if (!isOneResource(subject)) return typeOf(address);
  const whole = subject.length > 1 ? resource : address;
  return module === "" ? whole : whole.slice(module.length + 1);
}

function placeOf(subject: Subject): string {
  const modules = new Set(subject.map(({ address }) => parseAddress(address).module));
  const [only = ""] = modules;
  return modules.size === 1 ? only : `in ${counted(modules.size, "module")}`;
}

function isOneResource(subject: Subject): boolean {
  return new Set(subject.map(({ address }) => parseAddress(address).resource)).size === 1;
}

/** The type that a Terraform address names; of other names, which no type can be told from, the whole. */
function typeOf(address: string): string {
  const { module, resource } = parseAddress(address);
  const own = module === "" ? resource : resource.slice(module.length + 1);
  return own.includes(".") ? (splitAddress(own)[0] ?? own) : address;
}

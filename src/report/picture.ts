/** What a picture of the radius shows: groups, nodes, edges, and what is left out, counted. How it looks is each format's own. */

import { compareText, parseAddress, splitAddress } from "../model/address.ts";
import type { AffectedObject } from "../model/blast.ts";
import { type Bound, type Range, sumRanges, ZERO } from "../model/bounds.ts";
import type { PlanReport, Report, ReportedChange } from "../model/report.ts";
import { shorten } from "./layout.ts";
import { worstFirst } from "./severity.ts";
import { counted, formatCount, formatRange } from "./wording.ts";

/** Nodes and groups of nodes, in both the worst first. */
export interface Scene {
  readonly nodes: readonly PictureNode[];
  readonly groups: readonly PictureGroup[];
}

export interface Picture extends Scene {
  /** What the report comes to, in one line of our own words: no names. */
  readonly headline: string;
  /** Each pair at most once, and none that only follows from others; both ends are drawn. */
  readonly edges: readonly PictureEdge[];
  /** Objects that end, or depend on one that does, and are only counted. */
  readonly leftOut: number;
}

/** A plan among several, or a module instance in its plan or parent module. */
export interface PictureGroup extends Scene {
  /** Not escaped. */
  readonly label: string;
  /** Every object of the module ends. */
  readonly perishes: boolean;
}

export interface PictureNode {
  /** From 0 on: nothing of a plan's is ever an identifier. */
  readonly id: number;
  /** `rest` stands for objects that are only counted, `note` for a sentence. */
  readonly kind: AffectedObject["effect"] | "rest" | "note";
  /** It ends and takes along data that people put there. */
  readonly losesData: boolean;
  /** It ends only if an unknown goes badly. */
  readonly possibly: boolean;
  /** Not escaped: the name first, then in words what happens. */
  readonly lines: readonly string[];
  /** Of the objects that are drawn as this node. Not escaped. */
  readonly addresses: readonly string[];
}

/** From what ends towards what depends on it. */
export interface PictureEdge {
  readonly from: number;
  readonly to: number;
  readonly basis: AffectedObject["edge"];
  /** Whether the lower bound counts the dependent. */
  readonly certain: boolean;
}

/** What pictures look at of the options that every renderer is given. */
export interface PictureOptions {
  readonly verbosity: keyof typeof MOST_DRAWN;
}

/** Nodes for objects, over all plans; the few that count the rest come on top. */
export const MOST_DRAWN = { quiet: 40, normal: 40, verbose: 400 } as const;
/** A tenth more is drawn rather than counted. */
const SLACK = 1.1;
/** Dependents of an ending object that are drawn before the next ending object. */
const NEAREST = 5;
/** From so many dependents on, a node says how many. */
const MANY = 10;
/** Modules of one plan whose undrawn objects are counted apart. */
const MOST_RESTS = 8;
/** Levels of nested modules that are groups of their own. */
const MOST_LEVELS = 6;
/** Signs of a name. */
const MOST_SIGNS = 48;
/** From the surest to the weakest. */
const BASES: readonly PictureEdge["basis"][] = ["exact", "config", "state", "value", "erased"];

/** Draws about `most` nodes for objects. When there are more objects, alike instances of one resource share a node. */
export function pictureOf({ plans, verdict, errors }: Report, most: number): Picture {
  const single = plans.map((plan) => objectsOf(plan).map((object): Subject => [object]));
  const room = Math.floor(most * SLACK);
  const subjects = wanted(single) <= room ? single : single.map((each) => together(each.flat()));
  const shares = dealOut(plans, subjects, wanted(subjects) <= room ? room : most);
  const ids = new Ids();
  const drawn = plans.flatMap((plan, place): DrawnPlan[] => {
    const share = shares[place] ?? 0;
    const brief = inBrief([plan], plan.complete && errors.every(({ input }) => input !== plan.input));
    return share === 0 ? [] : [drawPlan({ plan, brief }, subjects[place] ?? [], share, ids)];
  });
  const isUndrawn = (_: unknown, place: number): boolean => shares[place] === 0;
  const several = plans.length > 1 ? `${counted(plans.length, "plan")}, ` : "";
  const brief = inBrief(plans, verdict !== "undecided" && plans.every(({ complete }) => complete));
  return {
    headline: `${verdict.toUpperCase()}: ${several}${brief}`,
    ...arrange(drawn, plans.filter(isUndrawn), ids),
    edges: drawn.flatMap(({ edges }) => edges),
    leftOut: drawn.reduce((sum, { leftOut }) => sum + leftOut, single.filter(isUndrawn).flat().length),
  };
}

/** What the edges of a picture mean, of those kinds that it has. `open` is how an edge looks that is only possible. */
export function legendOf({ edges }: Picture, open: string): string[] {
  const has = (basis: PictureEdge["basis"]): boolean => edges.some((edge) => edge.basis === basis);
  return [
    edges.length > 0 ? ["an arrow leads to what depends on it"] : [],
    has("config") ? ["thin: read from the configuration"] : [],
    has("state") ? ["dashed: known from the state alone"] : [],
    has("value") ? ["dotted, value: found by an identifier"] : [],
    has("erased") ? ["dotted, erased: cut by this change"] : [],
    edges.some(({ certain }) => !certain) ? [`${open}: only possibly`] : [],
  ].flat();
}

interface BriefedPlan {
  readonly plan: PlanReport;
  readonly brief: string;
}

interface DrawnPlan extends BriefedPlan, Scene {
  readonly edges: readonly PictureEdge[];
  readonly leftOut: number;
}

/** A single plan fills the picture; of several, each is a group. */
function arrange(drawn: readonly DrawnPlan[], undrawn: readonly PlanReport[], ids: Ids): Scene {
  const [only] = drawn;
  if (only === undefined) return { nodes: [ids.note("no plan could be read")], groups: [] };
  if (drawn.length + undrawn.length === 1) return { nodes: only.nodes, groups: only.groups };
  const groups = drawn.map(({ plan, brief, nodes, groups: modules }) => ({
    label: `${shorten(plan.input, MOST_SIGNS)}: ${brief}`,
    perishes: false,
    nodes,
    groups: modules,
  }));
  if (undrawn.length === 0) return { nodes: [], groups };
  const brief = inBrief(
    undrawn,
    undrawn.every(({ complete }) => complete),
  );
  return { nodes: [ids.note(`+ ${counted(undrawn.length, "more plan")}`, brief)], groups };
}

/** `whole`: what could not be seen is not known to matter. */
function inBrief(plans: readonly PlanReport[], whole: boolean): string {
  const ended = sumRanges(plans.map(({ totals }) => totals.ended));
  const data = sumRanges(plans.map(({ totals }) => totals.dataLoss));
  const existing = plans.reduce((sum, plan) => sum + plan.existing, 0);
  if (ended.upper === 0) {
    const routine = plans.some(({ changes }) => changes.some(({ certainty }) => certainty !== undefined));
    return `${routine ? "only routine objects end" : "nothing ends"}${whole ? "" : " in what could be seen"}`;
  }
  const verb = ended.upper === 1 && existing === 1 ? "ends" : "end";
  const some = `${formatRange(ended)} of ${counted(existing, "object")} ${verb}`;
  if (data.upper === 0) return `${some}, none of them holds data`;
  return `${some}, ${formatRange(data)} of them ${data.upper === 1 ? "holds" : "hold"} data`;
}

/** Numbers nodes in the order in which they are made. */
class Ids {
  private next = 0;

  take(): number {
    return this.next++;
  }

  note(...lines: string[]): PictureNode {
    return { id: this.take(), kind: "note", losesData: false, possibly: false, lines, addresses: [] };
  }
}

// What is drawn.

/** An object that ends, or that depends on one that does. */
interface PicturedObject {
  /** The address, and for a deposed object its key behind a line break. */
  readonly key: string;
  readonly address: string;
  readonly kind: AffectedObject["effect"];
  readonly losesData: boolean;
  readonly possibly: boolean;
  /** What happens to it. */
  readonly words: string;
  /** How many objects depend on it, if it ends. */
  readonly dependents: Range;
}

/** Objects that are drawn as one node. */
type Subject = readonly [PicturedObject, ...PicturedObject[]];

function keyOf({ address, deposed }: ReportedChange): string {
  return deposed === undefined ? address : `${address}\n${deposed}`;
}

/** Finds the key of a dependent. Its address does not say which of several objects is meant: nearly always the current one. */
type Keys = (dependent: AffectedObject) => string;

function keysOf(ending: readonly ReportedChange[]): Keys {
  const current = ending.filter(({ deposed }) => deposed === undefined);
  const keys = new Map([...ending, ...current].map((change) => [change.address, keyOf(change)]));
  return ({ address, effect }) => (effect === "ends" ? (keys.get(address) ?? address) : address);
}

/** Each object once, as it deserves a place: ending ones, the worst first, each followed by what is nearest to it. */
function objectsOf(plan: PlanReport): PicturedObject[] {
  const ending = worstFirst(plan.changes);
  const objects = new Map(ending.map((change) => [keyOf(change), endingObject(change)]));
  const keys = keysOf(ending);
  const ordered = new Set<string>();
  for (const most of [NEAREST, Number.POSITIVE_INFINITY]) {
    for (const change of ending) {
      ordered.add(keyOf(change));
      for (const entry of change.blastRadius.affected.slice(0, most)) {
        const key = keys(entry);
        ordered.add(key);
        if (!objects.has(key)) objects.set(key, dependentObject(key, entry));
      }
    }
  }
  return [...ordered].flatMap((key) => objects.get(key) ?? []);
}

function endingObject(change: ReportedChange): PicturedObject {
  const { address, action, fate, deferred, routine, blastRadius } = change;
  const possibly = change.certainty === "conditional";
  const losesData = change.holdsData && change.counted && fate !== "retained" && fate !== "snapshotted";
  const words = [
    possibly ? "possibly " : "",
    action === "replace" ? "replaced" : action === "delete" ? "deleted" : "ended",
    fate === "retained" ? ", but kept unmanaged" : fate === "snapshotted" ? ", but a snapshot stays" : "",
    losesData ? ", loses its data" : "",
    routine ? " (routine)" : "",
    deferred === undefined ? "" : " (put off)",
  ].join("");
  return { key: keyOf(change), address, kind: "ends", losesData, possibly, words, dependents: blastRadius };
}

function dependentObject(key: string, { address, effect }: AffectedObject): PicturedObject {
  return { key, address, kind: effect, losesData: false, possibly: false, words: effect, dependents: ZERO };
}

/** Instances of one resource to which the same happens, each group where its first member stood. */
function together(objects: readonly PicturedObject[]): Subject[] {
  const alike = new Map<string, [PicturedObject, ...PicturedObject[]]>();
  for (const object of objects) {
    const trait = JSON.stringify([parseAddress(object.address).resource, object.kind, object.words]);
    const group = alike.get(trait);
    if (group === undefined) alike.set(trait, [object]);
    else group.push(object);
  }
  return [...alike.values()];
}

/** Nodes that it would take to draw everything: a plan in which nothing ends needs one too, to say so. */
function wanted(subjects: readonly (readonly Subject[])[]): number {
  return subjects.reduce((sum, { length }) => sum + Math.max(length, 1), 0);
}

/** How many nodes of `most` each plan gets: one each in turn, from the worst plan on, until it has all that it wants. */
function dealOut(plans: readonly PlanReport[], subjects: readonly (readonly Subject[])[], most: number): number[] {
  const shares = plans.map(() => 0);
  const order = plans
    .map(({ totals }, place) => ({ place, data: totals.dataLoss.upper, ended: totals.ended.upper }))
    .sort((one, other) => worse(one.data, other.data) || worse(one.ended, other.ended) || one.place - other.place);
  let left = Math.min(most, wanted(subjects));
  while (left > 0) {
    for (const { place } of order) {
      const share = shares[place] ?? 0;
      if (left === 0 || share >= Math.max(subjects[place]?.length ?? 0, 1)) continue;
      shares[place] = share + 1;
      left--;
    }
  }
  return shares;
}

/** The larger bound first; an unknown one is above all. */
function worse(left: Bound, right: Bound): number {
  if (left === right) return 0;
  return left === null || (right !== null && left > right) ? -1 : 1;
}

// Where it is drawn.

function drawPlan(briefed: BriefedPlan, subjects: readonly Subject[], share: number, ids: Ids): DrawnPlan {
  const { plan, brief } = briefed;
  if (subjects.length === 0) return { ...briefed, nodes: [ids.note(brief)], groups: [], edges: [], leftOut: 0 };
  const modules = new Modules(plan);
  const drawn = new Map<string, number>();
  for (const subject of subjects.slice(0, share)) {
    const node = nodeFor(subject, ids.take());
    modules.add(moduleOf(subject[0]), node);
    for (const { key } of subject) drawn.set(key, node.id);
  }
  const hidden = subjects.slice(share).flat();
  const rest = new Map<string, number>();
  for (const { module, where, objects } of restsOf(hidden)) {
    const node = restNode(objects, where, ids.take());
    modules.addRest(module, node);
    for (const { key } of objects) rest.set(key, node.id);
  }
  const unlisted = unlistedOf(plan);
  if (unlisted) modules.add("", ids.note(...unlisted.lines));
  const edges = withoutImplied(edgesOf(plan, drawn, rest));
  return { ...briefed, ...modules.scene(), edges, leftOut: hidden.length + (unlisted?.objects ?? 0) };
}

function moduleOf({ address }: PicturedObject): string {
  return parseAddress(address).module;
}

function nodeFor(subject: Subject, id: number): PictureNode {
  const [{ key, address, kind, losesData, possibly, words, dependents }] = subject;
  const { module, resource } = parseAddress(address);
  const whole = subject.length > 1 ? resource : address;
  const name = shorten(module === "" ? whole : whole.slice(module.length + 1), MOST_SIGNS);
  const times = subject.length > 1 ? `${formatCount(subject.length)} × ` : "";
  const old = key === address ? "" : ` (deposed ${shorten(key.slice(address.length + 1), MOST_SIGNS / 4)})`;
  const isMany = subject.length === 1 && (dependents.upper ?? dependents.lower) >= MANY;
  const many = isMany ? `, ${formatRange(dependents)} depend on it` : "";
  const addresses = subject.map((object) => object.address);
  return { id, kind, losesData, possibly, lines: [`${times}${name}${old}`, `${words}${many}`], addresses };
}

interface Rest {
  /** Where its node stands. */
  readonly module: string;
  /** What its node says of that. */
  readonly where: string;
  readonly objects: readonly PicturedObject[];
}

/** What is not drawn, by module, the fullest first; of many modules the last ones share a sum. */
function restsOf(hidden: readonly PicturedObject[]): Rest[] {
  const byModule = new Map<string, PicturedObject[]>();
  for (const object of hidden) {
    const module = moduleOf(object);
    const known = byModule.get(module);
    if (known === undefined) byModule.set(module, [object]);
    else known.push(object);
  }
  const sorted = [...byModule].sort(
    ([left, some], [right, others]) => others.length - some.length || compareText(left, right),
  );
  const apart = sorted.length > MOST_RESTS ? sorted.slice(0, MOST_RESTS - 1) : sorted;
  const others = sorted.slice(apart.length);
  const rests = apart.map(([module, objects]) => ({ module, where: module || "the root module", objects }));
  if (others.length === 0) return rests;
  const where = `${formatCount(others.length)} other modules`;
  return [...rests, { module: "", where, objects: others.flatMap(([, objects]) => objects) }];
}

function restNode(objects: readonly PicturedObject[], where: string, id: number): PictureNode {
  const ends = objects.filter(({ kind }) => kind === "ends").length;
  const data = objects.filter((object) => object.losesData).length;
  const losses = data === 0 ? "" : `, ${formatCount(data)} with ${data === 1 ? "its" : "their"} data`;
  const words = ends === 0 ? "none of them ends" : `${formatCount(ends)} ${ends === 1 ? "ends" : "end"}${losses}`;
  const name = `+ ${formatCount(objects.length)} more in ${shorten(where, MOST_SIGNS)}`;
  return { id, kind: "rest", losesData: data > 0, possibly: false, lines: [name, words], addresses: [] };
}

/** Dependents that the report itself does not list, or cannot know of. */
function unlistedOf({ totals, changes }: PlanReport): { lines: string[]; objects: number } | undefined {
  const { upper } = totals.affected;
  if (upper === null) return { lines: ["more may depend on these", "the plan does not tell"], objects: 0 };
  if (!changes.some(({ blastRadius }) => blastRadius.truncated)) return undefined;
  const listed = new Set(
    changes.flatMap((change) => (change.counted ? change.blastRadius.affected.map(({ address }) => address) : [])),
  );
  const objects = Math.max(upper - listed.size, 0);
  const more = objects === 0 ? "+ more dependents" : `+ ${counted(objects, "more dependent")}`;
  return { lines: [more, "that the report does not list"], objects };
}

interface DraftGroup {
  readonly label: string;
  readonly perishes: boolean;
  readonly nodes: PictureNode[];
  readonly groups: DraftGroup[];
}

/** Module instances as nested groups; each is made with its first node. */
class Modules {
  private readonly plan: PlanReport;
  private readonly drafts = new Map<string, DraftGroup>();

  constructor(plan: PlanReport) {
    this.plan = plan;
  }

  add(module: string, node: PictureNode): void {
    this.draft(levelsOf(module)).nodes.push(node);
  }

  /** In the group of the module or of the nearest one around it that has any: no group for a count alone. */
  addRest(module: string, node: PictureNode): void {
    const levels = levelsOf(module);
    while (levels.length > 0 && !this.drafts.has(levels.at(-1) ?? "")) levels.pop();
    this.draft(levels).nodes.push(node);
  }

  scene(): Scene {
    return this.draft([]);
  }

  /** `levels` are the paths of the modules from the outermost to the one that is meant. */
  private draft(levels: readonly string[]): DraftGroup {
    const path = levels.at(-1) ?? "";
    const known = this.drafts.get(path);
    if (known) return known;
    const gone = this.plan.noSurvivors.find(({ scope, address }) => scope === "module" && address === path);
    const parent = levels.at(-2);
    const name = shorten(parent === undefined ? path : path.slice(parent.length + 1), MOST_SIGNS);
    const possibly = gone?.certainty === "conditional" ? "possibly " : "";
    const label = gone ? `${name}: ${possibly}all ${counted(gone.objects, "object")} end` : name;
    const draft = { label, perishes: gone !== undefined, nodes: [], groups: [] };
    this.drafts.set(path, draft);
    if (path !== "") this.draft(levels.slice(0, -1)).groups.push(draft);
    return draft;
  }
}

/** `module.a`, then `module.a.module.b`; the last one holds whatever is nested too deeply to be drawn. */
function levelsOf(module: string): string[] {
  if (module === "") return [];
  const steps = splitAddress(module);
  const levels: string[] = [];
  for (let length = 2; length < steps.length && levels.length < MOST_LEVELS - 1; length += 2) {
    levels.push(steps.slice(0, length).join("."));
  }
  return [...levels, module];
}

// What leads where.

type NodeIds = ReadonlyMap<string, number>;

/** The last hops of all paths, each pair of nodes once, as sure as the surest of them. */
function edgesOf(plan: PlanReport, drawn: NodeIds, rest: NodeIds): PictureEdge[] {
  const ending = worstFirst(plan.changes);
  const keys = keysOf(ending);
  const edges = new Map<string, PictureEdge>();
  for (const change of ending) {
    const entries = new Map(change.blastRadius.affected.map((entry) => [entry.address, entry]));
    for (const entry of entries.values()) {
      const to = drawn.get(keys(entry)) ?? rest.get(keys(entry));
      const before = entry.path.slice(1, -1).flatMap((address) => entries.get(address) ?? []);
      const { from = drawn.get(keyOf(change)), basis } = originOf(entry, before, (one) => drawn.get(keys(one)));
      if (from === undefined || to === undefined || from === to) continue;
      const known = edges.get(`${from} ${to}`) ?? { basis, certain: false };
      const certain = known.certain || entry.certain;
      edges.set(`${from} ${to}`, { from, to, basis: rank(basis) < rank(known.basis) ? basis : known.basis, certain });
    }
  }
  return [...edges.values()].sort((left, right) => left.from - right.from || left.to - right.to);
}

/** The last object on the way that is drawn, and the weakest dependency from there on. */
function originOf(
  entry: AffectedObject,
  before: readonly AffectedObject[],
  nodeOf: (object: AffectedObject) => number | undefined,
): { from?: number; basis: PictureEdge["basis"] } {
  let basis = entry.edge;
  for (const object of before.toReversed()) {
    const from = nodeOf(object);
    if (from !== undefined) return { from, basis };
    if (rank(object.edge) > rank(basis)) basis = object.edge;
  }
  return { basis };
}

function rank(basis: PictureEdge["basis"]): number {
  return BASES.indexOf(basis);
}

/**
 * Leaves out each edge that a longer way at least as certain tells anyway. Edges by value and erased ones all stay, and
 * tell nothing about others; so do edges within a circle: what is reached from where never changes.
 */
function withoutImplied(edges: readonly PictureEdge[]): PictureEdge[] {
  const isKnown = ({ basis }: PictureEdge): boolean => basis !== "value" && basis !== "erased";
  const all = new Reach(edges.filter(isKnown));
  const sure = new Reach(edges.filter((edge) => isKnown(edge) && edge.certain));
  return edges.filter((edge) => !isKnown(edge) || !(edge.certain ? sure : all).implies(edge));
}

/** What is reached from each node. */
class Reach {
  private readonly next = new Map<number, number[]>();
  private readonly reached = new Map<number, ReadonlySet<number>>();

  constructor(edges: readonly PictureEdge[]) {
    for (const { from, to } of edges) this.next.set(from, [...(this.next.get(from) ?? []), to]);
  }

  /** Whether another way leads there, through a node that lies on no circle with either end. */
  implies({ from, to }: PictureEdge): boolean {
    return (this.next.get(from) ?? []).some(
      (via) => via !== to && this.from(via).has(to) && !this.from(via).has(from) && !this.from(to).has(via),
    );
  }

  private from(start: number): ReadonlySet<number> {
    const known = this.reached.get(start);
    if (known) return known;
    const reached = new Set<number>();
    const queue = [start];
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      for (const to of this.next.get(node) ?? []) {
        if (reached.has(to)) continue;
        reached.add(to);
        queue.push(to);
      }
    }
    this.reached.set(start, reached);
    return reached;
  }
}

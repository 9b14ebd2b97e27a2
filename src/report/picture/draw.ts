/** Where objects are drawn: in their modules, with what is left out counted where it lies. */

import { compareText, parseAddress, splitAddress } from "../../model/address.ts";
import type { PlanReport } from "../../model/report.ts";
import { shorten } from "../layout.ts";
import { counted, formatCount, formatRange } from "../wording/index.ts";
import { edgesOf, withoutImplied } from "./edges.ts";
import type { PicturedObject, Subject } from "./objects.ts";
import {
  type BriefedPlan,
  type DrawnPlan,
  type Ids,
  MANY,
  MOST_LEVELS,
  MOST_RESTS,
  MOST_SIGNS,
  type PictureNode,
  type Scene,
} from "./shapes.ts";

export function drawPlan(briefed: BriefedPlan, subjects: readonly Subject[], share: number, ids: Ids): DrawnPlan {
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
export class Modules {
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

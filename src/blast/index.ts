/** What the destruction in a plan takes with it: the door of this folder. */

import type { DependencyGraph } from "../graph/index.ts";
import type { AssessedChange, AssessedPlan, JudgedType } from "../model/blast.ts";
import type { BlindSpot } from "../model/blind-spot.ts";
import { type Range, ZERO } from "../model/bounds.ts";
import type { Catalogue, TypeDetails } from "../model/catalogue.ts";
import { type ChangePlan, endingOf, type ResourceChange } from "../model/plan.ts";
import { type Lifecycle, sourceResource } from "../model/source.ts";
import type { Suggestion } from "../model/suggestion.ts";
import { countRange, dataLossRange } from "./counts.ts";
import { endingChanges, graphAround } from "./ending.ts";
import { endsOf, fingerprintOf } from "./fingerprint.ts";
import { hazardsOf } from "./hazards.ts";
import { judgeType, tellingType } from "./judge-type.ts";
import { lossOf } from "./loss.ts";
import { moduleLosses } from "./modules.ts";
import { noSurvivors } from "./no-survivors.ts";
import { destroyProvisioners } from "./provisioners.ts";
import { Effects, type EndingNode, type ListLimits, NO_RADIUS, radii } from "./radius.ts";
import { unknownCauses } from "./unknown-inputs.ts";
import { updateHazards } from "./updates/index.ts";

export { explain } from "./explain.ts";
export type { ListLimits } from "./radius.ts";
export { unknownCauses } from "./unknown-inputs.ts";

/** What a plan ends, and what depends on that. Takes from the list budget what it lists. */
export function assess(plan: ChangePlan, catalogue: Catalogue, limits: ListLimits): AssessedPlan {
  const types = new Map<string, JudgedType>();
  const typeOf: TypeOf = (type) => {
    const known = types.get(type) ?? judgeType(type, catalogue);
    types.set(type, known);
    return known;
  };
  const endsNothing = plan.changes.every((change) => endingOf(change) === undefined);
  const assessed = endsNothing
    ? assessHarmless(plan, typeOf, catalogue)
    : assessDestructive(plan, typeOf, catalogue, limits);
  return plan.unlisted.length === 0 ? assessed : withoutUpperBounds(assessed);
}

/** What looks for suggestions in a plan like this one; only what deletes something loads it. */
export async function suggestionFinder({ changes }: ChangePlan): Promise<(plan: ChangePlan) => readonly Suggestion[]> {
  if (!changes.some(({ action }) => action.kind === "delete")) return () => [];
  return (await import("./renames/index.ts")).suggestionsFor;
}

/** With what only its source says, where there is an earlier revision of it to compare with. */
export async function withLostGuards(assessed: AssessedPlan, catalogue: Catalogue): Promise<AssessedPlan> {
  const { plan, hazards } = assessed;
  if (plan.sourceBefore === undefined) return assessed;
  const { lostGuards } = await import("./lost-guards/index.ts");
  return { ...assessed, hazards: [...hazards, ...lostGuards(plan, catalogue, hazards)] };
}

/** Where the plan leaves out what else ends, nobody can say how much that is. */
function withoutUpperBounds(assessed: AssessedPlan): AssessedPlan {
  const open = ({ lower }: Range): Range => ({ lower, upper: null });
  const { ended, affected, dataLoss } = assessed;
  return { ...assessed, ended: open(ended), affected: open(affected), dataLoss: open(dataLoss) };
}

type TypeOf = (type: string) => JudgedType;

/** Nothing ends: no graph is built, and nothing in the plan that would have to be parsed for it is. */
function assessHarmless(plan: ChangePlan, typeOf: TypeOf, catalogue: Catalogue): AssessedPlan {
  const changes = plan.changes.map((change) => ({
    change,
    ending: undefined,
    type: typeOf(change.type),
    counted: false,
    radius: NO_RADIUS,
    unknownCauses: [],
    loss: undefined,
  }));
  const { blindSpots } = plan;
  const nothing = {
    ends: [],
    ended: ZERO,
    affected: ZERO,
    dataLoss: ZERO,
    noSurvivors: [],
    modules: [],
    suggestions: [],
  };
  const hazards = updateHazards(plan, catalogue);
  return { plan, changes, ...nothing, hazards, fingerprint: fingerprintOf([]), blindSpots };
}

function assessDestructive(plan: ChangePlan, typeOf: TypeOf, catalogue: Catalogue, limits: ListLimits): AssessedPlan {
  const graph = graphAround(plan);
  const ending = endingNodes(graph, plan);
  const counted = countedOf(plan, graph, ending, typeOf);
  const found = radii(graph, ending, new Effects(graph, plan.changes), limits);
  const radiusOf = new Map(ending.map(({ change }, position) => [change, found[position] ?? NO_RADIUS]));
  const causes = unknownCauses(plan);
  const changes = plan.changes.map((change): AssessedChange => {
    const telling = tellingType(change, catalogue);
    const type = typeOf(telling);
    const radius = radiusOf.get(change) ?? unknownRadius(change);
    const loss = lossOf(change, type, detailsOf(change, telling, catalogue), radius, lifecycleOf(plan, change));
    return {
      change,
      ending: endingOf(change),
      type,
      counted: counted.has(change),
      radius,
      unknownCauses: causes.get(change) ?? [],
      loss,
    };
  });
  const ends = endsOf(changes);
  return {
    plan,
    changes,
    ends,
    hazards: [...hazardsOf(changes, graph, catalogue), ...updateHazards(plan, catalogue)],
    suggestions: [],
    ended: countRange(changes, ({ counted: counts }) => counts),
    affected: affectedRange(
      graph,
      ending.filter(({ change }) => counted.has(change)),
      counted.size,
    ),
    dataLoss: dataLossRange(changes),
    noSurvivors: noSurvivors(plan, changes, (type) => typeOf(type).routine, catalogue),
    modules: moduleLosses(plan.dependencies.objects(), changes),
    fingerprint: fingerprintOf(ends),
    blindSpots: [
      ...plan.blindSpots,
      ...graph.gaps,
      ...cutEdges(plan),
      ...hiddenFrom(plan),
      ...circlesOf(graph),
      ...unlistedTypes(changes, catalogue),
    ],
  };
}

/** What an object stands for tells what it is; the attributes that guard it are its own. */
function detailsOf({ type }: ResourceChange, telling: string, catalogue: Catalogue): TypeDetails | undefined {
  const own = catalogue.details(type);
  if (telling === type) return own;
  const named = catalogue.details(telling);
  if (named === undefined) return undefined;
  const { guards: _, ...rest } = named;
  return own?.guards === undefined ? rest : { ...rest, guards: own.guards };
}

function lifecycleOf({ source }: ChangePlan, { address }: ResourceChange): Lifecycle | undefined {
  return source && sourceResource(source, address)?.lifecycle;
}

function endingNodes(graph: DependencyGraph, plan: ChangePlan): EndingNode[] {
  return endingChanges(plan).flatMap((change) => {
    const node = graph.nodeOf(change.address, change.deposed);
    return node === undefined ? [] : [{ change, node }];
  });
}

/** An object that may end but does not stand in the graph (a deferred one without its key) may have any dependents. */
function unknownRadius(change: ResourceChange): AssessedChange["radius"] {
  return endingOf(change) === undefined ? NO_RADIUS : { ...NO_RADIUS, upper: null };
}

/** Routine objects count when something that is not routine ends because of them. */
function countedOf(
  plan: ChangePlan,
  graph: DependencyGraph,
  ending: readonly EndingNode[],
  typeOf: TypeOf,
): ReadonlySet<ResourceChange> {
  const known = new Set(ending.map(({ change }) => change));
  const marks = new Uint8Array(graph.objects.length);
  for (const { change, node } of ending) marks[node] = typeOf(change.type).routine ? 0 : 1;
  const routine = ending.filter(({ node }) => marks[node] === 0);
  const because = graph.countDependents(
    routine.map(({ node }) => node),
    "all",
    marks,
  );
  const uncounted = new Set(routine.filter((_, place) => because[place] === 0).map(({ change }) => change));
  const counts = (change: ResourceChange): boolean =>
    endingOf(change) !== undefined && !uncounted.has(change) && (known.has(change) || !typeOf(change.type).routine);
  return new Set(plan.changes.filter(counts));
}

function affectedRange(graph: DependencyGraph, ending: readonly EndingNode[], counted: number): Range {
  if (counted === 0) return ZERO;
  const certain = ending.filter(({ change }) => endingOf(change) === "certain");
  const lower = countManaged(
    graph,
    graph.dependentsOf(
      certain.map(({ node }) => node),
      "certain",
    ),
  );
  if (graph.gaps.length > 0 || ending.length < counted) return { lower, upper: null };
  return {
    lower,
    upper: countManaged(
      graph,
      graph.dependentsOf(
        ending.map(({ node }) => node),
        "all",
      ),
    ),
  };
}

function countManaged(graph: DependencyGraph, marks: Uint8Array): number {
  return graph.objects.filter(({ managed }, node) => managed && marks[node] === 1).length;
}

/** A change can cut a dependency and delete what was depended on, and the plan no longer tells. */
function cutEdges({ dependencies }: ChangePlan): BlindSpot[] {
  if (dependencies.comparedWithBefore) return [];
  const message =
    "Dependencies that this change itself cuts are found only where an identifier still stands in an attribute; a saved plan, or --state, shows them all.";
  return [{ code: "no-state-before", message }];
}

/** What no Terraform plan shows about destruction. */
function hiddenFrom(plan: ChangePlan): BlindSpot[] {
  if (plan.kind !== "terraform-plan") return [];
  return [
    ...destroyProvisioners(plan),
    { code: "outside-readers", message: "What other states and programs read from these objects is not in a plan." },
  ];
}

function circlesOf(graph: DependencyGraph): BlindSpot[] {
  return graph.circles().map((addresses) => ({
    code: "circular-dependencies",
    message: `These objects depend on each other in a circle, which Terraform never writes: ${addresses.join(", ")}.`,
  }));
}

function unlistedTypes(changes: readonly AssessedChange[], catalogue: Catalogue): BlindSpot[] {
  const judged = changes.filter(({ ending, type }) => ending !== undefined && type.source === "name");
  const types = [...new Set(judged.map(({ change }) => tellingType(change, catalogue)))].sort();
  if (types.length === 0) return [];
  const noun = types.length === 1 ? "1 type is" : `${types.length} types are`;
  return [{ code: "unlisted-types", message: `${noun} not in the catalogue and judged by name: ${types.join(", ")}.` }];
}

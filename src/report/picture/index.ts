/** What a picture of the radius shows, of one plan or of several together. */

import { sumRanges } from "../../model/bounds.ts";
import type { PlanReport, Report } from "../../model/report.ts";
import { shorten } from "../layout.ts";
import { counted, formatRange } from "../wording/index.ts";
import { drawPlan } from "./draw.ts";
import { dealOut, objectsOf, type Subject, together, wanted } from "./objects.ts";
import { type DrawnPlan, Ids, MOST_SIGNS, type Picture, type PictureEdge, type Scene, SLACK } from "./shapes.ts";

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
  const verb = ended.upper === 1 ? "ends" : "end";
  const some = `${formatRange(ended)} of ${counted(existing, "object")} ${verb}`;
  if (data.upper === 0) return `${some}, ${ended.upper === 1 ? "without data" : "none of them holds data"}`;
  return `${some}, ${formatRange(data)} of them ${data.upper === 1 ? "holds" : "hold"} data`;
}

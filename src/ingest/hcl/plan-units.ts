/** The source of one plan unit by unit, from git; and whether that is what the plan was made from. */

import type { EarlierSource, SourceTree } from "../../model/source.ts";
import type { UnitModule, UnitTree } from "../../model/units.ts";
import { readUnits } from "./units.ts";

export interface PlanUnits {
  readonly before: UnitTree;
  readonly after: UnitTree;
  /** Why HEAD's source is not the plan's; absent when it is. */
  readonly differs?: string;
}

export async function readPlanUnits(tree: SourceTree, earlier: EarlierSource): Promise<PlanUnits | string> {
  const committed = await earlier.committed(tree);
  if (typeof committed === "string") return committed;
  const trees = await earlier.before(tree);
  const [before] = typeof trees === "string" ? [] : trees;
  if (before === undefined) return typeof trees === "string" ? trees : "there is no source to compare with";
  const after = readUnits(committed);
  const differs = difference(readUnits(tree), after);
  return { before: readUnits(before), after, ...(differs !== undefined && { differs }) };
}

/** Lines that nobody committed were written by nobody knows whom. */
function difference(plan: UnitTree, head: UnitTree): string | undefined {
  for (const [path, module] of head.modules) {
    const own = plan.modules.get(path);
    if (own === undefined || contentOf(own) !== contentOf(module)) return uncommitted(path);
  }
  for (const path of plan.modules.keys()) {
    if (!head.modules.has(path) && !isInstalled(path, head)) return uncommitted(path);
  }
  return undefined;
}

function uncommitted(path: string): string {
  return `${path === "" ? "its root module" : path} is not as HEAD has it`;
}

function contentOf({ units }: UnitModule): string {
  return JSON.stringify(units.map(({ key, text, isOverride }) => [key, text, isOverride]).sort());
}

/** Below a call whose module is in no revision: its version stands in the call. */
function isInstalled(path: string, head: UnitTree): boolean {
  const steps = path.split(".");
  for (let end = steps.length - 2; end >= 0; end -= 2) {
    const caller = steps.slice(0, end).join(".");
    const known = head.modules.get(caller);
    if (known !== undefined) return known.remote.has(steps[end + 1] ?? "");
  }
  return false;
}

/** What a plan leaves weaker than it was, by rule and path. */

import { assess } from "../../src/blast/index.ts";
import { loadCatalogue } from "../../src/catalogue.ts";
import type { Hazard } from "../../src/model/hazard.ts";
import { type ChangeJson, change, type Json, plan } from "./plan.ts";
import { readPlan } from "./read-plan.ts";

export const catalogue = await loadCatalogue();

/** The hazards of a plan of these changes. */
export function hazardsIn(...changes: readonly ChangeJson[]): readonly Hazard[] {
  const read = readPlan("plan.json", Buffer.from(JSON.stringify(plan(changes))));
  return assess(read, catalogue, { each: 1000, budget: { left: 1000 } }).hazards;
}

/** Rules with the paths that tell: `rule: path`, with `?` where the new value cannot be seen. */
export function weakenedIn(...changes: readonly ChangeJson[]): string[] {
  return hazardsIn(...changes).flatMap((hazard) => {
    if (!("paths" in hazard)) return [];
    const { paths, unseen, ruleId, certainty } = hazard;
    const mark = certainty === "certain" ? "" : "?";
    if (paths.length + unseen.length === 0) return [`${ruleId}${mark}`];
    return [...paths, ...unseen].map((path) => `${ruleId}${mark}: ${path.join("/")}`);
  });
}

/** An update of `TYPE.x`; `after` says only what is another value. */
export function update(type: string, before: Json, after: Json, more: Json = {}): ChangeJson {
  return change(`${type}.x`, ["update"], { change: { before, after: { ...before, ...after }, ...more } });
}

/** Type, attributes before, those that are different after, and what is found. */
export type Row = [type: string, before: Json, after: Json, ...expected: string[]];

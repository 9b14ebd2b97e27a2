/** What kept an object from being destroyed, or its changes from going unseen, and is in the source no more. */

import { withoutKeys } from "../../model/address.ts";
import type { Catalogue, Guard } from "../../model/catalogue.ts";
import type { Hazard, LostGuard } from "../../model/hazard.ts";
import { type ChangePlan, endingOf } from "../../model/plan.ts";
import type { ConfigurationSource, Location, SourceResource } from "../../model/source.ts";
import { type Pair, resourcePairs } from "./pairs.ts";

interface Comparison {
  readonly plan: ChangePlan;
  readonly before: ConfigurationSource;
  readonly source: ConfigurationSource;
  readonly catalogue: Catalogue;
  readonly shown: readonly Hazard[];
}

export function guardsLost(comparison: Comparison): Hazard[] {
  const { plan, before, source, catalogue } = comparison;
  const leaving = new Set(
    plan.changes
      .filter((change) => endingOf(change) !== undefined || change.action.kind === "forget")
      .map(({ address }) => withoutKeys(address)),
  );
  return resourcePairs(before, source).flatMap((pair) => {
    const { address, after } = pair;
    if (after === undefined) {
      // Without an object there was nothing to guard, at least not here.
      const isGuarded = pair.before.lifecycle.preventDestroy === true && leaving.has(address);
      return isGuarded ? [hazardOf(address, { ruleId: "prevent-destroy-removed", how: "with-block" })] : [];
    }
    const both = { address, before: pair.before, after };
    return [
      ...preventDestroy(both),
      ...argumentsLost(both, catalogue, comparison.shown),
      ...ignoredSince(both, catalogue),
    ];
  });
}

/** Both blocks are there. */
type Both = Pair<SourceResource> & { readonly after: SourceResource };

function hazardOf(address: string, lost: LostGuard, location?: Location): Hazard {
  const certainty = "how" in lost && lost.how === "not-constant" ? "conditional" : "certain";
  return { ...lost, address, certainty, ...(location && { location }) };
}

function preventDestroy({ address, before, after }: Both): Hazard[] {
  const now = after.lifecycle.preventDestroy;
  if (before.lifecycle.preventDestroy !== true || now === true) return [];
  const place = after.lifecycle.places.get("prevent_destroy");
  const how = now === "unknown" ? "not-constant" : place === undefined ? "removed" : "switched-off";
  return [hazardOf(address, { ruleId: "prevent-destroy-removed", how }, place ?? after.location)];
}

/** As in plans: those of `needs-inspection` and numbers say nothing sure. */
function telling(guards: readonly Guard[] = []): readonly Guard[] {
  return guards.filter(({ effect, protectsWhen }) => effect !== "needs-inspection" && protectsWhen !== "positive");
}

/** What became an expression is left to the plan, which shows what it comes to. */
function argumentsLost({ address, before, after }: Both, catalogue: Catalogue, shown: readonly Hazard[]): Hazard[] {
  const guards = telling(catalogue.details(typeIn(address))?.guards);
  return [...new Set(guards.map(({ attribute }) => attribute))].flatMap((attribute) => {
    const own = guards.filter((guard) => guard.attribute === attribute);
    const now = after.arguments.get(attribute);
    const isOpen = now !== undefined && now.is === undefined;
    if (isOpen || !isOn(own, before, attribute) || isOn(own, after, attribute)) return [];
    if (now === undefined && own.some(({ absentProtects }) => absentProtects)) return [];
    if (shown.some((hazard) => tells(hazard, address, attribute))) return [];
    const how = now === undefined ? "removed" : "switched-off";
    const lost = { ruleId: "protection-argument-removed", attribute, how } as const;
    return [hazardOf(address, lost, now?.location ?? after.location)];
  });
}

function isOn(guards: readonly Guard[], block: SourceResource, attribute: string): boolean {
  const { is } = block.arguments.get(attribute) ?? {};
  return is !== undefined && guards.some(({ protectsWhen }) => protects(protectsWhen, is));
}

function protects(when: Guard["protectsWhen"], is: (constant: string) => boolean): boolean {
  if (when === "set") return !is("") && !is("null");
  return typeof when === "object" ? when.some(is) : is(String(when));
}

function tells(hazard: Hazard, address: string, attribute: string): boolean {
  return (
    withoutKeys(hazard.address) === address &&
    "paths" in hazard &&
    [...hazard.paths, ...hazard.unseen].some(([first]) => first === attribute)
  );
}

/** Rules that only say where to look. */
const ONLY_NOTES: ReadonlySet<string> = new Set(["blocks-removed", "public-endpoint", "access-unknown"]);

function ignoredSince({ address, before, after }: Both, catalogue: Catalogue): Hazard[] {
  const [known, now] = [before.lifecycle.ignoreChanges, after.lifecycle.ignoreChanges];
  if (known === "all") return [];
  const type = typeIn(address);
  const place = after.lifecycle.places.get("ignore_changes") ?? after.location;
  if (now === "all") {
    if (catalogue.get(type)?.routine === true) return [];
    return [hazardOf(address, { ruleId: "changes-ignored", attributes: "all" }, place)];
  }
  const watched = new Set([
    ...(catalogue.details(type)?.guards ?? []).map(({ attribute }) => attribute),
    ...catalogue
      .updates(type)
      .flatMap(({ watch }) =>
        watch.filter(({ rule }) => !ONLY_NOTES.has(rule)).map(({ at }) => at.split("/")[0] ?? at),
      ),
  ]);
  const attributes = now.filter((name) => !known.includes(name) && watched.has(name));
  return attributes.length === 0 ? [] : [hazardOf(address, { ruleId: "changes-ignored", attributes }, place)];
}

function typeIn(address: string): string {
  return /(?:^|\.)([^.]+)\.[^.]+$/.exec(address)?.[1] ?? "";
}

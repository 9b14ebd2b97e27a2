/** Of several policies in force the strictest: what the sum over reports is held to, which were judged by each. */

import { type ActorLimits, LIMIT_NAMES } from "../model/policy.ts";
import { limitsWithin, type Report } from "../model/report.ts";

type PolicyInForce = Report["policy"];

/** Whether all were judged by the same limits. Where their values come from does not matter. */
export function samePolicy(policies: readonly PolicyInForce[]): boolean {
  const values = policies.map(({ heldTo, mode, limits, environments = {} }) =>
    JSON.stringify([
      heldTo,
      mode,
      sorted(limits),
      Object.entries(environments).map(([name, own]) => [name, sorted(own)]),
    ]),
  );
  return new Set(values).size <= 1;
}

function sorted(limits: ActorLimits): unknown {
  return Object.entries(limits).sort(([left], [right]) => (left < right ? -1 : 1));
}

/** @param policies at least one */
export function strictestPolicy(policies: readonly PolicyInForce[]): PolicyInForce {
  const names = [...new Set(policies.flatMap(({ environments = {} }) => Object.keys(environments)))].sort();
  const inEnvironment = (name: string): ActorLimits =>
    strictestLimits(policies.map((policy) => limitsWithin(policy, name)));
  const held = policies.map(({ heldTo }) => heldTo);
  const actor = ACTORS.find((kind) => held.some((one) => one.actor === kind)) ?? "unknown";
  const bound = held.some((one) => one.bound === "upper") ? "upper" : "lower";
  const [first, ...others] = policies.map(({ base }) => base);
  const isShared = first !== undefined && others.every((base) => base?.commit === first.commit);
  return {
    ...(isShared && { base: first }),
    heldTo: { actor, bound },
    mode: policies.every(({ mode }) => mode === "observe") ? "observe" : "enforce",
    sources: [...new Map(policies.flatMap(({ sources }) => sources).map((one) => [JSON.stringify(one), one])).values()],
    limits: strictestLimits(policies.map(({ limits }) => limits)),
    environments: Object.fromEntries(names.map((name) => [name, inEnvironment(name)])),
  };
}

/** The strictest first: limits of agents are the narrowest, and an unknown author may be one. */
const ACTORS = ["agent", "mixed", "unknown", "bot", "human"] as const;

/** Of each limit the lowest; what nothing lifts is stricter than any number of signatures. */
function strictestLimits(all: readonly ActorLimits[]): ActorLimits {
  const lowest = LIMIT_NAMES.flatMap((name) => {
    const values = all.map((limits) => limits[name]).filter((value) => typeof value === "number");
    return values.length === 0 ? [] : [[name, Math.min(...values)]];
  });
  const limiting = all.filter((limits) => LIMIT_NAMES.some((name) => typeof limits[name] === "number"));
  const counts = limiting.map(({ signatures }) => signatures).filter((count) => typeof count === "number");
  const firm = counts.length < limiting.length || counts.length === 0;
  const bound = all.some((limits) => limits.bound === "upper") ? "upper" : "lower";
  return { ...Object.fromEntries(lowest), signatures: firm ? "none" : Math.max(...counts), bound };
}

/** Layers of config merged into one policy, value by value. */

import type { ActorKind } from "../model/authorship.ts";
import type {
  ActorLimits,
  Environment,
  EnvironmentMatch,
  Freeze,
  Pinned,
  Policy,
  Protected,
  RuleSetting,
} from "../model/policy.ts";
import type { SignOffPolicy } from "../model/sign-off.ts";
import type { RawConfig, RawEnvironment, RawFreeze, RawLimits, RawLimitsByActor, RawSetting } from "./config/raw.ts";
import { type Layer, sourcesOf, valuesInForce } from "./in-force.ts";
import { regoLevels, toRego } from "./rego/layer.ts";
import { parseDuration } from "./signoff/validity.ts";
import { mergeWeights, NO_WEIGHTS } from "./weights.ts";

/** The policy of these layers, the later ones on top. */
export function mergeLayers(layers: readonly Layer[]): Policy {
  const merged = layers.reduce((policy, { config }) => apply(policy, config), NOTHING);
  const values = valuesInForce(layers);
  return { ...merged, values, sources: sourcesOf(layers, values) };
}

type Merged = Omit<Policy, "values" | "sources">;

const NOTHING: Merged = {
  mode: "enforce",
  limits: {},
  actors: {},
  attestedHumans: false,
  humanKeys: [],
  authorship: { judge: "change", unrelated: [] },
  rules: {},
  weights: NO_WEIGHTS,
  environments: {},
  types: {},
  signOff: { allowedSigners: ".firebreak/allowed_signers", team: [], longest: 7 * 86_400 },
  custom: {},
  rego: {},
  protected: { addresses: [], types: [], tags: {} },
  freezes: [],
  waivers: [],
  waiverDays: 90,
};

function apply(policy: Merged, config: RawConfig): Merged {
  return {
    mode: config.mode ?? policy.mode,
    limits: mergeLimits(policy.limits, config.limits),
    actors: { ...policy.actors, ...config.actors },
    attestedHumans: config.attestedHumans ?? policy.attestedHumans,
    humanKeys: config.humanKeys ?? policy.humanKeys,
    authorship: mergeAuthorship(policy.authorship, config.authorship ?? {}),
    rules: [config.rules ?? {}, customLevels(config.custom ?? {}), regoLevels(config.rego ?? {})].reduce(
      mergeRules,
      policy.rules,
    ),
    weights: mergeWeights(policy.weights, config.weights ?? {}),
    environments: mergeEnvironments(policy.environments, config.environments ?? {}),
    types: { ...policy.types, ...config.types },
    signOff: mergeSignOff(policy.signOff, config.signOff ?? {}),
    custom: { ...policy.custom, ...toCustom(config.custom ?? {}) },
    rego: { ...policy.rego, ...toRego(config.rego ?? {}) },
    protected: mergeProtected(policy.protected, config.protected ?? {}),
    freezes: [...policy.freezes, ...(config.freezes ?? []).map(toFreeze)],
    waivers: [...policy.waivers, ...(config.waivers ?? [])],
    waiverDays: config.waiverDays ?? policy.waiverDays,
  };
}

function mergeLimits(base: Policy["limits"], layer: RawLimitsByActor = {}): Policy["limits"] {
  const merged: Partial<Record<ActorKind, ActorLimits>> = { ...base };
  for (const [actor, limits] of Object.entries(layer) as [ActorKind, RawLimits][]) {
    merged[actor] = { ...merged[actor], ...toLimits(limits) };
  }
  return merged;
}

function toLimits({ share, ...rest }: RawLimits): ActorLimits {
  return share === undefined ? rest : { ...rest, share: toFraction(share) };
}

function toFraction(share: number | string): number | "off" {
  if (typeof share === "number") return share;
  return share === "off" ? "off" : Number.parseFloat(share) / 100;
}

function mergeRules(base: Policy["rules"], layer: NonNullable<RawConfig["rules"]>): Policy["rules"] {
  const merged: Record<string, Partial<Record<ActorKind | "*", RuleSetting>>> = { ...base };
  for (const [rule, setting] of Object.entries(layer)) {
    if (isSetting(setting)) {
      merged[rule] = { "*": toSetting(setting) };
      continue;
    }
    const byActor = Object.entries(setting).map(([actor, own]) => [actor, toSetting(own)]);
    merged[rule] = { ...merged[rule], ...Object.fromEntries(byActor) };
  }
  return merged;
}

function isSetting(setting: RawSetting | Readonly<Partial<Record<ActorKind, RawSetting>>>): setting is RawSetting {
  return typeof setting === "string" || "level" in setting;
}

function toSetting(setting: RawSetting): RuleSetting {
  return typeof setting === "string" ? { level: setting } : setting;
}

function mergeEnvironments(
  base: Policy["environments"],
  layer: NonNullable<RawConfig["environments"]>,
): Policy["environments"] {
  const merged: Record<string, Environment> = { ...base };
  for (const [name, { match, limits, pinned, exists, ephemeral, mode }] of Object.entries(layer)) {
    const own = match === undefined ? merged[name]?.match : toMatch(match);
    const before = merged[name];
    merged[name] = {
      match: own,
      limits: mergeLimits(before?.limits ?? {}, limits),
      pinned: pinned === undefined ? before?.pinned : { ...before?.pinned, ...toPinned(pinned) },
      exists: exists ?? before?.exists,
      ephemeral: ephemeral ?? before?.ephemeral,
      mode: mode ?? before?.mode,
    };
  }
  return merged;
}

function toMatch({ tags, accounts, ...rest }: NonNullable<RawEnvironment["match"]>): EnvironmentMatch {
  return {
    ...rest,
    ...(tags !== undefined && { tags: toTags(tags) }),
    ...(accounts !== undefined && { accounts: [accounts].flat() }),
  };
}

function toTags(tags: Readonly<Record<string, string | readonly string[]>>): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(tags).map(([tag, value]) => [tag, [value].flat()]));
}

type RawCustom = NonNullable<RawConfig["custom"]>;

/** A rule of the config that does not say how it counts is an error. */
function customLevels(rules: RawCustom): NonNullable<RawConfig["rules"]> {
  return Object.fromEntries(Object.entries(rules).map(([name, { level = "error" }]) => [`custom/${name}`, level]));
}

function toCustom(rules: RawCustom): Policy["custom"] {
  const entries = Object.entries(rules).map(([name, { description, remedy, match = {}, expression, atMost = 0 }]) => {
    const { tags, before, after, radius, ...lists } = match;
    const flat = Object.entries(lists).map(([key, value]) => [key, [value].flat()]);
    const own = { before, after, radius, tags: tags && toTags(tags), ...Object.fromEntries(flat) };
    return [name, { description, remedy, match: own, expression, atMost }] as const;
  });
  return Object.fromEntries(entries);
}

/** A layer adds: what one protects no later one frees. */
function mergeProtected(
  base: Protected,
  { addresses = [], types = [], tags = {} }: NonNullable<RawConfig["protected"]>,
): Protected {
  const merged: Record<string, readonly string[]> = { ...base.tags };
  for (const [name, values] of Object.entries(toTags(tags))) merged[name] = [...(merged[name] ?? []), ...values];
  return {
    addresses: [...base.addresses, ...[addresses].flat()],
    types: [...base.types, ...[types].flat()],
    tags: merged,
  };
}

function toFreeze({ environments, changes = "ends", ...rest }: RawFreeze): Freeze {
  return { ...rest, changes, ...(environments !== undefined && { environments: [environments].flat() }) };
}

function toPinned({ accounts, regions, workspace }: NonNullable<RawEnvironment["pinned"]>): Pinned {
  return {
    ...(accounts !== undefined && { accounts: [accounts].flat() }),
    ...(regions !== undefined && { regions: [regions].flat() }),
    ...(workspace !== undefined && { workspace }),
  };
}

function mergeAuthorship(
  base: Policy["authorship"],
  { judge, unrelated }: NonNullable<RawConfig["authorship"]>,
): Policy["authorship"] {
  return { judge: judge ?? base.judge, unrelated: unrelated === undefined ? base.unrelated : [unrelated].flat() };
}

function mergeSignOff(base: SignOffPolicy, layer: NonNullable<RawConfig["signOff"]>): SignOffPolicy {
  const team = layer.team?.map((one) => (typeof one === "string" ? { login: one, names: [] } : { names: [], ...one }));
  return {
    allowedSigners: layer.allowedSigners ?? base.allowedSigners,
    team: team ?? base.team,
    longest: layer.longest === undefined ? base.longest : (parseDuration(layer.longest) ?? base.longest),
  };
}

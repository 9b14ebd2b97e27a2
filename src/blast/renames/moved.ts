/** Objects that a plan deletes and creates again under another address, and the plan as it would be if they were moved. */

import { parseAddress, splitAddress, withoutKeys } from "../../model/address.ts";
import type { Configuration } from "../../model/configuration.ts";
import { type ChangePlan, endingOf, type ResourceChange } from "../../model/plan.ts";
import type { Suggestion } from "../../model/suggestion.ts";
import { blockOf, moduleOf } from "../unknown-inputs.ts";
import { type Match, matchContainers, type Pair } from "./match.ts";
import { type Settled, settle } from "./settle.ts";

/** Rounds in which pairs that would not be left alone are taken out and the others matched anew. */
const MOST_ROUNDS = 10;

export function movedSuggestion(plan: ChangePlan): Suggestion | undefined {
  const deleted = plan.changes.filter(isPlainDelete);
  const created = deleted.length === 0 ? [] : plan.changes.filter(isPlainCreate);
  const configuration = created.length === 0 ? undefined : plan.dependencies.configuration();
  if (configuration === undefined) return undefined;
  const { matches, settled } = settledMatches(plan, deleted, created, configuration);
  if (matches.length === 0) return undefined;
  const pairs = matches.flatMap((match) => match.pairs);
  return {
    kind: "moved",
    blocks: matches.map(({ from, to }) => ({ from, to })),
    objects: pairs.length,
    uncompared: pairs.filter(({ open }) => open).map((pair) => pair.created.address),
    instead: withMoves(plan, pairs, settled.freed),
  };
}

function settledMatches(
  plan: ChangePlan,
  deleted: readonly ResourceChange[],
  created: readonly ResourceChange[],
  configuration: Configuration,
): { readonly matches: readonly Match[]; readonly settled: Settled } {
  const gone = new Set(deleted.map(({ address }) => address));
  const existing = plan.dependencies.objects().filter(({ managed }) => managed);
  const kept = existing.map(({ address }) => address).filter((address) => !gone.has(address));
  const occupied = new Set(existing.map(({ address }) => address));
  const free = created.filter(({ address }) => !occupied.has(address));
  const refused = new Map<ResourceChange, Set<ResourceChange>>();
  const isSameProvider = providerCheck(configuration);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const matches = matchContainers({
      deleted,
      created: free,
      kept,
      mayPair: (one, other) => !refused.get(one)?.has(other) && isSameProvider(one, other),
      isDeclared: (prefix) => isDeclared(configuration, prefix),
    });
    const pairs = matches.flatMap((match) => match.pairs);
    const settled = settle(plan, pairs);
    const unsettled = pairs.filter((pair) => !settled.pairs.has(pair));
    if (unsettled.length === 0) return { matches, settled };
    for (const pair of unsettled) {
      const others = refused.get(pair.deleted) ?? new Set();
      refused.set(pair.deleted, others.add(pair.created));
    }
  }
  return { matches: [], settled: { pairs: new Set(), freed: new Set() } };
}

function isPlainDelete(change: ResourceChange): boolean {
  return change.action.kind === "delete" && endingOf(change) === "certain" && isPlain(change);
}

function isPlainCreate(change: ResourceChange): boolean {
  return change.action.kind === "create" && isPlain(change);
}

function isPlain({ deposed, deferred, previousAddress, importing }: ResourceChange): boolean {
  return deposed === undefined && deferred === undefined && previousAddress === undefined && importing === undefined;
}

/**
 * A plan does not say which provider block a deleted object belongs to, and another block may reach another region or
 * account: only where there is one, or the resource block is still the same, is it sure.
 */
function providerCheck(configuration: Configuration): (deleted: ResourceChange, created: ResourceChange) => boolean {
  const known = new Map<string, boolean>();
  return (deleted, created) => {
    const { config } = parseAddress(created.address);
    if (parseAddress(deleted.address).config === config) return true;
    const only = known.get(config) ?? blockOf(configuration, config)?.onlyProvider() ?? false;
    known.set(config, only);
    return only;
  };
}

/** Whether the block behind a module's or resource's address stands in the configuration. */
function isDeclared(configuration: Configuration, prefix: string): boolean {
  const config = withoutKeys(prefix);
  const isModule = splitAddress(config).at(-2) === "module";
  return (isModule ? moduleOf(configuration, config) : blockOf(configuration, config)) !== undefined;
}

function withMoves(plan: ChangePlan, pairs: readonly Pair[], freed: ReadonlySet<ResourceChange>): ChangePlan {
  const moved = new Map(pairs.map((pair) => [pair.created, pair.deleted]));
  const gone = new Set([...moved.values(), ...freed]);
  const changes = plan.changes
    .filter((change) => !gone.has(change))
    .map((change): ResourceChange => {
      const from = moved.get(change);
      return from === undefined
        ? change
        : { ...from, address: change.address, previousAddress: from.address, action: { kind: "move" } };
    });
  return { ...plan, changes };
}

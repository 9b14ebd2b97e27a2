/** The few facts of plan and state JSON that the comparison needs, read without any of firebreak's own code for it. */

import { withoutKeys } from "../../src/model/address.ts";

export interface PlanFacts {
  /** Objects that end; `previous` is the address before the edit. */
  readonly ending: readonly { readonly address: string; readonly previous: string }[];
  /** Old address to new one, of managed objects that move. */
  readonly moved: ReadonlyMap<string, string>;
  /** Dependency lists of the state as the plan shows it, by new address. */
  readonly lists: Lists;
}

/** Address of a managed object to what its dependency list says. */
export type Lists = ReadonlyMap<string, readonly string[]>;

interface StateModule {
  readonly resources?: readonly {
    readonly address: string;
    readonly mode: string;
    readonly depends_on?: readonly string[];
    readonly values: Readonly<Record<string, unknown>>;
  }[];
  readonly child_modules?: readonly StateModule[];
}

interface State {
  readonly values?: { readonly root_module?: StateModule };
}

interface Plan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
  readonly prior_state?: State;
}

/**
 * `state` is the one from before the plan. What moved is found by the objects' ids, not by what the plan says of it.
 */
export function planFacts(plan: string, state: string): PlanFacts {
  const { resource_changes = [], prior_state } = JSON.parse(plan) as Plan;
  const ends = resource_changes.filter(({ mode, change }) => mode === "managed" && change.actions.includes("delete"));
  const now = addressesById(prior_state);
  const before = addressesById(JSON.parse(state) as State);
  const moves = [...before].map(([id, previous]) => ({ previous, address: now.get(id) ?? previous }));
  const previous = new Map(moves.map((move) => [move.address, move.previous]));
  return {
    ending: ends.map(({ address }) => ({ address, previous: previous.get(address) ?? address })),
    moved: new Map(moves.filter((move) => move.address !== move.previous).map((move) => [move.previous, move.address])),
    lists: listsOf(prior_state),
  };
}

function addressesById(state: State | undefined): Map<unknown, string> {
  const managed = resourcesIn(state).filter(({ mode }) => mode === "managed");
  return new Map(managed.map(({ address, values }) => [values["id"], address]));
}

/** The lists of a state that `terraform show -json` printed. */
export function stateLists(text: string): Lists {
  return listsOf(JSON.parse(text) as State);
}

export function attributesIn(text: string): (address: string, attribute: string) => string | number | undefined {
  const objects = new Map(resourcesIn(JSON.parse(text) as State).map((one) => [one.address, one.values]));
  return (address, attribute) => {
    const value = objects.get(address)?.[attribute];
    return typeof value === "string" || typeof value === "number" ? value : undefined;
  };
}

function listsOf(state: State | undefined): Lists {
  const managed = resourcesIn(state).filter(({ mode }) => mode === "managed");
  return new Map(managed.map(({ address, depends_on }) => [address, depends_on ?? []]));
}

function resourcesIn(state: State | undefined): NonNullable<StateModule["resources"]>[number][] {
  const modules = state?.values?.root_module ? [state.values.root_module] : [];
  for (const { child_modules } of modules) modules.push(...(child_modules ?? []));
  return modules.flatMap(({ resources }) => resources ?? []);
}

/**
 * What the plan no longer says: address of an object before the edit, to the blocks that its list named then and does not name
 * in the plan. Planning writes the lists of objects without changes anew, from the edited configuration.
 */
export function erasedIn({ moved, lists }: PlanFacts, before: Lists): ReadonlyMap<string, ReadonlySet<string>> {
  const now = (address: string): string => moved.get(address) ?? address;
  const blocks = new Map<string, Set<string>>();
  for (const address of before.keys()) {
    const known = blocks.get(withoutKeys(address)) ?? new Set();
    blocks.set(withoutKeys(address), known.add(withoutKeys(now(address))));
  }
  const erased = new Map<string, ReadonlySet<string>>();
  for (const [address, entries] of before) {
    const list = lists.get(now(address)) ?? [];
    const gone = entries.filter((entry) => {
      const names = blocks.get(entry);
      return names !== undefined && !list.includes(entry) && ![...names].every((name) => list.includes(name));
    });
    if (gone.length > 0) erased.set(address, new Set(gone));
  }
  return erased;
}

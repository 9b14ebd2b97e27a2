/** Plans written down as what happens to each object: what policy and output are tried on. */

import { change, existing, type Json, plan, stateOf } from "./plan.ts";

/** `keep` is a no-op, `maybe` a replacement that only an unknown value forces. */
type Fate = "keep" | "create" | "update" | "delete" | "replace" | "maybe";

export interface SmallObject {
  readonly fate: Fate;
  /** Addresses without keys, as the state lists them. */
  readonly dependsOn?: readonly string[];
  /** Attributes before and after the change. */
  readonly values?: Json;
}

export interface SmallPlan {
  /** Objects by address; a fate alone says that nothing else is of interest. */
  readonly objects: Readonly<Record<string, Fate | SmallObject>>;
  /** Sections in place of those that are written, or beside them; a section of `undefined` is left out. */
  readonly sections?: Json;
}

const ACTIONS: Readonly<Record<Fate, readonly string[]>> = {
  keep: ["no-op"],
  create: ["create"],
  update: ["update"],
  delete: ["delete"],
  replace: ["delete", "create"],
  maybe: ["delete", "create"],
};

/** The plan's JSON. */
export function smallPlan({ objects, sections = {} }: SmallPlan): string {
  const entries = Object.entries(objects).map(([address, object]) => ({
    address,
    ...(typeof object === "string" ? { fate: object } : object),
  }));
  const changes = entries.map(({ address, fate, values }) =>
    change(address, ACTIONS[fate], { change: changeOf(fate, values) }),
  );
  const prior = entries
    .filter(({ fate }) => fate !== "create")
    .map(({ address, dependsOn }) => existing(address, dependsOn));
  return JSON.stringify(plan(changes, { prior_state: stateOf(...prior), ...sections }));
}

/** So many objects of one type with the same fate: `TYPE.n0`, `TYPE.n1` and on. */
export function many(count: number, type: string, object: Fate | SmallObject): Record<string, Fate | SmallObject> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`${type}.n${index}`, object]));
}

function changeOf(fate: Fate, values: Json = {}): Json {
  const forced = fate === "replace" || fate === "maybe" ? { replace_paths: [["cause"]] } : {};
  return {
    before: fate === "create" ? null : { ...values, cause: "old" },
    after: fate === "delete" ? null : fate === "maybe" ? values : { ...values, cause: "new" },
    after_unknown: fate === "maybe" ? { cause: true } : {},
    ...forced,
  };
}

/** What evaluating an expression reads, through locals, variables and outputs as a whole, whichever part is taken of them. */

import { attempted, evaluate, type Place } from "./evaluate.ts";
import { addressOf, type Expression, type Repetition } from "./model.ts";
import { chainsIn, rootOf } from "./rewrite.ts";
import { usesOf } from "./value.ts";

/** Addresses of instances. An instance is meant where its block is followed by a key, all of them otherwise. */
export function readsOf(expression: Expression, place: Place): string[] {
  return readsIn(expression, { place, families: true });
}

/** What `count` and `for_each` read; families that they repeat over are left out, since each member is for one instance. */
export function repetitionReads(repeat: Repetition, { module }: Place): string[] {
  if (repeat.kind === "once") return [];
  const place = { module, instance: undefined };
  return readsIn(repeat.kind === "count" ? repeat.count : repeat.over, { place, families: false });
}

interface Reading {
  readonly place: Place;
  /** Whether a reference to a repeated block without a key means all of its instances, or nothing. */
  readonly families: boolean;
}

function readsIn(expression: Expression, reading: Reading): string[] {
  return chainsIn(expression).flatMap((chain) => readsOfChain(stepsOf(chain), reading));
}

/** From what the chain begins with to the whole chain. */
function stepsOf(chain: Expression): readonly Expression[] {
  return "of" in chain && rootOf(chain) ? [...stepsOf(chain.of), chain] : [chain];
}

function readsOfChain(steps: readonly Expression[], { place, families }: Reading): string[] {
  const [root, first] = steps;
  const { module } = place;
  switch (root?.kind) {
    case "block": {
      const block = module.module.blocks.find((candidate) => addressOf(candidate) === root.address);
      if (first?.kind === "index") return [...usesOf(evaluate(first, place))];
      return families || block?.repeat.kind === "once" ? [...usesOf(evaluate(root, place))] : [];
    }
    case "module":
      return readsOfOutputs(root.name, steps.slice(1), { place, families });
    case "local": {
      const value = module.module.locals.get(root.name);
      return value ? readsIn(value, { place: { module, instance: undefined }, families }) : [];
    }
    case "variable": {
      const value = module.from?.call.inputs.get(root.name);
      return value && module.from ? readsIn(value, { place: module.from.place, families }) : [];
    }
    case "each":
      return [...usesOf(evaluate(root, place))];
    default:
      return [];
  }
}

function readsOfOutputs(name: string, steps: readonly Expression[], { place, families }: Reading): string[] {
  const call = place.module.module.calls.find((candidate) => candidate.name === name);
  if (!call) return [];
  const [first] = steps;
  const key = first?.kind === "index" ? attempted(first.key, place) : undefined;
  const wanted = key?.kind === "scalar" ? key.key : undefined;
  const named = (first?.kind === "index" ? steps.slice(1) : steps)[0];
  const output = named?.kind === "attribute" ? named.name : named?.kind === "splat" ? named.path[0] : undefined;
  if (!families && wanted === undefined && call.repeat.kind !== "once") return [];
  const instances = place.module.modulesOf(call).filter((one) => wanted === undefined || one.key === wanted);
  return instances.flatMap(({ inner }) =>
    [...inner.module.outputs]
      .filter(([candidate]) => output === undefined || candidate === output)
      .flatMap(([, value]) => readsIn(value, { place: { module: inner, instance: undefined }, families })),
  );
}

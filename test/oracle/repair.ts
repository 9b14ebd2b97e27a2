/** Mends every reference that an edit has left hanging, as one does who makes such an edit. */

import { attempted, ModuleInstance, type Place } from "./evaluate.ts";
import type { Literals } from "./literals.ts";
import { addressOf, type Expression, type Key, type Module, modulesOf } from "./model.ts";
import type { Random } from "./random.ts";
import { chainsIn, placesOf, rewritten, rootOf, type Slot, slotsOf } from "./rewrite.ts";
import { truthOf } from "./truth.ts";
import { Unresolvable, type Value } from "./value.ts";

/**
 * Bare references go, others become literals, or point to another instance of the same block: nothing new is referred to.
 * @throws Unresolvable when that does not lead to a configuration that holds
 */
export function repair(root: Module, literals: Literals, random: Random): void {
  // What is broken hides what depends on it, so one round shows what the last one could not.
  for (let round = 0; round < 20; round++) {
    const instance = new ModuleInstance(root);
    const broken = modulesOf(root)
      .flatMap(slotsOf)
      .map((slot) => ({ slot, chains: brokenIn(slot, instance) }))
      .filter(({ chains }) => chains.size > 0);
    if (broken.length === 0) break;
    for (const { slot, chains } of broken) mend(slot, chains, instance, literals, random);
  }
  truthOf(root);
}

/** Chains that do not hold, and not because of what they begin with. */
function brokenIn(slot: Slot, root: ModuleInstance): ReadonlySet<Expression> {
  const places = placesKnown(slot, root);
  return new Set(
    chainsIn(slot.expression).filter((chain) => {
      const begin = rootOf(chain);
      if (!begin || isUndeclared(begin, slot.module)) return true;
      return places.some((place) => attempted(begin, place) && !attempted(chain, place));
    }),
  );
}

/** Terraform refuses these even where no instance exists that would read them. */
function isUndeclared(begin: Expression, { blocks, calls }: Module): boolean {
  if (begin.kind === "block") return !blocks.some((block) => addressOf(block) === begin.address);
  return begin.kind === "module" && !calls.some(({ name }) => name === begin.name);
}

function placesKnown(slot: Slot, root: ModuleInstance): readonly Place[] {
  try {
    return placesOf(slot, root);
  } catch (error) {
    if (error instanceof Unresolvable) return [];
    throw error;
  }
}

function mend(
  slot: Slot,
  broken: ReadonlySet<Expression>,
  root: ModuleInstance,
  literals: Literals,
  random: Random,
): void {
  if (slot.bare) {
    slot.write(undefined);
    return;
  }
  const places = placesKnown(slot, root);
  const mended = rewritten(slot.expression, (part) => {
    if (!broken.has(part)) return undefined;
    const moved = random.chance(0.4) ? anotherInstance(part, places, random) : undefined;
    return moved ?? literals.standingFor(part, slot);
  });
  slot.write(mended);
}

/** The same chain with another literal key, which does exist. */
function anotherInstance(chain: Expression, places: readonly Place[], random: Random): Expression | undefined {
  const changed = rewritten(chain, (part) => {
    const [place] = places;
    if (part.kind !== "index" || part.key.kind !== "literal" || !place || attempted(part, place)) return undefined;
    const of = attempted(part.of, place);
    const value = random.maybe(keysOf(of));
    return value === undefined ? undefined : { ...part, key: { kind: "literal", value } };
  });
  return places.every((place) => attempted(changed, place)) && places.length > 0 ? changed : undefined;
}

function keysOf(value: Value | undefined): readonly Key[] {
  if (value?.kind === "list") return [...value.items.keys()];
  return value?.kind === "map" ? [...value.entries.keys()] : [];
}

/** Literals that take the place of a reference, as one writes them who cuts it. */

import { attempted, ModuleInstance } from "./evaluate.ts";
import type { Expression, Key, Module } from "./model.ts";
import type { Random } from "./random.ts";
import { placesOf, type Slot } from "./rewrite.ts";
import { Unresolvable, type Value } from "./value.ts";

/** What an attribute of an applied object holds. */
export type Attributes = (address: string, attribute: string) => Key | undefined;

export class Literals {
  private readonly random: Random;
  private readonly known: readonly Module[];
  private readonly attributes: Attributes;

  /** Chains are looked up in the first of the `known` configurations in which they hold. */
  constructor(random: Random, known: readonly Module[], attributes: Attributes) {
    this.random = random;
    this.known = known;
    this.attributes = attributes;
  }

  /**
   * Of the shape of what the chain came to; where that was a copy of one attribute, often its very value: then nothing
   * changes but that the reference is gone.
   * @throws Unresolvable when the chain holds nowhere
   */
  standingFor(chain: Expression, slot: Slot): Expression {
    const values = this.valuesOf(chain, slot);
    if (values.length === 0) throw new Unresolvable("nobody knows what it was");
    return this.literal(values, this.random.chance(0.75));
  }

  private valuesOf(chain: Expression, slot: Slot): readonly Value[] {
    for (const root of this.known) {
      const values = placesOf(slot, new ModuleInstance(root)).flatMap((place) => attempted(chain, place) ?? []);
      if (values.length > 0) return values;
    }
    return [];
  }

  private literal(values: readonly Value[], same: boolean): Expression {
    const [first] = values;
    if (first?.kind === "list") {
      const lists = values.flatMap((value) => (value.kind === "list" ? [value.items] : []));
      const items = first.items.map((_, place) =>
        this.literal(
          lists.flatMap((list) => list[place] ?? []),
          same,
        ),
      );
      return { kind: "tuple", items };
    }
    if (first?.kind === "map") {
      const maps = values.flatMap((value) => (value.kind === "map" ? [value.entries] : []));
      const entries = [...first.entries.keys()].map((key) => {
        const members = maps.flatMap((map) => map.get(key) ?? []);
        return [key, this.literal(members, same)] as const;
      });
      return { kind: "object", entries };
    }
    const texts = new Set(values.map((value) => this.textOf(value)));
    const [text] = texts;
    const kept = same && texts.size === 1 && text !== undefined;
    return { kind: "literal", value: kept ? text : `cut ${this.random.between(1, 99)}` };
  }

  private textOf(value: Value): Key | undefined {
    if (value.kind !== "scalar") return undefined;
    return value.key ?? (value.origin && this.attributes(value.origin.address, value.origin.attribute));
  }
}

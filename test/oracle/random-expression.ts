/** Random expressions over what is in scope, always valid ones: shapes say what may be asked of a value. */

import type { Expression, Key } from "./model.ts";
import type { Random } from "./random.ts";

export type Shape =
  | { readonly kind: "scalar"; readonly oneOf?: readonly Key[] }
  | { readonly kind: "object"; readonly attributes: Readonly<Record<string, Shape>> }
  | { readonly kind: "list"; readonly length: number; readonly item: Shape }
  | { readonly kind: "map"; readonly keys: readonly string[]; readonly item: Shape };

/** Something that expressions may name. */
export interface Source {
  readonly expression: Expression;
  readonly shape: Shape;
}

export const SCALAR: Shape = { kind: "scalar" };
export const RESOURCE: Shape = { kind: "object", attributes: { id: SCALAR, output: SCALAR } };
export const DATA: Shape = { kind: "object", attributes: { outputs: { kind: "object", attributes: { foo: SCALAR } } } };

/** Keys that break whoever splits addresses, or forgets to escape. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template, not ours.
export const KEYS = ["plain", "a.b", "c d", 'x["y"]', "é", "${z}", "module.m[0]"];

/**
 * Whether keys are computed: `k[(count.index + 1) % 3]`, `k[{ a = "b" }[each.key]]`, a `for` that exchanges keys. In a plan
 * they look like `k[count.index]`, `k[each.key]` and the collection itself, and firebreak takes them for that: its lower bound
 * is wrong about which instance is meant there. Switched off, since nothing in a plan could tell.
 */
const COMPUTED_KEYS: boolean = false;

export class Expressions {
  private readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  /** A text or a number. What it refers to is left to chance; without sources it is a literal. */
  scalar(sources: readonly Source[]): Expression {
    const source = (this.random.chance(0.4) && this.walkingAlong(sources)) || this.random.maybe(sources);
    if (!source || this.random.chance(0.1)) return this.literal();
    return this.scalarIn(source.expression, source.shape, sources);
  }

  /** A collection that has an instance for each one of the block that the expression stands in. */
  private walkingAlong(sources: readonly Source[]): Source | undefined {
    const own = sources.filter(({ expression: { kind } }) => kind === "each" || kind === "count-index");
    const collections = sources.filter(({ shape }) => shape.kind === "list" || shape.kind === "map");
    return this.random.maybe(
      collections.filter(({ shape }) => own.some((source) => fits(source.shape, keysOf(shape)))),
    );
  }

  literal(): Expression {
    return { kind: "literal", value: `text ${this.random.between(1, 99)}` };
  }

  /** One or two scalars, as an argument of a block has them. */
  argument(sources: readonly Source[]): Expression {
    if (this.random.chance(0.6)) return this.scalar(sources);
    if (this.random.chance(0.1) && sources.length > 0)
      return { kind: "digest", of: this.random.pick(sources).expression };
    return { kind: "template", parts: [this.scalar(sources), this.scalar(sources)] };
  }

  /** Anything that a local, an output or a module's input may hold. */
  value(sources: readonly Source[]): Source {
    const maps = sources.filter(({ shape }) => shape.kind === "map" && shape.keys.length > 0);
    return this.random.weighted<() => Source>([
      [3, () => ({ expression: this.scalar(sources), shape: SCALAR })],
      [sources.length > 0 ? 4 : 0, () => this.random.pick(sources)],
      [1, () => this.object([this.scalar(sources), this.scalar(sources)])],
      [1, () => ({ expression: this.tuple(sources), shape: { kind: "list", length: 2, item: SCALAR } })],
      [maps.length > 0 ? 1 : 0, () => this.rekeyed(this.random.pick(maps))],
    ])();
  }

  object(values: readonly Expression[]): Source & { readonly shape: { readonly kind: "map" } } {
    const keys = this.random.shuffled(KEYS).slice(0, values.length);
    const entries = keys.map((key, place) => [key, values[place] ?? this.literal()] as const);
    return { expression: { kind: "object", entries }, shape: { kind: "map", keys, item: SCALAR } };
  }

  private tuple(sources: readonly Source[]): Expression {
    return { kind: "tuple", items: [this.scalar(sources), this.scalar(sources)] };
  }

  /** The members of a map once more, sometimes under each other's keys. */
  private rekeyed({ expression, shape }: Source): Source {
    if (shape.kind !== "map") throw new Error("only maps have keys");
    const table = this.random.chance(0.5) && COMPUTED_KEYS ? this.exchange(shape.keys) : undefined;
    const inner = this.random.chance(0.5) ? this.pathTo(shape.item) : undefined;
    return {
      expression: { kind: "for", of: expression, table, path: inner ?? [] },
      shape: { ...shape, item: inner ? SCALAR : shape.item },
    };
  }

  private exchange(keys: readonly string[]): [string, string][] {
    return keys.map((key, place) => [key, keys[(place + 1) % keys.length] ?? key]);
  }

  /** Attribute names down to a scalar, if there is a way without an index. */
  private pathTo(shape: Shape): string[] | undefined {
    if (shape.kind === "scalar") return [];
    if (shape.kind !== "object") return undefined;
    const ways = Object.entries(shape.attributes).flatMap(([name, inner]) => {
      const rest = this.pathTo(inner);
      return rest ? [[name, ...rest]] : [];
    });
    return this.random.maybe(ways);
  }

  private scalarIn(of: Expression, shape: Shape, sources: readonly Source[]): Expression {
    switch (shape.kind) {
      case "scalar":
        return of;
      case "object": {
        const named = this.random.maybe(Object.entries(shape.attributes));
        return named ? this.scalarIn({ kind: "attribute", of, name: named[0] }, named[1], sources) : this.literal();
      }
      default:
        return this.scalarInCollection(of, shape, sources);
    }
  }

  private scalarInCollection(
    of: Expression,
    shape: Shape & { readonly kind: "list" | "map" },
    sources: readonly Source[],
  ): Expression {
    const path = this.pathTo(shape.item);
    const keys = keysOf(shape);
    if (path && (keys.length === 0 || this.random.chance(0.2))) {
      return { kind: "join", of: { kind: "splat", of, from: shape.kind, path } };
    }
    if (keys.length === 0) return { kind: "digest", of };
    return this.scalarIn({ kind: "index", of, key: this.keyFor(keys, sources) }, shape.item, sources);
  }

  /** A key that the collection surely has: one that walks along with the block's own, or a literal one. */
  private keyFor(keys: readonly Key[], sources: readonly Source[]): Expression {
    const source = this.random.maybe(sources.filter(({ shape }) => fits(shape, keys)));
    if (!source || this.random.chance(0.25)) return { kind: "literal", value: this.random.pick(keys) };
    if (this.random.chance(0.6) || !COMPUTED_KEYS) return source.expression;
    if (source.expression.kind === "count-index") {
      return { kind: "offset", of: source.expression, by: 1, modulo: keys.length };
    }
    const texts = keys.filter((key) => typeof key === "string");
    return texts.length < keys.length
      ? source.expression
      : { kind: "lookup", table: this.exchange(texts), of: source.expression };
  }
}

/** Whether a value of one shape is a key of a collection with these keys, whatever it comes to. */
function fits(shape: Shape, keys: readonly Key[]): boolean {
  return shape.kind === "scalar" && shape.oneOf !== undefined && shape.oneOf.every((key) => keys.includes(key));
}

function keysOf(shape: Shape): readonly Key[] {
  if (shape.kind === "map") return shape.keys;
  return shape.kind === "list" ? Array.from({ length: shape.length }, (_, index) => index) : [];
}

/** From a seed, a configuration with everything that makes dependencies hard to follow, and nothing that Terraform refuses. */

import { addressOf, type Block, type Call, type Expression, type Module, type Repetition } from "./model.ts";
import { Random } from "./random.ts";
import { DATA, Expressions, KEYS, RESOURCE, SCALAR, type Shape, type Source } from "./random-expression.ts";
import { truthOf } from "./truth.ts";

/** Fewer say nothing, and with more Terraform takes long. */
const INSTANCES = { least: 5, most: 45 };
const DEEPEST = 3;

export function randomConfiguration(seed: number): Module {
  for (let attempt = 0; ; attempt++) {
    const root = new Maker(new Random(seed * 1000 + attempt)).module("", [], 0).module;
    const size = truthOf(root).strict.size;
    if (size >= INSTANCES.least && size <= INSTANCES.most) return root;
  }
}

interface MadeModule {
  readonly module: Module;
  /** What a reference to one instance of it offers. */
  readonly shape: Shape;
}

/** A repetition, what `each` and `count` offer in it, and the shape of all instances together. */
interface MadeRepetition {
  readonly repeat: Repetition;
  readonly own: readonly Source[];
  readonly around: (one: Shape) => Shape;
}

class Maker {
  private readonly random: Random;
  private readonly expressions: Expressions;
  private made = 0;

  constructor(random: Random) {
    this.random = random;
    this.expressions = new Expressions(random);
  }

  module(folder: string, variables: readonly Source[], depth: number): MadeModule {
    const module: Module = {
      folder,
      variables: variables.flatMap(({ expression }) => (expression.kind === "variable" ? expression.name : [])),
      locals: new Map(),
      blocks: [],
      calls: [],
      outputs: new Map(),
      moved: [],
    };
    const sources = [...variables];
    for (const step of this.steps(depth)) {
      if (step === "block") sources.push(this.block(module, sources));
      else if (step === "local") sources.push(this.local(module, sources));
      else sources.push(...this.calls(module, sources, depth));
    }
    const attributes: Record<string, Shape> = {};
    for (let number = depth === 0 ? 2 : 1; number <= 2 || this.random.chance(0.3); number++) {
      const { expression, shape } = this.expressions.value(sources);
      module.outputs.set(`o${number}`, expression);
      attributes[`o${number}`] = shape;
    }
    return { module, shape: { kind: "object", attributes } };
  }

  /** What a module consists of, in the order in which one part may refer to another. */
  private steps(depth: number): ("block" | "local" | "call")[] {
    const { random } = this;
    const times = <Step>(count: number, step: Step): Step[] => Array.from({ length: count }, () => step);
    const calls = depth === DEEPEST ? 0 : random.between(0, depth === 0 ? 3 : 1);
    const rest = [
      ...times(depth === 0 ? random.between(2, 6) : random.between(0, 2), "block" as const),
      ...times(random.between(0, depth === 0 ? 3 : 1), "local" as const),
      ...times(calls, "call" as const),
    ];
    return ["block", ...random.shuffled(rest)];
  }

  private local({ locals }: Module, sources: readonly Source[]): Source {
    const name = `l${this.made++}`;
    const { expression, shape } = this.expressions.value(sources);
    locals.set(name, expression);
    return { expression: { kind: "local", name }, shape };
  }

  private block(module: Module, outer: readonly Source[]): Source {
    const { random, expressions } = this;
    const managed = random.chance(0.85);
    const { repeat, own, around } = this.repetition(outer, 3);
    const sources = this.favouring(outer, own);
    const id = this.made++;
    const block: Block = {
      id,
      managed,
      name: `${managed ? "r" : "d"}${id}`,
      repeat,
      input: managed || random.chance(0.5) ? expressions.argument(sources) : undefined,
      triggers: managed && random.chance(0.12) ? expressions.scalar(sources) : undefined,
      version: managed && random.chance(0.5) ? "1" : undefined,
      versionOnlyOf: undefined,
      precondition: managed && random.chance(0.12) ? expressions.scalar(sources) : undefined,
      dependsOn: this.dependsOn(outer, managed ? 0.15 : 0.4),
      replaceTriggeredBy: managed && random.chance(0.08) ? this.triggeredBy(outer, own) : [],
      createFirst: managed && random.chance(0.12),
    };
    module.blocks.push(block);
    return { expression: { kind: "block", address: addressOf(block) }, shape: around(managed ? RESOURCE : DATA) };
  }

  /** A call of a new module; now and then a second call shares the module. */
  private calls(module: Module, outer: readonly Source[], depth: number): Source[] {
    const { random, expressions } = this;
    const twin = random.chance(0.15);
    const { repeat, own, around } = this.repetition(outer, 2);
    const sources = twin ? outer : this.favouring(outer, own);
    const passed = Array.from({ length: random.between(0, 3) }, () => expressions.value(sources));
    const inputs = new Map(passed.map(({ expression }, number) => [`in${number}`, expression]));
    const variables = [...inputs.keys()].map((name, number): Source => {
      return { expression: { kind: "variable", name }, shape: passed[number]?.shape ?? SCALAR };
    });
    const inner = this.module(`part${this.made++}`, variables, depth + 1);
    const call = (repetition: Repetition): Call => {
      const id = this.made++;
      const dependsOn = this.dependsOn(outer, 0.12);
      return { id, name: `m${id}`, module: inner.module, repeat: repetition, inputs: new Map(inputs), dependsOn };
    };
    const first = call(repeat);
    const second = twin ? call({ kind: "once" }) : undefined;
    module.calls.push(first, ...(second ? [second] : []));
    return [
      { expression: { kind: "module", name: first.name }, shape: around(inner.shape) },
      ...(second ? [{ expression: { kind: "module", name: second.name } as const, shape: inner.shape }] : []),
    ];
  }

  private repetition(sources: readonly Source[], most: number): MadeRepetition {
    const { random } = this;
    const maps = sources.filter(({ shape }) => shape.kind === "map" && shape.keys.length <= most);
    const lists = sources.filter(({ shape }) => shape.kind === "list" && shape.length <= most);
    return random.weighted<() => MadeRepetition>([
      [6, () => ({ repeat: { kind: "once" }, own: [], around: (one) => one })],
      [2, () => counted({ kind: "literal", value: random.between(1, most) })],
      [lists.length > 0 ? 2 : 0, () => counted({ kind: "length", of: random.pick(lists).expression }, lists)],
      [2, () => this.forSet(random.shuffled(KEYS).slice(0, random.between(1, most)))],
      [maps.length > 0 ? 4 : 0, () => forEach(random.pick(maps))],
      [1, () => forEach(this.expressions.object([this.expressions.scalar(sources), this.expressions.scalar(sources)]))],
    ])();
  }

  private forSet(keys: readonly string[]): MadeRepetition {
    return forEach({
      expression: { kind: "set", keys },
      shape: { kind: "map", keys, item: { kind: "scalar", oneOf: keys } },
    });
  }

  /** What a block has for itself is what its arguments mostly speak of. */
  private favouring(outer: readonly Source[], own: readonly Source[]): readonly Source[] {
    return own.length === 0 ? outer : [...outer, ...own, ...own];
  }

  private dependsOn(sources: readonly Source[], probability: number): Expression[] {
    if (!this.random.chance(probability)) return [];
    const whole = sources.filter(({ expression: { kind } }) => kind === "block" || kind === "module");
    const picked = this.random.maybe(whole);
    return picked ? [picked.expression] : [];
  }

  /** `replace_triggered_by` takes managed resources of the same module, whole or one instance of them. */
  private triggeredBy(sources: readonly Source[], own: readonly Source[]): Expression[] {
    const resources = sources.filter(
      ({ expression }) => expression.kind === "block" && !expression.address.startsWith("data."),
    );
    const picked = this.random.maybe(resources);
    if (!picked) return [];
    const { expression, shape } = picked;
    if (shape.kind === "object")
      return [{ kind: "attribute", of: expression, name: this.random.pick(["id", "output"]) }];
    const keys = shape.kind === "map" ? shape.keys : [];
    const along = own.find(
      ({ shape: key }) => key.kind === "scalar" && key.oneOf?.every((one) => keys.includes(`${one}`)),
    );
    return [along?.expression.kind === "each" ? { kind: "index", of: expression, key: along.expression } : expression];
  }
}

function counted(count: Expression, lists: readonly Source[] = []): MadeRepetition {
  const length = lengthOf(count, lists);
  const oneOf = Array.from({ length }, (_, index) => index);
  return {
    repeat: { kind: "count", count },
    own: [{ expression: { kind: "count-index" }, shape: { kind: "scalar", oneOf } }],
    around: (item) => ({ kind: "list", length, item }),
  };
}

function lengthOf(count: Expression, lists: readonly Source[]): number {
  if (count.kind === "literal") return Number(count.value);
  const list = lists.find(({ expression }) => count.kind === "length" && expression === count.of);
  return list?.shape.kind === "list" ? list.shape.length : 0;
}

function forEach({ expression, shape }: Source): MadeRepetition {
  if (shape.kind !== "map") throw new Error("for_each needs a map");
  const { keys, item } = shape;
  return {
    repeat: { kind: "for-each", over: expression },
    own: [
      { expression: { kind: "each", part: "key" }, shape: { kind: "scalar", oneOf: keys } },
      { expression: { kind: "each", part: "value" }, shape: item },
    ],
    around: (one) => ({ kind: "map", keys, item: one }),
  };
}

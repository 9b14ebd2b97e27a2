/** Evaluates configurations instance by instance, as Terraform does: what each expression reads, in which instance. */

import { addressOf, type Block, type Call, type Expression, joined, type Key, keyText, type Module } from "./model.ts";
import {
  attributeOf,
  elementOf,
  keyIn,
  lookedUp,
  mapOf,
  membersOf,
  numberIn,
  scalar,
  textUses,
  Unresolvable,
  usesOf,
  type Value,
} from "./value.ts";

/** One instance of a block or a call; `existsFor` is the part of the repeated value that it exists for. */
export interface Instance {
  readonly key: Key | undefined;
  readonly eachValue: Value | undefined;
  readonly existsFor: Value | undefined;
  /** All that `count` or `for_each` says. */
  readonly whole: Value | undefined;
}

/** Where an expression stands: in which instance of a module, and in which instance of a block there. */
export interface Place {
  readonly module: ModuleInstance;
  readonly instance: Instance | undefined;
}

/** One instance of a module. Everything in it is computed when it is asked for, and once. */
export class ModuleInstance {
  readonly path: string;
  readonly module: Module;
  /** The call that made it and where that stands; `undefined` for the root. */
  readonly from: { readonly call: Call; readonly place: Place } | undefined;
  private readonly values = new Map<string, Value>();
  private readonly below = new Map<
    Call,
    readonly { readonly key: Key | undefined; readonly inner: ModuleInstance }[]
  >();

  constructor(module: Module, path = "", from?: ModuleInstance["from"]) {
    this.module = module;
    this.path = path;
    this.from = from;
  }

  addressOf(block: Block, { key }: Instance): string {
    return joined(this.path, addressOf(block) + keyText(key));
  }

  instancesOf({ repeat }: Block | Call): readonly Instance[] {
    const place = { module: this, instance: undefined };
    if (repeat.kind === "once")
      return [{ key: undefined, eachValue: undefined, existsFor: undefined, whole: undefined }];
    if (repeat.kind === "count") return countInstances(repeat.count, place);
    const whole = evaluate(repeat.over, place);
    if (whole.kind !== "map") throw new Unresolvable("for_each needs a map");
    return [...whole.entries].map(([key, value]) => ({ key, eachValue: value, existsFor: value, whole }));
  }

  modulesOf(call: Call): readonly { readonly key: Key | undefined; readonly inner: ModuleInstance }[] {
    const known = this.below.get(call);
    if (known) return known;
    const inner = this.instancesOf(call).map((instance) => ({
      key: instance.key,
      inner: new ModuleInstance(call.module, joined(this.path, `module.${call.name}${keyText(instance.key)}`), {
        call,
        place: { module: this, instance },
      }),
    }));
    this.below.set(call, inner);
    return inner;
  }

  block(address: string): Value {
    return this.once(address, () => {
      const block = this.module.blocks.find((candidate) => addressOf(candidate) === address);
      if (!block) throw new Unresolvable(`no block ${address}`);
      const instances = this.instancesOf(block);
      return collection(
        block,
        instances.map((instance) => [instance.key, instanceValue(block, this.addressOf(block, instance))] as const),
      );
    });
  }

  call(name: string): Value {
    return this.once(`module.${name}`, () => {
      const call = this.module.calls.find((candidate) => candidate.name === name);
      if (!call) throw new Unresolvable(`no module ${name}`);
      const outputs = this.modulesOf(call).map(({ key, inner }) => [key, inner.outputs()] as const);
      return collection(call, outputs);
    });
  }

  local(name: string): Value {
    return this.once(`local.${name}`, () => evaluate(held(this.module.locals, name), this.place()));
  }

  variable(name: string): Value {
    const { from } = this;
    if (!from) throw new Unresolvable(`no variable ${name}`);
    return this.once(`var.${name}`, () => evaluate(held(from.call.inputs, name), from.place));
  }

  private outputs(): Value {
    return mapOf([...this.module.outputs].map(([name, value]) => [name, evaluate(value, this.place())]));
  }

  private place(): Place {
    return { module: this, instance: undefined };
  }

  private once(name: string, compute: () => Value): Value {
    const known = this.values.get(name);
    if (known) return known;
    const value = compute();
    this.values.set(name, value);
    return value;
  }
}

function countInstances(count: Expression, place: Place): Instance[] {
  const whole = evaluate(count, place);
  const number = whole.kind === "scalar" ? whole.key : undefined;
  if (typeof number !== "number") throw new Unresolvable("count needs a number");
  // As many as there are members: the instance of an index exists for the member of that index.
  const counted = count.kind === "length" ? evaluate(count.of, place) : undefined;
  return Array.from({ length: number }, (_, index) => ({
    key: index,
    eachValue: undefined,
    existsFor: counted?.kind === "list" ? counted.items[index] : undefined,
    whole,
  }));
}

function collection(
  { repeat }: Block | Call,
  instances: readonly (readonly [key: Key | undefined, value: Value])[],
): Value {
  if (repeat.kind === "once") return instances[0]?.[1] ?? mapOf([]);
  if (repeat.kind === "count") return { kind: "list", items: instances.map(([, value]) => value) };
  return mapOf(instances.map(([key, value]) => [String(key), value]));
}

function instanceValue({ managed }: Block, address: string): Value {
  const attribute = (name: string): Value => ({
    kind: "scalar",
    uses: new Set([address]),
    ...(managed && { origin: { address, attribute: name } }),
  });
  if (managed)
    return mapOf([
      ["id", attribute("id")],
      ["output", attribute("output")],
    ]);
  return mapOf([["outputs", mapOf([["foo", attribute("foo")]])]]);
}

function held(expressions: ReadonlyMap<string, Expression>, name: string): Expression {
  const expression = expressions.get(name);
  if (!expression) throw new Unresolvable(`nothing is called ${name}`);
  return expression;
}

/** @throws Unresolvable when the expression does not hold there */
export function evaluate(expression: Expression, place: Place): Value {
  const of = (part: Expression): Value => evaluate(part, place);
  switch (expression.kind) {
    case "literal":
      return scalar([], expression.value);
    case "block":
      return place.module.block(expression.address);
    case "module":
      return place.module.call(expression.name);
    case "local":
      return place.module.local(expression.name);
    case "variable":
      return place.module.variable(expression.name);
    case "each":
      return eachOf(expression.part, place);
    case "count-index": {
      const key = place.instance?.key;
      if (typeof key !== "number") throw new Unresolvable("no count here");
      return scalar([], key);
    }
    case "attribute":
      return attributeOf(of(expression.of), expression.name);
    case "index":
      return elementOf(of(expression.of), of(expression.key));
    case "splat": {
      const value = of(expression.of);
      if (value.kind !== expression.from) throw new Unresolvable(`no ${expression.from}`);
      return { kind: "list", items: membersOf(value).map((member) => expression.path.reduce(attributeOf, member)) };
    }
    case "offset":
      return scalar([], (numberIn(of(expression.of)) + expression.by) % expression.modulo);
    case "lookup":
      return scalar([], lookedUp(expression.table, keyIn(of(expression.of))));
    case "tuple":
      return { kind: "list", items: expression.items.map(of) };
    case "object":
      return mapOf(expression.entries.map(([key, value]) => [key, of(value)]));
    case "for": {
      const value = of(expression.of);
      if (value.kind !== "map") throw new Unresolvable("no map");
      const { table, path } = expression;
      return mapOf(
        [...value.entries].map(([key, member]) => [
          table ? lookedUp(table, key) : key,
          path.reduce(attributeOf, member),
        ]),
      );
    }
    case "set":
      return mapOf(expression.keys.map((key) => [key, scalar([], key)]));
    case "template":
      return scalar(expression.parts.flatMap((part) => textUses(of(part))));
    case "join":
      return scalar(membersOf(of(expression.of)).flatMap(textUses));
    case "digest":
      return scalar(usesOf(of(expression.of)));
    case "length":
      return scalar(usesOf(of(expression.of)), membersOf(of(expression.of)).length);
  }
}

function eachOf(part: "key" | "value", { instance }: Place): Value {
  const value = instance?.eachValue;
  if (value === undefined) throw new Unresolvable("no each here");
  return part === "key" ? scalar([], instance?.key) : value;
}

/** The value of an expression where it holds. */
export function attempted(expression: Expression, place: Place): Value | undefined {
  try {
    return evaluate(expression, place);
  } catch (error) {
    if (error instanceof Unresolvable) return undefined;
    throw error;
  }
}

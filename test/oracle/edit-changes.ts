/** Edits that end, change or add objects. Each says what it did, or nothing when the configuration offers no place for it. */

import { ModuleInstance } from "./evaluate.ts";
import { moduleInstances } from "./instances.ts";
import type { Literals } from "./literals.ts";
import {
  addressOf,
  type Block,
  type Call,
  type Expression,
  type Key,
  type Module,
  modulesOf,
  type Repetition,
} from "./model.ts";
import type { Random } from "./random.ts";
import { KEYS } from "./random-expression.ts";
import { chainsIn, rewritten, type Slot, slotsOf } from "./rewrite.ts";

export interface Change {
  readonly random: Random;
  readonly root: Module;
  readonly literals: Literals;
  /** Whether something reads instances of the block: ending what nobody needs says little. */
  readonly isRead: (block: Block) => boolean;
}

export type Operation = (change: Change) => string | undefined;

export function managedIn(root: Module): Block[] {
  return modulesOf(root).flatMap(({ blocks }) => blocks.filter(({ managed }) => managed));
}

function preferred<Item>(random: Random, items: readonly Item[], wanted: (item: Item) => boolean): Item | undefined {
  return (random.chance(0.75) ? random.maybe(items.filter(wanted)) : undefined) ?? random.maybe(items);
}

/** All instances, or one of them, get another version. */
export const replaceBlock: Operation = ({ random, root, isRead }) => {
  const block = preferred(random, managedIn(root), isRead);
  if (!block) return undefined;
  const keys = keysOf(root, block);
  block.versionOnlyOf = block.version !== undefined && random.chance(0.6) ? random.maybe(keys) : undefined;
  block.version = `${Number(block.version ?? "1") + 1}`;
  return `replace ${block.name} ${block.versionOnlyOf ?? ""}`;
};

function keysOf(root: Module, block: Block): Key[] {
  const holders = moduleInstances(new ModuleInstance(root)).filter(({ module }) => module.blocks.includes(block));
  return holders.flatMap((holder) => holder.instancesOf(block).flatMap(({ key }) => key ?? []));
}

export const removeBlock: Operation = ({ random, root, isRead }) => {
  const all = modulesOf(root).flatMap(({ blocks }) => blocks);
  const block = preferred(random, all, isRead);
  if (!block) return undefined;
  for (const module of modulesOf(root)) module.blocks = module.blocks.filter((other) => other !== block);
  return `remove ${addressOf(block)}`;
};

export const removeCall: Operation = ({ random, root }) => {
  const module = random.maybe(modulesOf(root).filter(({ calls }) => calls.length > 0));
  const call = module && random.maybe(module.calls);
  if (!module || !call) return undefined;
  module.calls = module.calls.filter((other) => other !== call);
  return `remove module ${call.name}`;
};

/** One instance or more of a block or a module go, down to none. */
export const shrink: Operation = ({ random, root, isRead }) => {
  const owner = preferred(random, repeated(root), (one) => "module" in one || isRead(one));
  if (!owner) return undefined;
  owner.repeat = resized(owner.repeat, (keys) => {
    const gone = random.between(1, keys.length);
    return random.chance(0.7) ? random.shuffled(keys).slice(1) : random.shuffled(keys).slice(gone);
  });
  return `shrink ${owner.name}`;
};

export const grow: Operation = ({ random, root }) => {
  const owner = random.maybe(repeated(root));
  if (!owner) return undefined;
  const added = random.pick(KEYS);
  owner.repeat = resized(owner.repeat, (keys) => (keys.includes(added) ? keys : [...keys, added]));
  return `grow ${owner.name}`;
};

/** Whatever has a number or a list of keys of its own, and any left. */
export function repeated(root: Module): (Block | Call)[] {
  const owners = modulesOf(root).flatMap((module) => [...module.blocks, ...module.calls]);
  return owners.filter(({ repeat }) => {
    if (repeat.kind === "count") return repeat.count.kind === "literal" && Number(repeat.count.value) > 0;
    if (repeat.kind !== "for-each") return false;
    return ownKeys(repeat.over).length > 0;
  });
}

export function ownKeys(over: Expression): readonly string[] {
  if (over.kind === "set") return over.keys;
  return over.kind === "object" ? over.entries.map(([key]) => key) : [];
}

function resized(repeat: Repetition, change: (keys: readonly string[]) => readonly string[]): Repetition {
  if (repeat.kind === "count" && repeat.count.kind === "literal") {
    const before = Array.from({ length: Number(repeat.count.value) }, (_, index) => `${index}`);
    return { kind: "count", count: { kind: "literal", value: change(before).length } };
  }
  if (repeat.kind !== "for-each") return repeat;
  const { over } = repeat;
  const keys = change(ownKeys(over));
  if (over.kind === "set") return { kind: "for-each", over: { kind: "set", keys } };
  if (over.kind !== "object") return repeat;
  const entries = keys.map((key) => [key, valueAt(over.entries, key)] as const);
  return { kind: "for-each", over: { kind: "object", entries } };
}

function valueAt(entries: readonly (readonly [string, Expression])[], key: string): Expression {
  return entries.find(([name]) => name === key)?.[1] ?? { kind: "literal", value: "added" };
}

/** An argument gets more text; what it refers to stays. */
export const update: Operation = ({ random, root }) => {
  const block = random.maybe(managedIn(root));
  if (!block?.input) return undefined;
  // A list or an object cannot stand in a template, but inputs are never that.
  block.input = { kind: "template", parts: [block.input, { kind: "literal", value: "changed" }] };
  return `update ${block.name}`;
};

/** A new block that refers to what is there. It is nobody's dependent yet. */
export const create: Operation = ({ random, root }) => {
  const module = random.pick(modulesOf(root));
  const seen = module.blocks.filter(({ managed, repeat }) => managed && repeat.kind === "once");
  const parts = random
    .shuffled(seen)
    .slice(0, 2)
    .map((block): Expression => {
      return { kind: "attribute", of: { kind: "block", address: addressOf(block) }, name: "id" };
    });
  if (parts.length === 0) return undefined;
  const id =
    Math.max(...modulesOf(root).flatMap(({ blocks, calls }) => [...blocks, ...calls].map((one) => one.id))) + 1;
  module.blocks.push({
    id,
    managed: true,
    name: `new${id}`,
    repeat: { kind: "once" },
    input: { kind: "template", parts },
    triggers: undefined,
    version: undefined,
    versionOnlyOf: undefined,
    precondition: undefined,
    dependsOn: [],
    replaceTriggeredBy: [],
    createFirst: false,
  });
  return `create new${id}`;
};

/** A reference goes although what it refers to stays: a literal takes its place. */
export const cut: Operation = ({ random, root, literals }) => {
  const slot = random.maybe(modulesOf(root).flatMap(slotsOf).filter(refersToObjects));
  if (!slot) return undefined;
  if (slot.bare) slot.write(undefined);
  else {
    const chain = random.pick(chainsIn(slot.expression).filter(isReference));
    slot.write(rewritten(slot.expression, (part) => (part === chain ? literals.standingFor(part, slot) : undefined)));
  }
  return `cut a reference of ${slot.owner?.name ?? slot.module.folder}`;
};

function refersToObjects({ expression }: Slot): boolean {
  return chainsIn(expression).some(isReference);
}

function isReference(chain: Expression): boolean {
  return !JSON.stringify(chain).includes('"kind":"each"');
}

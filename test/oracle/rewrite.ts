/** Every place in a configuration where an expression stands, and changing parts of expressions wherever they stand. */

import type { ModuleInstance, Place } from "./evaluate.ts";
import { moduleInstances } from "./instances.ts";
import type { Block, Call, Expression, Module, Repetition } from "./model.ts";

/** Where one expression stands. */
export interface Slot {
  readonly module: Module;
  readonly owner: Block | Call | undefined;
  /** `each` and `count` of the owner have a meaning there. */
  readonly repeats: boolean;
  /** An entry of `depends_on` or `replace_triggered_by`: a reference and nothing else, which may be left out. */
  readonly bare: "depends_on" | "replace_triggered_by" | undefined;
  readonly expression: Expression;
  /** `undefined` takes a bare one away. */
  readonly write: (expression: Expression | undefined) => void;
}

export function slotsOf(module: Module): Slot[] {
  const inMap = (map: Map<string, Expression>, owner?: Call): Slot[] =>
    [...map].map(([name, expression]) => ({
      module,
      owner,
      repeats: owner !== undefined,
      bare: undefined,
      expression,
      write: (changed) => map.set(name, changed ?? expression),
    }));
  return [
    ...inMap(module.locals),
    ...inMap(module.outputs),
    ...module.blocks.flatMap((block) => [
      ...repetitionSlots(module, block),
      ...argumentSlots(module, block),
      ...bareSlots(module, block, "depends_on", block.dependsOn),
      ...bareSlots(module, block, "replace_triggered_by", block.replaceTriggeredBy),
    ]),
    ...module.calls.flatMap((call) => [
      ...repetitionSlots(module, call),
      ...inMap(call.inputs, call),
      ...bareSlots(module, call, "depends_on", call.dependsOn),
    ]),
  ];
}

function argumentSlots(module: Module, block: Block): Slot[] {
  return (["input", "triggers", "precondition"] as const).flatMap((name) => {
    const expression = block[name];
    if (!expression) return [];
    const write = (changed: Expression | undefined): void => {
      block[name] = changed;
    };
    return [{ module, owner: block, repeats: true, bare: undefined, expression, write }];
  });
}

function repetitionSlots(module: Module, owner: Block | Call): Slot[] {
  const { repeat } = owner;
  if (repeat.kind === "once") return [];
  const slot = (expression: Expression, repeated: (changed: Expression) => Repetition): Slot => ({
    module,
    owner,
    repeats: false,
    bare: undefined,
    expression,
    write: (changed) => {
      owner.repeat = repeated(changed ?? expression);
    },
  });
  if (repeat.kind === "count") return [slot(repeat.count, (count) => ({ kind: "count", count }))];
  return [slot(repeat.over, (over) => ({ kind: "for-each", over }))];
}

function bareSlots(module: Module, owner: Block | Call, bare: Slot["bare"], list: Expression[]): Slot[] {
  return list.map((expression) => ({
    module,
    owner,
    repeats: bare === "replace_triggered_by",
    bare,
    expression,
    write: (changed) => {
      list.splice(list.indexOf(expression), 1, ...(changed ? [changed] : []));
    },
  }));
}

/** All places where a slot is evaluated. Configurations may be copies of each other: ids and folders find the same slot. */
export function placesOf({ module, owner, repeats }: Slot, root: ModuleInstance): Place[] {
  const instances = moduleInstances(root).filter((instance) => instance.module.folder === module.folder);
  return instances.flatMap((instance): Place[] => {
    if (!owner || !repeats) return [{ module: instance, instance: undefined }];
    const found = [...instance.module.blocks, ...instance.module.calls].find(({ id }) => id === owner.id);
    return found ? instance.instancesOf(found).map((one) => ({ module: instance, instance: one })) : [];
  });
}

/** Puts what `change` returns in the place of a part, from the outside in; `undefined` goes on inside. */
export function rewritten(expression: Expression, change: (part: Expression) => Expression | undefined): Expression {
  const changed = change(expression);
  if (changed) return changed;
  const go = (part: Expression): Expression => rewritten(part, change);
  switch (expression.kind) {
    case "index":
      return { ...expression, of: go(expression.of), key: go(expression.key) };
    case "tuple":
      return { ...expression, items: expression.items.map(go) };
    case "object":
      return { ...expression, entries: expression.entries.map(([key, value]) => [key, go(value)] as const) };
    case "template":
      return { ...expression, parts: expression.parts.map(go) };
    default:
      return "of" in expression ? { ...expression, of: go(expression.of) } : expression;
  }
}

/** What a chain of attributes, indexes and splats begins with; `undefined` for what is no such chain. */
export function rootOf(expression: Expression): Expression | undefined {
  switch (expression.kind) {
    case "block":
    case "module":
    case "local":
    case "variable":
    case "each":
      return expression;
    case "attribute":
    case "index":
    case "splat":
    case "for":
      return rootOf(expression.of);
    default:
      return undefined;
  }
}

/** The longest chains in an expression. */
export function chainsIn(expression: Expression): Expression[] {
  const chains: Expression[] = [];
  rewritten(expression, (part) => {
    if (!rootOf(part)) return undefined;
    chains.push(part);
    return part;
  });
  return chains;
}

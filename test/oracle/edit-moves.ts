/** Edits that give objects other addresses, with the `moved` blocks that say so, and references that follow. */

import { managedIn, type Operation, ownKeys, repeated } from "./edit-changes.ts";
import { addressOf, type Block, type Call, type Expression, keyText, type Module, modulesOf } from "./model.ts";
import { rewritten, type Slot, slotsOf } from "./rewrite.ts";

/** A block or a module call in the module where it stands. */
interface Place {
  readonly module: Module;
  readonly owner: Block | Call;
}

function placesIn(root: Module): Place[] {
  return modulesOf(root).flatMap((module) => [
    ...managedIn(root).flatMap((owner) => (module.blocks.includes(owner) ? { module, owner } : [])),
    ...module.calls.map((owner) => ({ module, owner })),
  ]);
}

function stepOf(owner: Block | Call): string {
  return "managed" in owner ? addressOf(owner) : `module.${owner.name}`;
}

/** Puts something in the place of every reference to a block or a call. */
function redirectAll(
  { module, owner }: Place,
  to: (reference: Expression, bare: Slot["bare"]) => Expression | undefined,
): void {
  const step = stepOf(owner);
  const names = (part: Expression): boolean =>
    (part.kind === "block" && part.address === step) || (part.kind === "module" && `module.${part.name}` === step);
  for (const slot of slotsOf(module)) {
    let lost = false;
    const changed = rewritten(slot.expression, (part) => {
      if (!names(part)) return undefined;
      const replacement = to(part, slot.bare);
      if (!replacement) lost = true;
      return replacement ?? part;
    });
    slot.write(lost ? undefined : changed);
  }
}

function reference(owner: Block | Call): Expression {
  return "managed" in owner ? { kind: "block", address: addressOf(owner) } : { kind: "module", name: owner.name };
}

/** Another name, for all instances together. */
export const rename: Operation = ({ random, root }) => {
  const place = random.maybe(placesIn(root));
  if (!place) return undefined;
  const { module, owner } = place;
  const from = stepOf(owner);
  const before = { ...owner };
  owner.name = `${owner.name}_moved`;
  redirectAll({ module, owner: before }, () => reference(owner));
  module.moved.push({ from, to: stepOf(owner) });
  return `rename ${from}`;
};

/** One instance gets another key; literal keys follow. */
export const rekey: Operation = ({ random, root }) => {
  const owners = new Set(repeated(root));
  const places = placesIn(root).filter(({ owner }) => owners.has(owner) && owner.repeat.kind === "for-each");
  const place = random.maybe(places);
  if (place?.owner.repeat.kind !== "for-each") return undefined;
  const { over } = place.owner.repeat;
  const old = random.pick(ownKeys(over));
  const key = `${old} moved`;
  const renamed = (name: string): string => (name === old ? key : name);
  place.owner.repeat = {
    kind: "for-each",
    over:
      over.kind === "object"
        ? { ...over, entries: over.entries.map(([name, value]) => [renamed(name), value] as const) }
        : { kind: "set", keys: ownKeys(over).map(renamed) },
  };
  followKey(place, old, key);
  const step = stepOf(place.owner);
  place.module.moved.push({ from: step + keyText(old), to: step + keyText(key) });
  return `rekey ${step}${keyText(old)}`;
};

function followKey({ module, owner }: Place, old: string, key: string): void {
  const wanted = JSON.stringify(reference(owner));
  for (const slot of slotsOf(module)) {
    const changed = rewritten(slot.expression, (part) => {
      if (part.kind !== "index" || part.key.kind !== "literal" || part.key.value !== old) return undefined;
      return JSON.stringify(part.of) === wanted ? { ...part, key: { kind: "literal", value: key } } : undefined;
    });
    slot.write(changed);
  }
}

/**
 * What stood alone becomes an instance. Terraform moves a resource to `[0]` by itself, but no module: without a `moved` block
 * all in it ends and comes back.
 */
export const repeatIt: Operation = ({ random, root }) => {
  const place = random.maybe(placesIn(root).filter(({ owner }) => owner.repeat.kind === "once"));
  if (!place) return undefined;
  const { module, owner } = place;
  const step = stepOf(owner);
  const key = random.chance(0.5) ? 0 : "it";
  redirectAll(place, (part, bare) =>
    bare === "depends_on" ? part : { kind: "index", of: part, key: { kind: "literal", value: key } },
  );
  owner.repeat =
    key === 0
      ? { kind: "count", count: { kind: "literal", value: 1 } }
      : { kind: "for-each", over: { kind: "set", keys: ["it"] } };
  if (key !== 0 || ("module" in owner && random.chance(0.5)))
    module.moved.push({ from: step, to: step + keyText(key) });
  return `repeat ${step}`;
};

/** A resource moves into a module of its own, which hands it out again. */
export const wrap: Operation = ({ random, root }) => {
  const places = placesIn(root).filter(
    ({ owner }) => "managed" in owner && owner.repeat.kind === "once" && owner.replaceTriggeredBy.length === 0,
  );
  const place = random.maybe(places);
  if (!place || !("managed" in place.owner)) return undefined;
  const { module, owner } = place;
  const name = `wrap${owner.id}`;
  if (modulesOf(root).some(({ folder }) => folder === name)) return undefined;
  redirectAll(place, (_, bare) => {
    const call: Expression = { kind: "module", name };
    // Nothing outside of a module can be triggered by what is in it.
    if (bare === "replace_triggered_by") return undefined;
    return bare ? call : { kind: "attribute", of: call, name: "it" };
  });
  const inputs = new Map<string, Expression>();
  const passed = (argument: Expression | undefined): Expression | undefined => {
    if (!argument) return undefined;
    const variable = `in${inputs.size}`;
    inputs.set(variable, argument);
    return { kind: "variable", name: variable };
  };
  const inner: Block = {
    ...owner,
    input: passed(owner.input),
    triggers: passed(owner.triggers),
    precondition: passed(owner.precondition),
    dependsOn: [],
  };
  module.blocks = module.blocks.filter((block) => block !== owner);
  const wrapped: Module = {
    folder: name,
    variables: [...inputs.keys()],
    locals: new Map(),
    blocks: [inner],
    calls: [],
    outputs: new Map([["it", reference(inner)]]),
    moved: [],
  };
  module.calls.push({
    id: owner.id + 10_000,
    name,
    module: wrapped,
    repeat: { kind: "once" },
    inputs,
    dependsOn: owner.dependsOn,
  });
  module.moved.push({ from: stepOf(owner), to: `module.${name}.${stepOf(owner)}` });
  return `wrap ${stepOf(owner)}`;
};

// Who refers to whom. References go to lower layers only; what a block refers to, directly or through others, is its
// closure, and that is what Terraform writes as depends_on into the state: so the sizes of the closures are what is steered.

import { LAYERS, TYPES } from "./aws.mjs";
import { Random } from "./random.mjs";

const times = (block) => block.module.times * (block.keys?.length ?? 1);

/** What picking `target` would add to `closure`, the target itself included. */
function gain(closure, target) {
  let added = closure.has(target.id) ? 0 : 1;
  for (const id of target.closure) if (!closure.has(id)) added++;
  return added;
}

/** The blocks of a type that a block may read: from its own module, else from the modules around it. */
function inReach(module, type) {
  for (let at = module; at !== null; at = at.parent) {
    const blocks = at.byType.get(type);
    if (blocks !== undefined) return blocks;
  }
  return [];
}

/** A module to take something from: mostly the own one, sometimes one around it, now and then a stranger. */
function moduleFor(plan, module, random) {
  const draw = random.next();
  if (draw < 0.8) return module;
  if (draw < 0.95) return module.parent ?? module;
  return random.pick(plan.modules);
}

class Linker {
  constructor(plan, random) {
    this.plan = plan;
    this.random = random;
  }

  link(block, wanted) {
    const closure = new Set();
    const take = (target, slot, attribute, flag) => {
      block.refs.push({ target, slot, attribute, flag });
      closure.add(target.id);
      for (const id of target.closure) closure.add(id);
    };
    for (const [slot, type, attribute, flag] of TYPES[block.type].slots ?? []) {
      const candidates = inReach(block.module, type);
      for (let tries = 0, taken = 0; candidates.length > 0 && tries < 4 && taken < (flag === "many" ? 2 : 1); tries++) {
        const target = this.random.pick(candidates);
        const again = block.refs.some((ref) => ref.target === target && ref.slot === slot);
        if (again || target.layer >= block.layer || gain(closure, target) > wanted - closure.size) continue;
        take(target, slot, attribute, flag);
        taken++;
      }
    }
    for (let tries = 0; closure.size < wanted && tries < 60; tries++) {
      const target = this.anyBelow(block, tries);
      if (target === null || closure.has(target.id) || gain(closure, target) > wanted - closure.size) continue;
      const tagged = TYPES[block.type].tagged;
      const local = target.module === block.module;
      // depends_on can only name what stands in the same module.
      if (!tagged && !local) continue;
      if (local && (!tagged || this.random.chance(0.4))) take(target, "depends_on", null, null);
      else take(target, "tags", TYPES[target.type].attributes.arn ? "arn" : "id", null);
    }
    block.closure = [...closure];
    for (const ref of block.refs) ref.target.dependents.push(block);
    return closure.size;
  }

  /** Some block of a lower layer; the nearer layers first, since their closures come along, then ever deeper. */
  anyBelow(block, tries) {
    const module = moduleFor(this.plan, block.module, this.random);
    const highest = Math.ceil(block.layer) - 1;
    const layer = tries < 20 ? this.random.between(0, highest) : 0;
    if (tries > 40) {
      const ground = this.plan.modules[0].byLayer[0];
      return ground.length > 0 && TYPES[block.type].tagged ? this.random.pick(ground) : null;
    }
    const blocks = module.byLayer[layer];
    return blocks.length > 0 ? this.random.pick(blocks) : null;
  }
}

/** Gives every block its references and its closure, so that the lists of all objects together have about `edges` entries. */
export function linkBlocks(plan, options) {
  const random = new Random(options.seed, 2);
  const linker = new Linker(plan, random);
  for (const block of plan.blocks) if (block.layer === 0.5) linker.link(block, random.between(0, 2));
  const managed = plan.blocks.filter((block) => block.mode === "managed");
  // The wanted length grows with the layer: a service knows of the network, the network of nothing.
  let demand = managed.reduce((sum, block) => sum + block.layer * times(block), 0);
  let missing = options.edges;
  for (const layer of LAYERS.slice(1)) {
    for (const block of random.shuffled(managed.filter((other) => other.layer === layer))) {
      // What earlier blocks could not take (too little below them) is spread over the later ones.
      const mean = demand > 0 ? (missing * layer) / demand : 0;
      const size = linker.link(block, random.round(mean * (0.5 + random.next())));
      missing -= size * times(block);
      demand -= layer * times(block);
    }
  }
}

/** How references inside one module pick an instance of their target: decides what is written, and whose id is read. */
export function styleOf(block, ref) {
  const { target } = ref;
  if (target.module !== block.module) return "passed";
  if (target.keys === null) return "only";
  if (ref.flag === "many") return "splat";
  if (block.repetition !== target.repetition) return "first";
  if (block.repetition === "for_each")
    return block.keys.join() === target.keys.join() && target.gone === 0 && target.born === 0 ? "each" : "first";
  return block.keys.length <= target.keys.length - target.gone - target.born ? "index" : "modulo";
}

const quoted = (key) => (typeof key === "number" ? `[${key}]` : `["${key}"]`);

/** A reference to one attribute as Terraform lists it: the whole traversal first, then its prefixes. */
function traversals(address, key, attribute) {
  const instance = key === null ? null : `${address}${quoted(key)}`;
  return [
    `${instance ?? address}${attribute === null ? "" : `.${attribute}`}`,
    ...(attribute === null ? [] : [instance ?? address]),
    ...(instance === null ? [] : [address]),
  ];
}

/** The `references` of one reference of a block. */
export function referencesOf(block, ref) {
  const { target, attribute } = ref;
  const address = target.address;
  switch (styleOf(block, ref)) {
    case "passed":
      return passed(block.module, target, attribute);
    case "only":
      return traversals(address, null, attribute);
    case "splat":
      return [address];
    case "each":
      return [address, "each.key"];
    case "index":
      return [address, "count.index"];
    case "modulo":
      return [address, "count.index", address];
    default:
      return traversals(address, target.keys[0], attribute);
  }
}

function below(module, descendant) {
  let at = descendant;
  while (at !== null && at.parent !== module) at = at.parent;
  return at;
}

/** A name for what is passed through a module's door: one for each target and attribute. */
function door(doors, target, attribute, references) {
  const key = `${target.id} ${attribute}`;
  let found = doors.get(key);
  if (found === undefined) {
    found = {
      name: `${target.address.replace(/^data\.|^aws_/, "").replace(/[.]/g, "_")}_${attribute}_${target.id}`,
      references: null,
    };
    doors.set(key, found);
    found.references = references();
  }
  return found;
}

/** The references by which `module` reaches an attribute anywhere in the plan: through inputs upwards, through outputs downwards. */
export function passed(module, target, attribute) {
  if (target.module === module)
    return traversals(target.address, target.keys === null ? null : target.keys[0], attribute);
  const child = below(module, target.module);
  if (child !== null) {
    const { name } = door(child.outputs, target, attribute, () => passed(child, target, attribute));
    // Only with a constant key does Terraform say which output is meant; each.key would leave the bare module.
    const call = `module.${child.name}${child.keys === null ? "" : quoted(child.keys[0])}`;
    return [`${call}.${name}`, call];
  }
  return [`var.${door(module.inputs, target, attribute, () => passed(module.parent, target, attribute)).name}`];
}

/** The objects that one reference of an object reads from: [instance of the module, number of the key]. */
export function readBy(block, instance, k, ref) {
  const { target } = ref;
  const stays = (target.keys?.length ?? 1) - target.gone - target.born;
  const at = instanceFor(instance, target.module);
  switch (styleOf(block, ref)) {
    case "splat":
      return Array.from({ length: Math.max(1, stays) }, (_, n) => [at, n]);
    case "each":
    case "index":
      return [[at, k]];
    case "modulo":
      return [[at, k % Math.max(1, stays)]];
    default:
      return [[at, 0]];
  }
}

/** The instance of `module` that something in `from` reaches: the one around it, or the first key on the way down. */
function instanceFor(from, module) {
  const way = [];
  for (let at = module; at !== null; at = at.parent) way.unshift(at);
  const own = [];
  for (let at = from; at !== null; at = at.parent) own.unshift(at);
  let instance = own[0];
  for (let depth = 1; depth < way.length; depth++) {
    instance =
      own[depth]?.module === way[depth] && own[depth - 1] === instance
        ? own[depth]
        : instance.children.find((child) => child.module === way[depth]);
  }
  return instance;
}

/**
 * Makes every input and output that references need. Must come before the configuration is written: a module call lists its
 * inputs before the resources that ask for them are reached.
 */
export function openDoors(plan) {
  for (const block of plan.blocks) if (!block.removed) for (const ref of block.refs) referencesOf(block, ref);
  for (const { target, attribute } of plan.outputs) passed(plan.modules[0], target, attribute);
}

/** The instance and key that a root output reads. */
export const readByRoot = (plan, target) => [instanceFor(plan.modules[0].instances[0], target.module), 0];

// Module calls, their instances, and the resource blocks in them; nothing depends on anything yet.

import { BARE_SIZE, smallTypesOfLayer, typesOfLayer } from "./aws.mjs";
import { Random } from "./random.mjs";
import { ROLES, SERVICES } from "./text.mjs";

const DEEPEST = 3;
/** Nested for_each multiplies: without a lid a few calls would hold most of the plan. */
const MOST_INSTANCES = 9;
const ZONES = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];
/** Keys as people choose them: dots, slashes and blanks in keys break tools that split addresses. */
const KEYS = [
  (n) => `${ZONES[n % 3]}${n < 3 ? "" : `-${n}`}`,
  (n) => `10.${Math.floor(n / 250)}.${n % 250}.0/24`,
  (n) => `${SERVICES[n % SERVICES.length]}${n < SERVICES.length ? "" : n}.example.com`,
  (n) => `${SERVICES[n % SERVICES.length]}${n < SERVICES.length ? "" : `-${n}`}`,
];
const MODULE_KEYS = [
  ["blue", "green"],
  ["eu", "us"],
  ["dev", "prod", "stage"],
  ["team.a", "team.b", "team.c"],
];
/** Blocks by layer, in hundredths: few foundations, many leaves. */
const LAYER_SHARES = [14, 20, 20, 18, 13, 15];

/** The tree of module calls: index 0 is the root module. */
function moduleTree(options, random) {
  const root = { id: 0, name: "", parent: null, depth: 0, keys: null, times: 1, path: "", children: [] };
  const modules = [root];
  // Ten instances a module at least, or the small ones would stand empty.
  const count = Math.min(options.modules, Math.floor(options.resources / 10));
  while (modules.length <= count) {
    const deep = modules.filter((module) => module.depth > 0 && module.depth < DEEPEST);
    const parent = deep.length > 0 && random.chance(0.35) ? random.pick(deep) : root;
    const keys = random.chance(0.3) ? random.pick(MODULE_KEYS) : null;
    const times = parent.times * (keys?.length ?? 1);
    const fits = times <= MOST_INSTANCES && times * 10 <= options.resources;
    const name = `${random.pick(SERVICES)}_${modules.length}`;
    const module = {
      id: modules.length,
      name,
      parent,
      depth: parent.depth + 1,
      keys: fits ? keys : null,
      times: fits ? times : parent.times,
      path: `${parent.path}module.${name}.`,
      children: [],
      // An own folder or one from a registry: only the latter has a version.
      registry: random.chance(0.25),
    };
    parent.children.push(module);
    modules.push(module);
  }
  for (const module of modules)
    Object.assign(module, {
      blocks: [],
      byType: new Map(),
      byLayer: [[], [], [], [], [], []],
      inputs: new Map(),
      outputs: new Map(),
      instances: [],
    });
  return modules;
}

function addInstances(module, parentInstance) {
  for (const key of module.keys ?? [null]) {
    const step = module.parent === null ? "" : `module.${module.name}${key === null ? "" : `["${key}"]`}`;
    const instance = {
      module,
      key,
      parent: parentInstance,
      ordinal: module.instances.length,
      address: parentInstance?.address ? `${parentInstance.address}.${step}` : step,
      children: [],
    };
    module.instances.push(instance);
    parentInstance?.children.push(instance);
    for (const child of module.children) addInstances(child, instance);
  }
}

/** How many objects each instance of a module holds, so that the sum over all instances is exactly `total`. */
function shareOut(total, modules, random) {
  const weights = modules.map((module) => (module.parent === null ? 1 : 0.5 + random.next()) * module.times);
  const sum = weights.reduce((a, b) => a + b, 0);
  const shares = modules.map((module, i) => Math.max(1, Math.floor((total * weights[i]) / sum / module.times)));
  shares[0] += total - modules.reduce((held, module, i) => held + shares[i] * module.times, 0);
  return shares;
}

function keysOf(size, random) {
  if (random.chance(0.5)) return Array.from({ length: size }, (_, n) => n);
  const key = random.pick(KEYS);
  return Array.from({ length: size }, (_, n) => key(n)).sort();
}

/** The layers of `n` blocks of one module: proportions kept, and something to stand on in each. */
function layersOf(n, random) {
  const layers = [];
  for (let layer = 0, upTo = 0; layer < LAYER_SHARES.length; layer++) {
    upTo += (LAYER_SHARES[layer] * n) / 100;
    while (layers.length < Math.round(upTo)) layers.push(layer);
  }
  while (layers.length < n) layers.push(random.between(0, 5));
  if (n > 0) layers[0] = 0;
  return random.shuffled(layers);
}

function addBlock(plan, module, mode, type, name, layer, keys, repetition) {
  let unique = name;
  for (let n = 2; module.byType.get(type)?.some((other) => other.name === unique); n++) unique = `${name}_${n}`;
  const block = {
    id: plan.blocks.length,
    module,
    mode,
    type,
    name: unique,
    layer,
    keys,
    repetition,
    address: `${type}.${unique}`,
    first: plan.objects,
    refs: [],
    closure: [],
    dependents: [],
    removed: false,
    gone: 0,
    born: 0,
  };
  plan.objects += module.times * (keys?.length ?? 1);
  plan.blocks.push(block);
  module.blocks.push(block);
  if (!module.byType.has(type)) module.byType.set(type, []);
  module.byType.get(type).push(block);
  if (mode === "managed") module.byLayer[layer].push(block);
  return block;
}

/** Never small types alone: attachments must have something to be attached to. */
const shareOfSmall = (bytes) =>
  Math.min(0.8, Math.max(0, (BARE_SIZE.usual - bytes) / (BARE_SIZE.usual - BARE_SIZE.small)));

function addBlocks(plan, module, objects, options, random, tally) {
  const sizes = [];
  for (let left = objects; left > 0; ) {
    // Steering by what is there already keeps the share true in small plans too.
    const repeated = left > 1 && tally.repeated < options.countShare * tally.all + random.next();
    const size = repeated ? Math.min(left, random.chance(0.05) ? random.between(12, 40) : random.between(2, 8)) : 1;
    sizes.push(repeated ? size : 0);
    left -= size;
    tally.all += size * module.times;
    if (repeated) tally.repeated += size * module.times;
  }
  const layers = layersOf(sizes.length, random);
  const small = shareOfSmall(options.bytesPerResource);
  sizes.forEach((size, i) => {
    const type = random.pick((random.chance(small) ? smallTypesOfLayer : typesOfLayer)[layers[i]]);
    const keys = size === 0 ? null : keysOf(size, random);
    const repetition = keys === null ? null : typeof keys[0] === "number" ? "count" : "for_each";
    addBlock(
      plan,
      module,
      "managed",
      type,
      `${random.pick(SERVICES)}_${random.pick(ROLES)}`,
      layers[i],
      keys,
      repetition,
    );
  });
  if (module.parent === null || random.chance(0.4))
    addBlock(plan, module, "data", "data.aws_caller_identity", "current", 0, null, null);
  for (let n = 0; n < Math.ceil(sizes.length / 15); n++)
    addBlock(
      plan,
      module,
      "data",
      "data.aws_iam_policy_document",
      `${random.pick(SERVICES)}_${random.pick(ROLES)}`,
      0.5,
      null,
      null,
    );
}

/** `{modules, blocks, objects}`: an object is one instance of a block in one instance of its module, numbered from `block.first` on. */
export function layOutModules(options) {
  const random = new Random(options.seed, 1);
  const modules = moduleTree(options, random);
  addInstances(modules[0], null);
  const plan = { modules, blocks: [], objects: 0 };
  const shares = shareOut(options.resources, modules, random);
  const tally = { all: 0, repeated: 0 };
  for (const [i, module] of modules.entries()) addBlocks(plan, module, shares[i], options, random, tally);
  plan.repeated = tally.repeated;
  return plan;
}

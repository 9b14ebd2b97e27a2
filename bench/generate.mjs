#!/usr/bin/env node
// Writes a Terraform plan (the JSON of `terraform show -json`) of a given size: the same options and seed, the same bytes.
// Real plans of hundreds of megabytes cannot be shared, and a plan made of one repeated entry would measure something else.

import { createWriteStream, existsSync, realpathSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { TYPES } from "./plan/aws.mjs";
import { decideChanges } from "./plan/changes.mjs";
import { configurationText } from "./plan/configuration.mjs";
import { linkBlocks, openDoors } from "./plan/dependencies.mjs";
import { layOutModules } from "./plan/modules.mjs";
import { Random } from "./plan/random.mjs";
import { Renderer } from "./plan/render.mjs";
import { Sections } from "./plan/sections.mjs";

const DEFAULTS = {
  resources: 1000,
  edges: null,
  ending: null,
  updates: null,
  creates: 0,
  bytesPerResource: 4000,
  modules: null,
  countShare: 0.4,
  seed: 1,
  unicode: false,
};

const PRESETS = {
  /** The usual plan: what start-up time is felt on. */
  small: { resources: 100, edges: 300, ending: 1, updates: 3, creates: 0, bytesPerResource: 6000, modules: 4 },
  /** Big and quiet: nearly all of its bytes say "unchanged". */
  large: { resources: 14000, edges: 84000, ending: 3, updates: 12, creates: 5, bytesPerResource: 5715, modules: 60 },
  /** Many ends in a thick net: what the blast radius is felt on. No long texts, or reading them would hide it. */
  dense: { resources: 50000, edges: 200000, ending: 2000, updates: 100, creates: 0, bytesPerResource: 0, modules: 150 },
};

const HELP = `Usage: node bench/generate.mjs [options]

Writes a Terraform plan in JSON, deterministic, of a given size.

  --resources N           objects in resource_changes, unchanged ones included (${DEFAULTS.resources})
  --edges N               entries of all depends_on lists in prior_state together, about (4 for each resource)
  --ending N              objects that are deleted or replaced (1, or 0 of less than 10)
  --updates N             objects that are updated in place (3, or a twentieth if that is less)
  --creates N             objects that are new (${DEFAULTS.creates})
  --bytes-per-resource N  size of the file by resource, about; below 5,400 by more small
                          types instead of shorter texts, 0 for as small as can be, which is 3.5 KB (${DEFAULTS.bytesPerResource})
  --modules N             module calls, some nested, some with for_each (one for 200 resources)
  --count-share X         share of the objects that stand under count or for_each (${DEFAULTS.countShare})
  --seed N                another number, another plan (${DEFAULTS.seed})
  --unicode               letters beyond ASCII in descriptions and tags (slows JSON.parse down, so benchmarks leave it off)
  --preset NAME           ${Object.keys(PRESETS).join(", ")}; options given beside it win
  --out FILE              default: standard output
  --help
`;

function complete(given) {
  const { preset, ...own } = given;
  if (preset !== undefined && !Object.hasOwn(PRESETS, preset))
    throw new RangeError(`unknown preset ${preset}: ${Object.keys(PRESETS).join(", ")}`);
  const options = { ...DEFAULTS, ...(preset === undefined ? {} : PRESETS[preset]) };
  for (const [name, value] of Object.entries(own)) {
    if (!Object.hasOwn(DEFAULTS, name)) throw new RangeError(`unknown option ${name}`);
    if (value !== undefined) options[name] = value;
  }
  options.edges ??= 4 * options.resources;
  options.ending ??= options.resources < 10 ? 0 : 1;
  options.updates ??= Math.min(3, Math.floor(options.resources / 20));
  options.modules ??= Math.round(options.resources / 200);
  for (const [name, value] of Object.entries(options)) {
    const whole = name === "countShare" ? value >= 0 && value <= 1 : Number.isSafeInteger(value) && value >= 0;
    if (name !== "unicode" && !whole) throw new RangeError(`${name}: ${value} will not do`);
  }
  if (options.resources < 1) throw new RangeError("resources: at least 1 is needed");
  return options;
}

/** Up to a dozen root outputs, of what exists before and after. */
function chooseOutputs(plan, options) {
  const random = new Random(options.seed, 9);
  const able = plan.blocks.filter((block) => block.mode === "managed" && block.born === 0 && !block.removed);
  return random
    .shuffled(able)
    .slice(0, 12)
    .map((target) => ({
      name: `${target.address.replaceAll(".", "_")}_${target.id}`,
      target,
      attribute: TYPES[target.type].attributes.arn ? "arn" : "id",
    }));
}

function layOut(options) {
  const plan = layOutModules(options);
  linkBlocks(plan, options);
  plan.changes = decideChanges(plan, options);
  plan.outputs = chooseOutputs(plan, options);
  openDoors(plan);
  return plan;
}

const lengthOf = (pieces) => {
  let sum = 0;
  for (const piece of pieces) sum += Buffer.byteLength(piece);
  return sum;
};

/** Up to 1,500 objects, drawn evenly; all of a small plan. */
function sampleOf(plan, options) {
  const objects = [];
  for (const block of plan.blocks) {
    if (block.mode === "managed")
      for (const instance of block.module.instances)
        for (let k = 0; k < (block.keys?.length ?? 1); k++) objects.push([block, instance, k]);
  }
  return objects.length <= 1500
    ? objects
    : Array.from(
        { length: 1500 },
        (
          (random) => () =>
            random.pick(objects)
        )(new Random(options.seed, 10)),
      );
}

/** The mean size of an object over all sections but the configuration. */
function meanSize(plan, options, unit, sample) {
  const sections = new Sections(plan, options, new Renderer(plan, options, unit));
  const sum = sample.reduce((bytes, object) => bytes + sections.sizeOf(...object), 0);
  return sum / sample.length;
}

/** How much long text to give out so that the file gets its size: found by trying, since escapes and limits bend the line. */
function unitFor(plan, options) {
  if (options.bytesPerResource === 0) return 0;
  const wanted = options.bytesPerResource - lengthOf(configurationText(plan)) / options.resources;
  const sample = sampleOf(plan, options);
  const bare = meanSize(plan, options, 0, sample);
  if (wanted <= bare) return 0;
  let unit = (wanted - bare) / 8;
  for (let round = 0; round < 4; round++)
    unit *= (wanted - bare) / Math.max(1, meanSize(plan, options, unit, sample) - bare);
  return unit;
}

function figuresOf(plan, options, dependencies) {
  const tally = { create: 0, update: 0, replace: 0, delete: 0 };
  for (const { action } of plan.changes.values()) tally[action]++;
  return {
    resources: options.resources,
    ...tally,
    ending: tally.replace + tally.delete,
    edges: dependencies,
    modules: plan.modules.length - 1,
    moduleInstances: plan.modules.reduce((sum, module) => sum + module.instances.length, 0) - 1,
    blocks: plan.blocks.length,
    countShare: plan.repeated / options.resources,
  };
}

/**
 * The plan as a generator of strings that make the file when joined; nothing of what was yielded is kept.
 * Options are those of the command line in camel case (`bytesPerResource`), and `preset`. Returns what the plan holds:
 * `{resources, create, update, replace, delete, ending, edges, modules, moduleInstances, blocks, countShare}`.
 * Throws a RangeError when an option is out of range or a plan of that size cannot hold so many changes.
 */
export function* generatePlan(given = {}) {
  const options = complete(given);
  const plan = layOut(options);
  const sections = new Sections(plan, options, new Renderer(plan, options, unitFor(plan, options)));
  yield* sections.all();
  return figuresOf(plan, options, sections.dependencies);
}

/** Joins the many small strings: a stream that is handed one word at a time spends its time on handing. */
function* inChunks(pieces, done) {
  let chunk = "";
  for (;;) {
    const { value, done: ended } = pieces.next();
    if (ended) {
      yield chunk;
      return done(value);
    }
    chunk += value;
    if (chunk.length > 1 << 20) {
      yield chunk;
      chunk = "";
    }
  }
}

async function main() {
  const number = { type: "string" };
  const { values } = parseArgs({
    options: {
      resources: number,
      edges: number,
      ending: number,
      updates: number,
      creates: number,
      "bytes-per-resource": number,
      modules: number,
      "count-share": number,
      seed: number,
      unicode: { type: "boolean" },
      preset: { type: "string" },
      out: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return process.stdout.write(HELP);
  const { out, preset, help, unicode, ...numbers } = values;
  const given = Object.fromEntries(
    Object.entries(numbers).map(([name, text]) => [
      name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase()),
      text.trim() === "" ? NaN : Number(text),
    ]),
  );
  const started = performance.now();
  let figures;
  const target = out === undefined ? process.stdout : createWriteStream(out);
  const source = Readable.from(
    inChunks(generatePlan({ ...given, unicode, preset }), (value) => {
      figures = value;
    }),
    { objectMode: false },
  );
  let bytes = 0;
  source.on("data", (chunk) => {
    bytes += chunk.length;
  });
  await pipeline(source, target);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stderr.write(
    `${JSON.stringify({ ...figures, bytes, seconds: Number(seconds), maxRssMB: Math.round(process.resourceUsage().maxRSS / 1024) })}\n`,
  );
}

// Imported by tests, this file must do nothing; and argv[1] need not be a file then.
if (existsSync(process.argv[1] ?? "") && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    // The reader has seen enough (`| head`): not a failure worth a word.
    if (error.code === "EPIPE") return;
    process.stderr.write(
      `generate: ${error instanceof RangeError || error.code?.startsWith("ERR_PARSE_ARGS") ? error.message : error.stack}\n`,
    );
    process.exitCode = 2;
  });
}

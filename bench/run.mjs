#!/usr/bin/env node
// Measures the built CLI against named bases and prints the figures. It judges nothing: the column "bound" says what is
// wanted, the reader compares. Ratios from one run on one machine can be compared with other machines; bare seconds cannot.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const CLI = fileURLToPath(new URL("../dist/bin.js", import.meta.url));
const GENERATE = fileURLToPath(new URL("./generate.mjs", import.meta.url));
const CHANGE_SET = fileURLToPath(new URL("./change-set.mjs", import.meta.url));
const SMALL_PAIRS = 15;
const LARGE_PAIRS = 5;
const MEMORY_RUNS = 3;
const CURVE = [1000, 2000, 5000, 10000, 20000, 50000, 100000];
const PARTS = ["startup", "changes", "large", "curve", "dense"];
/** 475 MB: JSON.parse can only read what fits into one string, and V8 stops at 512 MiB. */
const HUGE = [
  "--resources",
  "40000",
  "--bytes-per-resource",
  "12280",
  "--ending",
  "3",
  "--updates",
  "12",
  "--creates",
  "5",
];

const HELP = `Usage: node bench/run.mjs [options]

Prints how the CLI compares with named bases: start-up, a large change set, a large plan, memory, and how the time for the blast radius grows.
Takes some minutes and up to 1 GB in the folder for temporary files (${os.tmpdir()}; TMPDIR chooses another).

  --cli FILE     the program to measure (dist/bin.js)
  --only PARTS   some of ${PARTS.join(", ")}, separated by commas (all)
  --pairs N      runs of each side, where 5 to 15 are usual: more on a noisy machine
  --huge         a plan of 475 MB too; the base needs about 2 GB of memory for it
  --help
`;

let folder;
let running;
let cli;
let pairsWanted;

function cleanUp() {
  running?.kill("SIGKILL");
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

const progress = (text) => process.stderr.write(`${text}\n`);
const file = (name) => path.join(folder, name);

/**
 * Runs node, and returns the seconds from spawn to exit. Asynchronous although only one process runs at a time: a blocking
 * spawn would also block the handler that removes the files on SIGINT.
 */
function run(args, accepted, env = process.env) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    let words = "";
    // The folder for temporary files holds neither a policy nor a repository, so the same work is done wherever this runs.
    const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] });
    running = child;
    child.stderr.setEncoding("utf8").on("data", (text) => {
      words = (words + text).slice(-4000);
    });
    child.on("error", reject);
    let seconds;
    child.on("exit", () => {
      seconds = (performance.now() - started) / 1000;
    });
    child.on("close", (code, signal) => {
      running = undefined;
      if (accepted.includes(code)) resolve(seconds);
      else reject(new Error(`node ${args.join(" ")}\nended with ${signal ?? `exit code ${code}`}\n${words.trim()}`));
    });
  });
}

/** 0, 1 and 3 are verdicts; 2 means that the work was not done, and its time would be worth nothing. */
const check = (name, ...options) => ({
  label: `check ${[...options, name].join(" ")}`,
  run: (env) => run([cli, "check", ...options, file(name)], [0, 1, 3], env),
});
const bareNode = { label: "node -e 0", run: (env) => run(["-e", "0"], [0], env) };
const jsonParse = (name) => ({
  label: `JSON.parse(readFileSync(${name}))`,
  run: (env) => run(["-e", "JSON.parse(fs.readFileSync(process.argv[1]))", file(name)], [0], env),
});

/** Writes a plan with a process of its own, so that the generator's memory is gone before anything is measured. */
async function generate(name, ...options) {
  progress(`generating ${name}: ${options.join(" ")}`);
  await run([GENERATE, ...options, "--out", file(name)], [0]);
  return statSync(file(name)).size;
}

const remove = (...names) => {
  for (const name of names) rmSync(file(name), { force: true });
};

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Runs two things in turn and returns their seconds, pair by pair: what slows the machine for a while then hits both sides of
 * a pair. Who goes first alternates, and one run of each comes before, so that both find the file in the page cache.
 */
async function measurePairs(one, base, usualPairs) {
  const pairs = pairsWanted ?? usualPairs;
  progress(`timing ${one.label} over ${base.label}, ${pairs} pairs`);
  await one.run();
  await base.run();
  const seconds = [];
  for (let i = 0; i < pairs; i++) {
    if (i % 2 === 0) {
      const first = await one.run();
      seconds.push([first, await base.run()]);
    } else {
      const first = await base.run();
      seconds.push([await one.run(), first]);
    }
  }
  return { seconds, ofOne: median(seconds.map(([a]) => a)), ofBase: median(seconds.map(([, b]) => b)) };
}

/**
 * What a measured process loads first, as CommonJS: a module would bring the loader of modules along, which the CLI does without,
 * and 6 MB with it. At its end it writes down its peak. VmHWM where there is /proc: the maxRSS that the
 * kernel reports also counts what this process held when it forked. Several lines when the CLI starts node again.
 */
const PEAK_HOOK = `const { appendFileSync, readFileSync } = require('node:fs');
process.on('exit', () => {
  let kilobytes = process.resourceUsage().maxRSS;
  try { kilobytes = Number(/VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'latin1'))[1]); } catch {}
  appendFileSync(process.env.FIREBREAK_BENCH_PEAK, kilobytes + '\\n');
});`;

/** Peak resident bytes, the median of some runs. Apart from the timing: the hook costs some milliseconds. */
async function measurePeak(one) {
  progress(`measuring the memory of ${one.label}, ${MEMORY_RUNS} runs`);
  const peaks = [];
  writeFileSync(file("peak-hook.cjs"), PEAK_HOOK);
  for (let i = 0; i < MEMORY_RUNS; i++) {
    const notes = file("peak.txt");
    remove("peak.txt");
    const hook = `--require=${JSON.stringify(file("peak-hook.cjs"))}`;
    await one.run({
      ...process.env,
      FIREBREAK_BENCH_PEAK: notes,
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} ${hook}`,
    });
    if (!existsSync(notes)) throw new Error(`${one.label}: ended without its peak being noted`);
    peaks.push(Math.max(...readFileSync(notes, "utf8").trim().split("\n").map(Number)) * 1024);
  }
  return median(peaks);
}

const times = (ratio) => `${ratio.toFixed(2)} x`;
const duration = (seconds) => (Math.abs(seconds) < 1 ? `${(seconds * 1000).toFixed(0)} ms` : `${seconds.toFixed(2)} s`);
const size = (bytes) => (bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} KB` : `${(bytes / 1e6).toFixed(0)} MB`);
const spread = (values, word) => `${word(Math.min(...values))} to ${word(Math.max(...values))}`;

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join("  ")
      .trimEnd();
  return [line(rows[0]), widths.map((width) => "-".repeat(width)).join("  "), ...rows.slice(1).map(line)].join("\n");
}

function ratioRow(name, one, base, { seconds, ofOne, ofBase }, bound) {
  const ratios = seconds.map(([a, b]) => a / b);
  return [
    name,
    times(median(ratios)),
    spread(ratios, times),
    `${one.label}: ${duration(ofOne)}`,
    `${base.label}: ${duration(ofBase)}`,
    bound,
  ];
}

async function startUp() {
  const bytes = await generate("small.json", "--preset", "small");
  const one = check("small.json", "--actor", "agent");
  const rows = [
    ratioRow(`start-up (${size(bytes)})`, one, bareNode, await measurePairs(one, bareNode, SMALL_PAIRS), "2.0 x"),
  ];
  remove("small.json");
  return rows;
}

/** A change set, over parsing it, start-up taken off: three things in turn, so that what slows the machine hits all of them. */
async function changes() {
  const names = ["changes.json", "two-changes.json"];
  for (const [place, count] of ["5000", "2"].entries()) {
    progress(`generating ${names[place]}: --changes ${count}`);
    await run([CHANGE_SET, "--changes", count, "--out", file(names[place])], [0]);
  }
  const bytes = statSync(file(names[0])).size;
  const [one, start] = names.map((name) => check(name, "--actor", "agent"));
  const base = jsonParse(names[0]);
  const rounds = pairsWanted ?? SMALL_PAIRS;
  progress(`timing ${one.label} over ${base.label}, ${rounds} rounds`);
  const seconds = [];
  for (let round = -1; round < rounds; round++) {
    const taken = [await one.run(), await base.run(), await start.run()];
    if (round >= 0) seconds.push(taken);
  }
  remove(...names);
  const fastest = (side) => Math.min(...seconds.map((taken) => taken[side]));
  const middle = (side) => median(seconds.map((taken) => taken[side]));
  const row = (name, of, range) => [
    name,
    times((of(0) - of(2)) / of(1)),
    range,
    `${one.label}: ${duration(of(0))}, less start-up: ${duration(of(2))}`,
    `${base.label}: ${duration(of(1))}`,
    "2.5 x",
  ];
  const ratios = seconds.map(([all, parse, small]) => (all - small) / parse);
  return [
    row(`5,000 changes (${size(bytes)}): time`, middle, spread(ratios, times)),
    row("5,000 changes: the same, fastest runs only", fastest, ""),
  ];
}

async function bigPlan(name, ...options) {
  const plan = `${name}.json`;
  const bytes = await generate(plan, ...options);
  const one = check(plan);
  const base = jsonParse(plan);
  const rows = [
    ratioRow(`${name} (${size(bytes)}): time`, one, base, await measurePairs(one, base, LARGE_PAIRS), "0.8 x"),
  ];
  const [peak, basePeak] = [await measurePeak(one), await measurePeak(base)];
  rows.push([
    `${name}: peak memory`,
    times(peak / bytes),
    "",
    `${one.label}: ${size(peak)}`,
    `size of the file: ${size(bytes)}`,
    "2.0 x",
  ]);
  rows.push([
    `${name}: for comparison`,
    times(basePeak / bytes),
    "",
    `${base.label}: ${size(basePeak)}`,
    `size of the file: ${size(bytes)}`,
    "-",
  ]);
  remove(plan);
  return rows;
}

/** The time that ends add: the same plan with and without them, pair by pair. */
async function radius(name, pairs, ...options) {
  const [plan, quiet] = [`${name}.json`, `${name}-nothing-ending.json`];
  const bytes = await generate(plan, ...options);
  await generate(quiet, ...options, "--ending", "0");
  const [one, base] = [check(plan, "--actor", "agent"), check(quiet, "--actor", "agent")];
  const measured = await measurePairs(one, base, pairs);
  remove(plan, quiet);
  const fastest = (side) => Math.min(...measured.seconds.map((pair) => pair[side]));
  // Two figures for one thing: what disturbs a run can only make it slower, so on a noisy machine the fastest runs of each
  // side tell more than the median of differences. Where both agree, believe them.
  const added = measured.seconds.map(([a, b]) => a - b);
  return { bytes, one, base, ...measured, added, addedAtBest: fastest(0) - fastest(1) };
}

async function dense() {
  const { bytes, one, base, added, addedAtBest, ofOne, ofBase } = await radius(
    "dense",
    LARGE_PAIRS,
    "--preset",
    "dense",
  );
  return [
    [
      `dense (${size(bytes)}): time added by the radius`,
      duration(median(added)),
      spread(added, duration),
      `${one.label}: ${duration(ofOne)}`,
      `${base.label}: ${duration(ofBase)}`,
      "0.5 s",
    ],
    ["dense: the same, fastest runs only", duration(addedAtBest), "", one.label, base.label, "0.5 s"],
  ];
}

/** Growth from one point to the next, as if the size had doubled: the steps of the curve are not all doublings. */
function perDoubling(from, to, sizes) {
  return from > 0 && to > 0 ? times((to / from) ** (1 / Math.log2(sizes[1] / sizes[0]))) : "-";
}

async function measureCurve(points) {
  for (const resources of CURVE) {
    const options = [
      "--resources",
      `${resources}`,
      "--edges",
      `${4 * resources}`,
      "--ending",
      `${0.04 * resources}`,
      "--bytes-per-resource",
      "0",
    ];
    points.push({ resources, ...(await radius(`curve-${resources}`, resources < 20000 ? 7 : 5, ...options)) });
  }
}

function curveTable(points) {
  const rows = points.map((point, i) => {
    const before = points[i - 1];
    const sizes = [before?.resources, point.resources];
    // A difference of two times that is smaller than its own spread says nothing, and neither does its growth.
    const clear = ({ added }) => median(added) > Math.max(...added) - Math.min(...added);
    return [
      point.resources.toLocaleString("en"),
      size(point.bytes),
      duration(point.ofOne),
      duration(point.ofBase),
      duration(median(point.added)),
      spread(point.added, duration),
      duration(point.addedAtBest),
      before === undefined ? "-" : perDoubling(before.ofOne, point.ofOne, sizes),
      before !== undefined && clear(before) && clear(point)
        ? perDoubling(median(before.added), median(point.added), sizes)
        : "-",
      before === undefined ? "-" : "2.3 x",
    ];
  });
  return table([
    [
      "resources",
      "file",
      "total",
      "nothing ending",
      "radius",
      "radius, range",
      "radius, fastest",
      "total per doubling",
      "radius per doubling",
      "bound",
    ],
    ...rows,
  ]);
}

const machine = () =>
  `${os.cpus()[0]?.model.trim() ?? "unknown processor"}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()} ${os.release()} ${os.arch()}, node ${process.version}`;

async function main() {
  const { values } = parseArgs({
    options: {
      cli: { type: "string" },
      only: { type: "string" },
      pairs: { type: "string" },
      huge: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return process.stdout.write(HELP);
  cli = path.resolve(values.cli ?? CLI);
  if (!existsSync(cli)) throw new Error(`${cli} does not exist: build first, or name the program with --cli`);
  const only = values.only?.split(",") ?? PARTS;
  const unknown = only.find((part) => !PARTS.includes(part));
  if (unknown !== undefined) throw new Error(`--only ${unknown}: there are ${PARTS.join(", ")}`);

  if (values.pairs !== undefined && !(Number.isSafeInteger(Number(values.pairs)) && Number(values.pairs) > 0))
    throw new Error(`--pairs ${values.pairs}: a whole number above 0 is needed`);
  pairsWanted = values.pairs === undefined ? undefined : Number(values.pairs);

  folder = mkdtempSync(path.join(os.tmpdir(), "firebreak-bench-"));
  const rows = [];
  const points = [];
  try {
    if (only.includes("startup")) rows.push(...(await startUp()));
    if (only.includes("changes")) rows.push(...(await changes()));
    if (only.includes("large")) rows.push(...(await bigPlan("large", "--preset", "large")));
    if (values.huge) rows.push(...(await bigPlan("huge", ...HUGE)));
    if (only.includes("dense")) rows.push(...(await dense()));
    if (only.includes("curve")) await measureCurve(points);
  } finally {
    // What was measured before something failed took minutes and is still true.
    print(rows, points);
  }
}

function print(rows, points) {
  if (rows.length + points.length === 0) return;
  process.stdout.write(`machine: ${machine()}\nprogram: ${cli}\n\n`);
  if (rows.length > 0)
    process.stdout.write(`${table([["measure", "median", "range", "measured", "base", "bound"], ...rows])}\n\n`);
  if (points.length > 0)
    process.stdout.write(
      `The radius curve: 4 edges for each resource, 4 % of the objects end; radius = total minus the same plan with nothing ending\n\n${curveTable(points)}\n\n`,
    );
}

process.on("exit", cleanUp);
for (const [signal, number] of [
  ["SIGINT", 2],
  ["SIGTERM", 15],
  ["SIGHUP", 1],
])
  process.on(signal, () => process.exit(128 + number));
main().catch((error) => {
  process.stderr.write(`bench: ${error.message}\n`);
  process.exitCode = 2;
});

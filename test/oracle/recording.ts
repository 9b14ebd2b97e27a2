/** Scenarios as files, so that they can be checked where there is no Terraform. */

import { readdirSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { writeFiles } from "../support/terraform.ts";
import type { Files } from "./render.ts";
import type { Scenario } from "./scenario.ts";
import type { Dependencies, Truth } from "./truth.ts";

const FOLDER = resolve(import.meta.dirname, "../../fixtures/oracle");

/** What is no plan, no state and no configuration: `expected.json`. */
interface Expected {
  readonly seed: number;
  readonly steps: Scenario["steps"];
  readonly args: Scenario["args"];
  readonly oracle: Scenario["oracle"];
  readonly truth: { readonly applied: StoredTruth; readonly edited: StoredTruth };
}

interface StoredTruth {
  readonly strict: StoredDependencies;
  /** What `loose` has beyond `strict`. */
  readonly beyond: StoredDependencies;
}

type StoredDependencies = Readonly<Record<string, readonly string[]>>;

export function recordedFile(name: string, file: string): string {
  return join(FOLDER, name, file);
}

export function readRecorded(name: string): Scenario {
  const text = (file: string): string => readFileSync(recordedFile(name, file), "utf8");
  const { truth, ...expected } = JSON.parse(text("expected.json")) as Expected;
  return {
    ...expected,
    before: filesIn(recordedFile(name, "before")),
    after: filesIn(recordedFile(name, "after")),
    plan: text("plan.json"),
    state: text("state.json"),
    truth: { applied: loaded(truth.applied), edited: loaded(truth.edited) },
  };
}

/** @throws Error when Terraform has put a path of this machine into what it said */
export function record(name: string, { seed, steps, args, before, after, plan, state, oracle, truth }: Scenario): void {
  for (const local of [tmpdir(), homedir(), process.cwd()]) {
    if ([plan, state].some((text) => text.includes(`${local}/`))) throw new Error(`${name} holds a path in ${local}`);
  }
  const expected: Expected = {
    seed,
    steps,
    args,
    oracle,
    truth: { applied: stored(truth.applied), edited: stored(truth.edited) },
  };
  rmSync(join(FOLDER, name), { recursive: true, force: true });
  writeFiles(join(FOLDER, name), {
    ...inFolder("before", before),
    ...inFolder("after", after),
    "plan.json": plan,
    "state.json": state,
    "expected.json": `${JSON.stringify(expected, null, 1)}\n`,
  });
}

/** Paths as they are seen from one folder above. */
export function inFolder(folder: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
}

function filesIn(folder: string): Files {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".tf"));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

function stored({ strict, loose }: Truth): StoredTruth {
  const own = ([address, reads]: readonly [string, ReadonlySet<string>]): [string, string[]] => {
    return [address, [...reads].filter((read) => !strict.get(address)?.has(read)).sort()];
  };
  const beyond = [...loose].map(own).filter(([, reads]) => reads.length > 0);
  return {
    strict: Object.fromEntries([...strict].map(([address, reads]) => [address, [...reads].sort()])),
    beyond: Object.fromEntries(beyond),
  };
}

function loaded({ strict, beyond }: StoredTruth): Truth {
  const addresses = Object.keys(strict);
  const all = (address: string): string[] => [...(strict[address] ?? []), ...(beyond[address] ?? [])];
  const reads = (of: (address: string) => readonly string[]): Dependencies =>
    new Map(addresses.map((address) => [address, new Set(of(address))]));
  return { strict: reads((address) => strict[address] ?? []), loose: reads(all) };
}

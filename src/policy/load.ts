/** From config files and ruleset names to the layers of a policy. Files are read by whoever calls. */

import rulesets from "../generated/rulesets.json" with { type: "json" };
import { FirebreakError } from "../model/error.ts";
import type { Policy } from "../model/policy.ts";
import { printable } from "../model/printable.ts";
import { nearestWord } from "./config/nearest-word.ts";
import type { RawConfig, RawExtends } from "./config/raw.ts";
import { mistakeIn, type Reference, toReference } from "./config/reference.ts";
import type { Layer } from "./in-force.ts";
import { mergeLayers } from "./layers.ts";
import { verifyPin } from "./pins.ts";

/** A config file: how it is named in messages, and its text. */
export interface ConfigFile {
  readonly name: string;
  readonly text: string;
  /** It was not read from the base although the policy is: only a digest tells that it is what the base means. */
  readonly unvouched?: true;
}

export interface PolicyRequest {
  /** The repository's own config; without one, `recommended` holds. */
  readonly config?: ConfigFile | undefined;
  /** Names or files from the command line, on top of the config; without a config, in place of `recommended`. */
  readonly rulesets: readonly string[];
  /** Reads a file that a config or the command line names; `from` is the config that names it, if one does. */
  readonly readFile: (path: string, from?: string) => Promise<ConfigFile>;
  /** The config in an installed package, or one of its files; `undefined` when no such package is installed. */
  readonly readPackage?: (name: string, from?: string) => Promise<ConfigFile | undefined>;
}

const BUILT_IN: Readonly<Record<string, RawConfig>> = rulesets as Readonly<Record<string, RawConfig>>;

/** @throws FirebreakError `bad-config`: every mistake of every file, each in a line */
export async function loadPolicy(request: PolicyRequest): Promise<Policy> {
  const loader = new Loader(request);
  if (request.config) await loader.add(() => loader.addFile(request.config as ConfigFile, FIRST));
  const names = request.rulesets.length > 0 || request.config ? request.rulesets : ["recommended"];
  for (const name of names) await loader.add(() => loader.addOption(name));
  loader.finish();
  return withExpressions(mergeLayers(loader.layers));
}

/** Expressions made ready; only a policy that has one loads what they need. */
async function withExpressions(policy: Policy): Promise<Policy> {
  const rules = Object.entries(policy.custom);
  if (!rules.some(([, { expression }]) => expression !== undefined)) return policy;
  const { compile } = await import("./custom/cel.ts");
  const ready = rules.map(([name, rule]) => {
    return [name, rule.expression === undefined ? rule : { ...rule, holds: compile(rule.expression) }] as const;
  });
  return { ...policy, custom: Object.fromEntries(ready) };
}

/** Where a name stands, for messages, and what it is read relative to. */
interface Naming {
  readonly where: string;
  readonly from?: string;
  /** Nothing lies below it yet: it stands on `recommended` unless it says on what else. */
  readonly isBase: boolean;
  /** What it names is there for what names it: where it was applied already, it is not applied again on top of others. */
  readonly isShared: boolean;
}

const FIRST: Naming = { where: "", isBase: true, isShared: false };

/** Collects layers, bases before what stands on them, and every mistake on the way. */
class Loader {
  readonly layers: Layer[] = [];
  private readonly request: PolicyRequest;
  private readonly open: string[] = [];
  private readonly mistakes: FirebreakError[] = [];

  constructor(request: PolicyRequest) {
    this.request = request;
  }

  /** What cannot be read is told with all the rest. */
  async add(layer: () => Promise<void>): Promise<void> {
    try {
      await layer();
    } catch (error) {
      if (!(error instanceof FirebreakError)) throw error;
      this.mistakes.push(error);
    }
  }

  /** @throws FirebreakError `bad-config` when there was a mistake */
  finish(): void {
    const [first, ...others] = this.mistakes;
    if (first === undefined) return;
    if (others.length === 0) throw first;
    const lines = new Set(this.mistakes.flatMap(({ message }) => message.split("\n")));
    throw new FirebreakError("bad-config", [...lines].join("\n"), { hint: first.hint, cause: first });
  }

  async addFile(file: ConfigFile, { where, isBase, isShared }: Naming): Promise<void> {
    const place = this.open.indexOf(file.name);
    if (place >= 0) throw circle([...this.open.slice(place), file.name], where);
    if (isShared && this.layers.some(({ name }) => name === file.name)) return;
    this.open.push(file.name);
    try {
      const { parseConfig } = await import("./config/parse.ts");
      const { config, placeOf } = await parseConfig(file.text, file.name);
      const bases = [config.extends ?? (isBase ? "recommended" : [])].flat() as RawExtends[];
      for (const [at, base] of bases.entries()) {
        const inner = placeOf(Array.isArray(config.extends) ? ["extends", at] : ["extends"]);
        const naming = { where: inner, from: file.name, isBase: false, isShared: !isBase };
        await this.add(() => this.addReference(toReference(base), naming));
      }
      this.layers.push({ name: file.name, config, placeOf });
    } finally {
      this.open.pop();
    }
  }

  /** What the command line names. The first layer of all stands on `recommended` unless it says on what else. */
  async addOption(name: string): Promise<void> {
    const mistake = mistakeIn(name);
    if (mistake !== undefined) throw new FirebreakError("bad-config", `--ruleset: ${mistake}`);
    const naming = { where: "--ruleset", isBase: this.layers.length === 0, isShared: false };
    await this.addReference(toReference(name), naming);
  }

  private async addReference(reference: Reference, naming: Naming): Promise<void> {
    const { name, kind } = reference;
    const builtIn = Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined;
    if (builtIn) return this.addBuiltIn(name, builtIn, naming.isShared);
    const { readFile, readPackage } = this.request;
    const read = kind === "file" ? readFile : readPackage;
    const file = await placed(naming.where, async () => read?.(name, naming.from));
    if (file === undefined) throw kind === "package" ? notInstalled(name, naming) : unknownRuleset(name, naming.where);
    verifyPin(reference, file, naming.where);
    await this.addFile(file, naming);
  }

  /** What a built-in ruleset stands on is not applied again on top of what came after it. */
  private addBuiltIn(name: string, config: RawConfig, isShared: boolean): void {
    if (isShared && this.layers.some((layer) => layer.name === name)) return;
    for (const base of [config.extends ?? []].flat()) {
      const inner = typeof base === "string" ? BUILT_IN[base] : undefined;
      if (inner) this.addBuiltIn(String(base), inner, true);
    }
    this.layers.push({ name, config });
  }
}

/** What is said of a file begins with where it is named. */
async function placed<Read>(where: string, read: () => Promise<Read>): Promise<Read> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof FirebreakError)) throw error;
    throw new FirebreakError(error.code, `${where}: ${error.message}`, { hint: error.hint, cause: error });
  }
}

function circle(names: readonly string[], where: string): FirebreakError {
  return new FirebreakError("bad-config", `${where}: extends goes round in a circle: ${names.join(" -> ")}`, {
    hint: "Take one of the files out of the circle.",
  });
}

function notInstalled(name: string, { where }: Naming): FirebreakError {
  return new FirebreakError(
    "bad-config",
    `${where}: the package ${printable(name)} is not installed here, or has no such file`,
    {
      hint: "Install it (npm ci) before firebreak runs. Its firebreak.yaml, or the file named, is looked for in node_modules, from the config's folder up.",
    },
  );
}

function unknownRuleset(name: string, where: string): FirebreakError {
  const known = Object.keys(BUILT_IN);
  const near = nearestWord(name, known);
  const meant = near === undefined ? "" : ` Did you mean "${near}"?`;
  const all = `Known: ${known.join(", ")}, the path of a file, or a package that is installed.`;
  return new FirebreakError("bad-config", `${where}: unknown ruleset "${printable(name)}".${meant} ${all}`);
}

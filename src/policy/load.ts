/** From config files and ruleset names to the layers of a policy. Files are read by whoever calls. */

import rulesets from "../generated/rulesets.json" with { type: "json" };
import { FirebreakError } from "../model/error.ts";
import type { Policy } from "../model/policy.ts";
import { printable } from "../model/printable.ts";
import { nearestWord } from "./config/nearest-word.ts";
import type { RawConfig } from "./config/raw.ts";
import type { Layer } from "./in-force.ts";
import { mergeLayers } from "./layers.ts";

/** A config file: how it is named in messages, and its text. */
export interface ConfigFile {
  readonly name: string;
  readonly text: string;
}

export interface PolicyRequest {
  /** The repository's own config; without one, `recommended` holds. */
  readonly config?: ConfigFile | undefined;
  /** Names or files from the command line, on top of the config; without a config, in place of `recommended`. */
  readonly rulesets: readonly string[];
  /** Reads a file that a config or the command line names; `from` is the config that names it, if one does. */
  readonly readFile: (path: string, from?: string) => Promise<ConfigFile>;
}

const BUILT_IN: Readonly<Record<string, RawConfig>> = rulesets as Readonly<Record<string, RawConfig>>;

/** @throws FirebreakError `bad-config` */
export async function loadPolicy(request: PolicyRequest): Promise<Policy> {
  const loader = new Loader(request.readFile);
  if (request.config) await loader.addFile(request.config, true);
  const names = request.rulesets.length > 0 || request.config ? request.rulesets : ["recommended"];
  // The first layer of all stands on `recommended` unless it says on what else.
  for (const name of names) await loader.addNamed(name, { where: "--ruleset", isBase: loader.layers.length === 0 });
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
  readonly isBase: boolean;
}

/** Collects layers, bases before what stands on them. */
class Loader {
  readonly layers: Layer[] = [];
  private readonly readFile: PolicyRequest["readFile"];
  private readonly open: string[] = [];

  constructor(readFile: PolicyRequest["readFile"]) {
    this.readFile = readFile;
  }

  async addFile(file: ConfigFile, isBase: boolean): Promise<void> {
    if (this.open.includes(file.name)) {
      const circle = [...this.open.slice(this.open.indexOf(file.name)), file.name].join(" -> ");
      throw new FirebreakError("bad-config", `${file.name}: extends goes round in a circle: ${circle}`, {
        hint: "Take one of the files out of the circle.",
      });
    }
    this.open.push(file.name);
    const { parseConfig } = await import("./config/parse.ts");
    const { config, placeOf } = await parseConfig(file.text, file.name);
    const bases = [config.extends ?? (isBase ? "recommended" : [])].flat();
    for (const [place, name] of bases.entries()) {
      const where = placeOf(Array.isArray(config.extends) ? ["extends", place] : ["extends"]);
      await this.addNamed(name, { where, from: file.name, isBase: false });
    }
    this.open.pop();
    this.layers.push({ name: file.name, config, placeOf });
  }

  async addNamed(name: string, naming: Naming): Promise<void> {
    const builtIn = Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined;
    if (builtIn) return this.addBuiltIn(name, builtIn);
    if (!/[./\\]/.test(name)) throw unknownRuleset(name, naming.where);
    await this.addFile(await this.readFile(name, naming.from), naming.isBase);
  }

  /** What a built-in ruleset stands on is not applied again on top of what came after it. */
  private addBuiltIn(name: string, config: RawConfig): void {
    for (const base of [config.extends ?? []].flat()) {
      const known = this.layers.some((layer) => layer.name === base);
      const inner = BUILT_IN[base];
      if (!known && inner) this.addBuiltIn(base, inner);
    }
    this.layers.push({ name, config });
  }
}

function unknownRuleset(name: string, where: string): FirebreakError {
  const known = Object.keys(BUILT_IN);
  const near = nearestWord(name, known);
  const meant = near === undefined ? "" : ` Did you mean "${near}"?`;
  const all = `Known: ${known.join(", ")}, or the path of a file.`;
  return new FirebreakError("bad-config", `${where}: unknown ruleset "${printable(name)}".${meant} ${all}`);
}

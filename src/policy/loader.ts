/** Config files, what they stand on, and rulesets of the command line: to layers, with every mistake on the way. */

import { FirebreakError } from "../model/error.ts";
import { printable } from "../model/printable.ts";
import { addBuiltIn, BUILT_IN, isBuiltIn } from "./built-in.ts";
import { nearestWord } from "./config/nearest-word.ts";
import { parseConfig } from "./config/parse.ts";
import type { RawExtends } from "./config/raw.ts";
import { mistakeIn, type Reference, toReference } from "./config/reference.ts";
import type { Layer } from "./in-force.ts";
import { verifyPin } from "./pins.ts";
import { placed } from "./placed.ts";
import type { ConfigFile, PolicyRequest } from "./request.ts";

/** Bases before what stands on them. @throws FirebreakError `bad-config`: every mistake of every file, each in a line */
export async function collectLayers(request: PolicyRequest): Promise<readonly Layer[]> {
  const loader = new Loader(request);
  const { config, rulesets } = request;
  if (config !== undefined) await loader.add(() => loader.addFile(config, FIRST));
  for (const name of rulesets) await loader.add(() => loader.addOption(name));
  loader.finish();
  return loader.layers;
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
    if (isBuiltIn(name)) return addBuiltIn(this.layers, name, naming.isShared);
    const { readFile, readPackage } = this.request;
    const read = kind === "file" ? readFile : readPackage;
    const file = await placed(naming.where, async () => read?.(name, naming.from));
    if (file === undefined) throw kind === "package" ? notInstalled(name, naming) : unknownRuleset(name, naming.where);
    verifyPin(reference, file, naming.where);
    await this.addFile(file, naming);
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

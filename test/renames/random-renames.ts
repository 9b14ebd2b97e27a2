/** Random configurations and the same ones under other names: everything that a `moved` block can say. */

import { Random } from "../oracle/random.ts";

export type Files = Readonly<Record<string, string>>;

export interface Renamed {
  readonly before: Files;
  readonly after: Files;
}

/** Keys that have to be escaped in addresses, or that look like one. */
const KEYS = ["x", "a.b", 'q"t', `d\${l}`, "p%{q}", "b[0]", "n\nl", "ü☃", "back\\s", "module.m", "0"];

interface Block {
  readonly name: string;
  readonly renamed: string;
  /** Keys before and after; `undefined`: a single instance, numbers: count. */
  readonly keys: Repetition;
  readonly newKeys: Repetition;
}

type Repetition = readonly (string | number)[] | undefined;

interface Resource extends Block {
  /** What each instance holds, in the order of its keys; `undefined`: nothing. */
  readonly inputs: readonly string[] | undefined;
  /** Another resource of the module, by its place, whose ids it holds too. */
  readonly reads: number | undefined;
}

interface Module extends Block {
  readonly folder: string;
  readonly resources: readonly Resource[];
  readonly modules: readonly Module[];
}

/**
 * With `distinct` every object is known by what it holds. Otherwise values repeat, and some renames cannot be told from
 * each other.
 */
export function randomRename(seed: number, distinct: boolean): Renamed {
  const random = new Random(seed);
  let count = 0;
  const name = (kind: string): string => `${kind}${count++}`;
  const value = (): string => (distinct ? `v${count++}` : random.pick(["same", "other"]));

  const block = (kind: string, mayRepeat: boolean): Block => {
    const own = name(kind);
    const renamed = random.chance(0.5) ? name(kind) : own;
    const size = random.between(1, 3);
    const indices = Array.from({ length: size }, (_, index) => index);
    const texts = random.shuffled(KEYS).slice(0, size);
    const kinds: readonly (readonly [number, Repetition])[] = [
      [2, undefined],
      [1, indices],
      [1, texts],
    ];
    const keys = mayRepeat ? random.weighted(kinds) : undefined;
    // From count to for_each, from one instance to a keyed one, or other keys, in no order.
    const rekeyed = mayRepeat && random.chance(0.3);
    const newKeys = rekeyed ? texts.slice(0, keys?.length ?? 1) : keys;
    return { name: own, renamed, keys, newKeys };
  };
  const resource = (place: number): Resource => {
    const own = block("r", true);
    const inputs = !distinct && random.chance(0.2) ? undefined : (own.keys ?? [0]).map(value);
    return { ...own, inputs, reads: place > 0 && random.chance(0.4) ? random.between(0, place - 1) : undefined };
  };
  const module = (depth: number): Module => {
    // Instances of a module hold the same, so that only their keys tell them apart.
    const own = block("m", !distinct || random.chance(0.3));
    const keys = own.keys;
    const newKeys = distinct ? keys : own.newKeys;
    return {
      ...own,
      newKeys,
      folder: name("folder"),
      resources: Array.from({ length: random.between(1, 3) }, (_, place) => resource(place)),
      modules: depth === 0 ? [] : Array.from({ length: random.between(0, 2) }, () => module(depth - 1)),
    };
  };
  const root: Module = { ...module(2), folder: "" };
  return { before: files(root, false), after: files(root, true) };
}

function files(module: Module, renamed: boolean): Record<string, string> {
  const parts = [
    ...module.resources.map((one) => renderResource(one, module, renamed)),
    ...module.modules.map((one) => renderCall(one, module, renamed)),
  ];
  const path = module.folder === "" ? "main.tf" : `${module.folder}/main.tf`;
  return Object.assign({ [path]: parts.join("\n") }, ...module.modules.map((one) => files(one, renamed)));
}

function renderResource(resource: Resource, module: Module, renamed: boolean): string {
  const { inputs, reads } = resource;
  const keys = renamed ? resource.newKeys : resource.keys;
  const [repetition, own] = inputs === undefined ? repeated(keys, undefined) : repeated(keys, inputs);
  const source = reads === undefined ? undefined : module.resources[reads];
  const sourceName = source && (renamed ? source.renamed : source.name);
  const read =
    sourceName === undefined
      ? ""
      : source?.keys === undefined && source?.newKeys === undefined
        ? `terraform_data.${sourceName}.id`
        : "";
  const values = [own, read].filter((text) => text !== "");
  const input = values.length === 0 ? "" : `  input = [${values.join(", ")}]\n`;
  return `resource "terraform_data" "${renamed ? resource.renamed : resource.name}" {\n${repetition}${input}}\n`;
}

function renderCall(module: Module, from: Module, renamed: boolean): string {
  const [repetition] = repeated(renamed ? module.newKeys : module.keys, undefined);
  return `module "${renamed ? module.renamed : module.name}" {\n${repetition}  source = "${from.folder === "" ? "./" : "../"}${module.folder}"\n}\n`;
}

/** The line that repeats a block, and the expression for what each instance holds. */
function repeated(keys: Repetition, inputs: readonly string[] | undefined): readonly [line: string, own: string] {
  const texts = inputs?.map(quoted) ?? [];
  if (keys === undefined) return ["", texts[0] ?? ""];
  if (typeof keys[0] === "number") {
    return [`  count = ${keys.length}\n`, inputs === undefined ? "" : `[${texts.join(", ")}][count.index]`];
  }
  const entries = keys.map((key, place) => `${quoted(String(key))} = ${texts[place] ?? '""'}`);
  return [`  for_each = {\n    ${entries.join("\n    ")}\n  }\n`, inputs === undefined ? "" : "each.value"];
}

function quoted(text: string): string {
  return `"${text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n")
    .replaceAll("${", () => "$${")
    .replaceAll("%{", () => "%%{")}"`;
}

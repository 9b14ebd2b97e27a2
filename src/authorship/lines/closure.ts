/** All that may decide what becomes of an object: its block, what that refers to, and the calls of the modules around it. */

import { splitAddress, withoutKeys } from "../../model/address.ts";
import type { Unit, UnitModule, UnitTree } from "../../model/units.ts";

/** `folder key`, as commits name what they edit. */
export type UnitName = `${string} ${string}`;

export function nameOf(folder: string, key: string): UnitName {
  return `${folder} ${key}`;
}

/** An object: the module that it stands in, without keys, and its own address there. */
export function placeOf(address: string): { readonly path: string; readonly key: string } {
  const steps = splitAddress(withoutKeys(address));
  let at = 0;
  while (steps[at] === "module" && steps.length > at + 2) at += 2;
  return { path: steps.slice(0, at).join("."), key: steps.slice(at).join(".") };
}

export interface Reach {
  readonly names: ReadonlySet<UnitName>;
  /** Its own block, or the nearest call around it. */
  readonly own: readonly UnitName[];
}

/** What may decide over an object, as one revision has it. */
export function reachOf(address: string, tree: UnitTree): Reach {
  const names = new Set<UnitName>();
  const open: { readonly path: string; readonly key: string }[] = [];
  const visit = (path: string, key: string): void => {
    const module = tree.modules.get(path);
    if (module === undefined || names.has(nameOf(module.folder, key))) return;
    names.add(nameOf(module.folder, key));
    open.push({ path, key });
  };
  const { path, key } = knownPlace(address, tree);
  visit(path, key);
  // What a provider is told counts for everything that it makes.
  for (const [inside, { units }] of tree.modules) {
    for (const unit of units) if (speaksOfAll(unit.key) && !NAMES_ONLY.has(unit.key)) visit(inside, unit.key);
  }
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path: inside } = next;
    const { caller, call } = callOf(inside);
    if (call !== undefined) visit(caller, call);
    const module = tree.modules.get(inside);
    const own = unitsOf(module, next.key);
    for (const { references } of own) for (const one of references) follow(one, inside, tree, visit);
  }
  const folder = tree.modules.get(path)?.folder;
  return { names, own: folder === undefined ? [] : [nameOf(folder, key)] };
}

function unitsOf(module: UnitModule | undefined, key: string): readonly Unit[] {
  return module?.units.filter((unit) => unit.key === key) ?? [];
}

/** What stands in a module that the repository does not hold is decided by its call. */
function knownPlace(address: string, tree: UnitTree): { readonly path: string; readonly key: string } {
  let { path, key } = placeOf(address);
  while (!tree.modules.has(path) && path !== "") {
    const { caller, call = "" } = callOf(path);
    [path, key] = [caller, call];
  }
  return { path, key };
}

/** `module.a.module.b` is called in `module.a` by `module.b`; the root by nobody. */
function callOf(path: string): { readonly caller: string; readonly call?: string } {
  if (path === "") return { caller: "" };
  const steps = path.split(".");
  return { caller: steps.slice(0, -2).join("."), call: steps.slice(-2).join(".") };
}

type Visit = (path: string, key: string) => void;

function follow(reference: string, path: string, tree: UnitTree, visit: Visit): void {
  const [first = "", second = "", third = ""] = splitAddress(withoutKeys(reference));
  if (first === "data" || first === "ephemeral") visit(path, `${first}.${second}.${third}`);
  else if (first === "module") {
    visit(path, `module.${second}`);
    const inner = path === "" ? `module.${second}` : `${path}.module.${second}`;
    // A module as a whole: anything in it may count, as for depends_on.
    if (third === "") everythingBelow(inner, tree, visit);
    else visit(inner, `output.${third}`);
  } else visit(path, `${first}.${second}`);
}

function everythingBelow(path: string, { modules }: UnitTree, visit: Visit): void {
  for (const [inner, { units }] of modules) {
    if (inner !== path && !inner.startsWith(`${path}.`)) continue;
    for (const { key } of units) visit(inner, key);
  }
}

/** These name addresses, and depend on nothing. */
const NAMES_ONLY: ReadonlySet<string> = new Set(["moved", "removed"]);

/** Blocks that speak of everything around them, by the folders of a tree: providers, moves, what is removed or imported. */
export function speaksOfAll(key: string): boolean {
  return !key.includes(".");
}

export function foldersOf({ modules }: UnitTree): ReadonlySet<string> {
  return new Set([...modules.values()].map(({ folder }) => folder));
}

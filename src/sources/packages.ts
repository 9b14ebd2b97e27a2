/** Configs in installed packages: where they may lie, from a folder up, as Node looks for packages. */

import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { CONFIG_NAMES, readConfig, severalConfigs } from "./config-file.ts";

/**
 * The config in an installed package, or one of its files; `from` is the config that names it.
 * @returns `undefined` when no such package is installed
 */
export function readPackage(
  name: string,
  from: string | undefined,
  cwd: string,
): { readonly name: string; readonly text: string } | undefined {
  const path = firstOf(
    packagePlaces(name, from === undefined ? cwd : dirname(resolve(from))).map((paths) =>
      paths.filter((one) => existsSync(one)),
    ),
  );
  return path === undefined ? undefined : readConfig(path);
}

/** The nearest place that has a file. @throws FirebreakError `bad-config` where that has several */
export function firstOf(places: readonly (readonly string[])[]): string | undefined {
  const [first, ...others] = places.find((paths) => paths.length > 0) ?? [];
  if (first !== undefined && others.length > 0)
    throw severalConfigs(
      dirname(first),
      [first, ...others].map((path) => basename(path)),
    );
  return first;
}

/** The paths that a package's config, or one file in a package, may have; the nearest first, and each place's together. */
export function packagePlaces(name: string, folder: string): readonly (readonly string[])[] {
  const folders = [...above(folder), ...(existsSync(folder) ? above(realpathSync(folder)) : [])];
  // A scope and a name; what follows is a file in the package.
  const [first = "", second = "", ...file] = name.split("/");
  const inside = first.startsWith("@") ? file : [second, ...file].filter((part) => part !== "");
  const own = first.startsWith("@") ? join(first, second) : first;
  const files = inside.length > 0 ? [join(...inside)] : CONFIG_NAMES;
  return [...new Set(folders)].map((one) => files.map((path) => join(one, "node_modules", own, path)));
}

function above(folder: string): string[] {
  const folders = [folder];
  for (let at = folder; dirname(at) !== at; at = dirname(at)) folders.push(dirname(at));
  return folders;
}

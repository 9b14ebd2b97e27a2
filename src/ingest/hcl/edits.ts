/** Commits to what each does to the source, unit by unit: layout and file names count for nothing. */

import type { EditedCommit, FileEdit, HistoryCommit, Unit, UnitEdit } from "../../model/units.ts";
import { tellingLines, unitsOf } from "./units.ts";

export function editsOf({ sha, isMerge, files }: HistoryCommit): EditedCommit {
  const source = files.filter(({ path, isSpecial }) => isSource(path) && !isSpecial);
  const others = files.filter((file) => !source.includes(file));
  const folders = new Map<string, { readonly before: Unit[]; readonly after: Unit[] }>();
  let isUntold = false;
  for (const { path, name, before, after } of source) {
    const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".";
    const known = folders.get(folder) ?? { before: [], after: [] };
    folders.set(folder, known);
    for (const [side, bytes] of [
      ["before", before],
      ["after", after],
    ] as const) {
      const units = bytes === undefined ? [] : unitsOf(name, bytes);
      if (units === undefined) isUntold = true;
      known[side].push(...(units ?? []));
    }
  }
  const edits = [...folders].flatMap(([folder, { before, after }]) => editsIn(folder, before, after));
  return {
    sha,
    isMerge,
    edits,
    isUntold,
    others: others.map(({ path, isSpecial, ...sides }) => ({ path, isSpecial, added: addedLines(sides) })),
  };
}

/** Hidden files are passed over by Terraform; what a `.tofu` file takes the place of only OpenTofu knows. */
function isSource(path: string): boolean {
  return /\.tf(\.json)?$/.test(path) && !/(^|\/)[.#][^/]*$/.test(path);
}

/** Units of one key are taken together: there are several `provider` blocks, and overrides of one block. */
function editsIn(folder: string, before: readonly Unit[], after: readonly Unit[]): UnitEdit[] {
  const keys = new Set([...before, ...after].map(({ key }) => key));
  return [...keys].flatMap((key): UnitEdit[] => {
    const old = before.filter((unit) => unit.key === key);
    const now = after.filter((unit) => unit.key === key);
    if (contentOf(old) === contentOf(now)) return [];
    const known = new Set(old.flatMap(({ lines }) => lines));
    const same = new Set(old.map(identityOf));
    const place = now.find((unit) => !same.has(identityOf(unit))) ?? now[0] ?? old[0];
    if (place === undefined) return [];
    return [
      {
        folder,
        key,
        did: now.length === 0 ? "removed" : old.length === 0 ? "added" : "changed",
        location: place.location,
        added: now.flatMap(({ lines }) => lines).filter((line) => !known.has(line)),
      },
    ];
  });
}

function identityOf({ text, isOverride }: Unit): string {
  return `${isOverride} ${text}`;
}

function contentOf(units: readonly Unit[]): string {
  return JSON.stringify(units.map(identityOf).sort());
}

function addedLines({ before, after }: Pick<FileEdit, "before" | "after">): string[] {
  const lines = (bytes: Uint8Array | undefined): string[] =>
    bytes === undefined ? [] : tellingLines(Buffer.from(bytes).toString("utf8").split("\n"));
  const known = new Set(lines(before));
  return lines(after).filter((line) => !known.has(line));
}

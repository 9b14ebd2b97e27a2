/** What stands now where a block was removed. */

import type { Location } from "../../model/source.ts";
import type { Unit, UnitTree } from "../../model/units.ts";
import { placeOf } from "./closure.ts";

/**
 * The block that now comes where the one of this address stood in its file, else the one before it, else the first line.
 * `undefined` when it is still there, or its file is gone.
 */
export function remainingPlace(address: string, before: UnitTree, after: UnitTree): Location | undefined {
  const { path, key } = placeOf(address);
  const old = before.modules.get(path);
  const gone = old?.units.find((unit) => unit.key === key);
  if (old === undefined || gone === undefined) return undefined;
  const now = [...after.modules.values()].filter(({ folder }) => folder === old.folder).flatMap(({ units }) => units);
  if (now.some((unit) => unit.key === key)) return undefined;
  const { file, line } = gone.location;
  const inFile = (unit: Unit): boolean => unit.location.file === file;
  const places = new Map(now.filter(inFile).map((unit) => [unit.key, unit.location]));
  if (places.size === 0) return undefined;
  const beside = old.units.filter(inFile).sort((left, right) => left.location.line - right.location.line);
  const behind = beside.filter((unit) => unit.location.line > line);
  const ahead = beside.filter((unit) => unit.location.line < line).reverse();
  const next = [...behind, ...ahead].find((unit) => places.has(unit.key));
  return (next && places.get(next.key)) ?? { file, line: 1 };
}

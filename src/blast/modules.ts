/** How much of each module instance ends: an environment is often a module, and a share of everything hides that. */

import { parseAddress, splitAddress } from "../model/address.ts";
import type { AssessedChange, ModuleLoss } from "../model/blast.ts";
import type { ExistingObject } from "../model/dependencies.ts";
import { AddressRanges } from "./address-ranges.ts";
import { countRange, dataLossRange } from "./counts.ts";

export function moduleLosses(objects: readonly ExistingObject[], changes: readonly AssessedChange[]): ModuleLoss[] {
  const ending = new Map<string, AssessedChange[]>();
  for (const assessed of changes) {
    if (!assessed.counted) continue;
    for (const address of modulesAround(assessed.change.address)) {
      const known = ending.get(address);
      if (known) known.push(assessed);
      else ending.set(address, [assessed]);
    }
  }
  if (ending.size === 0) return [];
  const ranges = new AddressRanges(objects, ({ managed }) => managed);
  return [...ending.keys()].sort().map((address) => {
    const lost = ending.get(address) ?? [];
    return { address, existing: ranges.inModule(address), ...countsOf(lost) };
  });
}

function countsOf(lost: readonly AssessedChange[]): Pick<ModuleLoss, "ended" | "dataLoss"> {
  return { ended: countRange(lost, () => true), dataLoss: dataLossRange(lost) };
}

/** The instances that an object lies in, from the outermost inwards. */
function modulesAround(address: string): string[] {
  const { module } = parseAddress(address);
  const steps = module === "" ? [] : splitAddress(module);
  return steps.flatMap((_, place) => (place % 2 === 1 ? [steps.slice(0, place + 1).join(".")] : []));
}

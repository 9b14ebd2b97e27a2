/** The lines of the source that have to do with a change: its block, what forces it, what runs when it ends. No values. */

import type { Judgement } from "../../model/judgement.ts";
import type { ResourceChange } from "../../model/plan.ts";
import { type ConfigurationSource, type Location, type SourceResource, sourceResource } from "../../model/source.ts";
import type { Explored, SourceLine } from "./explored.ts";

export function sourceLinesIn({ plans }: Judgement): Explored["sourceOf"] {
  return (entry) => {
    const { plan } = plans[entry.plan]?.assessed ?? {};
    const { address, deposed } = entry.change;
    const change = plan?.changes.find((one) => one.address === address && one.deposed === deposed);
    return plan?.source === undefined || change === undefined ? [] : linesOf(change, plan.source);
  };
}

function linesOf(change: ResourceChange, source: ConfigurationSource): SourceLine[] {
  const block = sourceResource(source, change.address);
  if (block === undefined) return [];
  const { lifecycle, provisioners } = block;
  const guard =
    lifecycle.preventDestroy === true ? [line(block.location, "lifecycle.prevent_destroy is set here")] : [];
  const onDestroy = provisioners
    .filter(({ when }) => when === "destroy")
    .map(({ type, location }) => line(location, `provisioner ${type} runs when it ends`));
  return [line(block.location, "its block"), ...forcing(change, block), ...guard, ...onDestroy];
}

/** Arguments for which it is replaced, where the block writes them. */
function forcing({ replacePaths }: ResourceChange, { arguments: written }: SourceResource): SourceLine[] {
  const names = new Set(replacePaths.map(([name]) => String(name)));
  return [...names].flatMap((name) => {
    const location = written.get(name)?.location;
    return location === undefined ? [] : [line(location, `${name}, which cannot be changed in place`)];
  });
}

function line({ file, line: number }: Location, what: string): SourceLine {
  return { place: `${file}:${number}`, what };
}

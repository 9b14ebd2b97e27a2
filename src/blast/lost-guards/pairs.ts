/** What became of the blocks of an earlier source: each with its successor, through `moved` blocks, whatever file they stand in. */

import { withoutKeys } from "../../model/address.ts";
import {
  type ConfigurationSource,
  type SourceCall,
  type SourceModule,
  type SourceResource,
  sourceCall,
  sourceResource,
} from "../../model/source.ts";

export interface Pair<Block> {
  /** Without keys: where it stands now, else where it stood. */
  readonly address: string;
  readonly before: Block;
  /** `undefined` when its block is gone. */
  readonly after: Block | undefined;
}

/** Managed resources of all modules. */
export function resourcePairs(before: ConfigurationSource, after: ConfigurationSource): Pair<SourceResource>[] {
  const movedTo = mover(after);
  return modulesOf(before.root).flatMap(({ path, resources }) =>
    [...resources]
      .filter(([local]) => !local.startsWith("data."))
      .map(([local, block]) => {
        const address = movedTo(within(path, local));
        return { address, before: block, after: sourceResource(after, address) };
      }),
  );
}

export function callPairs(before: ConfigurationSource, after: ConfigurationSource): Pair<SourceCall>[] {
  const movedTo = mover(after);
  return modulesOf(before.root).flatMap(({ path, calls }) =>
    [...calls].map(([name, call]) => {
      const address = movedTo(within(path, `module.${name}`));
      return { address, before: call, after: sourceCall(after, address) };
    }),
  );
}

export function modulesOf(root: SourceModule): SourceModule[] {
  const inner = [...root.calls.values()].flatMap(({ module }) => (module === undefined ? [] : modulesOf(module)));
  return [root, ...inner];
}

function within(path: string, local: string): string {
  return path === "" ? local : `${path}.${local}`;
}

/** Moves may follow each other; more than these are a circle. */
const LONGEST_CHAIN = 50;

/** Where an address leads under the `moved` blocks of all modules, instance keys aside. */
function mover({ root }: ConfigurationSource): (address: string) => string {
  const moves = modulesOf(root).flatMap(({ path, moved }) =>
    moved.map(({ from, to }) => ({ from: within(path, withoutKeys(from)), to: within(path, withoutKeys(to)) })),
  );
  return (address) => {
    let at = address;
    for (let steps = 0; steps < LONGEST_CHAIN; steps++) {
      const move = moves.find(({ from, to }) => from !== to && (at === from || at.startsWith(`${from}.`)));
      if (move === undefined) break;
      at = `${move.to}${at.slice(move.from.length)}`;
    }
    return at;
  };
}

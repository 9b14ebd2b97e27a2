/** A random edit of an applied configuration, as somebody makes it who then plans it: at least one part of it ends objects. */

import { withoutKeys } from "../../src/model/address.ts";
import {
  type Change,
  create,
  cut,
  grow,
  type Operation,
  removeBlock,
  removeCall,
  replaceBlock,
  shrink,
  update,
} from "./edit-changes.ts";
import { rekey, rename, repeatIt, wrap } from "./edit-moves.ts";
import { redirect } from "./edit-redirect.ts";
import { type Attributes, Literals } from "./literals.ts";
import { addressOf, type Block, joined, type Module, pathsOf } from "./model.ts";
import { Random } from "./random.ts";
import { repair } from "./repair.ts";
import { truthOf } from "./truth.ts";
import { Unresolvable } from "./value.ts";

export interface Edit {
  readonly after: Module;
  /** Arguments of `terraform plan`. */
  readonly args: readonly string[];
  /** What was done, for whoever has to find out why a seed fails. */
  readonly steps: readonly string[];
}

const ENDING: readonly (readonly [number, Operation])[] = [
  [4, replaceBlock],
  [4, removeBlock],
  [1, removeCall],
  [3, shrink],
];
const MOVING: readonly (readonly [number, Operation])[] = [
  [2, rename],
  [2, rekey],
  [2, repeatIt],
  [1, wrap],
];
const OTHER: readonly (readonly [number, Operation])[] = [
  [2, cut],
  [1, grow],
  [1, create],
  [2, update],
];

export function randomEdit(seed: number, before: Module, attributes: Attributes): Edit {
  const random = new Random(seed * 7919 + 1);
  const args = argumentsFor(random, before);
  const requested = args.flatMap((arg) => (arg.startsWith("-replace=") ? arg.slice("-replace=".length) : []));
  const destroysAll = args.includes("-destroy");
  // A plan made with -destroy that refreshes moves objects without saying so: it has no previous_address (Terraform 1.11.4).
  const tellsMoves = !destroysAll || args.includes("-refresh=false");
  const further = [...ENDING, ...OTHER, ...(tellsMoves ? MOVING : [])];
  const operations = [
    random.weighted(ENDING),
    ...Array.from({ length: random.between(0, 3) }, () => random.weighted(further)),
    // Last, since it has to know what ends.
    ...(random.chance(0.3) && !destroysAll ? [redirect(before, requested)] : []),
  ];
  let after = structuredClone(before);
  const steps: string[] = [];
  for (const operation of operations) {
    const root = structuredClone(after);
    const literals = new Literals(random, [before, after], attributes);
    const done = attempt(operation, { random, root, literals, isRead: readIn(root) });
    if (done === undefined) continue;
    after = root;
    steps.push(done);
  }
  return { after, args, steps };
}

function attempt(operation: Operation, change: Change): string | undefined {
  try {
    const done = operation(change);
    repair(change.root, change.literals, change.random);
    return done;
  } catch (error) {
    // Not every edit can be mended; then this one is not made.
    if (error instanceof Unresolvable) return undefined;
    throw error;
  }
}

/** Whether instances of a block are read by others. */
function readIn(root: Module): (block: Block) => boolean {
  const read = new Set([...truthOf(root).strict.values()].flatMap((reads) => [...reads].map(withoutKeys)));
  const paths = pathsOf(root);
  return (block) =>
    paths.some(({ module, path }) => module.blocks.includes(block) && read.has(joined(path, addressOf(block))));
}

function argumentsFor(random: Random, before: Module): string[] {
  const { strict } = truthOf(before);
  const read = new Set([...strict.values()].flatMap((reads) => [...reads]));
  const addresses = [...(random.chance(0.75) ? read : strict.keys())].filter(
    (address) => !address.includes("data.terraform_remote_state."),
  );
  const replaced = random.chance(0.4) ? random.shuffled(addresses).slice(0, random.between(1, 2)) : [];
  return [
    ...(random.chance(0.05) ? ["-destroy"] : replaced.map((address) => `-replace=${address}`)),
    ...(random.chance(0.15) ? ["-refresh=false"] : []),
  ];
}

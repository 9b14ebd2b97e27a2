/** Edits that let a reference point to something else, without making anything depend on an ending object that did not. */

import { withoutKeys } from "../../src/model/address.ts";
import { managedIn, type Operation } from "./edit-changes.ts";
import { addressOf, type Block, type Expression, type Module, modulesOf, pathsOf } from "./model.ts";
import { chainsIn, rewritten, rootOf, slotsOf } from "./rewrite.ts";
import { type Dependencies, truthOf } from "./truth.ts";

/**
 * A reference in an argument, or a literal that has just taken the place of one, becomes a reference to another resource of
 * the module. The plan knows of a new reference, and the applied state does not. So the new one is to a resource that was
 * depended upon before, or that no edit has touched, neither it nor anything that it depends on: no object of that kind ends.
 */
export function redirect(before: Module, requested: readonly string[]): Operation {
  return ({ random, root }) => {
    const slots = modulesOf(root)
      .flatMap(slotsOf)
      .filter(({ owner, bare, repeats }) => owner && "managed" in owner && owner.managed && repeats && !bare)
      .filter(({ expression }) => replaceable(expression).length > 0);
    const slot = random.maybe(slots);
    if (!slot?.owner || !("managed" in slot.owner)) return undefined;
    const allowed = new Allowed(before, root, requested);
    const targets = managedIn(root).filter(
      (target) => slot.module.blocks.includes(target) && target.repeat.kind === "once" && target.id !== slot.owner?.id,
    );
    const target = random.maybe(targets.filter((candidate) => allowed.mayRefer(slot.owner as Block, candidate)));
    if (!target) return undefined;
    const chain = random.pick(replaceable(slot.expression));
    const other: Expression = { kind: "attribute", of: { kind: "block", address: addressOf(target) }, name: "id" };
    slot.write(rewritten(slot.expression, (part) => (part === chain ? other : undefined)));
    // Where a list was read an id does not fit, and the repair after each operation finds that out.
    return `redirect ${slot.owner.name} to ${target.name}`;
  };
}

/** References, and literals that took the place of one. */
function replaceable(expression: Expression): Expression[] {
  const cuts: Expression[] = [];
  rewritten(expression, (part) => {
    if (part.kind === "literal" && `${part.value}`.startsWith("cut ")) cuts.push(part);
    return undefined;
  });
  return [...cuts, ...chainsIn(expression).filter((chain) => rootOf(chain)?.kind !== "each")];
}

/** Which blocks a block may newly refer to. Blocks are told by their addresses without keys, of every path to their module. */
class Allowed {
  private readonly root: Module;
  private readonly ancestorsBefore: Dependencies;
  private readonly ancestorsAfter: Dependencies;
  private readonly touched: ReadonlySet<string>;

  constructor(before: Module, root: Module, requested: readonly string[]) {
    this.root = root;
    this.ancestorsBefore = closed(ofBlocks(truthOf(before).loose));
    this.ancestorsAfter = closed(ofBlocks(truthOf(root).loose));
    this.touched = new Set([...touchedBlocks(before, root), ...requested.map(withoutKeys)]);
  }

  mayRefer(from: Block, to: Block): boolean {
    const sources = this.addressesOf(from);
    const targets = this.addressesOf(to);
    return (
      targets.every((target) => !meets(this.ancestorsAfter.get(target), sources)) &&
      (sources.every((source) => targets.every((target) => this.ancestorsBefore.get(source)?.has(target))) ||
        targets.every((target) => this.isClean(target)))
    );
  }

  private isClean(target: string): boolean {
    const ancestors = [...(this.ancestorsBefore.get(target) ?? []), ...(this.ancestorsAfter.get(target) ?? [])];
    return ![target, ...ancestors].some((block) => this.touched.has(block));
  }

  private addressesOf(block: Block): string[] {
    const paths = pathsOf(this.root).filter(({ module }) => module.blocks.includes(block));
    return paths.map(({ path }) => (path === "" ? addressOf(block) : `${path}.${addressOf(block)}`));
  }
}

function meets(set: ReadonlySet<string> | undefined, others: readonly string[]): boolean {
  return others.some((other) => set?.has(other));
}

/** Blocks of which an instance is new or gone, is written otherwise, or reads something else. */
function touchedBlocks(before: Module, after: Module): string[] {
  const [old, now] = [writtenBlocks(before), writtenBlocks(after)];
  const reads = [truthOf(before).loose, truthOf(after).loose] as const;
  const written = [...new Set([...old.keys(), ...now.keys()])].filter(
    (address) => old.get(address) !== now.get(address),
  );
  const read = [...new Set(reads.flatMap((dependencies) => [...dependencies.keys()]))].filter(
    (address) => textOf(reads[0], address) !== textOf(reads[1], address),
  );
  return [...written, ...read.map(withoutKeys)];
}

function textOf(dependencies: Dependencies, address: string): string {
  return [...(dependencies.get(address) ?? ["absent"])].sort().join("\n");
}

function writtenBlocks(root: Module): Map<string, string> {
  const blocks = pathsOf(root).flatMap(({ module, path }) =>
    module.blocks.map(
      (block) => [`${path === "" ? "" : `${path}.`}${addressOf(block)}`, JSON.stringify(block)] as const,
    ),
  );
  return new Map(blocks);
}

function ofBlocks(dependencies: Dependencies): Dependencies {
  const blocks = new Map<string, Set<string>>();
  for (const [dependent, reads] of dependencies) {
    const known = blocks.get(withoutKeys(dependent)) ?? new Set();
    for (const read of reads) known.add(withoutKeys(read));
    blocks.set(withoutKeys(dependent), known);
  }
  return blocks;
}

function closed(dependencies: Dependencies): Dependencies {
  const ancestors = (of: string, seen: Set<string>): Set<string> => {
    for (const read of dependencies.get(of) ?? []) {
      if (seen.has(read)) continue;
      seen.add(read);
      ancestors(read, seen);
    }
    return seen;
  };
  return new Map([...dependencies.keys()].map((block) => [block, ancestors(block, new Set())]));
}

/** What depends on an ending object, as a tree: each object under the one through which it is reached. */

import type { AffectedObject, BlastRadius } from "../../model/blast.ts";
import { counted, formatCount } from "../../report/wording/index.ts";
import { type Drawing, type Line, linkLine, subjectOf } from "./page.ts";
import { type Span, shown, span } from "./text.ts";

/** Objects by the address that they are reached through. */
type Children = ReadonlyMap<string, readonly AffectedObject[]>;

const known = new WeakMap<BlastRadius, Children>();

function childrenIn(radius: BlastRadius): Children {
  const before = known.get(radius);
  if (before !== undefined) return before;
  const children = new Map<string, AffectedObject[]>();
  for (const object of radius.affected) {
    const parent = object.path.at(-2) ?? "";
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [object]);
    else siblings.push(object);
  }
  known.set(radius, children);
  return children;
}

/** Lines of the tree that hangs on an address within a radius; a branch that is not open is one line. */
export function treeLines(radius: BlastRadius, from: string, plan: number, drawing: Drawing): Line[] {
  const children = childrenIn(radius);
  const lines: Line[] = [];
  const add = (parent: string, depth: number, parentId: string | undefined): void => {
    for (const object of children.get(parent) ?? []) {
      const id = `dependent ${object.address}`;
      const isOpen = children.has(object.address) ? drawing.open.has(id) : undefined;
      lines.push(treeLine(object, { depth, id, parentId, isOpen, plan }, drawing));
      if (isOpen) add(object.address, depth + 1, id);
    }
  };
  add(from, 0, undefined);
  return lines;
}

/** Says how many objects of a radius are not in its tree. */
export function unlisted({ lower, upper, affected }: BlastRadius): Line[] {
  const hidden = Math.max(0, (upper ?? lower) - affected.length);
  const text = `  ... ${formatCount(hidden)} more that are not listed: --max-affected lists more`;
  return hidden === 0 ? [] : [{ spans: [span(text, "faint")] }];
}

/** Links of everything that can be unfolded below an address. */
export function branchesIn(radius: BlastRadius, from: string): string[] {
  const children = childrenIn(radius);
  const found: string[] = [];
  const visit = (parent: string): void => {
    for (const { address } of children.get(parent) ?? []) {
      if (!children.has(address)) continue;
      found.push(`dependent ${address}`);
      visit(address);
    }
  };
  visit(from);
  return found;
}

interface Place {
  readonly depth: number;
  readonly id: string;
  readonly parentId: string | undefined;
  readonly isOpen: boolean | undefined;
  readonly plan: number;
}

function treeLine(object: AffectedObject, { depth, id, parentId, isOpen, plan }: Place, { all, width }: Drawing): Line {
  const link = {
    id,
    to: subjectOf(all, plan, object.address),
    address: object.address,
    ...(isOpen !== undefined && { open: isOpen }),
    ...(parentId !== undefined && { parent: parentId }),
  };
  const fold = isOpen === undefined ? " " : isOpen ? "▾" : "▸";
  return linkLine({ name: shown(object.address), depth, fold, right: bearing(object, width) }, link, width);
}

/** From here on there is room for how the dependency is known. */
const WIDE = 56;

/** What happens to it, and how the dependency is known; a question mark where it may be none. */
export function bearing({ effect, edge, certain }: AffectedObject, width: number): Span[] {
  const what = span(`${effect}${certain ? "" : "?"}`.padEnd(10), effect === "ends" ? "amber" : "faint");
  return width < WIDE ? [what] : [what, span(edge.padEnd(6), "faint")];
}

/** `12 objects depend on it`, `41 to 43 objects depend on it`. */
export function dependentsTitle({ lower, upper }: BlastRadius): string {
  if (upper === 0) return "Nothing depends on it";
  if (upper === null) {
    return lower === 0
      ? "What depends on it is not known"
      : `At least ${counted(lower, "object depends", "objects depend")} on it`;
  }
  const some = counted(upper, "object depends on it", "objects depend on it");
  return lower === upper ? some : `${formatCount(lower)} to ${some}`;
}

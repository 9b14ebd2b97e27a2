/** The radius of one object as a tree: each dependent under the one through which it is reached. */

import type { AffectedObject, BlastRadius } from "../../model/blast.ts";

/** A line of the tree without its text's styling: the branch signs, and the object, or a count of what is left out. */
export interface TreeLine {
  readonly branch: string;
  readonly object: AffectedObject | undefined;
  /** Objects that this line stands for and that are not shown; 0 for a shown object. */
  readonly hidden: number;
}

interface Branch {
  readonly object: AffectedObject;
  readonly children: Branch[];
}

/** At most `most` objects: every direct dependent before any indirect one, since the near ones explain the far ones. */
export function radiusTree(radius: BlastRadius, most: number): TreeLine[] {
  const shown = radius.affected.slice(0, most);
  const branches = new Map<string, Branch>();
  const top: Branch[] = [];
  for (const object of shown) {
    const branch: Branch = { object, children: [] };
    branches.set(object.address, branch);
    const parent = branches.get(object.path.at(-2) ?? "");
    (object.distance === 1 || parent === undefined ? top : parent.children).push(branch);
  }
  const total = radius.upper ?? Math.max(radius.lower, radius.affected.length);
  const hidden = total - shown.length;
  const lines = draw(top, "", hidden > 0);
  return hidden > 0 ? [...lines, { branch: "└─ ", object: undefined, hidden }] : lines;
}

function draw(branches: readonly Branch[], indent: string, moreFollows: boolean): TreeLine[] {
  return branches.flatMap(({ object, children }, place) => {
    const last = place === branches.length - 1 && !moreFollows;
    const line = { branch: `${indent}${last ? "└─ " : "├─ "}`, object, hidden: 0 };
    return [line, ...draw(children, `${indent}${last ? "   " : "│  "}`, false)];
  });
}

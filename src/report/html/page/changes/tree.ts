/** What depends on an ending object, as a list in a list: each under the one through which it is reached. */

import type { AffectedObject, BlastRadius } from "../../../../model/blast.ts";
import { formatCount } from "../../../wording/index.ts";
import { type Child, code, html } from "../element.ts";

const MOST_LISTED = 60;

interface Branch {
  readonly object: AffectedObject;
  readonly children: Branch[];
}

export function radiusList({ affected, lower, upper }: BlastRadius): Child {
  const shown = affected.slice(0, MOST_LISTED);
  if (shown.length === 0) return "";
  const branches = new Map<string, Branch>();
  const top: Branch[] = [];
  for (const object of shown) {
    const branch: Branch = { object, children: [] };
    branches.set(object.address, branch);
    (branches.get(object.path.at(-2) ?? "")?.children ?? top).push(branch);
  }
  const hidden = (upper ?? Math.max(lower, affected.length)) - shown.length;
  return [
    html("p", { class: "title" }, "What depends on it"),
    html("ul", { class: "tree" }, top.map(drawBranch)),
    hidden > 0 ? html("p", { class: "quiet" }, `and ${formatCount(hidden)} more`) : "",
  ];
}

function drawBranch({ object, children }: Branch): HTMLLIElement {
  const { address, effect, certain } = object;
  const note = `${effect}${certain ? "" : ", only possibly"}`;
  return html(
    "li",
    {},
    code(address),
    html("span", { class: `aside ${effect}` }, note),
    children.length === 0 ? "" : html("ul", {}, children.map(drawBranch)),
  );
}

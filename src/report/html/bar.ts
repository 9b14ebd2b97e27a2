/** A limit as a bar: what is certain, what is possible on top of that, and where the limit lies. */

import type { Range } from "../../model/bounds.ts";
import { type Child, element, type Markup } from "./markup.ts";

/** Parts of the width, 0 to 100. */
export interface Bar {
  /** Up to here it is certain. */
  readonly certain: number;
  /** Up to here it is possible. */
  readonly possible: number;
  readonly limit: number;
  /** Nobody knows where it ends: it reaches over the edge. */
  readonly open: boolean;
}

/** Both ends and the limit stay apart from the right edge, which only what cannot be known reaches. */
const ROOM = 1.12;

export function barOf({ limit, actual }: { readonly limit: number; readonly actual: Range }): Bar {
  const { lower, upper } = actual;
  const open = upper === null;
  const largest = Math.max(limit, lower, upper ?? 0);
  const whole = largest === 0 ? 1 : largest * (open ? 1.6 : ROOM);
  const part = (value: number): number => Number(((value / whole) * 100).toFixed(2));
  return { certain: part(lower), possible: upper === null ? 100 : part(upper), limit: part(limit), open };
}

/** The words beside it say the same: it is hidden from who listens. */
export function drawBar({ certain, possible, limit, open }: Bar, tone: string): Markup {
  const sure = slices(0, certain, limit).map(({ from, to, over }) => slice(from, to, over ? "over" : "within"));
  const maybe = slices(certain, possible, limit).map(({ from, to, over }) =>
    slice(from, to, `${over ? "over" : "within"} maybe`),
  );
  const end: Child = open ? element("text", { x: "100%", y: 14, dx: -4, class: "open" }, "?") : [];
  return element(
    "svg",
    { class: `bar ${tone}`, width: "100%", height: 20, "aria-hidden": "true", focusable: "false" },
    element("rect", { class: "track", x: 0, y: 5, width: "100%", height: 10, rx: 2 }),
    sure,
    maybe,
    element("rect", { class: "allowed", x: `${limit}%`, y: 0, width: 2, height: 20 }),
    end,
  );
}

interface Slice {
  readonly from: number;
  readonly to: number;
  readonly over: boolean;
}

/** What lies between, cut at the limit. */
function slices(from: number, to: number, limit: number): Slice[] {
  const cut = Math.min(Math.max(limit, from), to);
  return [
    { from, to: cut, over: false },
    { from: cut, to, over: true },
  ].filter((one) => one.to > one.from);
}

function slice(from: number, to: number, className: string): Markup {
  return element("rect", { class: className, x: `${from}%`, y: 5, width: `${(to - from).toFixed(2)}%`, height: 10 });
}

/** Stripes for what is only possible: the bars refer to them. */
export function stripes(): Markup {
  const pattern = (id: string, className: string): Markup =>
    element(
      "pattern",
      { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      element("rect", { class: `ground ${className}`, width: 6, height: 6 }),
      element("rect", { class: `stripe ${className}`, width: 3, height: 6 }),
    );
  return element(
    "svg",
    { class: "patterns", width: 0, height: 0, "aria-hidden": "true", focusable: "false" },
    element(
      "defs",
      {},
      pattern("stripes-green", "green"),
      pattern("stripes-red", "red"),
      pattern("stripes-amber", "amber"),
      pattern("stripes-grey", "grey"),
    ),
  );
}

/** Where the arrow keys lead, and which nodes and edges belong to one that was chosen. */

import type { PictureEdge } from "../../../picture/shapes.ts";
import type { Box } from "./placing.ts";

/** The nodes upstream and downstream of one, itself included. */
export function related(edges: readonly PictureEdge[], id: number): ReadonlySet<number> {
  const before = reach(id, edges, ({ from, to }) => [to, from]);
  const behind = reach(id, edges, ({ from, to }) => [from, to]);
  return new Set([...before, ...behind]);
}

type Direction = (edge: PictureEdge) => readonly [from: number, to: number];

function reach(start: number, edges: readonly PictureEdge[], direction: Direction): ReadonlySet<number> {
  const next = new Map<number, number[]>();
  for (const edge of edges) {
    const [from, to] = direction(edge);
    next.set(from, [...(next.get(from) ?? []), to]);
  }
  const found = new Set([start]);
  for (const id of found) for (const to of next.get(id) ?? []) found.add(to);
  return found;
}

/** The node that an arrow key leads to: the nearest one in its direction, those along an edge before all others. */
export function neighbour(
  key: string,
  id: number,
  boxes: ReadonlyMap<number, Box>,
  edges: readonly PictureEdge[],
): number | undefined {
  const own = boxes.get(id);
  const ahead = own && AHEAD[key];
  if (!ahead) return undefined;
  const joined = new Set(edges.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : [])));
  let best: { readonly id: number; readonly cost: number } | undefined;
  for (const [other, box] of boxes) {
    const [forward, aside] = ahead(box.x - own.x, box.y - own.y);
    if (other === id || forward < 1) continue;
    const cost = forward + aside * 2 + (joined.has(other) || key === "ArrowUp" || key === "ArrowDown" ? 0 : 10_000);
    if (best === undefined || cost < best.cost) best = { id: other, cost };
  }
  return best?.id;
}

/** How far it lies in the direction of the key, and how far off it. */
const AHEAD: Readonly<Record<string, (x: number, y: number) => readonly [forward: number, aside: number]>> = {
  ArrowRight: (x, y) => [x, Math.abs(y)],
  ArrowLeft: (x, y) => [-x, Math.abs(y)],
  ArrowDown: (x, y) => [y, Math.abs(x)],
  ArrowUp: (x, y) => [-y, Math.abs(x)],
};

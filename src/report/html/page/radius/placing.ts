/** Where nodes and edges lie: from left to right as it spreads, by dagre; what nothing leads to or from in a grid below. */

import { graphlib, layout } from "@dagrejs/dagre";
import type { PictureEdge } from "../../../picture/shapes.ts";
import type { Scene, SceneNode } from "./scene.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Its centre, and how large it is. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface Placing {
  readonly boxes: ReadonlyMap<number, Box>;
  readonly lines: readonly { readonly edge: PictureEdge; readonly points: readonly Point[] }[];
  readonly width: number;
  readonly height: number;
}

const HEIGHT = 44;
/** Of a sign of each line; both are set in a font of one width. */
const TITLE_SIGN = 7.3;
const DETAIL_SIGN = 6.2;
const PADDING = 26;
const GAP = 14;
const BETWEEN_RANKS = 52;
const BETWEEN_EDGES = 6;
/** A grid no narrower than this, where nothing is connected. */
const NARROWEST_GRID = 900;

export function placed({ nodes, edges }: Scene): Placing {
  const connected = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const above = ranked(
    nodes.filter(({ id }) => connected.has(id)),
    edges,
  );
  const alone = nodes.filter(({ id }) => !connected.has(id));
  const top = above.height === 0 ? 0 : above.height + GAP * 2;
  const below = grid(alone, Math.max(above.width, NARROWEST_GRID), top);
  return {
    boxes: new Map([...above.boxes, ...below.boxes]),
    lines: above.lines,
    width: Math.max(above.width, below.width),
    height: Math.max(above.height, below.height),
  };
}

function widthOf({ title, detail }: SceneNode): number {
  return Math.ceil(Math.max(title.length * TITLE_SIGN, detail.length * DETAIL_SIGN)) + PADDING;
}

function ranked(nodes: readonly SceneNode[], edges: readonly PictureEdge[]): Placing {
  if (nodes.length === 0) return { boxes: new Map(), lines: [], width: 0, height: 0 };
  const tries = SETTINGS.map((settings) => laidOut(nodes, edges, settings));
  return tries.reduce((best, one) => (one.height < best.height ? one : best));
}

/** None of them is the most compact for every graph. */
const SETTINGS = [
  { ranker: "network-simplex" },
  { ranker: "tight-tree" },
  { ranker: "tight-tree", align: "DL" },
] as const;

function laidOut(
  nodes: readonly SceneNode[],
  edges: readonly PictureEdge[],
  settings: (typeof SETTINGS)[number],
): Placing {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: "LR", nodesep: GAP, edgesep: BETWEEN_EDGES, ranksep: BETWEEN_RANKS, ...settings });
  for (const node of nodes) graph.setNode(String(node.id), { width: widthOf(node), height: HEIGHT });
  for (const { from, to } of edges) graph.setEdge(String(from), String(to), {});
  layout(graph);
  const boxes = new Map(
    nodes.map(({ id }) => {
      const { x = 0, y = 0, width = 0, height = 0 }: Partial<Box> = graph.node(String(id));
      return [id, { x, y, width, height }] as const;
    }),
  );
  const lines = edges.map((edge) => {
    const { points = [] }: { points?: readonly Point[] } = graph.edge(String(edge.from), String(edge.to));
    return { edge, points: sideways(points, boxes.get(edge.from), boxes.get(edge.to)) };
  });
  const right = Math.max(...[...boxes.values()].map(({ x, width }) => x + width / 2));
  const bottom = Math.max(...[...boxes.values()].map(({ y, height }) => y + height / 2));
  return { boxes, lines, width: right, height: bottom };
}

/** From the right side of one box to the left side of the other; where it goes back, as dagre has it. */
function sideways(points: readonly Point[], from: Box | undefined, to: Box | undefined): readonly Point[] {
  if (from === undefined || to === undefined || from.x + from.width / 2 >= to.x - to.width / 2) return points;
  const start = { x: from.x + from.width / 2, y: from.y };
  const end = { x: to.x - to.width / 2, y: to.y };
  const between = points.slice(1, -1).filter(({ x }) => x > start.x && x < end.x);
  return [start, ...between, end];
}

/** Rows from left to right, in the order in which they come: the worst first. */
function grid(nodes: readonly SceneNode[], width: number, top: number): Placing {
  const boxes = new Map<number, Box>();
  let left = 0;
  let row = top;
  let right = 0;
  for (const node of nodes) {
    const own = widthOf(node);
    if (left > 0 && left + own > width) {
      left = 0;
      row += HEIGHT + GAP;
    }
    boxes.set(node.id, { x: left + own / 2, y: row + HEIGHT / 2, width: own, height: HEIGHT });
    left += own + GAP;
    right = Math.max(right, left - GAP);
  }
  return { boxes, lines: [], width: right, height: nodes.length === 0 ? 0 : row + HEIGHT };
}

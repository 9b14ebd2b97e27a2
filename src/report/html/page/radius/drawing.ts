/** Nodes and edges as SVG. */

import type { PictureEdge } from "../../../picture/shapes.ts";
import { svg } from "../element.ts";
import type { Box, Placing, Point } from "./placing.ts";
import type { Scene, SceneNode } from "./scene.ts";

export interface Drawing {
  readonly root: SVGGElement;
  readonly nodes: ReadonlyMap<number, SVGGElement>;
  readonly edges: readonly { readonly edge: PictureEdge; readonly element: SVGPathElement }[];
}

export function drawn(scene: Scene, { boxes, lines }: Placing): Drawing {
  const edges = lines.map(({ edge, points }) => ({ edge, element: drawEdge(edge, points) }));
  const nodes = new Map(
    scene.nodes.flatMap((node) => {
      const box = boxes.get(node.id);
      return box === undefined ? [] : [[node.id, drawNode(node, box)] as const];
    }),
  );
  const root = svg(
    "g",
    {},
    svg(
      "g",
      {},
      edges.map(({ element }) => element),
    ),
    svg("g", {}, [...nodes.values()]),
  );
  return { root, nodes, edges };
}

function drawNode(
  { title, detail, tone, possibly, subject, id }: SceneNode,
  { x, y, width, height }: Box,
): SVGGElement {
  const [left, top] = [x - width / 2, y - height / 2];
  const [{ address }] = subject;
  const others = subject.length > 1 ? ` and ${subject.length - 1} more like it` : "";
  return svg(
    "g",
    {
      class: `node ${tone}${possibly ? " possibly" : ""}`,
      role: "button",
      tabindex: -1,
      "aria-pressed": "false",
      "aria-label": `${title} ${detail}`,
      "data-id": id,
    },
    svg("title", {}, `${address}${others}`),
    svg("rect", { x: left, y: top, width, height, rx: 6 }),
    svg("text", { class: "title", x: left + 13, y: top + 19 }, title),
    svg("text", { class: "detail", x: left + 13, y: top + 34 }, detail),
  );
}

function drawEdge({ basis, certain }: PictureEdge, points: readonly Point[]): SVGPathElement {
  return svg("path", {
    class: `edge ${basis}${certain ? "" : " open"}`,
    d: curve(points),
    "marker-end": "url(#arrow)",
  });
}

/** Through all points, leaving and arriving level. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  let before = first;
  let path = `M${at(first)}`;
  for (const point of rest) {
    const middle = (before.x + point.x) / 2;
    path += `C${at({ x: middle, y: before.y })} ${at({ x: middle, y: point.y })} ${at(point)}`;
    before = point;
  }
  return path;
}

function at({ x, y }: Point): string {
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}

/** What the edges end in. */
export function arrowHead(): SVGDefsElement {
  const marker = svg(
    "marker",
    { id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" },
    svg("path", { d: "M0,0.5L7.5,4L0,7.5z" }),
  );
  return svg("defs", {}, marker);
}

/** The picture as a Mermaid flowchart, within what GitHub and others draw: 50,000 signs and 500 edges. */

import type { Report } from "../../model/report.ts";
import { forMermaid } from "../escape.ts";
import { legendOf, pictureOf } from "../picture/index.ts";
import type { Picture, PictureEdge, PictureNode, Scene } from "../picture/shapes.ts";

/** Mermaid's own limits (`maxTextSize`, `maxEdges`); a diagram cannot raise them, and GitHub keeps them. */
export const MOST_TEXT = 50_000;
const MOST_EDGES = 500;

/** Draws about `mostNodes` objects, and fewer where the text would be longer than `mostText` signs. */
export function mermaidWithin(report: Report, mostNodes: number, mostText: number): string {
  for (let most = mostNodes; ; most = Math.floor(most * 0.8)) {
    const picture = pictureOf(report, most);
    const text = draw(picture);
    if (most <= 1 || (text.length <= mostText && picture.edges.length <= MOST_EDGES)) return text;
  }
}

/** Fill, text and border stand together, so that a node reads on a light page and on a dark one. */
const CLASSES = {
  data: "fill:#b91c1c,color:#ffffff,stroke:#7f1d1d,stroke-width:3px",
  ends: "fill:#fecaca,color:#7f1d1d,stroke:#b91c1c",
  maybe: "fill:#fee2e2,color:#7f1d1d,stroke:#b91c1c,stroke-dasharray:5 4",
  changes: "fill:#fde68a,color:#78350f,stroke:#b45309",
  untouched: "fill:#e5e7eb,color:#374151,stroke:#6b7280",
  rest: "fill:#f9fafb,color:#374151,stroke:#6b7280,stroke-dasharray:2 3",
  module: "fill:none,stroke:#9ca3af",
  legend: "fill:#f9fafb,color:#374151,stroke:none",
  gone: "fill:none,stroke:#b91c1c,stroke-width:2px",
} as const;

function draw(picture: Picture): string {
  const lines = [
    "---",
    `title: "${picture.headline}"`,
    "config:",
    "  flowchart: {nodeSpacing: 16, rankSpacing: 48, wrappingWidth: 480, subGraphTitleMargin: {top: 4, bottom: 12}}",
    "---",
    "flowchart LR",
    ...Object.entries(CLASSES).map(([name, style]) => `  classDef ${name} ${style}`),
    ...scene(picture, { next: 0 }, "  "),
    ...legend(picture),
    ...picture.edges.map((edge) => `  n${edge.from} ${arrow(edge)} n${edge.to}`),
    ...linkStyles(picture.edges),
  ];
  return `${lines.join("\n")}\n`;
}

function scene({ nodes, groups }: Scene, ids: { next: number }, indent: string): string[] {
  const inner = groups.flatMap((group) => {
    const id = `g${ids.next++}`;
    return [
      `${indent}subgraph ${id}["${forMermaid(group.label)}"]`,
      `${indent}  direction LR`,
      ...scene(group, ids, `${indent}  `),
      `${indent}end`,
      `${indent}class ${id} ${group.perishes ? "gone" : "module"}`,
    ];
  });
  return [...nodes.map((node) => `${indent}${nodeText(node)}`), ...inner];
}

/** Shapes tell what colours tell: a cylinder loses data, corners end, round ones live on. */
function nodeText({ id, kind, losesData, possibly, lines }: PictureNode): string {
  const label = `"${lines.map(forMermaid).join("<br>")}"`;
  switch (kind) {
    case "ends": {
      const name = losesData ? "data" : possibly ? "maybe" : "ends";
      return losesData ? `n${id}[(${label})]:::${name}` : `n${id}[${label}]:::${name}`;
    }
    case "changes":
      return `n${id}(${label}):::changes`;
    case "untouched":
      return `n${id}([${label}]):::untouched`;
    case "rest":
    case "note":
      return `n${id}[[${label}]]:::rest`;
  }
}

function legend(picture: Picture): string[] {
  const lines = legendOf(picture, "dot at the end");
  return lines.length === 0 ? [] : [`  legend["${lines.map(forMermaid).join("<br>")}"]:::legend`];
}

/** A dot in place of the arrow's head: possibly. */
function arrow({ basis, certain }: PictureEdge): string {
  const head = certain ? ">" : "o";
  switch (basis) {
    case "exact":
    case "config":
      return `--${head}`;
    case "state":
      return `-.-${head}`;
    case "value":
    case "erased":
      return `-. ${basis} .-${head}`;
  }
}

/** Mermaid numbers edges as they are written. */
function linkStyles(edges: readonly PictureEdge[]): string[] {
  const styles = { config: "stroke-width:1px", state: "stroke-dasharray:8 4" } as const;
  return Object.entries(styles).flatMap(([basis, style]) => {
    const places = edges.flatMap((edge, place) => (edge.basis === basis ? [place] : []));
    return places.length === 0 ? [] : [`  linkStyle ${places.join(",")} ${style}`];
  });
}

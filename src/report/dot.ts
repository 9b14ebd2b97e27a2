/** The picture in the DOT language of Graphviz. */

import type { Report } from "../model/report.ts";
import { forDot } from "./escape.ts";
import { legendOf, pictureOf } from "./picture/index.ts";
import {
  MOST_DRAWN,
  type Picture,
  type PictureEdge,
  type PictureNode,
  type PictureOptions,
  type Scene,
} from "./picture/shapes.ts";

export function renderDot(report: Report, { verbosity }: PictureOptions): string {
  const picture = pictureOf(report, MOST_DRAWN[verbosity]);
  const font = "Helvetica,Arial,sans-serif";
  const title = { label: forDot(picture.headline), labelloc: "t", fontsize: "20", fontname: font };
  const lines = [
    "digraph firebreak {",
    `  graph${attributes({ rankdir: "LR", nodesep: "0.12", ranksep: "0.6", ...title })};`,
    `  node${attributes({ fontname: font, fontsize: "12", height: "0.3", margin: "0.12,0.05" })};`,
    `  edge${attributes({ fontname: font, fontsize: "11", color: "#4b5563", arrowsize: "0.7" })};`,
    ...scene(picture, { next: 0 }, "  "),
    ...legend(picture),
    ...picture.edges.map((edge) => `  n${edge.from} -> n${edge.to}${attributes(edgeStyle(edge))};`),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

type Attributes = Readonly<Record<string, string>>;

/** Values come escaped. */
function attributes(values: Attributes): string {
  const list = Object.entries(values).map(([name, value]) => `${name}="${value}"`);
  return ` [${list.join(", ")}]`;
}

function scene({ nodes, groups }: Scene, ids: { next: number }, indent: string): string[] {
  const inner = groups.flatMap((group) => {
    const frame = group.perishes ? { color: "#b91c1c", penwidth: "2" } : { color: "#9ca3af", penwidth: "1" };
    return [
      `${indent}subgraph cluster_g${ids.next++} {`,
      `${indent}  graph${attributes({ label: forDot(group.label), fontsize: "14", labeljust: "l", ...frame })};`,
      ...scene(group, ids, `${indent}  `),
      `${indent}}`,
    ];
  });
  return [...nodes.map((node) => `${indent}n${node.id}${attributes(nodeStyle(node))};`), ...inner];
}

function nodeStyle(node: PictureNode): Attributes {
  const tooltip = node.addresses.length === 0 ? {} : { tooltip: node.addresses.map(forDot).join("\\n") };
  return { label: node.lines.map(forDot).join("\\n"), ...look(node), ...tooltip };
}

/** Shapes tell what colours tell: a cylinder loses data, corners end, round ones live on. */
function look({ kind, losesData, possibly }: PictureNode): Attributes {
  switch (kind) {
    case "ends": {
      const style = possibly ? "filled,dashed" : "filled";
      return losesData
        ? { shape: "cylinder", style, fillcolor: "#b91c1c", color: "#7f1d1d", fontcolor: "#ffffff" }
        : { shape: "box", style, fillcolor: "#fecaca", color: "#b91c1c", fontcolor: "#7f1d1d" };
    }
    case "changes":
      return { shape: "box", style: "filled,rounded", fillcolor: "#fde68a", color: "#b45309", fontcolor: "#78350f" };
    case "untouched":
      return { shape: "box", style: "filled,rounded", fillcolor: "#e5e7eb", color: "#6b7280", fontcolor: "#374151" };
    case "rest":
    case "note":
      return { shape: "note", style: "filled,dashed", fillcolor: "#f9fafb", color: "#6b7280", fontcolor: "#374151" };
  }
}

function legend(picture: Picture): string[] {
  const label = legendOf(picture, "open head").map(forDot).join("\\l");
  return label === ""
    ? []
    : [`  legend${attributes({ label: `${label}\\l`, shape: "plaintext", fontcolor: "#4b5563" })};`];
}

/** An open head: possibly. */
function edgeStyle({ basis, certain }: PictureEdge): Attributes {
  const head = certain ? { arrowhead: "normal" } : { arrowhead: "empty" };
  switch (basis) {
    case "exact":
      return { ...head, penwidth: "1.5" };
    case "config":
      return { ...head, penwidth: "0.7" };
    case "state":
      return { ...head, style: "dashed" };
    case "value":
    case "erased":
      return { ...head, style: "dotted", penwidth: "1.5", label: basis };
  }
}

/** Areas for places, as large as they hold objects: by d3-hierarchy. */

import { type HierarchyRectangularNode, hierarchy, treemap, treemapSquarify } from "d3-hierarchy";
import type { Place } from "./tree.ts";

export interface Tile {
  readonly place: Place;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** It holds other tiles, below its name. */
  readonly isGroup: boolean;
}

/** Room for the name of a group. */
export const HEADER = 22;
const GAP = 3;

/** A place, or what holds all of them. */
type Node = Place | { readonly children: readonly Place[] };

/** Outer tiles before inner ones. */
export function tilesOf(places: readonly Place[], width: number, height: number): Tile[] {
  const root = hierarchy<Node>({ children: places }, ({ children }) => children)
    .sum((one) => ("existing" in one && one.children.length === 0 ? one.existing : 0))
    .sort((left, right) => (right.value ?? 0) - (left.value ?? 0));
  const tiled = treemap<Node>()
    .size([width, height])
    .tile(treemapSquarify.ratio(1.4))
    .paddingInner(GAP)
    .paddingTop((node) => (node.depth === 0 ? 0 : HEADER))
    .paddingRight((node) => (node.depth === 0 ? 0 : GAP))
    .paddingBottom((node) => (node.depth === 0 ? 0 : GAP))
    .paddingLeft((node) => (node.depth === 0 ? 0 : GAP))
    .round(true)(root);
  return tiled.descendants().flatMap(tileOf);
}

function tileOf({ data, x0, x1, y0, y1, children }: HierarchyRectangularNode<Node>): Tile[] {
  if (!("existing" in data)) return [];
  return [{ place: data, x: x0, y: y0, width: x1 - x0, height: y1 - y0, isGroup: children !== undefined }];
}

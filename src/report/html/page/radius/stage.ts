/** One scene on the screen: drawn, moved over with keys, with what was chosen standing out. */

import { setAttribute, svg } from "../element.ts";
import { type Camera, cameraFor } from "./camera.ts";
import { arrowHead, drawn } from "./drawing.ts";
import { placed } from "./placing.ts";
import type { Scene, SceneNode } from "./scene.ts";
import { neighbour, related } from "./walk.ts";

export interface Stage {
  readonly element: SVGSVGElement;
  readonly camera: Camera;
  /** Lets the node, and all that it is connected with, stand out; `undefined` lets everything. */
  readonly mark: (node: SceneNode | undefined) => void;
}

const TALLEST = 680;
const SHORTEST = 160;

export function stageFor(scene: Scene, label: string, choose: (node: SceneNode | undefined) => void): Stage {
  const placing = placed(scene);
  const drawing = drawn(scene, placing);
  const nodeOf = new Map(scene.nodes.map((node) => [node.id, node]));
  const element = svg("svg", { class: "stage", role: "group", "aria-label": label }, arrowHead(), drawing.root);
  element.style.setProperty("--height", `${Math.min(TALLEST, Math.max(SHORTEST, placing.height + 40))}px`);
  const camera = cameraFor(element, placing.width, placing.height);

  let current = scene.nodes[0]?.id;
  const moveTo = (id: number | undefined, focus: boolean): void => {
    const [from, to] = [drawing.nodes.get(current ?? -1), drawing.nodes.get(id ?? -1)];
    if (to === undefined) return;
    from?.setAttribute("tabindex", "-1");
    to.setAttribute("tabindex", "0");
    current = id;
    if (!focus) return;
    to.focus({ preventScroll: true });
    const box = placing.boxes.get(id ?? -1);
    if (box) camera.show(box);
  };
  moveTo(current, false);

  element.addEventListener("click", (event) => {
    const hit = (event.target as Element).closest("[data-id]");
    const id = hit === null ? undefined : Number(hit.getAttribute("data-id"));
    moveTo(id, false);
    choose(nodeOf.get(id ?? -1));
  });
  const keys: Readonly<Record<string, () => void>> = {
    Enter: () => choose(nodeOf.get(current ?? -1)),
    " ": () => choose(nodeOf.get(current ?? -1)),
    Escape: () => choose(undefined),
    "+": () => camera.zoomBy(0.8),
    "-": () => camera.zoomBy(1.25),
    "0": camera.fit,
  };
  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = current === undefined ? undefined : neighbour(event.key, current, placing.boxes, scene.edges);
    const act = keys[event.key];
    if (next === undefined && act === undefined && !event.key.startsWith("Arrow")) return;
    event.preventDefault();
    if (next === undefined) act?.();
    else moveTo(next, true);
  });

  const mark = (node: SceneNode | undefined): void => {
    const shown = node === undefined ? undefined : related(scene.edges, node.id);
    element.classList.toggle("choosing", shown !== undefined);
    for (const [id, one] of drawing.nodes) {
      one.classList.toggle("on", shown?.has(id) ?? false);
      one.classList.toggle("chosen", id === node?.id);
      setAttribute(one, "aria-pressed", String(id === node?.id));
    }
    for (const { edge, element: line } of drawing.edges)
      line.classList.toggle("on", (shown?.has(edge.from) && shown.has(edge.to)) ?? false);
    const box = node && placing.boxes.get(node.id);
    if (node && box) {
      moveTo(node.id, false);
      camera.show(box);
    }
  };
  return { element, camera, mark };
}

/** What part of a drawing is seen: zoomed and moved by wheel, fingers, mouse and buttons. */

import type { Box } from "./placing.ts";

export interface Camera {
  /** Shows all of it, or its beginning where all of it would be too small to read. */
  readonly home: () => void;
  readonly fit: () => void;
  /** All of it and nothing else, on paper. */
  readonly frame: () => void;
  /** The same view on a stage of another size. */
  readonly redraw: () => void;
  readonly zoomBy: (factor: number) => void;
  /** Moves only as far as it takes to see the box. */
  readonly show: (box: Box) => void;
}

interface View {
  x: number;
  y: number;
  /** Units of the drawing on a pixel of the screen. */
  scale: number;
}

const MARGIN = 16;
const LARGEST_SCALE = 8;
const SMALLEST_SCALE = 0.4;
/** Where text stays legible. */
const READABLE_SCALE = 1.6;
const WHEEL_SPEED = 0.0022;
/** A hand that trembles over a node still clicks on it. */
const SHORTEST_DRAG = 4;

export function cameraFor(stage: SVGSVGElement, width: number, height: number): Camera {
  const view: View = { x: -MARGIN, y: -MARGIN, scale: 1 };
  const size = () => ({ width: Math.max(stage.clientWidth, 1), height: Math.max(stage.clientHeight, 1) });
  const draw = (): void => {
    const { width: across, height: down } = size();
    stage.setAttribute(
      "viewBox",
      [view.x, view.y, across * view.scale, down * view.scale].map((one) => one.toFixed(2)).join(" "),
    );
  };
  const wholeScale = (): number => {
    const { width: across, height: down } = size();
    return Math.max((width + 2 * MARGIN) / across, (height + 2 * MARGIN) / down);
  };
  const look = (scale: number): void => {
    const { width: across, height: down } = size();
    view.scale = scale;
    // Small drawings stand in the middle, large ones begin at the upper left.
    view.x = Math.min(-MARGIN, (width - across * scale) / 2);
    view.y = Math.min(-MARGIN, (height - down * scale) / 2);
    draw();
  };
  const zoomAt = (factor: number, x: number, y: number): void => {
    const scale = Math.min(LARGEST_SCALE, Math.max(SMALLEST_SCALE, view.scale * factor));
    view.x += x * (view.scale - scale);
    view.y += y * (view.scale - scale);
    view.scale = scale;
    draw();
  };
  const moveBy = (x: number, y: number): void => {
    view.x -= x * view.scale;
    view.y -= y * view.scale;
    draw();
  };
  stage.addEventListener(
    "wheel",
    (event) => {
      // Without a key the wheel scrolls the page: nobody is to be caught in the graph.
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { left, top } = stage.getBoundingClientRect();
      zoomAt(Math.exp(event.deltaY * WHEEL_SPEED), event.clientX - left, event.clientY - top);
    },
    { passive: false },
  );
  followPointers(stage, zoomAt, moveBy);
  return {
    home: () => look(Math.min(Math.max(wholeScale(), 1), READABLE_SCALE)),
    fit: () => look(Math.max(wholeScale(), SMALLEST_SCALE)),
    redraw: draw,
    frame: () => stage.setAttribute("viewBox", `-2 -2 ${width + 4} ${height + 4}`),
    zoomBy: (factor) => zoomAt(factor, size().width / 2, size().height / 2),
    show: (box) => {
      const { width: across, height: down } = size();
      const reach = (start: number, visible: number, middle: number, extent: number): number =>
        Math.min(Math.max(start, middle + extent / 2 + MARGIN - visible), middle - extent / 2 - MARGIN);
      view.x = reach(view.x, across * view.scale, box.x, box.width);
      view.y = reach(view.y, down * view.scale, box.y, box.height);
      draw();
    },
  };
}

/** One finger or the mouse moves, two fingers zoom. */
function followPointers(
  stage: SVGSVGElement,
  zoomAt: (factor: number, x: number, y: number) => void,
  moveBy: (x: number, y: number) => void,
): void {
  const pointers = new Map<number, { x: number; y: number }>();
  let dragged = 0;
  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (pointers.size === 0) dragged = 0;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  stage.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (before === undefined) return;
    const now = { x: event.clientX, y: event.clientY };
    const [moveX, moveY] = [now.x - before.x, now.y - before.y];
    dragged += Math.abs(moveX) + Math.abs(moveY);
    if (dragged < SHORTEST_DRAG) return;
    if (!stage.hasPointerCapture(event.pointerId)) stage.setPointerCapture(event.pointerId);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    if (other === undefined) {
      moveBy(moveX, moveY);
      return;
    }
    const { left, top } = stage.getBoundingClientRect();
    const apart = (one: { x: number; y: number }): number => Math.max(Math.hypot(one.x - other.x, one.y - other.y), 1);
    zoomAt(apart(before) / apart(now), (now.x + other.x) / 2 - left, (now.y + other.y) / 2 - top);
  });
  const release = (event: PointerEvent): void => void pointers.delete(event.pointerId);
  stage.addEventListener("pointerup", release);
  stage.addEventListener("pointercancel", release);
  // What ends a drag is no click.
  stage.addEventListener("click", (event) => dragged >= SHORTEST_DRAG && event.stopPropagation(), { capture: true });
}

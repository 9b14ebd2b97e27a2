/** The blast radius: a graph of one plan, the buttons above it, and what is said of the chosen object beside it. */

import type { PlanReport, Report, ReportedChange } from "../../../../model/report.ts";
import { keyOf } from "../../../picture/objects.ts";
import { isEnding } from "../../../severity.ts";
import { button, code, fill, html } from "../element.ts";
import { groupPanel, objectPanel, summaryOf } from "./panel.ts";
import { indexOf, overviewOf, type RadiusIndex, type SceneNode, sceneAround } from "./scene.ts";
import { type Stage, stageFor } from "./stage.ts";

const LEGEND = [
  ["data", "ends and loses data"],
  ["ends", "ends"],
  ["ends possibly", "possibly ends"],
  ["changes", "changes"],
  ["untouched", "untouched, but depends on it"],
] as const;

/** Fills the place, and hands out a way to show an object from elsewhere on the page. */
export function radiusView(place: HTMLElement, { plans }: Report) {
  const shown = plans.filter(({ changes }) => changes.some(isEnding)).sort(moreEnds);
  const indexes = new Map<PlanReport, RadiusIndex>();
  const tools = html("div", { class: "tools" });
  const scope = html("span", { class: "scope" });
  const stagePlace = html("div", { class: "stage-place" });
  const summary = html("p", { class: "summary" });
  const panel = html("aside", {
    hidden: true,
    class: "panel",
    "aria-live": "polite",
    "aria-label": "The chosen object",
  });
  let index: RadiusIndex | undefined;
  let stage: Stage | undefined;
  let nodes: readonly SceneNode[] = [];
  let around: string | undefined;

  const choose = (node: SceneNode | undefined): void => {
    if (index === undefined) return;
    const [object, ...others] = node?.subject ?? [];
    panel.hidden = object === undefined;
    if (node === undefined || object === undefined) fill(panel);
    else if (others.length > 0) fill(panel, closing, groupPanel(node, doors));
    else fill(panel, closing, objectPanel(index, object, doors));
    panel.scrollTop = 0;
    stage?.camera.redraw();
    stage?.mark(node);
  };
  const closing = button("✕", { class: "closing", "aria-label": "Close" }, () => choose(undefined));
  const chooseKey = (key: string): void => {
    const node = nodes.find(({ subject }) => subject.length === 1 && subject[0].key === key);
    if (node === undefined) show(key);
    else choose(node);
  };
  const doors = { choose: chooseKey, showAround: (key: string) => show(key) };
  /** The overview, or what is around one object. */
  const show = (key?: string): void => {
    if (index === undefined) return;
    around = key !== undefined && index.byKey.has(key) ? key : undefined;
    const scene = around === undefined ? overviewOf(index) : sceneAround(index, around);
    nodes = scene.nodes;
    fill(summary, summaryOf(index, scene.hidden));
    stage = stageFor(scene, `Blast radius of ${index.plan.input}`, choose);
    fill(stagePlace, stage.element);
    stage.camera.home();
    const address = around === undefined ? undefined : index.byKey.get(around)?.address;
    fill(
      scope,
      address === undefined
        ? "Overview"
        : [button("← Overview", { class: "small" }, () => show()), " Around ", code(address)],
    );
    choose(around === undefined ? undefined : nodes.find(({ subject }) => subject[0].key === around));
  };
  const showPlan = (plan: PlanReport, key?: string): void => {
    index = indexes.get(plan) ?? indexOf(plan);
    indexes.set(plan, index);
    select.value = String(shown.indexOf(plan));
    show(key);
  };
  const select = html(
    "select",
    { id: "plan" },
    shown.map(({ input }, at) => html("option", { value: at }, input)),
  );
  select.addEventListener("change", () => {
    const plan = shown[Number(select.value)];
    if (plan) showPlan(plan);
  });
  const zoom = (label: string, name: string, act: (stage: Stage) => void) =>
    button(label, { class: "small", "aria-label": name, title: name }, () => stage && act(stage));

  fill(
    tools,
    shown.length < 2 ? "" : html("span", { class: "choice" }, html("label", { for: "plan" }, "Plan"), select),
    scope,
    html(
      "span",
      { class: "zoom" },
      zoom("−", "Zoom out", ({ camera }) => camera.zoomBy(1.25)),
      zoom("+", "Zoom in", ({ camera }) => camera.zoomBy(0.8)),
      zoom("Show all", "Show all", ({ camera }) => camera.fit()),
    ),
  );
  fill(place, summary, tools, html("div", { class: "radius" }, stagePlace, panel), legend());
  const [first] = shown;
  if (first) showPlan(first);
  addEventListener("beforeprint", () => stage?.camera.frame());
  addEventListener("afterprint", () => stage?.camera.redraw());
  addEventListener("resize", () => stage?.camera.redraw());
  return (plan: PlanReport, change: ReportedChange): void => {
    showPlan(plan, keyOf(change));
    document.getElementById("radius")?.scrollIntoView();
  };
}

function legend(): HTMLElement {
  const swatches = LEGEND.map(([tone, text]) =>
    html("span", { class: "entry" }, html("span", { class: `swatch ${tone}`, "aria-hidden": "true" }), text),
  );
  return html(
    "p",
    { class: "legend" },
    swatches,
    html(
      "span",
      { class: "entry" },
      "dashed arrow: known from the state alone; dotted: found by an identifier, or cut by this change; pale: only possibly",
    ),
    html(
      "span",
      { class: "entry keys" },
      "Drag to move, Ctrl and the wheel to zoom. Keys: arrows follow the edges, Enter chooses, + and − zoom, 0 shows all.",
    ),
  );
}

/** An unknown number is above every known one. */
function moreEnds({ totals: { ended: left } }: PlanReport, { totals: { ended: right } }: PlanReport): number {
  return (right.upper ?? right.lower + 1e9) - (left.upper ?? left.lower + 1e9);
}

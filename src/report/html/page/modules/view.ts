/** Where it ends: a treemap of environments and modules, and the same as a table. */

import type { Report } from "../../../../model/report.ts";
import { shorten } from "../../../layout.ts";
import { formatCount, formatRange } from "../../../wording/index.ts";
import { code, fill, html, svg } from "../element.ts";
import { HEADER, type Tile, tilesOf } from "./tiling.ts";
import { type Place, placesOf } from "./tree.ts";

type Search = (text: string) => void;

const HEIGHT = 340;
/** One tile alone says little: it need not be large. */
const HEIGHT_OF_ONE = 84;
const SIGN = 6.8;

export function modulesView(place: HTMLElement, report: Report, search: Search | undefined): void {
  const places = placesOf(report);
  const map = html("div", { class: "treemap" });
  fill(place, map, legend(), asTable(places));
  const height = places.some(({ children }) => children.length > 0) || places.length > 1 ? HEIGHT : HEIGHT_OF_ONE;
  let width = 0;
  const draw = (): void => {
    if (map.clientWidth === 0 || map.clientWidth === width) return;
    width = map.clientWidth;
    const tiles = tilesOf(places, width, height);
    const label = `Where objects end: ${places.map((one) => `${one.name}, ${saidOf(one)}`).join("; ")}`;
    const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": label });
    drawing.append(...tiles.map((tile) => drawTile(tile, search)));
    fill(map, drawing);
  };
  draw();
  addEventListener("resize", draw);
}

function legend(): HTMLElement {
  const entry = (tone: string, text: string) =>
    html("span", { class: "entry" }, html("span", { class: `swatch ${tone}`, "aria-hidden": "true" }), text);
  return html(
    "p",
    { class: "legend" },
    entry("tile-data", "some of what ends holds data"),
    entry("tile-ends", "none of it does"),
    html("span", { class: "entry" }, "striped: only possibly"),
  );
}

function drawTile(tile: Tile, search: Search | undefined): SVGGElement {
  const { place, isGroup, x, y, width, height } = tile;
  const { address } = place;
  const said = `${place.name}: ${saidOf(place)}`;
  const isDoor = address !== undefined && search !== undefined;
  const group = svg(
    "g",
    {
      class: `tile ${isGroup ? "group" : place.dataLoss.upper === 0 ? "ends" : "data"}`,
      ...(isDoor
        ? { role: "button", tabindex: 0, "aria-label": `${place.name} ${saidOf(place)}. Show its changes` }
        : {}),
      transform: `translate(${x},${y})`,
    },
    svg("title", {}, said),
    svg("rect", { class: "all", width, height, rx: 3 }),
    isGroup ? "" : filling(tile),
    labels(tile),
  );
  if (isDoor) {
    const open = (): void => search(`${address}.`);
    group.addEventListener("click", open);
    group.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      open();
    });
  }
  return group;
}

/** From the bottom up: what certainly ends, then what possibly does. */
function filling({ place: { existing, ended }, width, height }: Tile): readonly SVGElement[] {
  const part = (count: number): number => Math.round((Math.min(count, existing) / existing) * height);
  const sure = part(ended.lower);
  const most = part(ended.upper ?? existing);
  return [
    svg("rect", { class: "maybe", y: height - most, width, height: most - sure, rx: 3 }),
    svg("rect", { class: "sure", y: height - sure, width, height: sure, rx: 3 }),
  ];
}

function labels({ place, isGroup, width, height }: Tile): readonly SVGElement[] {
  const signs = Math.floor((width - 12) / SIGN);
  const text = (words: string, y: number, className: string): SVGTextElement =>
    svg("text", { class: className, x: 6, y }, words);
  if (signs < 5 || height < 18) return [];
  const name = cut(place.name, signs);
  const { existing, ended } = place;
  const brief = `${formatRange(ended)} of ${formatCount(existing)}`;
  if (isGroup) {
    const both = `${place.name}  ${brief}`;
    return [text(both.length <= signs ? both : name, HEADER - 7, "name")];
  }
  if (height < 36 || brief.length > signs) return [text(name, 15, "name")];
  return [text(name, 15, "name"), text(brief.length + 4 <= signs ? `${brief} end` : brief, 30, "count")];
}

function cut(name: string, signs: number): string {
  return signs < 8 ? (name.length <= signs ? name : `${name.slice(0, signs - 1)}…`) : shorten(name, signs);
}

/** `14 of 14 end, 2 with data`. */
function saidOf({ existing, ended, dataLoss }: Place): string {
  const data = dataLoss.upper === 0 ? "" : `, ${formatRange(dataLoss)} with data`;
  return `${formatRange(ended)} of ${formatCount(existing)} end${data}`;
}

/** For who reads and who listens: every place in a row. */
function asTable(places: readonly Place[]): HTMLElement {
  const heading = (text: string, className = "") => html("th", { scope: "col", class: className }, text);
  return html(
    "details",
    {},
    html("summary", {}, "The same as a table"),
    html(
      "table",
      { class: "plain" },
      html(
        "thead",
        {},
        html(
          "tr",
          {},
          heading("Where"),
          heading("Objects", "number"),
          heading("End", "number"),
          heading("Hold data", "number"),
        ),
      ),
      html(
        "tbody",
        {},
        flat(places).map(({ name, address, existing, ended, dataLoss }) =>
          html(
            "tr",
            {},
            html("th", { scope: "row" }, code(address ?? name)),
            html("td", { class: "number" }, formatCount(existing)),
            html("td", { class: "number" }, formatRange(ended)),
            html("td", { class: "number" }, formatRange(dataLoss)),
          ),
        ),
      ),
    ),
  );
}

function flat(places: readonly Place[]): Place[] {
  return places.flatMap((place) => [place, ...flat(place.children)]);
}

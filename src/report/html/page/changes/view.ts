/** The table of changes: searched, sorted, and a page of it at a time, so that thousands stay quick. */

import type { PlanReport, Report, ReportedChange } from "../../../../model/report.ts";
import { counted, formatCount } from "../../../wording/index.ts";
import { button, fill, html, setAttribute } from "../element.ts";
import { drawRow } from "./row.ts";
import { type Column, chosen, FILTERS, type Filter, type Row, rowsOf, type Wanted } from "./rows.ts";

const PAGE_SIZE = 50;
/** On paper nobody turns pages of a table; more than this nobody reads either. */
const MOST_PRINTED = 500;

const HEADINGS: Readonly<Record<Exclude<Column, "rank"> | "place", string>> = {
  address: "Object",
  happens: "What happens",
  dependents: "Depend on it",
  place: "Written in",
  plan: "Plan",
};

type ShowObject = (plan: PlanReport, change: ReportedChange) => void;

/** Fills the place, and hands out a way to search from elsewhere on the page. */
export function changesView(place: HTMLElement, report: Report, showObject: ShowObject | undefined) {
  const rows = rowsOf(report);
  const several = report.plans.length > 1;
  const withPlaces = rows.some(({ change: { location } }) => location !== undefined);
  const columns: (keyof typeof HEADINGS)[] = [
    "address",
    "happens",
    "dependents",
    ...(withPlaces ? (["place"] as const) : []),
    ...(several ? (["plan"] as const) : []),
  ];
  let wanted: Wanted = { search: "", filter: "all", column: "rank", descending: false };
  let at = 0;

  const body = html("tbody");
  const status = html("p", { role: "status", class: "quiet" });
  const pages = html("div", { class: "pages" });
  const headings = columns.map((column) => {
    if (column === "place") return html("th", { scope: "col" }, HEADINGS.place);
    const sort = button(HEADINGS[column], { class: "sort" }, () => change(sortedBy(column, wanted)));
    return html("th", { scope: "col", class: column === "dependents" ? "number" : "", "data-column": column }, sort);
  });

  const draw = (most = PAGE_SIZE): void => {
    const found = chosen(rows, wanted);
    const start = most === PAGE_SIZE ? at * most : 0;
    const shown = found.slice(start, start + most);
    const drawn = (row: Row) =>
      drawRow({ row, columns, showInGraph: showObject && (() => showObject(row.plan, row.change)) });
    fill(body, shown.flatMap(drawn));
    const all = counted(rows.length, "change");
    fill(status, found.length === rows.length ? all : `${formatCount(found.length)} of ${all}`);
    fill(pages, turning(found.length, start, start + shown.length));
    for (const heading of headings) setAttribute(heading, "aria-sort", directionOf(heading, wanted));
  };
  const turning = (count: number, start: number, end: number): readonly Node[] => {
    if (end - start === count) return [];
    const last = Math.ceil(count / PAGE_SIZE) - 1;
    const turn = (label: string, to: number) =>
      button(label, { class: "small", disabled: to === at || to < 0 || to > last }, () => {
        at = to;
        draw();
        document.getElementById("changes")?.scrollIntoView();
      });
    const range = `${formatCount(start + 1)} to ${formatCount(end)} of ${formatCount(count)}`;
    return [
      turn("First", 0),
      turn("Previous", at - 1),
      html("span", {}, range),
      turn("Next", at + 1),
      turn("Last", last),
    ];
  };
  const change = (more: Partial<Wanted>): void => {
    wanted = { ...wanted, ...more };
    at = 0;
    draw();
  };

  const search = html("input", {
    type: "search",
    id: "search",
    placeholder: "Address, type, file, …",
    autocomplete: "off",
  });
  search.addEventListener("input", () => change({ search: search.value }));
  const filter = filterChoice((chosenFilter) => change({ filter: chosenFilter }));
  const table = html(
    "table",
    { class: "changes" },
    html("caption", { class: "unseen" }, "Changes, the worst first unless sorted otherwise"),
    html("thead", {}, html("tr", {}, headings)),
    body,
  );
  fill(
    place,
    html("div", { class: "tools" }, html("label", { for: "search" }, "Search"), search, filter, status),
    html("div", { class: "wide", tabindex: 0, role: "region", "aria-label": "Table of changes" }, table),
    pages,
  );
  draw();
  addEventListener("beforeprint", () => draw(MOST_PRINTED));
  addEventListener("afterprint", () => draw());
  return (text: string): void => {
    search.value = text;
    change({ search: text });
    document.getElementById("changes")?.scrollIntoView();
    search.focus({ preventScroll: true });
  };
}

/** Up, down, and back to the worst first. */
function sortedBy(column: Exclude<Column, "rank">, { column: before, descending }: Wanted): Partial<Wanted> {
  const firstDown = column === "dependents";
  if (before !== column) return { column, descending: firstDown };
  return descending === firstDown ? { descending: !descending } : { column: "rank", descending: false };
}

function directionOf(heading: Element, { column, descending }: Wanted): string | undefined {
  const own = heading.getAttribute("data-column");
  if (own === null) return undefined;
  return own !== column ? "none" : descending ? "descending" : "ascending";
}

function filterChoice(choose: (filter: Filter) => void): HTMLElement {
  const options = Object.entries(FILTERS).map(([value, label]) => html("option", { value }, label));
  const select = html("select", { id: "filter" }, options);
  select.addEventListener("change", () => choose(select.value as Filter));
  return html("span", { class: "choice" }, html("label", { for: "filter" }, "Show"), select);
}

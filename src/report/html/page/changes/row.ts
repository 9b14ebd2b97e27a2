/** One row of the table, and what unfolds under it. */

import { parseAddress } from "../../../../model/address.ts";
import type { ReportedChange } from "../../../../model/report.ts";
import { isEnding, losesData } from "../../../severity.ts";
import { actionText, dependentsCell } from "../../../wording/actions.ts";
import { formatLosses } from "../../../wording/index.ts";
import { button, type Child, code, html, prose, setAttribute } from "../element.ts";
import type { Row } from "./rows.ts";
import { radiusList } from "./tree.ts";

interface Drawn {
  readonly row: Row;
  readonly columns: readonly string[];
  readonly showInGraph: (() => void) | undefined;
}

/** The row, and a row below it for its details, which is filled when it is opened. */
export function drawRow({ row, columns, showInGraph }: Drawn): readonly HTMLTableRowElement[] {
  const { change, plan } = row;
  const id = `detail-${row.rank}`;
  const detail = html("tr", { class: "detail", hidden: true, id });
  const name = button(objectName(change), { class: "object", "aria-expanded": "false", "aria-controls": id }, () => {
    const opens = detail.hidden;
    if (opens && detail.childElementCount === 0)
      detail.append(html("td", { colspan: columns.length }, details(change, showInGraph)));
    detail.hidden = !opens;
    setAttribute(name, "aria-expanded", String(opens));
  });
  const { location } = change;
  const cells = [
    html("th", { scope: "row" }, name),
    html("td", {}, html("span", { class: `happens ${toneOf(change)}` }, signOf(change), ` ${actionText(change)}`)),
    html("td", { class: "number" }, isEnding(change) ? dependentsCell(change.blastRadius) : ""),
    columns.includes("place") ? html("td", {}, location ? code(`${location.file}:${location.line}`) : "") : "",
    columns.includes("plan") ? html("td", {}, code(plan.input)) : "",
  ];
  return [html("tr", {}, cells), detail];
}

function signOf(change: ReportedChange): Child {
  if (!isEnding(change)) return "";
  return html("span", { "aria-hidden": "true" }, losesData(change) ? "✕" : change.counted ? "!" : "·");
}

function toneOf(change: ReportedChange): string {
  if (!isEnding(change)) return "lives";
  if (losesData(change)) return "data";
  return change.counted ? "ends" : "routine";
}

/** The module in grey, so that the eye finds the resource. */
function objectName({ address, deposed, label }: ReportedChange): Child {
  const { module } = parseAddress(address);
  const inModule = module === "" ? "" : `${module}.`;
  return [
    html("code", {}, html("span", { class: "module" }, inModule), address.slice(inModule.length)),
    deposed === undefined ? "" : html("span", { class: "aside" }, "deposed ", code(deposed)),
    label === undefined ? "" : html("span", { class: "aside" }, code(label)),
  ];
}

function details(change: ReportedChange, showInGraph: (() => void) | undefined): Child {
  const { reasons, previousAddress, blastRadius, type } = change;
  return [
    isEnding(change) ? html("p", {}, prose(`${formatLosses(change)}.`)) : "",
    reasons.length === 0 ? "" : html("p", {}, "Cause: ", prose(`${reasons.join("; ")}.`)),
    previousAddress === undefined ? "" : html("p", {}, "It was called ", code(previousAddress), "."),
    html("p", { class: "quiet" }, "Type ", code(type)),
    guards(change),
    isEnding(change) ? radiusList(blastRadius) : "",
    showInGraph === undefined || !isEnding(change) ? "" : button("Show in the graph", { class: "small" }, showInGraph),
  ];
}

const GUARD_WORDS = { on: "on", off: "off", unknown: "not known" } as const;

function guards({ guards: given = [] }: ReportedChange): Child {
  if (given.length === 0) return "";
  return html(
    "p",
    { class: "quiet" },
    "What guards it: ",
    given.map(({ attribute, state }, place) => [place === 0 ? "" : ", ", code(attribute), ` is ${GUARD_WORDS[state]}`]),
  );
}

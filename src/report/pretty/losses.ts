/** What would be lost, a line an object, the worst first; and, when everything is asked for, what else happens. */

import type { PlanReport, ReportedChange } from "../../model/report.ts";
import { isEnding, losesData, worstFirst } from "../severity.ts";
import { atOrigin, formatCount, formatLosses, survivorsText } from "../wording/index.ts";
import type { Page } from "./page.ts";

/** So many lines are read; what holds data is shown beyond, while it can still be read. */
const MOST_LINES = 8;
const MOST_WITH_DATA = 24;
const WIDEST_NAME = 48;

export function losses(plan: PlanReport, several: boolean, page: Page): string[] {
  const ending = worstFirst(plan.changes);
  if (ending.length === 0) return [];
  const shown = page.verbose ? ending : ending.filter(isRead);
  const column = Math.min(WIDEST_NAME, Math.max(...shown.map((change) => nameOf(change).length)));
  const hidden = ending.length - shown.length;
  return [
    page.title(several ? `What would be lost in ${plan.input}` : "What would be lost"),
    ...shown.flatMap((change) =>
      page.row(
        markOf(change),
        nameOf(change),
        column,
        `${formatLosses(change)}${atOrigin(change)}`,
        styleOf(change, page),
      ),
    ),
    ...withoutSurvivors(plan, page),
    ...(hidden > 0 ? page.block("    ", `... ${moreText(ending, shown)} with --verbose`, page.paint.grey) : []),
  ];
}

/** `35 more`, `2916 more, 36 of them with data`. */
function moreText(ending: readonly ReportedChange[], shown: readonly ReportedChange[]): string {
  const data = ending.filter(losesData).length - shown.filter(losesData).length;
  const more = `${formatCount(ending.length - shown.length)} more`;
  return data === 0 ? more : `${more}, ${formatCount(data)} of them with data,`;
}

/** The worst stand first. */
function isRead(change: ReportedChange, place: number): boolean {
  return place < (losesData(change) ? MOST_WITH_DATA : MOST_LINES);
}

function nameOf({ address, deposed, label }: ReportedChange): string {
  if (deposed !== undefined) return `${address} (deposed ${deposed})`;
  return label === undefined ? address : `${address} (${label})`;
}

function markOf(change: ReportedChange): string {
  if (!change.counted) return "  · ";
  return losesData(change) ? "  ✖ " : "  ! ";
}

function styleOf(change: ReportedChange, { paint }: Page): (text: string) => string {
  if (!change.counted) return paint.grey;
  return losesData(change) ? paint.red : paint.amber;
}

function withoutSurvivors({ noSurvivors }: PlanReport, page: Page): string[] {
  return noSurvivors.flatMap((group) => page.row("  ✖ ", group.address, 0, survivorsText(group), page.paint.red));
}

/** Everything that ends nothing. */
export function otherChanges(plan: PlanReport, page: Page): string[] {
  const others = plan.changes.filter((change) => !isEnding(change));
  if (others.length === 0) return [];
  return [
    page.title("Other changes"),
    ...others.flatMap(({ address, action, previousAddress, importing }) => {
      const from = previousAddress === undefined ? "" : `, from ${previousAddress}`;
      const imported = importing !== undefined && action !== "import" ? ", imported" : "";
      return page.block("  · ", `${address}: ${action}${from}${imported}`);
    }),
  ];
}

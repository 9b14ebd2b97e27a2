/** `firebreak tune` as text: a table of limits, a chart for each that stops something, and what was stopped and why. */

import type { LimitName } from "../model/policy.ts";
import type { TunedGroup, TunedLimit, TunedPlan, Tuning } from "../model/tuning.ts";
import { Page } from "./pretty/page.ts";
import type { RenderOptions } from "./render-options.ts";
import { counted, formatActual, formatCount, formatLimit, formatPercent, limitLabel, listed } from "./wording/index.ts";

export function renderTuning(tuning: Tuning, options: RenderOptions): string {
  const page = new Page(options);
  const parts = [
    headline(tuning, page),
    ...tuning.groups.flatMap((group) => groupParts(group, tuning.wanted, page)),
    stopped(tuning.plans, page),
    undecided(tuning, page),
  ];
  const shown = parts.filter((part) => part.length > 0);
  return `${shown.map((part) => part.join("\n")).join("\n\n")}\n`;
}

function headline({ plans, heldTo, undecided: open, skipped }: Tuning, page: Page): string[] {
  const passing = plans.filter(({ verdict }) => verdict === "pass").length;
  const of = (verdict: TunedPlan["verdict"]): number => plans.filter((plan) => plan.verdict === verdict).length;
  const bound = heldTo.bound === "upper" ? "the worst that each can come to" : "what is certain of each";
  const beside = [
    ...(open.length > 0 ? [`${formatCount(open.length)} could not be judged`] : []),
    ...(skipped > 0 ? [`${counted(skipped, "file")} passed over: no plan, or one that was there already`] : []),
  ];
  return [
    ...page.block(
      "",
      `${counted(plans.length, "plan")}, held to the limits of ${heldTo.actor}, by ${bound}`,
      page.paint.bold,
    ),
    ...page.block(
      "",
      `${formatCount(passing)} pass (${formatPercent(plans.length === 0 ? 0 : passing / plans.length)}) · ${formatCount(of("review"))} wait for signatures · ${formatCount(of("fail"))} fail${beside.map((text) => ` · ${text}`).join("")}`,
    ),
  ];
}

function groupParts(group: TunedGroup, wanted: number, page: Page): string[][] {
  const place = group.environment === undefined ? "" : `in ${group.environment}, ${counted(group.plans, "plan")}: `;
  const title = `${place}limits, and what each would have to be to let ${formatPercent(wanted)} pass by itself`;
  const stopping = group.limits.filter(({ over }) => over > 0);
  return [
    [page.title(title), ...table(group, page)],
    ...stopping.map((limit) => chart(limit, group, wanted, page)),
    together(group, wanted, page),
  ];
}

function table({ limits, environment }: TunedGroup, page: Page): string[] {
  const rows = limits.map(({ name, now, over, needed }) => [
    limitLabel(name, environment),
    formatLimit(name, now),
    formatCount(over),
    needed === null ? "none does" : rounded(name, needed),
  ]);
  const all = [["", "now", "stops", "needed"], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const numbers = widths.slice(1).reduce((total, width) => total + width + 2, 4);
  const label = Math.min(widths[0] ?? 0, page.width - numbers);
  return all.map((row, place) => {
    const cells = row.map((cell, column) =>
      column === 0 ? page.fit(cell, label).padEnd(label) : cell.padStart((widths[column] ?? 0) + 2),
    );
    return place === 0 ? page.paint.grey(`    ${cells.join("")}`) : `    ${cells.join("")}`;
  });
}

/** A limit that lets through what was measured: a share is rounded up to a tenth of a percent. */
function rounded(name: LimitName, value: number): string {
  return name === "share" ? formatLimit(name, roundedUp(value)) : formatLimit(name, value);
}

function roundedUp(share: number): number {
  return Math.min(1, Math.ceil(share * 1000 - 1e-6) / 1000);
}

const LONGEST_BAR = 40;

function chart(
  { name, now, needed, steps }: TunedLimit,
  { plans, environment }: TunedGroup,
  wanted: number,
  page: Page,
): string[] {
  const labels = steps.map(({ limit }) => rounded(name, limit));
  const width = Math.max(...labels.map((label) => label.length));
  const bar = Math.max(8, Math.min(LONGEST_BAR, page.width - width - 30));
  const lines = steps.map(({ limit, within }, place) => {
    const filled = Math.round((within / plans) * bar);
    const marks = [...(limit === now ? ["now"] : []), ...(limit === needed ? [`for ${formatPercent(wanted)}`] : [])];
    const full = page.paint.green("█".repeat(filled)) + page.paint.grey("░".repeat(bar - filled));
    const mark = marks.length === 0 ? "" : `  ${page.paint.bold(`← ${marks.join(", ")}`)}`;
    return `    ${(labels[place] ?? "").padStart(width)}  ${full}  ${formatPercent(within / plans).padStart(5)}${mark}`;
  });
  const unknown = plans - Math.max(...steps.map(({ within }) => within));
  const rest =
    unknown === 0
      ? []
      : page.block(
          "    ",
          `of ${counted(unknown, "plan")} it cannot be known (the plan came without its state, or a type is not known): above every limit`,
        );
  return [page.title(`${limitLabel(name, environment)}: plans within a limit of`), ...lines, ...rest];
}

function together(group: TunedGroup, wanted: number, page: Page): string[] {
  const { together: found, plans, rules, stoppedByRules } = group;
  const names = rules.map(({ rule, plans: count }) => `${rule} (${formatCount(count)})`);
  const ruled =
    stoppedByRules === 0
      ? []
      : page.block(
          "    ",
          `Rules stop ${counted(stoppedByRules, "plan")} whatever the limits are: ${listed(names, 6)}.`,
        );
  if (found === undefined) {
    const why = page.block("    ", `No limits let ${formatPercent(wanted)} of these pass.`);
    return [page.title("all limits together"), ...why, ...unknownOf(group, page), ...ruled];
  }
  const limits = Object.entries(found.limits).map(([name, limit]) => {
    return `${name}: ${name === "share" ? `${Number((roundedUp(limit) * 100).toFixed(1))}%` : limit}`;
  });
  const result = `With these, and rules as they are, ${formatCount(found.passing)} of ${counted(plans, "plan")} pass (${formatPercent(found.passing / plans)}):`;
  return [
    page.title("all limits together"),
    ...page.block("    ", result),
    ...page.block("      ", `{${limits.join(", ")}}`, page.paint.bold),
    ...ruled,
  ];
}

/** What no number helps against. */
function unknownOf({ limits, plans }: TunedGroup, page: Page): string[] {
  return limits.flatMap(({ name, steps }) => {
    const unknown = plans - Math.max(...steps.map(({ within }) => within));
    return unknown === 0
      ? []
      : page.block("    ", `Of ${counted(unknown, "plan")} nobody can tell: ${limitLabel(name)}.`);
  });
}

const MOST_SHOWN = 20;

function stopped(plans: readonly TunedPlan[], page: Page): string[] {
  const all = plans.filter(({ verdict }) => verdict !== "pass");
  if (all.length === 0 || page.quiet) return [];
  const shown = page.verbose ? all : all.slice(0, MOST_SHOWN);
  const around = folderAround(all.map(({ input }) => input));
  const lines = shown.flatMap((plan) => {
    const mark = plan.verdict === "fail" ? "FAIL    " : "REVIEW  ";
    return page.row(
      `    ${mark}`,
      plan.input.slice(around.length),
      0,
      reasonOf(plan),
      plan.verdict === "fail" ? page.paint.red : page.paint.amber,
    );
  });
  const rest = all.length - shown.length;
  return [
    page.title(`stopped: ${formatCount(all.length)}${around === "" ? "" : `, in ${around}`}`),
    ...lines,
    ...(rest > 0 ? [`    ... ${formatCount(rest)} more: --verbose`] : []),
  ];
}

/** The folder that all paths have in common, with the slash behind it; empty when they have none. */
function folderAround(paths: readonly string[]): string {
  const [first = "", ...others] = paths;
  let folder = first.slice(0, first.lastIndexOf("/") + 1);
  while (folder !== "" && !others.every((path) => path.startsWith(folder)))
    folder = folder.slice(0, folder.lastIndexOf("/", folder.length - 2) + 1);
  return folder;
}

function reasonOf({ over, actual, limits, rules }: TunedPlan): string {
  const limited = over.map(
    (name) => `${limitLabel(name)}: ${formatActual(name, actual[name])} (${formatLimit(name, limits[name] ?? 0)})`,
  );
  return [...limited, ...rules].join(" · ");
}

function undecided({ undecided: open }: Tuning, page: Page): string[] {
  if (open.length === 0 || page.quiet) return [];
  const shown = page.verbose ? open : open.slice(0, 5);
  const rest = open.length - shown.length;
  return [
    page.title(`could not be judged: ${formatCount(open.length)}`),
    ...shown.flatMap(({ message }) => page.block("    · ", message)),
    ...(rest > 0 ? [`    ... ${formatCount(rest)} more: --verbose`] : []),
  ];
}

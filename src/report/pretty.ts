/** What a person reads: the verdict, the limits, the worst changes with their radius, what could not be seen. */

import type { Verdict } from "../model/judgement.ts";
import type { PlanReport, Report, ReportedChange, ReportedFinding } from "../model/report.ts";
import { forTerminal } from "./escape.ts";
import type { RenderOptions } from "./index.ts";
import { shorten, wrap } from "./layout.ts";
import { limitTable } from "./limit-table.ts";
import { COLOURED, type Paint, PLAIN } from "./paint.ts";
import { isEnding, worstFirst } from "./severity.ts";
import { radiusTree } from "./tree.ts";
import { counted, formatAuthor, formatCount, formatLosses, formatRange, formatShare } from "./wording.ts";

/** How many ending objects are shown, and how many dependents of each, unless everything is asked for. */
const MOST_CHANGES = 5;
const MOST_DEPENDENTS = 5;

export function renderPretty(report: Report, options: RenderOptions): string {
  const page = new Page(report, options);
  return `${page.lines().join("\n")}\n`;
}

class Page {
  private readonly report: Report;
  private readonly options: RenderOptions;
  private readonly paint: Paint;
  private readonly width: number;

  constructor(report: Report, options: RenderOptions) {
    this.report = report;
    this.options = options;
    this.paint = options.color ? COLOURED : PLAIN;
    this.width = options.width ?? Number.POSITIVE_INFINITY;
  }

  lines(): string[] {
    const { plans, verdict } = this.report;
    const head = [...this.headline(), ...this.errors()];
    if (this.options.verbosity === "quiet") return head;
    const details = plans.flatMap((plan) => this.planDetails(plan));
    const table = verdict === "pass" && this.options.verbosity === "normal" ? [] : limitTable(this.report, this.paint);
    const parts = [table, this.otherFindings(), details, this.notSeen()];
    return [head, ...parts.filter((part) => part.length > 0).map((part) => ["", ...part])].flat();
  }

  private headline(): string[] {
    const { plans, verdict, authorship } = this.report;
    const label = this.verdictLabel(verdict);
    const author = formatAuthor(authorship);
    const lines = plans.map((plan) => `${forTerminal(plan.input)}: ${this.planInBrief(plan)}`);
    if (lines.length === 1)
      return this.hanging(label, `${verdict.toUpperCase()}  `, `${lines[0]} · ${forTerminal(author)}`);
    const summary = lines.length === 0 ? "no plan could be read" : counted(lines.length, "plan");
    return [
      ...this.hanging(label, `${verdict.toUpperCase()}  `, `${summary} · ${author}`),
      ...lines.flatMap((line) => this.indented(line, 2)),
    ];
  }

  private verdictLabel(verdict: Verdict): string {
    const { green, red, amber, bold } = this.paint;
    const colour = { pass: green, review: amber, fail: red, undecided: red }[verdict];
    return `${bold(colour(verdict.toUpperCase()))}  `;
  }

  private planInBrief({ summary, totals, existing, share, environment, changes }: PlanReport): string {
    const routine = changes.filter((change) => isEnding(change) && !change.counted).length;
    const others = (["create", "update", "forget", "import", "move"] as const)
      .filter((kind) => summary[kind] > 0)
      .map((kind) => `${formatCount(summary[kind])} to ${kind}`);
    const aside = routine === 0 ? [] : [`${counted(routine, "routine object")} ${routine === 1 ? "ends" : "end"}`];
    if (totals.ended.upper === 0) {
      return `${[...others, ...aside, "nothing ends"].join(", ")} · ${counted(existing, "object")}`.replace(
        /(routine objects? ends?), nothing ends/,
        "$1, nothing else",
      );
    }
    const verb = totals.ended.upper === 1 && existing === 1 ? "ends" : "end";
    const of = environment === undefined ? "" : ` of ${forTerminal(environment)}`;
    const some = `${formatRange(totals.ended)} of ${counted(existing, "object")} ${verb} (${formatShare(share)}${of})`;
    const data =
      totals.dataLoss.upper === 0
        ? "none of them holds data"
        : `${formatRange(totals.dataLoss)} of them ${totals.dataLoss.upper === 1 ? "holds" : "hold"} data`;
    return [some, data, ...others, ...aside].join(", ");
  }

  private errors(): string[] {
    return this.report.errors.flatMap(({ message, hint }) => [
      ...this.indented(forTerminal(message), 2),
      ...(hint === undefined ? [] : this.indented(this.paint.grey(forTerminal(hint)), 4)),
    ]);
  }

  /** Findings that are no limits, worst first; the limits stand in the table. */
  private otherFindings(): string[] {
    const others = this.report.findings.filter(({ ruleId }) => !ruleId.startsWith("limit-"));
    const shown = this.options.verbosity === "verbose" ? others : others.filter(({ level }) => level !== "note");
    return shown.flatMap((finding) => this.finding(finding));
  }

  private finding(finding: ReportedFinding): string[] {
    const { message, ruleId, level, remediation } = finding;
    const mark = { error: this.paint.red("✖"), warning: this.paint.amber("!"), note: this.paint.grey("·") }[level];
    const lines = wrap(`${forTerminal(message)}  [${ruleId}]`, this.width - 4);
    const help = remediation === null || level === "note" ? [] : wrap(remediation, this.width - 4);
    return [
      ...lines.map((line, place) => (place === 0 ? `  ${mark} ${line}` : `    ${line}`)),
      ...help.map((line) => `    ${this.paint.grey(line)}`),
    ];
  }

  private planDetails(plan: PlanReport): string[] {
    const ending = worstFirst(plan.changes);
    if (ending.length === 0) return [];
    const verbose = this.options.verbosity === "verbose";
    const shown = verbose ? ending : ending.slice(0, MOST_CHANGES);
    const title =
      this.report.plans.length === 1 ? "What would be lost" : `What would be lost in ${forTerminal(plan.input)}`;
    const hidden = ending.length - shown.length;
    const more =
      hidden === 0
        ? []
        : [
            this.paint.grey(
              `    ... ${formatCount(hidden)} more: firebreak check ${forTerminal(plan.input)} --verbose`,
            ),
          ];
    return [`  ${this.paint.bold(title)}`, ...shown.flatMap((change) => this.change(change, verbose)), ...more];
  }

  private change(change: ReportedChange, verbose: boolean): string[] {
    const { red, amber, grey } = this.paint;
    const irreversible = change.holdsData && change.counted;
    const mark = !change.counted ? grey("·") : irreversible ? red("✖") : amber("!");
    const deposed = change.deposed === undefined ? "" : ` (deposed ${change.deposed})`;
    const address = shorten(`${forTerminal(change.address)}${deposed}`, this.width - 4);
    const tree = radiusTree(change.blastRadius, verbose ? Number.POSITIVE_INFINITY : MOST_DEPENDENTS);
    return [
      `  ${mark} ${this.paint.bold(address)}`,
      ...this.indented(forTerminal(formatLosses(change)), 6),
      ...change.reasons.flatMap((reason) => this.indented(grey(`because ${forTerminal(reason)}`), 6)),
      ...tree.map(({ branch, object, hidden }) => {
        if (object === undefined) return `      ${grey(branch)}${grey(`${formatCount(hidden)} more`)}`;
        const note = `${object.effect}${object.certain ? "" : ", possibly"}`;
        const name = shorten(forTerminal(object.address), this.width - 8 - branch.length - note.length);
        return `      ${grey(branch)}${name}  ${object.effect === "ends" ? amber(note) : grey(note)}`;
      }),
    ];
  }

  private notSeen(): string[] {
    const relevant = this.report.verdict !== "pass" || this.options.verbosity === "verbose";
    const spots = new Set(
      this.report.plans.flatMap(({ blindSpots }) => blindSpots.map(({ message }) => forTerminal(message))),
    );
    if (!relevant || spots.size === 0) return [];
    return [`  ${this.paint.bold("Not seen")}`, ...[...spots].flatMap((spot) => this.indented(`· ${spot}`, 2))];
  }

  /** Text behind a label; further lines stand under the text. */
  private hanging(label: string, plainLabel: string, text: string): string[] {
    const indent = " ".repeat(plainLabel.length);
    return wrap(text, this.width - indent.length).map((line, place) => (place === 0 ? label : indent) + line);
  }

  private indented(text: string, by: number): string[] {
    return wrap(text, this.width - by).map((line, place) => " ".repeat(place === 0 ? by : by + 2) + line);
  }
}

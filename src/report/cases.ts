/** What `firebreak rules test` prints: each file with its cases, and of those that came out otherwise what is other. */

import { Page } from "./pretty/page.ts";
import type { RenderOptions } from "./render-options.ts";

export interface TriedCase {
  readonly file: string;
  /** `file:line:column`. */
  readonly place: string;
  readonly name: string;
  readonly actor: string;
  /** The same case was tried for other authors too. */
  readonly isOneOfSeveral: boolean;
  /** Absent when all is as expected. */
  readonly difference?: CaseDifference;
  /** Sentences on why there is no verdict. */
  readonly reasons: readonly string[];
}

export interface CaseDifference {
  readonly verdict?: { readonly expected: string; readonly found: string };
  readonly missing: readonly ExpectedLine[];
  readonly unexpected: readonly FoundLine[];
  readonly matched: readonly FoundLine[];
}

interface ExpectedLine {
  readonly rule: string;
  readonly address?: string;
  readonly level?: string;
  readonly signatures?: number | "none";
  readonly waived?: boolean;
}

interface FoundLine {
  readonly ruleId: string;
  readonly address?: string;
  readonly level: string;
  readonly signatures?: number;
  readonly waiver?: unknown;
  readonly message: string;
}

export interface TriedFile {
  readonly name: string;
  readonly cases: readonly TriedCase[];
  /** Rules of the config that no case finds anything by. */
  readonly untried: readonly string[];
}

export function renderCases(files: readonly TriedFile[], options: RenderOptions): string {
  const page = new Page(options);
  const all = files.flatMap(({ cases }) => cases);
  const failed = all.filter(({ difference }) => difference !== undefined);
  const sum =
    failed.length === 0
      ? `${counted(all.length)} ${all.length === 1 ? "is" : "are"} as expected`
      : `${failed.length} of ${counted(all.length)} ${failed.length === 1 ? "is" : "are"} not as expected`;
  return `${[...files.flatMap((file) => fileLines(file, page)), "", page.paint.bold(sum)].join("\n")}\n`;
}

function counted(cases: number): string {
  return cases === 1 ? "1 case" : `${cases} cases`;
}

function fileLines({ name, cases, untried }: TriedFile, page: Page): string[] {
  const failed = cases.filter(({ difference }) => difference !== undefined);
  const head =
    failed.length === 0
      ? page.block("✔ ", `${name}: ${counted(cases.length)}`, undefined, page.paint.green)
      : page.block("✖ ", `${name}: ${failed.length} of ${counted(cases.length)}`, page.paint.bold, page.paint.red);
  const silent =
    untried.length === 0 ? [] : page.block("  ", `no case finds anything by ${untried.join(", ")}`, page.paint.grey);
  const differences = failed.flatMap((one, place) => [...(place > 0 ? [""] : []), ...caseLines(one, page)]);
  return [...head, ...differences, ...silent];
}

function caseLines({ place, name, actor, isOneOfSeveral, difference, reasons }: TriedCase, page: Page): string[] {
  if (difference === undefined) return [];
  const { verdict, missing, unexpected, matched } = difference;
  const { red, green, grey } = page.paint;
  const title = isOneOfSeveral ? `${name} (${actor})` : name;
  return [
    ...page.block("  ", `${place}  ${title}`, page.paint.bold),
    ...(verdict ? page.block("    - ", `verdict ${verdict.expected}`, green, green) : []),
    ...(verdict ? page.block("    + ", `verdict ${verdict.found}`, red, red) : []),
    ...matched.flatMap((one) => page.block("      ", foundText(one), grey)),
    ...missing.flatMap((one) => page.block("    - ", expectedText(one), green, green)),
    ...unexpected.flatMap((one) => page.block("    + ", foundText(one), red, red)),
    ...reasons.flatMap((reason) => page.block("      ", reason)),
  ];
}

function expectedText({ rule, address, level, signatures, waived }: ExpectedLine): string {
  const how = [
    level,
    signatures === undefined ? undefined : signatures === "none" ? "nothing lifts it" : `${signatures} to sign`,
    waived === undefined ? undefined : waived ? "waived" : "not waived",
  ].filter((word) => word !== undefined);
  return `${[rule, address].filter((word) => word !== undefined).join(" ")}${how.length === 0 ? "" : ` (${how.join(", ")})`}`;
}

function foundText({ ruleId, address, level, signatures, waiver, message }: FoundLine): string {
  const isWaived = waiver !== undefined && waiver !== null;
  const how = [level, ...(signatures === undefined ? [] : [`${signatures} to sign`]), ...(isWaived ? ["waived"] : [])];
  return `${[ruleId, address].filter((word) => word !== undefined).join(" ")} (${how.join(", ")}): ${message}`;
}

/** Who has signed, and of each sign-off that does not count why. */

import type { Report } from "../../model/report.ts";
import { describeSignature, formatCount, furthestFromSigned, missingIn } from "../wording/index.ts";
import type { Page } from "./page.ts";

/** Old sign-offs may lie beside the new ones; a few say what is wrong. */
const MOST_REFUSED = 5;

export function signatures({ signatures: given, plans, asOf }: Report, page: Page): string[] {
  if (given.length === 0) return [];
  const counting = given.filter(({ counts }) => counts).length;
  const shown = page.verbose ? given : given.slice(0, counting + MOST_REFUSED);
  const hidden = given.length - shown.length;
  const column = Math.max(...shown.map(({ signer }) => signer.length));
  return [
    page.title("Signatures"),
    ...shown.flatMap((signature) => {
      const { green, amber } = page.paint;
      const [mark, style] = signature.counts ? ["  ✔ ", green] : ["  · ", amber];
      return page.row(mark, signature.signer, column, describeSignature(signature, asOf, plans.length > 1), style);
    }),
    ...(hidden > 0 ? page.block("    ", `... ${formatCount(hidden)} more with --verbose`, page.paint.grey) : []),
  ];
}

/** What those who wait can do. */
export function whoIsMissing(report: Report, page: Page): string[] {
  const open = report.verdict === "review" ? furthestFromSigned(report.findings) : undefined;
  if (open === undefined || page.quiet) return [];
  const missing = missingIn(open);
  const more = (open.signed ?? 0) > 0 ? " more" : "";
  const people = missing === 1 ? `One${more} person who is` : `${missing}${more} people who are`;
  const [only] = report.plans;
  const input = only && report.plans.length === 1 ? only.input : "each plan";
  const text = `${people} neither author nor operator: approve the pull request, or firebreak approve ${input}`;
  return page.block("      ", text);
}

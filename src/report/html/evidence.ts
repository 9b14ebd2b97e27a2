/** Who wrote the change, how that is known, and who has signed for it. */

import type { Signal } from "../../model/authorship.ts";
import { actorText } from "../wording/comment.ts";
import { counted, describeSignature, formatAuthor, formatPercent } from "../wording/index.ts";
import { type Child, element, type Markup, NOTHING } from "./markup.ts";
import { code, firstOf, paragraph, type Sheet, section } from "./sheet.ts";

const MOST_SIGNALS = 12;
const MOST_SIGNATURES = 50;

export function author(sheet: Sheet): Markup {
  const { authorship, policy } = sheet.report;
  const { grade, confidence, signals, operators, kind } = authorship;
  const sure = grade === undefined || grade === "claimed" ? "" : `; ${grade}, ${formatPercent(confidence)} sure`;
  const { shown, hidden } = firstOf(
    signals.filter(({ source }) => source !== "repository"),
    MOST_SIGNALS,
  );
  const silence =
    kind === "unknown" ? " Silence is not a human: most agents leave no mark unless they are told to." : "";
  const said = `${formatAuthor(authorship)}${sure}; held to the limits of ${actorText(policy.heldTo.actor)}.${silence}`;
  return section(
    "author",
    "Who wrote it, and how we know",
    element("p", {}, sheet.sentence(said)),
    shown.length === 0 ? NOTHING : evidenceTable(shown),
    hidden === 0 ? NOTHING : paragraph("quiet", `${counted(hidden, "more mark")} in the JSON report`),
    operators.length === 0
      ? NOTHING
      : element(
          "p",
          {},
          "Under the rights of ",
          operators.map((name, place) => [place === 0 ? "" : ", ", code(name)]),
        ),
  );
}

function evidenceTable(signals: readonly Signal[]): Markup {
  const seen = signals.some(({ evidence }) => evidence !== undefined);
  const titles = ["Seen in", ...(seen ? ["What was seen"] : []), "Points to"];
  return element(
    "table",
    { class: "plain" },
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        titles.map((text) => element("th", { scope: "col" }, text)),
      ),
    ),
    element(
      "tbody",
      {},
      signals.map(({ source, evidence, agent, pointsTo, strength, basis, weight }) => {
        const known = [strength, basis, weight === 0 ? "counts for nothing" : undefined];
        const how = known.filter((word) => word !== undefined).join(", ");
        return element(
          "tr",
          {},
          element("td", {}, code(source)),
          seen ? element("td", {}, evidence === undefined ? [] : code(evidence)) : [],
          element("td", {}, agent === undefined ? pointsTo : code(agent), how === "" ? [] : ` (${how})`),
        );
      }),
    ),
  );
}

export function signatures({ report, sentence }: Sheet): Markup {
  const { signatures: given, asOf, plans } = report;
  const { shown, hidden } = firstOf(given, MOST_SIGNATURES);
  if (shown.length === 0) return NOTHING;
  return section(
    "signatures",
    "Signatures",
    element(
      "ul",
      { class: "findings" },
      shown.map((signature): Child => {
        const sign = signature.counts ? "✓ counts" : "· does not count";
        return element(
          "li",
          { class: signature.counts ? "kept" : "waived" },
          paragraph("says", element("span", { class: "level" }, sign), " ", code(signature.signer)),
          paragraph("why", sentence(describeSignature(signature, asOf, plans.length > 1))),
        );
      }),
    ),
    hidden === 0 ? NOTHING : paragraph("quiet", `${counted(hidden, "more signature")} in the JSON report`),
  );
}

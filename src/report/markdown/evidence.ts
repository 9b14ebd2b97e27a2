/** Who wrote the change, and how that is known. */

import type { Signal } from "../../model/authorship.ts";
import { actorText } from "../wording/comment.ts";
import { formatAuthor, formatPercent } from "../wording/index.ts";
import type { Part } from "./fit.ts";
import { folded, type Sheet } from "./sheet.ts";

export function whoAndHow(sheet: Sheet): Part[] {
  const { report, prose, code } = sheet;
  const { authorship, verdict, policy } = report;
  if (verdict === "pass") return [];
  const { grade, confidence, signals, operators } = authorship;
  const sure = grade === undefined || grade === "claimed" ? "" : `; ${grade}, ${formatPercent(confidence)} sure`;
  const told = signals.filter(({ source }) => source !== "repository").map((signal) => `- ${line(signal, sheet)}`);
  const { actor, bound } = policy.heldTo;
  const lines = [
    `- ${prose(`${formatAuthor(authorship)}${sure}; held to the limits of ${actorText(actor)}, by the ${bound} bound of each range`)}`,
    ...told,
    ...(authorship.lines?.leftOut ?? []).map(
      ({ commit, agent }) =>
        `- ${prose(`commit ${commit.slice(0, 7)}: left out, it edits nothing of what ends`)}${agent === undefined ? "" : ` → ${code(agent)}`}`,
    ),
    ...(operators.length === 0 ? [] : [`- under the rights of ${operators.map(code).join(", ")}`]),
  ];
  return folded(sheet, "Who wrote it, and how we know", lines);
}

/** What was seen is somebody's text as a whole. */
function line({ source, evidence, agent, pointsTo }: Signal, { code, prose }: Sheet): string {
  const who = agent === undefined ? prose(pointsTo) : code(agent);
  return `${prose(source)}: ${evidence === undefined ? "" : `${code(evidence)} → `}${who}`;
}

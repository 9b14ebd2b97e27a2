/** What a run has to say of itself: inputs that it could not judge, what it could not see, what it left out. */

import type { Report } from "../../model/report.ts";
import { forText } from "../escape.ts";
import { relativePath } from "../findings.ts";
import { mergedText } from "../wording/comment.ts";
import { formatCount } from "../wording/index.ts";
import { uriOf } from "./result.ts";

interface Notification {
  readonly level: "error" | "note";
  readonly descriptor: { readonly id: string };
  readonly message: { readonly text: string };
  readonly locations?: readonly unknown[];
}

export function notifications(report: Report, hidden: number): Notification[] {
  const merged = mergedText(report);
  return [
    ...report.errors.map(({ code, message, hint, input }) =>
      notification("error", code, hint === undefined ? message : `${message}. ${hint}`, input),
    ),
    ...report.plans.flatMap(({ input, incompleteReasons, blindSpots }) => [
      ...incompleteReasons.map((reason) =>
        notification("note", "incomplete-plan", `The plan is not the whole change: ${reason}.`, input),
      ),
      ...blindSpots.map(({ code, message }) => notification("note", code, message, input)),
    ]),
    ...report.skipped.map(({ input, message }) => notification("note", "skipped", message, input)),
    ...(merged === undefined ? [] : [notification("note", "merged", merged)]),
    ...(hidden === 0 ? [] : [notification("note", "more", `${formatCount(hidden)} more results are left out.`)]),
  ];
}

function notification(level: Notification["level"], id: string, text: string, input?: string): Notification {
  const physicalLocation = input !== undefined && { artifactLocation: { uri: uriOf(relativePath(input)) } };
  return {
    level,
    descriptor: { id: forText(id) },
    message: { text: forText(text) },
    ...(physicalLocation && { locations: [{ physicalLocation }] }),
  };
}

/** What could not be seen, and what exactly was judged by which policy. */

import { isEnding } from "../severity.ts";
import { gapsIn } from "../wording/index.ts";
import { type Child, element, type Markup, NOTHING } from "./markup.ts";
import { code, firstOf, type Sheet, section } from "./sheet.ts";

const MOST_LINES = 200;

/** Said even where nothing ends: the input itself was not what it should be. */
const OF_THE_INPUT: ReadonlySet<string> = new Set(["surrounding-text", "no-format-version", "no-resource-changes"]);

export function notSeen({ report, sentence }: Sheet): Markup {
  const { plans, authorship, skipped } = report;
  const ends = plans.some(({ changes }) => changes.some(isEnding));
  const spots = new Set([
    ...plans.flatMap((plan) => [
      ...plan.incompleteReasons.map((reason) => `The plan is not the whole change: ${reason}.`),
      ...plan.blindSpots.filter(({ code: id }) => ends || OF_THE_INPUT.has(id)).map(({ message }) => message),
    ]),
    ...(ends ? gapsIn(authorship).map((gap) => `Of the author: ${gap}.`) : []),
    ...skipped.map(({ message }) => `Skipped: ${message}.`),
  ]);
  if (spots.size === 0) return NOTHING;
  const { shown } = firstOf([...spots], MOST_LINES);
  return section(
    "unseen",
    "What could not be seen",
    element(
      "ul",
      {},
      shown.map((spot) => element("li", {}, sentence(spot))),
    ),
  );
}

/** For whoever wants to know exactly: fingerprints and layers of the policy. */
export function judged({ report }: Sheet): Markup {
  const { plans, policy } = report;
  const { shown, hidden } = firstOf(plans, MOST_LINES);
  const layers: Child =
    policy.sources.length === 0
      ? "none"
      : policy.sources.map(({ name }, place) => [place === 0 ? "" : ", then ", code(name)]);
  const base: Child =
    policy.base === undefined ? [] : [" from ", code(`${policy.base.ref}@${policy.base.commit.slice(0, 7)}`)];
  return section(
    "judged",
    "What exactly was judged",
    element(
      "dl",
      {},
      shown.map(({ input, environment, fingerprint, digest }) => [
        element("dt", {}, code(input), environment === undefined ? [] : [" in ", code(environment)]),
        element("dd", {}, "fingerprint ", code(fingerprint)),
        element("dd", {}, "bytes ", code(digest)),
      ]),
      hidden === 0 ? [] : element("dt", {}, `${hidden} more in the JSON report`),
      element("dt", {}, "Policy"),
      element("dd", {}, layers, base, policy.mode === "observe" ? "; observed only" : ""),
    ),
  );
}

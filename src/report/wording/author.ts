/** Who wrote the change, in words. */

import type { Authorship } from "../../model/authorship.ts";
import { counted, formatCount, listed } from "./numbers.ts";
import { leftOutText } from "./written.ts";

/** `written by an agent (claude-code, from 3 commits)`, `author unknown`. */
export function formatAuthor(authorship: Authorship): string {
  return `${authorText(authorship)}${leftOutText(authorship)}`;
}

function authorText(authorship: Authorship): string {
  const { kind, agent, grade } = authorship;
  const places = listed(evidencePlaces(authorship), 4);
  const how = [...(agent === undefined || kind === "bot" ? [] : [agent]), ...(places === "" ? [] : [`from ${places}`])];
  const known = how.length === 0 ? "" : ` (${how.join(", ")})`;
  const said = grade === "claimed" && places === "" ? ", as claimed" : grade === "attested" ? ", attested" : "";
  switch (kind) {
    case "agent":
      return `written by an agent${known}${said}`;
    case "mixed":
      return `${grade === "assisted" ? "written with an agent's help" : "written by an agent and people"}${known}${said}`;
    case "bot":
      return `made by automation${known}${said}`;
    case "human":
      return `written by a person${known}${said}`;
    case "unknown":
      return "author unknown";
  }
}

/** What could not be looked at, a sentence without its full stop each. */
export function gapsIn({ signals, lines }: Authorship): string[] {
  const because = lines?.because;
  return [
    ...signals.flatMap(({ source, evidence }) => (source === "repository" && evidence !== undefined ? [evidence] : [])),
    ...(because === undefined ? [] : [`the whole change counts, since its lines cannot be told apart: ${because}`]),
  ];
}

/** Where the evidence for the kind was seen: `3 of 5 commits`, `the pull request`. */
function evidencePlaces({ kind, signals, commits }: Authorship): string[] {
  const wanted = kind === "agent" || kind === "mixed" ? ["agent", "mixed"] : [kind];
  const telling = signals.filter(
    ({ pointsTo, source, weight }) => wanted.includes(pointsTo) && source !== "--actor" && weight !== 0,
  );
  const sources = new Set(telling.map(({ source }) => (source.startsWith("commit ") ? "commit" : source)));
  const { total = 0, agent = 0 } = commits ?? {};
  const count = kind === "bot" ? total : agent;
  const places = [...sources].filter((source) => source !== "commit" || count > 0);
  return places.map((source) => {
    if (source === "commit")
      return count < total ? `${formatCount(count)} of ${counted(total, "commit")}` : counted(count, "commit");
    return source === "review" || source === "signature" ? `a ${source}` : `the ${source}`;
  });
}

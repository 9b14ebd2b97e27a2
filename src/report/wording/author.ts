/** Who wrote the change, in words. */

import type { Authorship } from "../../model/authorship.ts";

/** `written by an agent (claude-code)`, `author unknown`. */
export function formatAuthor({ kind, agent, grade }: Authorship): string {
  const said = grade === "claimed" ? ", as claimed" : "";
  switch (kind) {
    case "agent":
      return `written by an agent${agent === undefined ? "" : ` (${agent})`}${said}`;
    case "mixed":
      return `written by an agent and people${agent === undefined ? "" : ` (${agent})`}${said}`;
    case "bot":
      return `made by automation${said}`;
    case "human":
      return `written by a person${said}`;
    case "unknown":
      return "author unknown";
  }
}

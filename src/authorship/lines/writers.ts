/** Whose marks the commits of a change bear, one by one. */

import type { Evidence } from "../../model/evidence.ts";
import type { Origin, WrittenBy } from "../../model/units.ts";
import { marksOfCommit } from "../commit.ts";
import { decides } from "../marks.ts";
import { loadTable } from "../table.ts";

/** What to say of an edit. */
export async function writerFinder({ commits = [] }: Evidence): Promise<(origin: Origin) => WrittenBy> {
  const table = await loadTable();
  const writers = new Map<string, Pick<WrittenBy, "by" | "agent">>();
  for (const commit of commits) {
    const { signals, byBot } = marksOfCommit(commit, table);
    const telling = signals.filter(decides);
    const agent = telling.find((signal) => signal.agent !== undefined)?.agent;
    const by = telling.length > 0 ? "agent" : byBot ? "bot" : "unmarked";
    writers.set(commit.sha, { by, ...(agent !== undefined && { agent }) });
  }
  return ({ sha, did, key, location }) => ({
    commit: sha,
    did,
    block: key,
    file: location.file,
    line: location.line,
    ...(writers.get(sha) ?? { by: "unmarked" }),
  });
}

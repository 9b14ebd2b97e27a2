/** The judgement of `firebreak author` on some evidence, through the command line. */

import type { Authorship } from "../../src/index.ts";
import { firebreak, folderWith } from "./world.ts";

export async function authorOf(evidence: unknown): Promise<Authorship> {
  const file = `${folderWith({ "evidence.json": JSON.stringify(evidence) })}/evidence.json`;
  const { code, stdout, stderr } = await firebreak(["author", "--evidence", file, "--format", "json"]);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

export const OPERATOR = { name: "Operator", email: "operator@company.example" };

/** A commit of the operator, by nobody else as far as it says. */
export function commit(message: string, more: object = {}): object {
  return { sha: "1".repeat(40), author: OPERATOR, committer: OPERATOR, message, ...more };
}

/** What a test says of a judgement: `agent claude-code proven`. */
export function inShort({ kind, agent, grade }: Authorship): string {
  return [kind, agent, grade].filter((word) => word !== undefined).join(" ");
}

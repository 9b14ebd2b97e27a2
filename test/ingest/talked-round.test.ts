/** Ways to make a destructive plan look harmless, each of which has worked once: none of them passes. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { check, FirebreakError, type Verdict } from "../../src/index.ts";

type Json = Record<string, unknown>;

const STORY = readFileSync(new URL("../../fixtures/story/plan.json", import.meta.url), "utf8");
const HARMLESS = '{"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[]}\n';

const story = (): Json => JSON.parse(STORY) as Json;
const edited = (edit: (entry: Json, change: Json) => void): string => {
  const plan = story();
  for (const entry of plan["resource_changes"] as Json[]) {
    const change = entry["change"] as Json;
    if ((change["actions"] as string[]).includes("delete")) edit(entry, change);
  }
  return JSON.stringify(plan);
};
const without = (name: string): string => JSON.stringify({ ...story(), [name]: undefined });

describe("never a pass", () => {
  test.each<[string, string]>([
    ["an echo of another plan behind a harmless one", `${HARMLESS}::debug::stdout: ${STORY}`],
    ["a plan inside an object beside a harmless one", `{"plan":${STORY}}\n${HARMLESS}`],
    ["a plan as a text beside a harmless one", `${JSON.stringify({ stdout: STORY })}\n${HARMLESS}`],
    ["a plan with the values of a state beside a harmless one", `${HARMLESS}{"values":{},${STORY.slice(1)}`],
    [
      "a plan that breaks in its first key behind a harmless one",
      `${HARMLESS}{"terraform_version":1 1,${STORY.slice(1)}`,
    ],
    ["no list of changes, while objects vanish", without("resource_changes")],
    ["the list under another name", STORY.replace('"resource_changes"', '"Resource_Changes"')],
    ["an envelope without its versions", '{"format_version":"1.2","applyable":true}'],
    ["objects that call themselves data", edited((entry) => Object.assign(entry, { mode: "data" }))],
    ["objects that call themselves ephemeral", edited((entry) => Object.assign(entry, { mode: "ephemeral" }))],
    ["objects with the type of another one", edited((entry) => Object.assign(entry, { type: "null_resource" }))],
    [
      "no-ops that leave nothing behind",
      edited((_, change) => Object.assign(change, { actions: ["no-op"], after: null })),
    ],
    [
      "updates that leave nothing behind",
      edited((_, change) => Object.assign(change, { actions: ["update"], after: null })),
    ],
    ["an error that is a text", JSON.stringify({ ...story(), resource_changes: [], errored: "true" })],
  ])("%s", async (_, text) => {
    expect(await verdictOn(text)).not.toBe("pass");
  });
});

async function verdictOn(text: string): Promise<Verdict> {
  try {
    const bytes = Buffer.from(text);
    return (await check([{ input: "plan.json", bytes }], { actor: "agent", now: new Date(0) })).verdict;
  } catch (error) {
    if (error instanceof FirebreakError) return "undecided";
    throw error;
  }
}

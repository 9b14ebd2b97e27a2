/** Cases under fixtures/authorship/: evidence as tools and hosts write it, and what is known to be true of it. */

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { authorOf } from "../support/author.ts";
import { fixture } from "../support/world.ts";

const cases = readdirSync(fixture("authorship")).filter((name) => name.endsWith(".json"));

test.each(cases)("%s", async (name) => {
  const { expected, evidence } = JSON.parse(readFileSync(fixture("authorship", name), "utf8"));
  const { kind, grade, agent, operators } = await authorOf(evidence);
  expect({ kind, grade, agent, operators }).toEqual({ grade: undefined, agent: undefined, ...expected });
});

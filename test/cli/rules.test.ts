/** `firebreak rules`: what is in force, and where each value was written. */

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repository } from "../support/repository.ts";
import { firebreak, folderWith } from "../support/world.ts";

const CONFIG = `limits:
  agent: {ended: 9}
rules:
  failing-check: error
protected:
  types: aws_db_instance
`;

/** Each value with its place, as lines. */
async function lines(argv: readonly string[], cwd: string): Promise<string[]> {
  const { code, stdout } = await firebreak(["rules", ...argv], { cwd });
  expect(code).toBe(0);
  return stdout.split("\n").map((line) => line.trim().replace(/\s+/g, " "));
}

test("every value has the place that set it last", async () => {
  const cwd = folderWith({ "firebreak.yaml": CONFIG });
  const path = join(cwd, "firebreak.yaml");
  const shown = await lines(["--config", path], cwd);
  expect(shown[0]).toBe(`policy: recommended, then ${path}`);
  expect(shown).toContain(`agent.ended 9 ${path}:2:18`);
  expect(shown).toContain("agent.affected 25 recommended");
  expect(shown).toContain(`failing-check error ${path}:4:18`);
  expect(shown).toContain(`types aws_db_instance ${path}:6:10`);
  expect(shown.filter((line) => line.startsWith("agent.ended"))).toHaveLength(1);
});

test("JSON is the same for programs", async () => {
  const cwd = folderWith({ "firebreak.yaml": CONFIG });
  const { stdout } = await firebreak(["rules", "-f", "json", "--ruleset", "strict"], { cwd });
  const { sources, values, rules } = JSON.parse(stdout);
  expect(sources.at(-1)).toBe("strict");
  expect(values).toContainEqual({ path: "limits.agent.ended", value: 0, source: "strict", place: "strict" });
  expect(rules).toContainEqual(expect.objectContaining({ id: "wrong-world", mentioned: true }));
});

test("with a base it is the base's policy", async () => {
  const { folder } = repository({ "firebreak.yaml": "limits: {agent: {ended: 2}}\n" });
  const shown = await lines(["--base", "main"], folder);
  expect(shown.find((line) => line.startsWith("agent.ended"))).toMatch(
    /^agent\.ended 2 firebreak\.yaml@[0-9a-f]{12}:1:25$/,
  );
});

describe("one rule", () => {
  test("is told with what it finds and how it counts", async () => {
    const shown = await lines(["show", "environment-recreated"], folderWith({}));
    expect(shown).toContain("environment-recreated: Every object of a family or module is deleted and created again.");
    expect(shown).toContain("environment-recreated.agent error recommended");
  });

  test("that no layer mentions is a warning, and said to be", async () => {
    const cwd = folderWith({ "firebreak.yaml": "extends: []\n" });
    expect(await lines(["show", "failing-check"], cwd)).toContain("failing-check: warning");
  });
});

test.each<[string[], RegExp]>([
  [["show", "failing-chek"], /unknown rule "failing-chek"\. Did you mean failing-check\?/],
  [["show"], /rules takes no "show"/],
  [["all"], /rules takes no "all"/],
  [["list", "x"], /rules takes no "list x"/],
  [["-f", "yaml"], /unknown format "yaml"/],
])("bad usage: %j", async (argv, sentence) => {
  const { code, stdout, stderr } = await firebreak(["rules", ...argv]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(sentence);
});

/** `firebreak author` as people and programs meet it, and the evidence options of `check`. */

import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import schema from "../../schema/report.schema.json" with { type: "json" };
import { commit } from "../support/author.ts";
import { firebreak, fixture, folderWith } from "../support/world.ts";

const STORY = fixture("story/plan.json");
const MARKED = commit("x\n\nCo-authored-by: Claude <noreply@anthropic.com>", { sha: "3f2a91c".padEnd(40, "0") });

const file = (content: unknown): string =>
  `${folderWith({ "evidence.json": typeof content === "string" ? content : JSON.stringify(content) })}/evidence.json`;

describe("firebreak author", () => {
  test("says who, how we know, and under whose rights", async () => {
    const { code, stdout } = await firebreak(["author", "--evidence", file({ commits: [MARKED, commit("y")] })]);
    expect([code, stdout]).toEqual([
      0,
      `written by an agent and people (claude-code, from 1 of 2 commits) · proven, 97 % sure

  Evidence
  · commit 3f2a91c  Co-authored-by: Claude <noreply@anthropic.com>: claude-code (proof, documented)

  Under whose rights
  · Operator <operator@company.example>
`,
    ]);
  });

  test("JSON is the report's `authorship` and nothing around it", async () => {
    const { stdout } = await firebreak(["author", "--evidence", file({ commits: [MARKED] }), "-f", "json"]);
    const validate = new Ajv({ strict: false }).compile({
      ...schema,
      $id: "authorship",
      required: [],
      properties: {},
      additionalProperties: true,
      $ref: "#/definitions/authorship",
    });
    expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors)).toBe(true);
    const { stdout: report } = await firebreak([
      "check",
      STORY,
      "--evidence",
      file({ commits: [MARKED] }),
      "-f",
      "json",
    ]);
    expect(JSON.parse(report).authorship).toEqual(JSON.parse(stdout));
  });

  test("of many marks the strongest are listed, and what was not looked at is never left out", async () => {
    const commits = [...Array(300).fill(MARKED), commit("y")];
    const { stdout } = await firebreak(["author", "--evidence", file({ commits, later: 1 }), "-f", "json"]);
    const { signals, commits: counted } = JSON.parse(stdout);
    expect([signals.length, counted]).toEqual([102, { total: 301, agent: 300 }]);
    expect(signals[100].evidence).toBe("200 more signals, none of them stronger");
    expect(signals[101].evidence).toContain('"later"');
  });

  test("nothing else counts beside a file of evidence; a check still looks at its own process", async () => {
    const env = { CLAUDECODE: "1" };
    const { stdout } = await firebreak(["author", "--evidence", file({}), "-q"], { env });
    expect(stdout).toBe("author unknown · nothing says who\n");
    const { stdout: verdict } = await firebreak(["check", STORY, "--evidence", file({}), "-q"], { env });
    expect(verdict).toContain("written by an agent (claude-code, from the environment)");
    const { stdout: here } = await firebreak(["author", "-q"], { env });
    expect(here).toContain("written by an agent (claude-code, from the environment)");
  });

  test("what was written to mislead a terminal is spelled out", async () => {
    const author = { name: "\u001b[2J\u202eClaude", email: "noreply@anthropic.com" };
    const { stdout } = await firebreak(["author", "--evidence", file({ commits: [commit("x", { author })] }), "-v"]);
    expect(stdout).toContain("\\u001b[2J");
    expect(stdout).not.toMatch(/\u001b|\u202e/);
  });

  test.each<[what: string, content: unknown, message: RegExp]>([
    ["no JSON", "{", /this is no JSON/],
    ["a list", [], /the evidence is not an object/],
    ["a wrong part", { commits: {} }, /commits is not a list/],
    ["a wrong message", { commits: [MARKED, { message: 7 }] }, /commits\[1\]\.message is not a text/],
    ["a wrong label", { pullRequest: { labels: [7] } }, /pullRequest\.labels\[0\] is not an object/],
    ["a wrong variable", { environment: { CLAUDECODE: {} } }, /environment\.CLAUDECODE is not a text/],
    [
      "a wrong number",
      { pullRequest: { author: { login: "x", id: "seven" } } },
      /pullRequest\.author\.id is not a number/,
    ],
  ])("evidence that cannot be read, %s: exit 2 and one sentence", async (_, content, message) => {
    for (const argv of [["author"], ["check", STORY]]) {
      const { code, stdout, stderr } = await firebreak([...argv, "--evidence", file(content)]);
      expect([code, stdout, stderr]).toEqual([2, "", expect.stringMatching(message)]);
      expect(stderr.split("\n")).toHaveLength(3);
    }
  });

  test("evidence may lack any part, say null, and hold what hosts write in its place", async () => {
    const loose = {
      commits: [
        { sha: null, author: "Operator <operator@company.example>", message: "x", notes: null, verified: null },
      ],
      pullRequest: { author: "operator", title: null, labels: [{ name: "jules" }] },
      reviews: null,
      workflow: {},
    };
    const { code, stdout } = await firebreak(["author", "--evidence", file(loose)]);
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('the evidence holds "workflow", which this version does not read'),
    ]);
  });

  test.each([
    [["plan.json"], /author takes no "plan.json"/],
    [["--evidence", "x", "--base", "main"], /exclude each other/],
    [["-f", "dot"], /unknown format "dot"/],
    [["--evidence", "/no/such/file"], /no\/such\/file/],
  ])("%j: exit 2", async (argv, message) => {
    const { code, stdout, stderr } = await firebreak(["author", ...argv]);
    expect([code, stdout, stderr]).toEqual([2, "", expect.stringMatching(message)]);
  });
});

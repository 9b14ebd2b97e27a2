/** What somebody says against what evidence says, what attests a human, and whose limits follow. */

import { describe, expect, test } from "vitest";
import { commit, inShort } from "../support/author.ts";
import { fixture, folderWith, reportOf } from "../support/world.ts";

const EVERYDAY = fixture("terraform/update-in-place/plan.json");
const MARKED = commit("x\n\nCo-authored-by: Claude <noreply@anthropic.com>");
const HEAD = "1".repeat(40);

async function judged(evidence: object, argv: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const file = `${folderWith({ "evidence.json": JSON.stringify(evidence) })}/evidence.json`;
  return reportOf([EVERYDAY, "--evidence", file, ...argv], { env });
}

describe("a claim", () => {
  test.each<[claim: string, evidence: object, env: Record<string, string>, expected: string]>([
    ["human", {}, {}, "human claimed"],
    ["human", { commits: [commit("x")] }, {}, "human claimed"],
    ["human", { commits: [MARKED] }, {}, "agent claude-code proven"],
    ["human", {}, { CLAUDECODE: "1" }, "agent claude-code proven"],
    ["human", { commits: [commit("x\n\nAssisted-by: Claude Code")] }, {}, "mixed claude-code assisted"],
    ["human", { pullRequest: { labels: ["jules"] } }, {}, "unknown"],
    ["human", { environment: { GITHUB_ACTOR: "dependabot[bot]" } }, {}, "bot claimed"],
    ["human", {}, { GITHUB_ACTOR: "copilot-swe-agent[bot]" }, "agent copilot-coding-agent proven"],
    ["human", {}, { GITHUB_HEAD_REF: "codex/x" }, "agent openai-codex proven"],
    ["bot", { commits: [MARKED] }, {}, "agent claude-code proven"],
    ["bot", {}, {}, "bot claimed"],
    ["unknown", { environment: { GITHUB_ACTOR: "dependabot[bot]" } }, {}, "unknown"],
    ["unknown", { commits: [MARKED] }, {}, "agent claude-code proven"],
    ["agent:own-agent", {}, {}, "agent own-agent claimed"],
    ["agent", { commits: [MARKED, commit("y")] }, {}, "agent claude-code proven"],
    ["agent:own-agent", { commits: [MARKED] }, {}, "agent own-agent proven"],
  ])("%s with %j and %j is %s", async (claim, evidence, env, expected) => {
    expect(inShort((await judged(evidence, ["--actor", claim], env)).authorship)).toBe(expected);
  });

  test("that does not stand is reported as such", async () => {
    const { signals } = (await judged({ commits: [MARKED] }, ["--actor", "human"])).authorship;
    expect(signals[0]).toEqual({
      source: "--actor",
      pointsTo: "human",
      evidence: "does not count beside the evidence",
      weight: 0,
    });
  });

  test("the process that judges makes a judgement stricter, never milder", async () => {
    expect((await judged({}, [], { GITHUB_ACTOR: "dependabot[bot]" })).authorship.kind).toBe("unknown");
    expect((await judged({}, [], { AI_AGENT: "some-new-agent" })).authorship).toMatchObject({
      kind: "agent",
      grade: "proven",
    });
    // Where a person sees the output, a terminal's name says nothing.
    expect((await judged({}, [], { TERM_PROGRAM: "kiro" })).authorship).toMatchObject({ kind: "agent", agent: "kiro" });
    const onTerminal = await reportOf([EVERYDAY], { env: { TERM_PROGRAM: "kiro" }, terminal: true });
    expect(onTerminal.authorship.kind).toBe("unknown");
  });

  test("no value of a variable is reported", async () => {
    const report = await judged({ environment: { CODEX_THREAD_ID: "thread-secret" } }, [], {
      CODEX_SANDBOX: "other-secret",
    });
    expect(report.authorship.kind).toBe("agent");
    expect(JSON.stringify(report)).not.toContain("secret");
  });
});

describe("attestation", () => {
  const KEY = "SHA256:0123456789abcdefghijABCDEFGHIJ0123456789abc";
  const OTHER = `SHA256:${"x".repeat(43)}`;
  const config = () => `${folderWith({ "f.yaml": `extends: strict\nhumanKeys: ["${KEY}"]\n` })}/f.yaml`;
  const signed = commit("x", { verified: KEY });
  const opened = { pullRequest: { author: { login: "operator", id: 1, type: "User" } } };
  const approval = {
    login: "second",
    id: 2,
    type: "User",
    state: "APPROVED",
    commitId: HEAD,
    submittedAt: "2026-01-31T12:00:00Z",
  };

  test.each<[what: string, evidence: object, actor: string[], expected: string, heldTo: string]>([
    ["signed by a listed key", { commits: [signed] }, [], "human attested", "human"],
    [
      "signed by another key",
      { commits: [commit("x", { verified: OTHER })] },
      ["--actor", "human"],
      "human claimed",
      "agent",
    ],
    [
      "verified by no key that is named",
      { commits: [commit("x", { verified: true })] },
      ["--actor", "human"],
      "human claimed",
      "agent",
    ],
    ["one of two commits signed", { commits: [signed, commit("y")] }, ["--actor", "human"], "human claimed", "agent"],
    [
      "signed, with a mark",
      { commits: [{ ...MARKED, verified: KEY }] },
      ["--actor", "human"],
      "agent claude-code proven",
      "agent",
    ],
    [
      "claimed, and approved by somebody else",
      { ...opened, commits: [commit("x")], reviews: [approval] },
      ["--actor", "human"],
      "human attested",
      "human",
    ],
    [
      "approved, and claimed by nobody",
      { ...opened, commits: [commit("x")], reviews: [approval] },
      [],
      "unknown",
      "agent",
    ],
    [
      "approved by who opened it",
      { ...opened, commits: [commit("x")], reviews: [{ ...approval, login: "Operator" }] },
      ["--actor", "human"],
      "human claimed",
      "agent",
    ],
    [
      "approved before the last commit",
      { ...opened, commits: [commit("x")], reviews: [{ ...approval, commitId: "2".repeat(40) }] },
      ["--actor", "human"],
      "human claimed",
      "agent",
    ],
    [
      "approved and taken back",
      {
        ...opened,
        commits: [commit("x")],
        reviews: [approval, { ...approval, state: "CHANGES_REQUESTED", submittedAt: "2026-01-31T13:00:00Z" }],
      },
      ["--actor", "human"],
      "human claimed",
      "agent",
    ],
    [
      "approved by a bot",
      { ...opened, commits: [commit("x")], reviews: [{ ...approval, login: "coderabbitai[bot]", type: "Bot" }] },
      ["--actor", "human"],
      "human claimed",
      "agent",
    ],
    [
      "approved, opened by nobody knows whom",
      { commits: [commit("x")], reviews: [approval] },
      ["--actor", "human"],
      "human claimed",
      "agent",
    ],
  ])("%s", async (_, evidence, actor, expected, heldTo) => {
    const { authorship, policy } = await judged(evidence, ["--config", config(), ...actor]);
    expect([inShort(authorship), policy.heldTo.actor]).toEqual([expected, heldTo]);
  });
});

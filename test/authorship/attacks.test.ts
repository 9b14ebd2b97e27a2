/** What somebody may try to be taken for somebody else, and what only looks like an agent. */

import { describe, expect, test } from "vitest";
import { authorOf, commit, inShort, OPERATOR } from "../support/author.ts";

const TRAILER = "Co-authored-by: Claude <noreply@anthropic.com>";
const CLAUDE = "agent claude-code proven";

describe("a mark is found wherever and however it stands", () => {
  test.each<[what: string, message: string]>([
    ["at the end", `fix: size\n\n${TRAILER}\n`],
    ["in the middle of a message", `fix: size\n\n${TRAILER}\n\nMore words on this change.\n`],
    ["right below the text", `fix: size\nsome words\n${TRAILER}\nmore words`],
    [
      "in a nested squash message",
      `feat: all (#12)\n\n* feat: one\n\n${TRAILER}\n\n* fix: two\n\n---------\n\nCo-authored-by: Operator <operator@company.example>`,
    ],
    ["as an item of a list", `feat: all\n\n* ${TRAILER}\n- more`],
    ["in other case", "fix: size\n\nCO-AUTHORED-BY: CLAUDE <NOREPLY@ANTHROPIC.COM>"],
    ["with line ends of Windows", `fix: size\r\n\r\n${TRAILER}\r\n`],
    ["with line ends of old Macs", `fix: size\r\r${TRAILER}\r`],
    ["without angle brackets", "fix: size\n\nCo-authored-by: Claude noreply@anthropic.com"],
    ["folded over two lines", "fix: size\n\nCo-authored-by: Claude Opus\n  <noreply@anthropic.com>"],
    [
      "beside a person",
      "fix: size\n\nCo-authored-by: Operator <operator@company.example>, Claude <noreply@anthropic.com>",
    ],
    ["with signs that are not seen", `fix: size\n\nCo\u200b-authored-by: Claude <noreply@anth\u200dropic.com>`],
    [
      "with hyphens and colons of other scripts",
      "fix: size\n\nCo\u2011authored\u2010by\uff1a Claude <noreply@anthropic.com>",
    ],
    [
      "with Cyrillic letters that look the same",
      "fix: size\n\nС\u043e-authored-by: Claude <n\u043er\u0435ply@\u0430nthropic.com>",
    ],
    ["in full-width letters", "fix: size\n\nCo-authored-by: Claude <ｎｏｒｅｐｌｙ＠ａｎｔｈｒｏｐｉｃ.com>"],
    ["as a footer", "fix: size\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)"],
    ["as a sign-off", "fix: size\n\nSigned-off-by: Claude <noreply@anthropic.com>"],
    ["behind a fence that nothing closes", `fix: size\n\n\`\`\`\ncode\n\n${TRAILER}`],
    ["at the end of a message of 3 MB", `fix: size\n\n${"x: y\n".repeat(600_000)}${TRAILER}`],
    ["behind a line of 1 MB", `fix: size\n\n${"a".repeat(1 << 20)}\n${TRAILER}`],
  ])("%s", async (_, message) => {
    expect(inShort(await authorOf({ commits: [commit(message)] }))).toBe(CLAUDE);
  });

  test.each<[what: string, person: object, expected: string]>([
    [
      "an account by its number",
      { name: "Somebody", email: "158243242+renamed[bot]@users.noreply.github.com" },
      "agent devin proven",
    ],
    [
      "an agent under the number of github-actions",
      { name: "claude[bot]", email: "41898282+claude[bot]@users.noreply.github.com" },
      "agent claude-github-action proven",
    ],
    [
      "an agent without [bot]",
      { name: "Copilot", email: "198982749+Copilot@users.noreply.github.com" },
      "agent copilot-coding-agent proven",
    ],
    [
      "an agent that marks its operator's name",
      { name: "Operator (aider)", email: "operator@company.example" },
      "agent aider proven",
    ],
  ])("%s", async (_, person, expected) => {
    expect(inShort(await authorOf({ commits: [commit("fix", { author: person })] }))).toBe(expected);
    const asCommitter = commit("fix", { committer: person });
    expect(inShort(await authorOf({ commits: [asCommitter] }))).toBe(expected);
  });

  test("a bot account by its number, whatever it is called", async () => {
    const opened = (author: object) => authorOf({ pullRequest: { author } });
    expect(inShort(await opened({ login: "renamed", id: 198982749, type: "Bot" }))).toBe(
      "agent copilot-coding-agent proven",
    );
    expect(inShort(await opened({ login: "devin-ai-integration[bot]", id: 158243242, type: "Bot" }))).toBe(
      "agent devin proven",
    );
    expect((await opened({ login: "some-app[bot]", id: 7, type: "Bot" })).kind).toBe("bot");
    // A person who has taken the login of a bot is no bot.
    expect((await opened({ login: "cloudpossebot", id: 7, type: "User" })).kind).toBe("unknown");
    expect((await opened({ login: "claude", id: 7, type: "User" })).kind).toBe("unknown");
  });
});

describe("what only looks like an agent is none", () => {
  test.each<[what: string, author: object, message: string]>([
    ["an author called Claude", { name: "Claude Monet", email: "claude@company.example" }, "paint the pond"],
    ["an author called Devin", { name: "Devin", email: "devin@company.example" }, "fix: typo"],
    [
      "an author called Kiro",
      { name: "Kiro Somebody", email: "kiro@amazon.com" },
      "fix: typo\n\nAssisted-by: Kimi Somebody",
    ],
    ["an author called Jules", { name: "Jules", email: "jules@company.example" }, "fix: typo"],
    ["a login that contains a word", { name: "upodroid", email: "1+upodroid@users.noreply.github.com" }, "fix: typo"],
    ["an employee of a vendor", { name: "Employee", email: "employee@anthropic.com" }, "5.0.16"],
    ["a name that ends in bot", { name: "jw bot", email: "jw@company.example" }, "test: add"],
    [
      "a database cursor",
      OPERATOR,
      "fix: close the cursor\n\nThe agent pool leaks a cursor, devin and claude found it.",
    ],
    [
      "a credit to a person",
      OPERATOR,
      "fix: select\n\nAssisted-by: Claude Monet <claude@company.example>\nAssisted-by: Peter\nReviewed-by: Jules <jules@company.example>",
    ],
    ["an agent that reviewed", OPERATOR, "fix: size\n\nReviewed-by: Claude <noreply@anthropic.com>"],
    ["a trailer within prose", OPERATOR, `docs: we add \`${TRAILER}\` to each commit`],
    ["a trailer that is quoted", OPERATOR, `docs: how to credit\n\n\`\`\`\n${TRAILER}\n\`\`\`\n`],
    ["a code generator", OPERATOR, "chore: protos\n\nGenerated-by: protoc 25.1"],
    [
      "the summary of a review bot",
      OPERATOR,
      "fix: size\n\nWritten by [Cursor Bugbot](https://cursor.com/bugbot)\nSummary by CodeRabbit",
    ],
    ["a merge into an agent's branch", OPERATOR, "Merge branch 'main' into copilot/fix-documentation"],
    ["commits made in the browser", OPERATOR, "Update README.md\n\nSigned-off-by: GitHub <noreply@github.com>"],
  ])("%s", async (_, author, message) => {
    const answer = await authorOf({
      commits: [commit(message, { author, committer: { name: "GitHub", email: "noreply@github.com" } })],
    });
    expect([answer.kind, answer.signals, answer.operators]).toEqual(["unknown", [], []]);
  });

  test.each([
    "cursor-pagination",
    "position-cursor",
    "cursor/pagination",
    "devin/fix-typo",
    "update-agent-pools",
    "fix/claude-desktop-link",
  ])("a branch %s", async (branch) => {
    expect((await authorOf({ pullRequest: { branch } })).kind).toBe("unknown");
  });

  test("nothing at all is unknown, and never a human", async () => {
    for (const evidence of [
      {},
      { commits: [] },
      { pullRequest: {} },
      { environment: {} },
      { changeSet: {}, reviews: [] },
    ]) {
      expect(await authorOf(evidence)).toMatchObject({ kind: "unknown", confidence: 0 });
    }
  });
});

describe("a bot is told by its account alone", () => {
  const bot = { name: "dependabot[bot]", email: "49699333+dependabot[bot]@users.noreply.github.com" };
  const bumped = commit("Bump x", { author: bot });

  test.each<[what: string, evidence: object, kind: string]>([
    ["all commits by a bot", { commits: [bumped, bumped] }, "bot"],
    ["a bot and somebody", { commits: [bumped, commit("and more")] }, "unknown"],
    ["a bot whose commit the host did not verify", { commits: [{ ...bumped, verified: false }] }, "unknown"],
    [
      "a bot with the number of another account",
      { commits: [commit("Bump", { author: { ...bot, email: "7+dependabot@users.noreply.github.com" } })] },
      "unknown",
    ],
    ["a bot's pull request that an agent finished", { commits: [bumped, commit(`x\n\n${TRAILER}`)] }, "agent"],
    [
      "a bot as co-author",
      { commits: [commit("x\n\nCo-authored-by: dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>")] },
      "unknown",
    ],
    [
      "a bot's branch with somebody's commits",
      { commits: [commit("x")], pullRequest: { branch: "dependabot/npm/x" } },
      "unknown",
    ],
    [
      "a merge of a person between a bot's commits",
      { commits: [bumped, commit("Merge branch 'main'", { parents: ["1", "2"] })] },
      "bot",
    ],
  ])("%s: %s", async (_, evidence, kind) => {
    expect((await authorOf(evidence)).kind).toBe(kind);
  });
});

test("no pattern takes long on a text made for it", async () => {
  const nasty = [
    "a-".repeat(50_000),
    "<".repeat(100_000),
    ":".repeat(100_000),
    "*".repeat(100_000),
    "Co-authored-by: ".repeat(10_000),
    `Assisted-by: ${"a ".repeat(50_000)}`,
    "| Package ".repeat(10_000),
    "```\n".repeat(50_001),
    " ".repeat(100_000),
    "generated with [".repeat(10_000),
    "@".repeat(100_000),
    `Co-authored-by: ${"a@b ".repeat(50_000)}`,
  ];
  const started = performance.now();
  await authorOf({
    commits: [commit(nasty.join("\n"))],
    pullRequest: { body: nasty.join("\n"), branch: nasty.join("") },
  });
  expect(performance.now() - started).toBeLessThan(5000);
});

/** Reviews of the code host as signatures: by whom, on which commit, and in one sentence why another one does not count. */

import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { NO_SSH_KEYGEN, type Organisation, organisation, planOf, told } from "../support/signing.ts";
import { smallPlan } from "../support/small-plan.ts";
import { folderWith, reportOf } from "../support/world.ts";

const HEAD = "a".repeat(40);
const BEFORE = "b".repeat(40);

/** Alice and Bob may sign; the operator is in the team too, since operators are colleagues. */
const CONFIG = `
signOff:
  team:
    - {login: alice, id: 11, names: [alice@company.example]}
    - {login: bob, names: [bob@company.example]}
    - {login: operator, names: [operator@company.example]}
`;

const OPERATOR = { name: "Operator", email: "operator@company.example" };

const commit = (more: object = {}) => ({
  sha: HEAD,
  parents: [BEFORE],
  author: OPERATOR,
  committer: { name: "GitHub", email: "noreply@github.com" },
  message: "fix\n\nCo-authored-by: Claude <noreply@anthropic.com>",
  ...more,
});

const approval = (login: string, more: object = {}) => ({
  login,
  type: "User",
  state: "APPROVED",
  commitId: HEAD,
  submittedAt: "2026-01-31T10:00:00Z",
  ...more,
});

const ALICE = approval("alice", { id: 11 });
const BOB = approval("bob");

interface Given {
  readonly reviews: readonly object[];
  readonly commits?: readonly object[] | undefined;
  readonly author?: object | undefined;
  readonly config?: string;
  readonly base?: null;
}

const PLAN = smallPlan({ objects: { "aws_db_instance.orders": { fate: "delete", values: { id: "db-1" } } } });

async function judged({ reviews, commits = [commit()], config = CONFIG, base, ...given }: Given) {
  const author = "author" in given ? given.author : { login: "operator", type: "User" };
  const evidence = { reviews, commits, pullRequest: { author } };
  const folder = folderWith({ "plan.json": PLAN, "mine.yaml": config, "evidence.json": JSON.stringify(evidence) });
  const from = base === null ? [] : ["--base", "main"];
  return reportOf([
    `${folder}/plan.json`,
    "--config",
    `${folder}/mine.yaml`,
    "--evidence",
    `${folder}/evidence.json`,
    ...from,
  ]);
}

describe("approvals", () => {
  test("of two members of the team, on the last commit", async () => {
    const report = await judged({ reviews: [ALICE, BOB] });
    expect(told(report)).toEqual(["pass", "@alice: exactly", "@bob: exactly"]);
    expect(report.signatures[0]).toMatchObject({ channel: "review", signedAt: "2026-01-31T10:00:00Z" });
  });

  test.each<[what: string, given: Given, why: string]>([
    ["one person twice", { reviews: [BOB, { ...BOB, submittedAt: "2026-01-31T11:00:00Z" }] }, ""],
    ["the operator of the agent", { reviews: [BOB, approval("operator")] }, "@operator took part in this change as"],
    [
      "the author, whose address the team knows",
      { reviews: [BOB, ALICE], commits: [commit({ author: { name: "A", email: "Alice@company.example" } })] },
      "@alice took part in this change as alice@company.example",
    ],
    [
      "a committer, by an address of the host",
      {
        reviews: [BOB, ALICE],
        commits: [commit({ committer: { name: "A", email: "11+alice@users.noreply.github.com" } })],
      },
      "@alice took part in this change as @alice",
    ],
    [
      "who asked the agent for it",
      {
        reviews: [BOB, ALICE],
        commits: [
          commit({ message: `${commit().message}\nCo-authored-by: alice <11+alice@users.noreply.github.com>` }),
        ],
      },
      "@alice took part in this change",
    ],
    ["a bot", { reviews: [BOB, approval("renovate[bot]", { type: "Bot" })] }, "@renovate[bot] is a program"],
    [
      "an agent's account that calls itself a user",
      { reviews: [BOB, approval("Copilot", { type: "User", id: 198982749 })] },
      "@Copilot is a program",
    ],
    ["nobody knows what kind", { reviews: [BOB, { ...ALICE, type: undefined }] }, "of an unknown kind"],
    ["before the last push", { reviews: [BOB, { ...ALICE, commitId: BEFORE }] }, "before the last push (aaaaaaaaa)"],
    [
      "dismissed",
      { reviews: [BOB, ALICE, { ...ALICE, state: "DISMISSED", submittedAt: "2026-01-31T11:00:00Z" }] },
      "it was dismissed",
    ],
    [
      "taken back",
      { reviews: [BOB, ALICE, { ...ALICE, state: "CHANGES_REQUESTED", submittedAt: "2026-01-31T11:00:00Z" }] },
      "@alice asks for changes",
    ],
    ["not of the team", { reviews: [BOB, approval("eve")] }, "@eve is not in the team"],
    [
      "of the name, with another number",
      { reviews: [BOB, approval("alice", { id: 12 })] },
      "@alice is another account",
    ],
    ["of the name, without a number", { reviews: [BOB, approval("alice")] }, "@alice is another account"],
    [
      "nobody says who opened it",
      { reviews: [BOB, ALICE], author: undefined },
      "does not say who opened the pull request",
    ],
    ["no commits", { reviews: [BOB, ALICE], commits: [] }, "which commit of the change is the last one"],
    ["no base", { reviews: [BOB, ALICE], base: null }, "nobody names a base"],
    ["no team", { reviews: [BOB, ALICE], config: "extends: recommended" }, "names no team"],
  ])("%s: review", async (_, given, why) => {
    const [verdict, ...said] = told(await judged(given));
    expect(verdict).toBe("review");
    expect(said.join("\n")).toContain(why);
  });

  test("a comment after it takes nothing back", async () => {
    const comment = { ...ALICE, state: "COMMENTED", submittedAt: "2026-01-31T11:00:00Z" };
    expect((await judged({ reviews: [ALICE, comment, BOB] })).verdict).toBe("pass");
  });

  test("somebody who is known by an account alone may be anybody who is known by an address alone", async () => {
    const bare = "signOff: {team: [alice, bob]}";
    const said = told(await judged({ reviews: [ALICE, BOB], config: bare }));
    expect(said[0]).toBe("review");
    expect(said[1]).toContain("nobody can tell whether @alice is operator@company.example");
    const named = commit({ author: { ...OPERATOR, login: "operator" } });
    expect((await judged({ reviews: [ALICE, BOB], config: bare, commits: [named] })).verdict).toBe("pass");
  });

  test("where an agent worked for nobody who is named, one more person signs", async () => {
    const alone = commit({ author: { name: "Copilot", email: "198982749+Copilot@users.noreply.github.com" } });
    const given = { commits: [{ ...alone, message: "fix" }], author: { login: "Copilot", id: 198982749, type: "Bot" } };
    const two = await judged({ ...given, reviews: [ALICE, BOB] });
    expect(two.verdict).toBe("review");
    const finding = two.findings.find(({ ruleId }) => ruleId === "limit-data-loss");
    expect(finding).toMatchObject({ signatures: 3, signed: 2 });
    expect(finding?.remediation).toContain(
      "1 more person sign it off (one more than the limit asks, since nobody is named",
    );
    expect((await judged({ ...given, reviews: [ALICE, BOB, approval("operator")] })).verdict).toBe("pass");
  });
});

describe.skipIf(NO_SSH_KEYGEN !== undefined)("a review and a sign-off", () => {
  const both = async (config: string, reviewer: string) => {
    const org: Organisation = organisation({ config });
    const plan = planOf(org, { "aws_db_instance.orders": "db-1" });
    const author = { ...OPERATOR, login: "operator" };
    const evidence = {
      commits: [commit({ author })],
      pullRequest: { author: { login: "operator", type: "User" } },
      reviews: [approval(reviewer, { id: 11 })],
    };
    writeFileSync(org.path("evidence.json"), JSON.stringify(evidence));
    return told(await org.check(plan, [await org.approve("alice", plan)], "--evidence", org.path("evidence.json")));
  };

  test("of two people are two signatures", async () => {
    expect((await both(CONFIG, "bob"))[0]).toBe("pass");
  });

  test("of one person are one", async () => {
    const said = await both(CONFIG, "alice");
    expect([said[0], said[2]]).toEqual([
      "review",
      "alice@company.example: alice@company.example and @alice are one person, who counts once",
    ]);
  });

  test("of whom nobody knows whether they are one person are one", async () => {
    const said = await both("signOff: {team: [al, bob]}", "al");
    expect([said[0], said[2]]).toEqual([
      "review",
      expect.stringContaining("are one person; list the login and the addresses"),
    ]);
  });
});

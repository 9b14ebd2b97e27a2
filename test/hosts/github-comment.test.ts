/** `firebreak comment` on GitHub: the real Octokit against a server that is held to GitHub's own description. */

import { describe, expect, test } from "vitest";
import { githubEnvironment, githubRun, TOKEN } from "../support/ci-run.ts";
import { APP, type GithubServer, HEAD, serveGithub } from "../support/github-server.ts";
import { smallPlan } from "../support/small-plan.ts";
import { firebreak, fixture, folderWith, type Outcome } from "../support/world.ts";

const STORY = fixture("story/plan.json");
const QUIET = fixture("terraform/update-in-place/plan.json");
const MARKER = "<!-- firebreak:comment firebreak -->";

async function comment(server: GithubServer, args: readonly string[], env: object = {}): Promise<Outcome> {
  const run = { ...githubRun({ api: server.api, head: HEAD }), ...env };
  const outcome = await firebreak(["comment", ...args], { env: run });
  const everything = [outcome.stdout, outcome.stderr, ...server.state.comments.map(({ body }) => body)].join("\n");
  expect(everything).not.toContain(TOKEN);
  return outcome;
}

const own = (body: string, id: number) => ({ id, login: APP.login, userId: APP.databaseId, body });
const foreign = (body: string, id: number) => ({ id, login: "mallory", userId: 666, body });

describe("the comment", () => {
  test("is written once, edited in place, and left alone when nothing changed", async () => {
    const server = await serveGithub();
    const first = await comment(server, [STORY, "--actor", "agent"]);
    expect(first.code).toBe(1);
    expect(first.stderr).toContain("comment written: https://github.com/octo-org/infra/pull/7#issuecomment-1");
    expect(server.state.comments).toHaveLength(1);
    expect(server.state.comments[0]?.body).toMatch(
      /^<!-- firebreak:comment firebreak -->\n\n### 🛑 firebreak: this would end/,
    );
    expect(server.state.comments[0]?.body).toContain("https://github.com/octo-org/infra/actions/runs/99");

    const before = server.writes().length;
    const again = await comment(server, [STORY, "--actor", "agent"]);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("comment as it was")]);
    expect(server.writes().slice(before)).toEqual([]);

    const passed = await comment(server, [QUIET, "--actor", "human"]);
    expect([passed.code, passed.stderr]).toEqual([0, expect.stringContaining("comment edited")]);
    expect(server.state.comments).toHaveLength(1);
    expect(server.state.comments[0]?.body).toContain("✅ firebreak: nothing ends");
    expect([...server.tokens]).toEqual([`token ${TOKEN}`]);
  });

  test("keeps the oldest of its duplicates", async () => {
    const server = await serveGithub({
      comments: [
        foreign("nice", 1),
        own(`${MARKER}\n\nold`, 2),
        own(`${MARKER}\n\nolder run`, 3),
        own("something else", 4),
      ],
    });
    const { stderr } = await comment(server, [QUIET]);
    expect(stderr).toContain("comment edited, 1 duplicate removed");
    expect(server.state.comments.map(({ id }) => id)).toEqual([1, 2, 4]);
    expect(server.state.comments[3 - 1]?.body).toBe("something else");
  });

  test("does not touch what another account wrote with the same marker", async () => {
    const server = await serveGithub({ comments: [foreign(`${MARKER}\n\n### ✅ firebreak: nothing ends`, 1)] });
    await comment(server, [STORY, "--actor", "agent"]);
    expect(server.state.comments.map(({ login }) => login)).toEqual(["mallory", APP.login]);
    expect(server.state.comments[0]?.body).toContain("✅");
    expect(server.writes().some((call) => call.endsWith("/comments/1"))).toBe(false);
  });

  test("takes no comment for its own that only quotes the marker, or is of another name", async () => {
    const others = [own(`> ${MARKER}`, 1), own("<!-- firebreak:comment firebreak: staging -->\n\nstaging", 2)];
    const server = await serveGithub({ comments: others });
    await comment(server, [QUIET, "--no-status"]);
    expect(server.state.comments).toHaveLength(3);
    await comment(server, [QUIET, "--no-status", "--name", "staging"]);
    expect(server.state.comments).toHaveLength(3);
    expect(server.state.comments[1]?.body).toContain("✅");
  });

  test("is found behind hundreds of others", async () => {
    const chatter = Array.from({ length: 250 }, (_, index) => foreign(`comment ${index}`, index + 1));
    const server = await serveGithub({ comments: [...chatter, own(`${MARKER}\n\nold`, 999)] });
    const { stderr } = await comment(server, [QUIET]);
    expect(stderr).toContain("comment edited");
    expect(server.calls.filter((call) => /issues\/7\/comments\?page=/.test(call))).toHaveLength(3);
  });

  test("says that there is no verdict instead of what an earlier run said", async () => {
    const server = await serveGithub({ comments: [own(`${MARKER}\n\n### ✅ firebreak: nothing ends`, 1)] });
    const folder = folderWith({ "broken.json": '{"format_version": "1.2", "resource_changes": [{' });
    const { code, stderr } = await comment(server, [`${folder}/broken.json`]);
    expect(code).toBe(2);
    expect(server.state.comments[0]?.body).toContain("⚠️ firebreak: no verdict");
    expect(server.state.checkRuns[0]).toMatchObject({ conclusion: "failure" });
    expect(stderr).toContain("comment edited");
  });

  test("repeats names of somebody else in it as code, where they do nothing", async () => {
    const server = await serveGithub();
    const name = "@octo-org [x](http:evil) <img src=x> `a` #1.json";
    const folder = folderWith({ [name]: "{" });
    await comment(server, [`${folder}/${name}`]);
    const body = (server.state.comments[0]?.body ?? "").replace(MARKER, "");
    const outside = body.replace(/`[^`\n]*`/g, "");
    expect(body).toContain("no verdict");
    expect(outside).not.toMatch(/[@<>[\]`]|#1|http/);
  });

  test("of many plans is one, and so is that of many saved reports", async () => {
    const server = await serveGithub();
    const { files } = await firebreak(["check", STORY, "--actor", "agent", "--format", "json=a.json"]);
    const other = await firebreak(["check", QUIET, "--actor", "human", "--format", "json=b.json"]);
    const folder = folderWith({ "a.json": files.get("a.json") ?? "", "b.json": other.files.get("b.json") ?? "" });
    const { code } = await comment(server, ["--from", `${folder}/a.json`, "--from", `${folder}/b.json`]);
    expect(code).toBe(1);
    expect(server.state.comments).toHaveLength(1);
    expect(server.state.comments[0]?.body).toContain("in 2 plans");
    expect(server.state.comments[0]?.body).toContain("One verdict of 2 reports");
    const missing = await comment(server, ["--from", `${folder}/a.json`, "--from", `${folder}/none.json`]);
    expect(missing.code).toBe(2);
    expect(server.state.comments[0]?.body).toContain("no verdict");
  });

  test("of a huge change fits", async () => {
    const objects = Object.fromEntries(
      Array.from({ length: 2000 }, (_, index) => [
        `aws_db_instance.${"very_long_name_".repeat(5)}${index}`,
        "delete" as const,
      ]),
    );
    const server = await serveGithub();
    const folder = folderWith({ "plan.json": smallPlan({ objects }) });
    expect((await comment(server, [`${folder}/plan.json`])).code).not.toBe(0);
    const bytes = Buffer.byteLength(server.state.comments[0]?.body ?? "");
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThanOrEqual(65_536);
  });
});

describe("the check run", () => {
  test("has the verdict, and is not made anew when nothing changed", async () => {
    const server = await serveGithub();
    await comment(server, [STORY, "--actor", "agent"]);
    expect(server.state.checkRuns).toHaveLength(1);
    expect(server.state.checkRuns[0]).toMatchObject({
      name: "firebreak",
      head_sha: HEAD,
      status: "completed",
      conclusion: "failure",
      details_url: "https://github.com/octo-org/infra/actions/runs/99",
      output: { title: expect.stringMatching(/^fail: this would end 34 to 42 of 61 objects/) },
    });
    await comment(server, [STORY, "--actor", "agent"]);
    expect(server.state.checkRuns).toHaveLength(1);
    await comment(server, [QUIET, "--actor", "human"]);
    expect(server.state.checkRuns[1]).toMatchObject({ status: "completed", conclusion: "success" });
  });

  test("waits where signatures are missing: that is no pass", async () => {
    const server = await serveGithub();
    const plan = smallPlan({ objects: { "aws_db_instance.orders": "delete", "aws_iam_role.a": "keep" } });
    const { code } = await comment(server, [`${folderWith({ "plan.json": plan })}/plan.json`, "--actor", "agent"]);
    expect(code).toBe(3);
    expect(server.state.checkRuns[0]).toMatchObject({ conclusion: "action_required" });
  });

  test("carries a hundred annotations in pages, and is finished by the last one", async () => {
    const server = await serveGithub();
    const { files } = await firebreak(["check", STORY, "--actor", "agent", "--format", "json=a.json"]);
    const report = JSON.parse(files.get("a.json") ?? "");
    const [finding] = report.findings;
    report.findings = Array.from({ length: 120 }, (_, index) => ({
      ...finding,
      location: { file: index === 119 ? "../outside.tf" : "main.tf", line: index + 1 },
    }));
    const folder = folderWith({ "a.json": JSON.stringify(report) });
    await comment(server, ["--from", `${folder}/a.json`]);
    expect(server.writes().filter((call) => call.includes("check-runs"))).toEqual([
      "POST /repos/octo-org/infra/check-runs",
      "PATCH /repos/octo-org/infra/check-runs/1",
      "PATCH /repos/octo-org/infra/check-runs/1",
    ]);
    const [run] = server.state.checkRuns;
    expect(run?.["output"]).toMatchObject({ annotations: { length: 119 } });
    expect(run).toMatchObject({ status: "completed", conclusion: "failure" });
  });

  test("is a commit status where the token is a person's", async () => {
    const server = await serveGithub({ viewer: { login: "octo-robot", databaseId: 5 } });
    await comment(server, [STORY, "--actor", "agent"]);
    await comment(server, [STORY, "--actor", "agent"]);
    expect(server.state.checkRuns).toEqual([]);
    expect(server.state.statuses).toHaveLength(1);
    expect(server.state.statuses[0]).toMatchObject({ context: "firebreak", state: "failure" });
    expect(String(server.state.statuses[0]?.["description"]).length).toBeLessThanOrEqual(140);
  });

  test("is a commit status where the token may not write checks", async () => {
    const server = await serveGithub({
      faults: [
        {
          operation: "POST /repos/{owner}/{repo}/check-runs",
          status: 403,
          message: "Resource not accessible by integration",
        },
      ],
    });
    const { stderr } = await comment(server, [QUIET]);
    expect(stderr).toContain("commit status set");
    expect(server.state.statuses).toHaveLength(1);
  });
});

describe("what goes wrong is told, and changes no exit code", () => {
  const POST = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
  const PULL = "GET /repos/{owner}/{repo}/pulls/{pull_number}";

  test.each([
    [STORY, 1],
    [QUIET, 0],
  ])("a token that may only read: %s", async (plan, expected) => {
    const message = "Resource not accessible by integration";
    const server = await serveGithub({
      faults: ["POST /repos/{owner}/{repo}/check-runs", "POST /repos/{owner}/{repo}/statuses/{sha}", POST].map(
        (operation) => ({ operation, status: 403, message }),
      ),
    });
    const { code, stdout, stderr } = await comment(server, [plan, "--actor", "agent"]);
    expect(code).toBe(expected);
    expect(stdout).toMatch(/^(FAIL|PASS) /);
    expect(stderr).toMatch(
      /no comment was written: GitHub answered 403 to POST \/repos\/octo-org\/infra\/issues\/7\/comments: .*not accessible.*fork/,
    );
    expect(stderr).toMatch(/no status was set: GitHub answered 403/);
  });

  test("a pull request that nobody can see", async () => {
    const server = await serveGithub({ faults: [{ operation: PULL, status: 404, message: "Not Found" }] });
    const { code, stderr } = await comment(server, [QUIET]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/nothing was written: GitHub answered 404 .*Is it the right repository/);
    expect(server.writes()).toEqual([]);
  });

  test("no token at all: a run for a fork", async () => {
    const server = await serveGithub();
    const { code, stderr } = await comment(server, [STORY, "--actor", "agent"], { GITHUB_TOKEN: "" });
    expect(code).toBe(1);
    expect(stderr).toContain(
      "nothing was written to GitHub: there is no token in the environment (GITHUB_TOKEN or GH_TOKEN)",
    );
    expect(server.calls).toEqual([]);
  });

  test("a token that is none is not sent, and not shown", async () => {
    const server = await serveGithub();
    const { code, stderr } = await comment(server, [QUIET], { GITHUB_TOKEN: "secret\u0001with\u0007signs" });
    expect([code, server.calls]).toEqual([0, []]);
    expect(stderr).toContain("GITHUB_TOKEN holds signs that are in no token");
    expect(stderr).not.toContain("secret");
  });

  test("a host that repeats the token in its answer", async () => {
    const server = await serveGithub({ faults: [{ operation: PULL, status: 404, message: `Bad token ${TOKEN}` }] });
    const { stderr } = await comment(server, [QUIET]);
    expect(stderr).toContain("Bad token ***");
  });

  test("no server there", async () => {
    const { code, stderr } = await firebreak(["comment", QUIET], {
      env: githubRun({ api: "http://127.0.0.1:9", head: HEAD }),
    });
    expect(code).toBe(0);
    expect(stderr).toMatch(/nothing was written: GitHub could not be reached .*\(\w+\)/);
  });

  test("an answer of 502 is asked for again", async () => {
    const server = await serveGithub({ faults: [{ operation: PULL, status: 502, times: 1 }] });
    const { stderr } = await comment(server, [QUIET, "--no-status", "--evidence", evidence()]);
    expect(stderr).toContain("comment written");
  });

  test("a comment of which nobody knows whether it is there is not written twice", async () => {
    const server = await serveGithub({ faults: [{ operation: POST, status: 502, times: 1, done: true }] });
    const { stderr } = await comment(server, [QUIET, "--no-status", "--evidence", evidence()]);
    expect(stderr).toContain("comment written");
    expect(server.state.comments).toHaveLength(1);
  });

  test("one that is not there is tried once more", async () => {
    const server = await serveGithub({ faults: [{ operation: POST, status: 502, times: 1 }] });
    await comment(server, [QUIET, "--no-status", "--evidence", evidence()]);
    expect(server.state.comments).toHaveLength(1);
  });

  test("the secondary rate limit is waited for", async () => {
    const message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
    const server = await serveGithub({
      faults: [{ operation: POST, status: 403, message, headers: { "retry-after": "1" }, times: 1 }],
    });
    const { stderr } = await comment(server, [QUIET, "--no-status", "--evidence", evidence()]);
    expect(stderr).toContain("comment written");
    expect(server.calls.filter((call) => call.startsWith("POST /repos"))).toHaveLength(2);
  });

  test("an hour's wait is not waited for", async () => {
    const message = "You have exceeded a secondary rate limit.";
    const server = await serveGithub({
      faults: [{ operation: POST, status: 403, message, headers: { "retry-after": "3600" } }],
    });
    const { code, stderr } = await comment(server, [
      STORY,
      "--actor",
      "agent",
      "--no-status",
      "--evidence",
      evidence(),
    ]);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/no comment was written: .*secondary rate limit/)]);
  });

  test("a pull request that has moved on is left to its own run", async () => {
    const server = await serveGithub({ head: "c".repeat(40) });
    const { code, stderr } = await comment(server, [STORY, "--actor", "agent"]);
    expect([code, stderr]).toEqual([1, expect.stringContaining("the pull request has moved on to ccccccccc")]);
    expect(server.writes()).toEqual([]);
  });

  function evidence(): string {
    return `${folderWith({ "evidence.json": "{}" })}/evidence.json`;
  }
});

describe("which pull request", () => {
  test("none: a push is told so, and judged", async () => {
    const server = await serveGithub();
    const { code, stderr } = await comment(
      server,
      [QUIET],
      githubEnvironment(server.api, "push", { after: HEAD }, TOKEN),
    );
    expect([code, stderr]).toEqual([0, expect.stringContaining("this run is for no pull request that CI names")]);
  });

  test("the group of a merge queue: its status is on its own commit", async () => {
    const server = await serveGithub();
    const group = "e".repeat(40);
    const event = {
      merge_group: {
        head_sha: group,
        base_sha: "b".repeat(40),
        head_ref: `refs/heads/gh-readonly-queue/main/pr-7-${group}`,
      },
    };
    const { stderr } = await comment(server, [QUIET], githubEnvironment(server.api, "merge_group", event, TOKEN));
    expect(stderr).toContain("check run set");
    expect(server.state.checkRuns).toMatchObject([{ head_sha: group }]);
  });

  test("where nobody tells which commit was judged, no commit gets a status", async () => {
    const server = await serveGithub();
    const env = { GITHUB_API_URL: server.api, GITHUB_SERVER_URL: server.api, GITHUB_TOKEN: TOKEN };
    const page = `${server.api}/octo-org/infra/pull/7`;
    const { code, stderr } = await firebreak(["comment", QUIET, "--pull-request", page], { env });
    expect([code, server.state.checkRuns, server.state.statuses]).toEqual([0, [], []]);
    expect(stderr).toContain("comment written");
    expect(stderr).toContain("no status was set: nobody tells which commit of the pull request was judged");
  });

  test("a second workflow, for the commit that the first one judged", async () => {
    const server = await serveGithub();
    const event = { workflow_run: { head_sha: HEAD, pull_requests: [] } };
    const env = githubEnvironment(server.api, "workflow_run", event, TOKEN);
    const args = [QUIET, "--no-status", "--pull-request", "7"];
    expect((await comment(server, args, env)).stderr).toContain("comment written");
    // Whoever wrote the first workflow may have named somebody else's pull request.
    server.state.head = "d".repeat(40);
    expect((await comment(server, args, env)).stderr).toContain("nothing was written: the pull request has moved on");
  });

  test("a page on a server that nobody knows gets no token", async () => {
    const server = await serveGithub();
    const { code, stderr } = await comment(server, [QUIET, "--pull-request", "https://evil.example/a/b/pull/1"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("a token goes to no other")]);
    expect(server.calls).toEqual([]);
  });

  test.each([
    ["--pull-request", "0"],
    ["--pull-request", "https://github.com/octo-org/infra/issues/7"],
    ["--name", "a-->b"],
    ["--name", "a--b"],
    ["--from", "report.json"],
  ])("%s %s is no good", async (...args) => {
    const { code, stdout, stderr } = await firebreak(["comment", QUIET, ...args]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^firebreak: --/);
  });
});

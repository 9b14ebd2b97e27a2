/** `firebreak comment` on GitLab, Bitbucket Cloud and Azure DevOps: the same comment and the same status, each in its own words. */

import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { HOST_TOKEN, HOSTS, type Host, stateOf } from "../support/code-hosts.ts";
import { repository } from "../support/repository.ts";
import type { HostState, RestServer } from "../support/rest-server.ts";
import { smallPlan } from "../support/small-plan.ts";
import { firebreak, fixture, type Outcome } from "../support/world.ts";

const STORY = fixture("story/plan.json");
const QUIET = fixture("terraform/update-in-place/plan.json");

describe.each(Object.entries(HOSTS))("%s: the comment", (title, host) => {
  async function comment(server: RestServer, state: HostState, args: readonly string[]): Promise<Outcome> {
    const env = { ...host.environment(server.api, state), [host.token]: HOST_TOKEN };
    const outcome = await firebreak(["comment", ...args], { env });
    const everything = [outcome.stdout, outcome.stderr, JSON.stringify({ ...state, faults: [] })].join("\n");
    for (const secret of [HOST_TOKEN, host.authorization]) expect(everything).not.toContain(secret);
    return outcome;
  }

  test("is written once, edited in place, and left alone when nothing changed", async () => {
    const state = stateOf();
    const server = await host.serve(state);
    const first = await comment(server, state, [STORY, "--actor", "agent"]);
    expect([first.code, first.stderr]).toEqual([1, expect.stringContaining("comment written")]);
    expect(state.comments[0]?.body.startsWith(`${host.marker}\n\n### 🛑 firebreak: this would end`)).toBe(true);
    expect(state.statuses).toHaveLength(1);
    expect(state.statuses[0]?.[host.status[0]]).toBe(host.status[1]);
    const before = server.writes().length;
    const again = await comment(server, state, [STORY, "--actor", "agent"]);
    expect([again.code, again.stderr]).toEqual([
      1,
      "comment as it was\nstatus as it was\n".replace(/was\n/, `was${urlOf(title)}\n`),
    ]);
    expect(server.writes().slice(before)).toEqual([]);
    expect((await comment(server, state, [QUIET, "--actor", "human"])).code).toBe(0);
    expect(state.comments).toHaveLength(1);
    expect(state.comments[0]?.body).toContain("✅ firebreak: nothing ends");
    expect(state.statuses.at(-1)?.[host.status[0]]).toBe(host.status[2]);
    expect([...server.authorizations]).toEqual([host.authorization]);
  });

  test("removes its duplicates, and touches nobody else's", async () => {
    const chatter = Array.from({ length: 130 }, (_, index) => ({ id: index + 100, account: "eve", body: "nice" }));
    const state = stateOf({
      comments: [
        { id: 1, account: "mallory", body: `${host.marker}\n\n### ✅ firebreak: nothing ends` },
        ...chatter,
        { id: 500, account: "robot", body: `${host.marker}\n\nold` },
        { id: 501, account: "robot", body: `${host.marker}\n\nolder run` },
        { id: 502, account: "robot", body: "something else" },
      ],
    });
    const server = await host.serve(state);
    const { stderr } = await comment(server, state, [STORY, "--actor", "agent"]);
    expect(stderr).toContain("comment edited, 1 duplicate removed");
    const body = (id: number) => state.comments.find((one) => one.id === id && !one.gone)?.body;
    expect([body(1), body(501), body(502)]).toEqual([
      `${host.marker}\n\n### ✅ firebreak: nothing ends`,
      undefined,
      "something else",
    ]);
    expect(body(500)).toContain("🛑");
  });

  test("fits", async () => {
    const objects = Object.fromEntries(
      Array.from({ length: 8000 }, (_, index) => [
        `aws_db_instance.${"long_name_".repeat(15)}${index}`,
        "delete" as const,
      ]),
    );
    const state = stateOf();
    const server = await host.serve(state);
    const folder = repository().folder;
    writeFileSync(`${folder}/plan.json`, smallPlan({ objects }));
    await comment(server, state, [`${folder}/plan.json`, "--no-status", "--verbose"]);
    const bytes = Buffer.byteLength(state.comments[0]?.body ?? "");
    expect(bytes).toBeGreaterThan(host.mostBytes * 0.8);
    expect(bytes).toBeLessThanOrEqual(host.mostBytes);
  });

  test.each([
    [401, "Is the token still valid?"],
    [403, "Has the token the permissions that docs/hosts.md lists?"],
    [404, "Is it the right repository"],
  ])("an answer of %d is told, and changes no exit code", async (status, hint) => {
    const state = stateOf({ faults: [{ route: /7$/, status, body: { message: `no, ${HOST_TOKEN}` } }] });
    const server = await host.serve(state);
    const { code, stderr } = await comment(server, state, [STORY, "--actor", "agent"]);
    expect(code).toBe(1);
    expect(stderr).toContain(`nothing was written: ${title} answered ${status} to GET`);
    expect(stderr).toContain(hint);
    expect(stderr).toContain("no, ***");
  });

  test("a busy host is asked again, and what may have been done is not done twice", async () => {
    const state = stateOf({
      faults: [
        { route: /7$/, status: 503, times: 1 },
        { route: /^POST .*(notes|comments|threads)$/, status: 429, times: 1, headers: { "retry-after": "1" } },
      ],
    });
    const server = await host.serve(state);
    const { stderr } = await comment(server, state, [QUIET, "--no-status"]);
    expect(stderr).toContain("comment written");
    expect(state.comments).toHaveLength(1);
    expect(server.writes()).toHaveLength(2);
  });

  test("a page for signing in is no answer", async () => {
    const state = stateOf({ faults: [{ route: /7$/, status: 200, body: undefined }] });
    const server = await host.serve(state);
    const { code, stderr } = await comment(server, state, [QUIET]);
    expect(code).toBe(0);
    expect(stderr).not.toContain("internal");
  });

  test("without a token says so", async () => {
    const state = stateOf();
    const server = await host.serve(state);
    const { code, stderr } = await firebreak(["comment", STORY, "--actor", "agent"], {
      env: host.environment(server.api, state),
    });
    expect([code, server.calls]).toEqual([1, []]);
    expect(stderr).toContain(`nothing was written to ${title}: there is no token in the environment`);
  });

  function urlOf(name: string): string {
    return name === "Bitbucket" ? ": https://bitbucket.org/octo-org/infra/pull-requests/7/_/diff#comment-1" : "";
  }
});

describe("Bitbucket: a token that does not tell whose it is", () => {
  const host = HOSTS["Bitbucket"] as Host;
  test("edits what it may edit, and nothing else", async () => {
    const state = stateOf({
      tellsOwn: false,
      comments: [
        { id: 1, account: "mallory", body: `${host.marker}\n\nforged` },
        { id: 2, account: "robot", body: `${host.marker}\n\nold` },
      ],
    });
    const server = await host.serve(state);
    const env = { ...host.environment(server.api, state), BITBUCKET_TOKEN: HOST_TOKEN };
    const { stderr } = await firebreak(["comment", QUIET, "--no-status"], { env });
    expect(stderr).toContain("comment edited");
    expect(state.comments.map(({ body }) => body.slice(-6))).toEqual(["forged", expect.not.stringContaining("old")]);
    expect(server.calls.some((call) => call.startsWith("DELETE"))).toBe(false);
  });
});

/** `firebreak check` on GitLab, Bitbucket Cloud and Azure DevOps: approvals as signatures, for the commit that they were given for. */

import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/index.ts";
import { HOST_TOKEN, HOSTS, stateOf } from "../support/code-hosts.ts";
import { repository } from "../support/repository.ts";
import type { HostState } from "../support/rest-server.ts";
import { smallPlan } from "../support/small-plan.ts";
import { firebreak, type Outcome } from "../support/world.ts";

describe.each(Object.entries(HOSTS))("%s: approvals", (title, host) => {
  const BY_AGENT = "Remove the orders\n\nCo-authored-by: Claude <noreply@anthropic.com>";
  const PLAN = smallPlan({ objects: { "aws_db_instance.orders": { fate: "delete", values: { id: "db-1" } } } });
  const team = ["bob", "carol", "operator"].map(
    (name) => `    - {login: "${host.login(name)}", names: [${name}@company.example]}\n`,
  );

  async function check(changes: (head: string) => Partial<HostState>): Promise<Outcome & { report: Report }> {
    const made = repository({ "firebreak.yaml": `signOff:\n  team:\n${team.join("")}` });
    const head = made.commit(BY_AGENT);
    writeFileSync(`${made.folder}/plan.json`, PLAN);
    const state = stateOf({
      head,
      pushes: [
        { commit: "b".repeat(40), at: 5 },
        { commit: head, at: 10 },
      ],
      commits: [{ sha: head, email: "operator@company.example", message: BY_AGENT }],
      ...changes(head),
    });
    const server = await host.serve(state);
    const env = { ...host.environment(server.api, state), [host.token]: HOST_TOKEN };
    const outcome = await firebreak(["check", `${made.folder}/plan.json`, "--format", "json"], {
      env,
      cwd: made.folder,
    });
    expect(outcome.stdout + outcome.stderr).not.toContain(HOST_TOKEN);
    return { ...outcome, report: JSON.parse(outcome.stdout) };
  }

  const reasons = ({ signatures }: Report): string => signatures.flatMap(({ reason }) => reason ?? []).join();

  test("by two people since the last push lift what asks for two", async () => {
    const { code, report } = await check(() => ({
      approvals: [
        { account: "bob", at: 20 },
        { account: "carol", at: 25 },
      ],
    }));
    expect([reasons(report), report.authorship.kind, code]).toEqual(["", "agent", 0]);
  });

  test.each<[string, HostState["approvals"][number], string]>([
    ["before the last push", { account: "carol", at: 7 }, "before the last push"],
    ["before any push", { account: "carol", at: 1 }, "before the last push"],
    ["by who opened it", { account: "operator", at: 20 }, "took part in this change"],
    ["by a program", { account: "carol", at: 20, kind: "program" }, "is a program"],
    ["by somebody outside of the team", { account: "dave", at: 20 }, "is not in the team"],
  ])("%s do not", async (_, second, why) => {
    const { code, report } = await check(() => ({ approvals: [{ account: "bob", at: 20 }, second] }));
    expect(code).toBe(3);
    expect(reasons(report)).toContain(why);
  });

  test("that cannot be read are said", async () => {
    const { code, report } = await check(() => ({
      approvals: [{ account: "bob", at: 20 }],
      faults: [{ route: /(approvals|activity|iterations)$/, status: 403, body: { message: "insufficient scope" } }],
    }));
    expect(code).toBe(3);
    const gaps = report.authorship.signals.flatMap(({ source, evidence }) =>
      source === "repository" ? (evidence ?? []) : [],
    );
    expect(gaps.join()).toMatch(new RegExp(`${title} answered 403 .*so reviews were not looked at`));
  });
});

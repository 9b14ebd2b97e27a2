/** `firebreak approve` and `firebreak verify` as people and pipelines meet them. */

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { inFolder, later, NO_SSH_KEYGEN, type Organisation, organisation, planOf, told } from "../support/signing.ts";
import { fixture } from "../support/world.ts";

const DB = "aws_db_instance.orders";
const OTHER = "aws_db_instance.invoices";

describe.skipIf(NO_SSH_KEYGEN !== undefined)("firebreak approve", () => {
  const approve = (org: Organisation, plan: string, ...more: string[]) =>
    inFolder(org, ["approve", plan, "--key", org.key("alice"), ...more]);

  test("says what is signed for, in plain words, then signs", async () => {
    const org = organisation();
    const plan = planOf(org, { [DB]: "db-1" });
    const { code, stdout, files } = await approve(org, plan, "--environment", "production", "--valid", "4h");
    expect(code).toBe(0);
    expect(stdout.replaceAll(org.folder, "")).toMatch(
      /^You sign as alice@company\.example for this, until 2026-01-31T16:00:00Z:\n\n {2}\/plan\.json, in production: 1 object ends, 1 with data\n {2}✖ aws_db_instance\.orders {2}all data/,
    );
    expect(stdout).toContain("counts for these very objects or fewer of them");
    const [name, text] = [...files][0] ?? ["", ""];
    expect(name).toMatch(/^[0-9a-f]{12}-alice-company\.example\.signoff$/);
    const statement = JSON.parse(text.slice(0, text.indexOf("-----BEGIN SSH SIGNATURE-----")));
    expect(statement).toMatchObject({
      firebreak: "sign-off",
      version: 1,
      signer: "alice@company.example",
      signedAt: "2026-01-31T12:00:00Z",
      expiresAt: "2026-01-31T16:00:00Z",
      plans: [{ environment: "production", ends: [{ address: DB, action: "delete" }] }],
    });
    expect(text).not.toContain("db-1");
  });

  test("what it writes ssh-keygen itself verifies", async () => {
    const org = organisation();
    const file = await org.approve("alice", planOf(org, { [DB]: "db-1" }));
    const text = readFileSync(file, "utf8");
    const at = text.indexOf("-----BEGIN");
    writeFileSync(org.path("signature"), text.slice(at));
    const options = ["-n", "firebreak-sign-off", "-I", "alice@company.example", "-s", org.path("signature")];
    const signers = org.path(".firebreak/allowed_signers");
    const answer = execFileSync("ssh-keygen", ["-Y", "verify", "-f", signers, ...options], {
      input: text.slice(0, at),
    });
    expect(answer.toString()).toContain('Good "firebreak-sign-off" signature for alice@company.example');
  });

  test.each<[what: string, argv: (org: Organisation) => string[], why: RegExp]>([
    [
      "what cannot be decided",
      () => [fixture("terraform/errored-precondition/plan.json")],
      /nothing was signed: what cannot be decided/,
    ],
    [
      "a plan in which nothing ends",
      () => [fixture("terraform/update-in-place/plan.json")],
      /nothing ends here, so there is nothing to sign/,
    ],
    ["without an end", (org) => [planOf(org, { [DB]: "1" }), "--valid", "forever"], /--valid "forever" is no time/],
    [
      "with a key that is not there",
      (org) => [planOf(org, { [DB]: "1" }), "--key", "none", "--as", "x"],
      /ssh-keygen did not sign with this key/,
    ],
    [
      "with a key that nobody knows",
      (org) => [planOf(org, { [DB]: "1" }), "--key", org.key("eve")],
      /does not list this key.*\n.*--as NAME/,
    ],
    [
      "two inputs",
      (org) => [planOf(org, { [DB]: "1" }), planOf(org, { [DB]: "1" }, "2.json")],
      /approve takes one input/,
    ],
  ])("does not sign %s: exit 2, with one sentence", async (_, argv, why) => {
    const org = organisation();
    const given = argv(org);
    const key = given.includes("--key") ? [] : ["--key", org.key("alice")];
    const { code, stderr, files } = await inFolder(org, ["approve", ...given, ...key]);
    expect([code, files.size]).toEqual([2, 0]);
    expect(stderr).toMatch(why);
  });

  test("does not sign where an agent is at the controls", async () => {
    const org = organisation();
    const argv = ["approve", planOf(org, { [DB]: "1" }), "--key", org.key("alice")];
    const { code, stderr, files } = await inFolder(org, argv, { env: { CLAUDECODE: "1" } });
    expect([code, files.size]).toEqual([2, 0]);
    expect(stderr).toContain("an agent is at the controls here (CLAUDECODE), and only people sign");
  });

  test("takes the usual key of the user's home", async () => {
    const org = organisation();
    const home = org.path("home");
    execFileSync("mkdir", ["-p", `${home}/.ssh`]);
    execFileSync("cp", [org.key("alice"), `${home}/.ssh/id_ed25519`]);
    execFileSync("chmod", ["600", `${home}/.ssh/id_ed25519`]);
    const argv = ["approve", planOf(org, { [DB]: "1" })];
    expect((await inFolder(org, argv, { env: { HOME: home } })).stdout).toContain("You sign as alice@company.example");
    expect((await inFolder(org, argv, { env: { HOME: org.folder } })).stderr).toContain(
      "there is no SSH key to sign with",
    );
  });

  test("signs for all plans of a folder at once, each by itself", async () => {
    const org = organisation();
    execFileSync("mkdir", [org.path("plans")]);
    planOf(org, { [DB]: "db-1" }, "plans/a.json");
    planOf(org, { [OTHER]: "db-2" }, "plans/b.json");
    const files = [await org.approve("alice", org.path("plans")), await org.approve("bob", org.path("plans"))];
    const report = await org.check(org.path("plans"), files);
    expect(told(report)).toEqual(["pass", "alice@company.example: exactly", "bob@company.example: exactly"]);
    const alone = await org.approve("alice", org.path("plans/a.json"));
    expect(told(await org.check(org.path("plans"), [alone, files[1] as string]))[0]).toBe("review");
  });

  test("an unrelated change in the plan leaves it as it is; a rule that fires anew does not", async () => {
    const org = organisation();
    const objects = { [DB]: "db-1", [OTHER]: "db-2" };
    const files = [await org.approve("alice", planOf(org, objects)), await org.approve("bob", planOf(org, objects))];
    const plan = planOf(org, objects);
    const imported = JSON.parse(readFileSync(plan, "utf8"));
    imported.resource_changes[0].change.importing = { id: "db-1" };
    writeFileSync(plan, JSON.stringify(imported));
    const report = await org.check(plan, files);
    expect([report.verdict, report.findings[0]?.ruleId]).toEqual(["review", "imported-object-ends"]);
  });
});

describe.skipIf(NO_SSH_KEYGEN !== undefined)("a rule about something else than what ends", () => {
  test("is signed for the very plan, and for no other one", async () => {
    const org = organisation({ config: "rules: {incomplete-plan: {level: error, signatures: 1}}" });
    const targeted = (name: string, stamp: string): string => {
      const plan = planOf(org, {}, name);
      const sections = { complete: false, timestamp: stamp };
      writeFileSync(plan, JSON.stringify({ ...JSON.parse(readFileSync(plan, "utf8")), ...sections }));
      return plan;
    };
    const plan = targeted("plan.json", "2026-01-31T11:00:00Z");
    const file = await org.approve("alice", plan);
    expect((await org.check(plan, [])).verdict).toBe("review");
    expect((await org.check(plan, [file])).verdict).toBe("pass");
    expect((await org.check(targeted("again.json", "2026-01-31T11:30:00Z"), [file])).verdict).toBe("review");
  });
});

describe.skipIf(NO_SSH_KEYGEN !== undefined)("firebreak verify", () => {
  const objects = { [DB]: "db-1", [OTHER]: "db-2" };

  const reviewed = async (signedFor: Record<string, string>) => {
    const org = organisation();
    const plan = planOf(org, signedFor);
    const files = [await org.approve("alice", plan), await org.approve("bob", plan)];
    const report = await org.check(plan, files);
    writeFileSync(org.path("report.json"), JSON.stringify(report));
    const verify = async (...more: string[]) =>
      inFolder(org, [
        "verify",
        ...more,
        "--base",
        "main",
        ...files.flatMap((file) => ["--approvals", file]),
        "--report",
        org.path("report.json"),
      ]);
    return { org, verify };
  };

  test("what was reviewed and signed passes, and less of it", async () => {
    const { org, verify } = await reviewed(objects);
    expect((await verify(org.path("plan.json"))).code).toBe(0);
    expect((await verify(planOf(org, { [DB]: "db-1" }, "less.json"))).code).toBe(0);
  });

  test("more than was reviewed fails, and so do other objects at the same addresses", async () => {
    const { org, verify } = await reviewed(objects);
    const more = await verify(planOf(org, { ...objects, "aws_db_instance.third": "db-3" }, "more.json"));
    expect([more.code, more.stdout]).toEqual([
      1,
      expect.stringContaining("aws_db_instance.third ends, or ends in another way"),
    ]);
    const other = await verify(planOf(org, { ...objects, [DB]: "db-9" }, "other.json"));
    expect([other.code, other.stdout]).toEqual([
      1,
      expect.stringContaining("other objects end than the report was reviewed for"),
    ]);
    const elsewhere = await verify(org.path("plan.json"), "--environment", "production");
    expect([elsewhere.code, elsewhere.stdout]).toEqual([
      1,
      expect.stringContaining("no plan of this kind for this environment"),
    ]);
  });

  test("a report lifts nothing: one that says pass, without the signatures, is worth nothing", async () => {
    const { org } = await reviewed(objects);
    const forged = { ...JSON.parse(readFileSync(org.path("report.json"), "utf8")), verdict: "pass" };
    writeFileSync(org.path("forged.json"), JSON.stringify(forged));
    const argv = ["verify", org.path("plan.json"), "--base", "main", "--report", org.path("forged.json")];
    expect((await inFolder(org, argv)).code).toBe(3);
  });

  test("a sign-off that expired between the review and the apply", async () => {
    const { org, verify } = await reviewed(objects);
    const { code, stdout } = await verify(org.path("plan.json"), "--now", later(25));
    expect([code, stdout]).toEqual([3, expect.stringContaining("it expired on 2026-02-01T12:00:00Z")]);
  });

  test("without a base, or with a report that is none: exit 2", async () => {
    const org = organisation();
    const plan = planOf(org, objects);
    expect(await inFolder(org, ["verify", plan])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("nobody names a base"),
    });
    const other = await inFolder(org, ["verify", plan, "--base", "main", "--report", plan]);
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining("this is no report of firebreak") });
  });

  test("without ssh-keygen nothing is verified, and the page says so", async () => {
    const { org } = await reviewed(objects);
    const file = await org.approve("alice", org.path("plan.json"));
    const bin = new URL("../../dist/bin.js", import.meta.url).pathname;
    const { PATH, ...rest } = process.env;
    const git = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
    execFileSync("mkdir", [org.path("bin")]);
    execFileSync("ln", ["-s", git, org.path("bin/git")]);
    const argv = [
      bin,
      "check",
      org.path("plan.json"),
      "--base",
      "main",
      "--approvals",
      file,
      "--now",
      "2026-01-31T12:00:00Z",
    ];
    const { spawnSync } = await import("node:child_process");
    const { status, stdout } = spawnSync(process.execPath, argv, {
      cwd: org.folder,
      encoding: "utf8",
      env: { ...rest, PATH: org.path("bin") },
    });
    expect([status, stdout]).toEqual([3, expect.stringContaining("ssh-keygen is not on PATH")]);
  });
});

/** Sign-off files, with real keys and ssh-keygen itself: which count, and in one sentence why another one does not. */

import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { inFolder, later, NO_SSH_KEYGEN, organisation, planOf, told } from "../support/signing.ts";

const DB = "aws_db_instance.orders";
const OTHER = "aws_db_instance.invoices";

if (NO_SSH_KEYGEN !== undefined) console.warn(`sign-offs with real keys are not tried: ${NO_SSH_KEYGEN}`);

describe.skipIf(NO_SSH_KEYGEN !== undefined)("a sign-off for exactly this plan", () => {
  test("by two people lifts what asks for two; by one it does not", async () => {
    const org = organisation();
    const plan = planOf(org, { [DB]: "db-1" });
    const alice = await org.approve("alice", plan);
    expect(told(await org.check(plan, [alice]))).toEqual(["review", "alice@company.example: exactly"]);
    const report = await org.check(plan, [alice, await org.approve("bob", plan)]);
    expect(told(report)).toEqual(["pass", "alice@company.example: exactly", "bob@company.example: exactly"]);
    expect(report.findings.find(({ ruleId }) => ruleId === "limit-data-loss")).toMatchObject({
      level: "warning",
      signatures: 2,
      signed: 2,
    });
  });

  test("counts from a folder, and from one file with several behind each other", async () => {
    const org = organisation();
    const plan = planOf(org, { [DB]: "db-1" });
    const files = [await org.approve("alice", plan), await org.approve("bob", plan)];
    expect((await org.check(plan, [org.path("sign-offs")])).verdict).toBe("pass");
    writeFileSync(org.path("all"), files.map((file) => readFileSync(file, "utf8")).join(""));
    expect((await org.check(plan, [org.path("all")])).verdict).toBe("pass");
  });

  test("one person counts once", async () => {
    const org = organisation();
    const plan = planOf(org, { [DB]: "db-1" });
    const files = [await org.approve("alice", plan), await org.approve("alice", plan)];
    expect(told(await org.check(plan, files))).toEqual([
      "review",
      "alice@company.example: exactly",
      "alice@company.example: alice@company.example has signed already, and counts once",
    ]);
  });
});

describe.skipIf(NO_SSH_KEYGEN !== undefined)("what it counts for", () => {
  const FOR = { [DB]: "db-1", [OTHER]: "db-2" };
  const DAY = 24;

  const judgedLater = async (
    objects: Readonly<Record<string, string | undefined>>,
    sign: readonly string[] = [],
    check: readonly string[] = [],
    signedFor: Readonly<Record<string, string | undefined>> = FOR,
  ) => {
    const org = organisation();
    const plan = planOf(org, signedFor, "signed.json");
    const files = [await org.approve("alice", plan, ...sign), await org.approve("bob", plan, ...sign)];
    return told(await org.check(planOf(org, objects), files, ...check));
  };

  test("a smaller plan", async () => {
    expect(await judgedLater({ [DB]: "db-1" })).toEqual([
      "pass",
      "alice@company.example: more",
      "bob@company.example: more",
    ]);
  });

  test.each<[what: string, objects: Record<string, string | undefined>, why: string]>([
    [
      "a larger plan",
      { ...FOR, "aws_db_instance.third": "db-3" },
      "aws_db_instance.third ends too, and was not signed for",
    ],
    ["another plan", { "aws_db_instance.third": "db-3" }, "aws_db_instance.third ends too, and was not signed for"],
    [
      "objects that were replaced since",
      { ...FOR, [DB]: "db-9" },
      `${DB} is another object now than the one that was signed for`,
    ],
  ])("not %s", async (_, objects, why) => {
    expect(await judgedLater(objects)).toEqual([
      "review",
      `alice@company.example: ${why}`,
      `bob@company.example: ${why}`,
    ]);
  });

  test("objects that nothing identifies: the very plan alone", async () => {
    const bare = { [DB]: undefined };
    expect((await judgedLater(bare, [], [], bare))[0]).toBe("pass");
    const other = await judgedLater({ ...bare, "aws_subnet.x": undefined }, [], [], {
      ...bare,
      "aws_subnet.x": undefined,
      "aws_subnet.y": undefined,
    });
    expect(other[1]).toContain("counts only for the very plan that was signed");
  });

  test("a time, and no longer than the policy lets it", async () => {
    const at = (hours: number, ...sign: string[]) => judgedLater(FOR, sign, ["--now", later(hours)]);
    expect((await at(DAY - 1))[0]).toBe("pass");
    expect((await at(DAY))[1]).toBe("alice@company.example: it expired on 2026-02-01T12:00:00Z");
    expect((await at(3, "--valid", "2h"))[1]).toContain("it expired on 2026-01-31T14:00:00Z");
    expect((await at(-1))[1]).toContain("it is dated in the future");
    expect((await at(8 * DAY, "--valid", "30d"))[1]).toContain("it expired on 2026-02-07T12:00:00Z");
  });

  test.each<[what: string, option: string]>([
    ["environment", "--environment"],
    ["workspace", "--workspace"],
  ])("another %s: not with a copy of the file", async (what, option) => {
    expect((await judgedLater(FOR, [option, "staging"], [option, "staging"]))[0]).toBe("pass");
    const copied = await judgedLater(FOR, [option, "staging"], [option, "production"]);
    const why = `it was given for the ${what} staging, and this plan is for production`;
    expect(copied).toEqual(["review", `alice@company.example: ${why}`, `bob@company.example: ${why}`]);
    const nowhere = await judgedLater(FOR, [], [option, "production"]);
    expect(nowhere[1]).toContain(`it was given for a plan without ${what}`);
  });

  test("an object that leaves less behind than it was signed for: not", async () => {
    const org = organisation();
    const signed = planOf(org, FOR, "signed.json");
    const kept = readFileSync(signed, "utf8").replaceAll(
      '"skip_final_snapshot":true',
      '"skip_final_snapshot":false,"final_snapshot_identifier":"last"',
    );
    writeFileSync(signed, kept);
    const alice = await org.approve("alice", signed);
    expect(told(await org.check(planOf(org, FOR), [alice]))[1]).toContain("leaves less behind now than was signed for");
  });
});

describe.skipIf(NO_SSH_KEYGEN !== undefined)("files that are not what they were", () => {
  const signed = async () => {
    const org = organisation();
    const plan = planOf(org, { [DB]: "db-1" });
    const file = await org.approve("alice", plan);
    return { org, plan, file, text: readFileSync(file, "utf8") };
  };

  test.each<[what: string, edit: (text: string) => string, why: string]>([
    ["more is signed for", (text) => text.replace(DB, OTHER), "it was changed after it was signed"],
    ["it counts longer", (text) => text.replace("2026-02-01", "2026-02-03"), "it was changed after it was signed"],
    ["a blank more", (text) => text.replace("{", "{ "), "it was changed after it was signed"],
    ["another version", (text) => text.replace('"version": 1', '"version": 2'), "another version of firebreak"],
    [
      "a condition that is not known",
      (text) => text.replace('"version": 1', '"version": 1, "onlyOn": "Sunday"'),
      "does not understand",
    ],
    [
      "another signer",
      (text) => text.replace("alice@company.example", "bob@company.example"),
      "with a key that is allowed for alice@company.example",
    ],
  ])("%s: it does not count", async (_, edit, why) => {
    const { org, plan, file, text } = await signed();
    expect(edit(text)).not.toBe(text);
    writeFileSync(file, edit(text));
    const [verdict, said] = told(await org.check(plan, [file]));
    expect([verdict, said]).toEqual(["review", expect.stringContaining(why)]);
  });

  test("line ends of another system change nothing", async () => {
    const { org, plan, file, text } = await signed();
    writeFileSync(file, text.replaceAll("\n", "\r\n"));
    expect(told(await org.check(plan, [file]))[1]).toBe("alice@company.example: exactly");
  });

  test("a signature of something else: a key that signs letters signs no sign-off", async () => {
    const { org, plan, file, text } = await signed();
    const statement = text.slice(0, text.indexOf("-----BEGIN"));
    const letter = execFileSync("ssh-keygen", ["-Y", "sign", "-n", "file", "-f", org.key("alice")], {
      input: statement,
      stdio: ["pipe", "pipe", "ignore"],
    });
    writeFileSync(file, `${statement}${letter}`);
    expect(told(await org.check(plan, [file]))[1]).toContain("for another purpose");
  });

  test.each<[what: string, content: string]>([
    ["nothing", ""],
    ["no signature", '{"firebreak": "sign-off"}'],
    ["half a signature", "{}\n-----BEGIN SSH SIGNATURE-----\nU1NI"],
  ])("%s: exit 2, with one sentence", async (_, content) => {
    const { org, plan, file } = await signed();
    writeFileSync(file, content);
    const { code, stdout, stderr } = await inFolder(org, ["check", plan, "--base", "main", "--approvals", file]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("this is no sign-off, or only a part of one");
  });

  test("a copy under another name is the same sign-off", async () => {
    const { org, plan, file } = await signed();
    copyFileSync(file, org.path("copy.signoff"));
    expect(told(await org.check(plan, [file, org.path("copy.signoff")]))[2]).toContain("has signed already");
  });
});

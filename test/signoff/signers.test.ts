/** Who may sign with a key, by the list that the base has, and who is one person. */

import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { inFolder, NO_SSH_KEYGEN, organisation, planOf, told } from "../support/signing.ts";

const DB = "aws_db_instance.orders";

describe.skipIf(NO_SSH_KEYGEN !== undefined)("who may sign", () => {
  const signedBy = async (person: string, settings: Parameters<typeof organisation>[0], ...options: string[]) => {
    const org = organisation(settings);
    const plan = planOf(org, { [DB]: "db-1" });
    return told(await org.check(plan, [await org.approve(person, plan, ...options)]))[1];
  };

  test("nobody whom the list does not name", async () => {
    expect(await signedBy("mallory", {}, "--as", "mallory@company.example")).toBe(
      "mallory@company.example: the key that signed it is not in the list of allowed signers",
    );
  });

  test("nobody under somebody else's name", async () => {
    expect(await signedBy("bob", {}, "--as", "alice@company.example")).toBe(
      "alice@company.example: it is signed as alice@company.example, with a key that is allowed for bob@company.example",
    );
  });

  test("not the operator of the agent, who wrote the commit as far as git knows", async () => {
    const signers = { signers: (line: (person: string) => string) => [line("operator")] };
    expect(await signedBy("operator", signers)).toBe(
      "operator@company.example: operator@company.example took part in this change as operator@company.example (author, committer or operator), and nobody signs for their own",
    );
  });

  test("not a co-author, whatever the case of the address", async () => {
    const message = "fix\n\nCo-authored-by: A <Alice@Company.example>\nCo-authored-by: Claude <noreply@anthropic.com>";
    expect(await signedBy("alice", { message })).toMatch(/^alice@company\.example: .* took part in this change/);
  });

  test("not under another name that the team knows of the same person", async () => {
    const config = "signOff: {team: [{login: op, names: [alice@company.example, operator@company.example]}]}";
    expect(await signedBy("alice", { config })).toContain("took part in this change as operator@company.example");
  });

  test("not with a key for another purpose, or out of its time", async () => {
    const only =
      (options: string) =>
      (line: (person: string, options: string) => string): string[] => [line("alice", options)];
    expect(await signedBy("alice", { signers: only('namespaces="git"') })).toContain("is for another purpose");
    expect(await signedBy("alice", { signers: only('valid-before="20260101Z"') })).toContain("no longer valid");
    expect(await signedBy("alice", { signers: only('valid-after="20270101Z"') })).toContain("not valid yet");
    const fits = 'namespaces="file,firebreak-sign-off",valid-after="20250101Z",valid-before="20270101Z"';
    expect(await signedBy("alice", { signers: only(fits) })).toBe("alice@company.example: exactly");
  });

  test("nobody by a pattern or a certificate authority: one key would speak for many names", async () => {
    const patterns = {
      signers: (line: (person: string, options: string, names: string) => string) => [
        line("alice", "", "*@company.example"),
        line("alice", "cert-authority", "alice@company.example"),
      ],
    };
    expect(await signedBy("alice", patterns, "--as", "alice@company.example")).toContain("not in the list");
  });

  test.each<[what: string, second: (line: (person: string, options?: string, names?: string) => string) => string[]]>([
    ["two names for one key", (line) => [line("alice"), line("alice", "", "bob@company.example")]],
    ["two keys for one name", (line) => [line("alice"), line("bob", "", "alice@company.example,bob@company.example")]],
  ])("one person under %s counts once", async (_, signers) => {
    const org = organisation({ signers });
    const plan = planOf(org, { [DB]: "db-1" });
    const second = readFileSync(org.path(".firebreak/allowed_signers"), "utf8").includes(
      org.line("bob").split(" ")[2] as string,
    )
      ? "bob"
      : "alice";
    const files = [
      await org.approve("alice", plan, "--as", "alice@company.example"),
      await org.approve(second, plan, "--as", "bob@company.example"),
    ];
    const [verdict, ...said] = told(await org.check(plan, files));
    expect([verdict, said.filter((one) => one.endsWith("exactly")).length]).toEqual(["review", 1]);
    expect(said.join()).toContain("are one person, who counts once");
  });

  test("the list is the base's, whatever the change writes into it", async () => {
    const org = organisation();
    writeFileSync(org.path(".firebreak/allowed_signers"), `${org.line("mallory")}\n${org.line("eve")}\n`);
    org.git("add", ".firebreak");
    org.commit("let others sign");
    const plan = planOf(org, { [DB]: "db-1" });
    const files = [await org.approve("mallory", plan), await org.approve("eve", plan)];
    const [verdict, ...said] = told(await org.check(plan, files));
    expect(verdict).toBe("review");
    for (const one of said) expect(one).toContain("not in the list of allowed signers");
  });

  test("nobody where no base is named, and nobody where the base has no list", async () => {
    const org = organisation();
    const plan = planOf(org, { [DB]: "db-1" });
    const file = await org.approve("alice", plan);
    const { stdout } = await inFolder(org, ["check", plan, "--approvals", file, "-f", "json"]);
    expect(told(JSON.parse(stdout))[1]).toContain("nobody names a base");
    const config = "signOff: {allowedSigners: security/signers}";
    expect(await signedBy("alice", { config }, "--as", "alice@company.example")).toContain(
      "main has no security/signers, so no key may sign",
    );
  });
});

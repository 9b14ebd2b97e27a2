/** What a config stands on: files and packages, pinned or not, in the working tree and on a base. */

import { createHash } from "node:crypto";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { check } from "../../src/index.ts";
import { repository } from "../support/repository.ts";
import { many, smallPlan } from "../support/small-plan.ts";
import { firebreak, folderWith } from "../support/world.ts";

const CROWD = many(100, "aws_iam_policy", "keep");
const ENDS = smallPlan({ objects: { ...CROWD, ...many(3, "aws_security_group", "replace") } });
const TWO = "limits: {agent: {ended: 2, signatures: 1}}\n";
const HUNDRED = "limits: {agent: {ended: 100}}\n";

const digestOf = (text: string): string => `sha256:${createHash("sha256").update(text).digest("hex")}`;
const PACKAGE = "node_modules/@company/policy/firebreak.yaml";

/** The verdict on three endings by an agent in a folder: 0 passes, 3 is more than the limit, 2 is undecided. */
async function judged(cwd: string, argv: readonly string[] = []) {
  const named =
    argv.includes("--base") || argv.includes("--config") ? argv : ["--config", join(cwd, "firebreak.yaml"), ...argv];
  const { code, stdout, stderr } = await firebreak(["check", ...named, "--actor", "agent", "-"], { cwd, stdin: ENDS });
  if (code === 2) expect(stdout).toBe("");
  return { code, stderr };
}

/** How a folder with these files is judged. */
const inFolder = (files: Readonly<Record<string, string>>) => judged(folderWith(files));

function put(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

describe("a package", () => {
  test.each<[string, Record<string, string>]>([
    ["@company/policy", { [PACKAGE]: TWO }],
    [
      "@company/policy",
      { "node_modules/@company/policy/firebreak.json": '{"limits": {"agent": {"ended": 2, "signatures": 1}}}' },
    ],
    ["@company/policy/rules/strict.yaml", { "node_modules/@company/policy/rules/strict.yaml": TWO }],
    ["company-policy", { "node_modules/company-policy/firebreak.yml": TWO }],
    ["@company/policy", { [PACKAGE]: "extends: ./more.yaml\n", "node_modules/@company/policy/more.yaml": TWO }],
    ["@company/policy", { [PACKAGE]: 'extends: "@company/base"\n', "node_modules/@company/base/firebreak.yaml": TWO }],
    [
      "@company/policy",
      {
        [PACKAGE]: 'extends: "@company/base"\n',
        "node_modules/@company/policy/node_modules/@company/base/firebreak.yaml": TWO,
        "node_modules/@company/base/firebreak.yaml": HUNDRED,
      },
    ],
  ])("%s is found in node_modules: %j", async (name, files) => {
    expect((await inFolder({ "firebreak.yaml": `extends: ["${name}"]\n`, ...files })).code).toBe(3);
  });

  test("is looked for from the folder of the config up", async () => {
    const folder = folderWith({ "envs/prod/firebreak.yaml": 'extends: "@company/policy"\n', [PACKAGE]: TWO });
    expect((await judged(join(folder, "envs/prod"))).code).toBe(3);
    put(folder, { [`envs/${PACKAGE}`]: HUNDRED });
    expect((await judged(join(folder, "envs/prod"))).code).toBe(0);
  });

  test("may be a link, as some package managers have it", async () => {
    const folder = folderWith({ "firebreak.yaml": 'extends: "@company/policy"\n', "store/policy/firebreak.yaml": TWO });
    mkdirSync(join(folder, "node_modules/@company"), { recursive: true });
    symlinkSync(join(folder, "store/policy"), join(folder, "node_modules/@company/policy"));
    expect((await judged(folder)).code).toBe(3);
  });

  test("is found by the library and by --ruleset too", async () => {
    const folder = folderWith({ "firebreak.yaml": 'extends: "@company/policy"\n', [PACKAGE]: TWO });
    const input = { input: "plan.json", bytes: Buffer.from(ENDS) };
    const report = await check([input], { config: join(folder, "firebreak.yaml"), actor: "agent" });
    expect(report.findings[0]).toMatchObject({ ruleId: "limit-ended", limit: 2 });
    const { code } = await firebreak(["check", "--ruleset", "@company/policy", "--actor", "agent", "-"], {
      cwd: folder,
      stdin: ENDS,
    });
    expect(code).toBe(3);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ["@company/policy", {}, /firebreak\.yaml:1:10: the package @company\/policy is not installed here/],
    [
      "@company/policy/gone.yaml",
      { [PACKAGE]: TWO },
      /1:10: the package @company\/policy\/gone\.yaml is not installed/,
    ],
    ["company", {}, /1:10: unknown ruleset "company".*or a package that is installed/],
    [
      "@company/policy@1.2.3",
      { [PACKAGE]: TWO },
      /1:10: "@company\/policy@1\.2\.3" names a version.*pin it by its digest/,
    ],
    ["@company/policy@sha256:abc", {}, /1:10: the digest in .* is not whole/],
    ["@company", {}, /1:10: "@company" is no package: expected @scope\/name/],
    ["@company/../../evil", {}, /1:10: .* is no package/],
    ["https://company.example/policy.yaml", {}, /1:10: .* is an address/],
    [
      "@company/policy",
      { [PACKAGE]: TWO, [PACKAGE.replace("yaml", "yml")]: TWO },
      /1:10: .*holds several configs: firebreak\.yaml, firebreak\.yml/,
    ],
  ])("%s is refused: %j", async (name, files, sentence) => {
    const { code, stderr } = await inFolder({ "firebreak.yaml": `extends: "${name}"\n`, ...files });
    expect([code, stderr]).toEqual([2, expect.stringMatching(sentence)]);
  });
});

describe("a pin", () => {
  const pinned = (digest: string) => `extends: ["./base.yaml@${digest}"]\n`;

  test("holds a file or a package to its bytes", async () => {
    expect((await inFolder({ "firebreak.yaml": pinned(digestOf(TWO)), "base.yaml": TWO })).code).toBe(3);
    expect(
      (
        await inFolder({
          "firebreak.yaml": pinned(digestOf(TWO).toUpperCase().replace("SHA", "sha")),
          "base.yaml": TWO,
        })
      ).code,
    ).toBe(3);
    const other = await inFolder({ "firebreak.yaml": pinned(digestOf(TWO)), "base.yaml": HUNDRED });
    expect(other.code).toBe(2);
    expect(other.stderr).toContain(`firebreak.yaml:1:11: ./base.yaml is pinned to ${digestOf(TWO)}, and`);
    expect(other.stderr).toContain(`base.yaml is ${digestOf(HUNDRED)}`);
  });

  test("of several digests one has to fit, so that an upgrade can come in two steps", async () => {
    const config = `extends: {from: "@company/policy", digest: [${digestOf(TWO)}, ${digestOf(HUNDRED)}]}\n`;
    expect((await inFolder({ "firebreak.yaml": config, [PACKAGE]: TWO })).code).toBe(3);
    expect((await inFolder({ "firebreak.yaml": config, [PACKAGE]: HUNDRED })).code).toBe(0);
    const other = await inFolder({ "firebreak.yaml": config, [PACKAGE]: "{}\n" });
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining("is pinned to 2 digests, and")]);
  });
});

describe("on a base", () => {
  const withPackage = (extend: string, installed: string) => {
    const made = repository({
      "firebreak.yaml": `extends: [recommended, ${extend}]\n`,
      ".gitignore": "node_modules\n",
    });
    put(made.folder, { [PACKAGE]: installed });
    return made.folder;
  };

  test("an installed package counts only when the base pins it, since the change may have put it there", async () => {
    const { code, stderr } = await judged(withPackage('"@company/policy"', HUNDRED), ["--base", "main"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /firebreak\.yaml@[0-9a-f]{12}:1:24: @company\/policy is read from .*, which the change itself may have put there, so it must be pinned by its digest\n {2}Read it, then write: "@company\/policy@sha256:DIGEST", with what `sha256sum /,
    );
    expect((await judged(withPackage(`"@company/policy@${digestOf(TWO)}"`, TWO), ["--base", "main"])).code).toBe(3);
    const other = await judged(withPackage(`"@company/policy@${digestOf(TWO)}"`, HUNDRED), ["--base", "main"]);
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining("is pinned to")]);
  });

  test("nor does what such a package stands on count unpinned", async () => {
    const inner = 'extends: ["./more.yaml"]\n';
    const folder = withPackage(`"@company/policy@${digestOf(inner)}"`, inner);
    put(folder, { "node_modules/@company/policy/more.yaml": HUNDRED });
    const { code, stderr } = await judged(folder, ["--base", "main"]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/\.\/more\.yaml is read from .*more\.yaml, which the change/),
    ]);
    const pinned = `extends: ["./more.yaml@${digestOf(TWO)}"]\n`;
    const good = withPackage(`"@company/policy@${digestOf(pinned)}"`, pinned);
    put(good, { "node_modules/@company/policy/more.yaml": TWO });
    expect((await judged(good, ["--base", "main"])).code).toBe(3);
  });

  test("a path into node_modules is no way around that", async () => {
    expect((await judged(withPackage(`./${PACKAGE}`, HUNDRED), ["--base", "main"])).code).toBe(2);
  });

  test("a package that is committed is read from the base, whatever is installed", async () => {
    const made = repository({ "firebreak.yaml": 'extends: [recommended, "@company/policy"]\n', [PACKAGE]: TWO });
    put(made.folder, { [PACKAGE]: HUNDRED, [`envs/${PACKAGE}`]: HUNDRED });
    expect((await judged(made.folder, ["--base", "main"])).code).toBe(3);
    made.git("add", "-A");
    made.commit("change");
    const { stdout } = await firebreak(["check", "--base", "main", "--actor", "agent", "-f", "json", "-"], {
      cwd: made.folder,
      stdin: ENDS,
    });
    const report = JSON.parse(stdout);
    expect(report.findings.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(["limit-ended", "policy-changed"]);
    expect(report.findings[1].message).toContain(PACKAGE);
  });

  test("a pinned file is the base's, and held to its pin", async () => {
    const config = `extends: ["./base.yaml@${digestOf(TWO)}"]\n`;
    const made = repository({ "firebreak.yaml": config, "base.yaml": TWO });
    put(made.folder, { "base.yaml": HUNDRED });
    expect((await judged(made.folder, ["--base", "main"])).code).toBe(3);
  });
});

describe("mistakes", () => {
  test("of all files are told at once, each where it stands", async () => {
    const { code, stderr } = await inFolder({
      "firebreak.yaml": 'extends: [stirct, ./gone.yaml, ./base.yaml, "@company/policy"]\n',
      "base.yaml": "\nmodes: observe\nlimit: {}\n",
    });
    expect(code).toBe(2);
    const places = [...stderr.matchAll(/(firebreak|base)\.yaml:(\d+:\d+): /g)].map(
      ([, file, place]) => `${file} ${place}`,
    );
    expect(places).toEqual(["firebreak 1:11", "firebreak 1:19", "base 2:1", "base 3:1", "firebreak 1:45"]);
  });

  test("of a circle are told with every file in it", async () => {
    const { code, stderr } = await inFolder({
      "firebreak.yaml": "extends: ./a.yaml\n",
      "a.yaml": "extends: ./b.yaml\n",
      "b.yaml": "mode: enforce\nextends: [./a.yaml]\n",
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/b\.yaml:2:11: extends goes round in a circle: .*a\.yaml -> .*b\.yaml -> .*a\.yaml\n/);
  });

  test("a file that two others stand on is no circle, and is not put on top of either", async () => {
    const files = {
      "base.yaml": TWO,
      "a.yaml": `extends: ./base.yaml\n${HUNDRED}`,
      "b.yaml": "extends: ./base.yaml\n",
    };
    expect((await inFolder({ "firebreak.yaml": "extends: [./a.yaml, ./b.yaml]\n", ...files })).code).toBe(0);
  });

  test("what a file of a list stands on does not undo what came before it", async () => {
    const files = { "firebreak.yaml": "extends: [strict, ./own.yaml]\n", "own.yaml": "extends: recommended\n" };
    // Strict lets an agent end nothing, whoever signs.
    expect((await inFolder(files)).code).toBe(1);
  });
});

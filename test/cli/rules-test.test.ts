/** `firebreak rules test`: cases for a policy, and the cases that the built-in rulesets are held to. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { firebreak, fixture, folderWith } from "../support/world.ts";

const CONFIG = `limits: {agent: {ended: 1, signatures: none}}
custom:
  no-public-buckets: {description: "a bucket becomes public", match: {after: {acl: public-*}}, level: {agent: error, human: note}}
`;

/** Runs the tests of a folder that has a config and its cases. */
function tried(
  cases: string,
  files: Readonly<Record<string, string>> = { "firebreak.yaml": CONFIG },
  argv: string[] = [],
) {
  return firebreak(["rules", "test", ...argv], { cwd: folderWith({ ...files, "firebreak.test.yaml": cases }) });
}

/** A file with one case. */
const one = (text: string): string => `cases:\n  - name: a case\n    ${text.replaceAll("\n", "\n    ")}\n`;

const TWO_END =
  "changes: {aws_instance.a: delete, aws_instance.b: replace, aws_iam_policy.p: {action: keep, times: 40}}";

describe("the built-in rulesets", () => {
  test("are as their cases say", async () => {
    const { code, stdout } = await firebreak(["rules", "test", fixture("rulesets")]);
    expect([code, stdout.split("\n").at(-2)]).toEqual([0, expect.stringMatching(/^\d\d cases are as expected$/)]);
  });

  test.each(["recommended", "strict", "observe"])(
    "%s is tried on the story, on everyday work and on a rename",
    (name) => {
      const { rulesets, cases } = parse(readFileSync(fixture("rulesets", `${name}.test.yaml`), "utf8"));
      expect(rulesets).toBe(name);
      const names = cases.map((one: { readonly name: string }) => one.name).join("\n");
      for (const about of [
        /the story/,
        /an everyday plan passes/,
        /a rename with its moved blocks/,
        /a rename without one/,
      ])
        expect(names).toMatch(about);
    },
  );

  test("would not be, were they others", async () => {
    const text = readFileSync(fixture("rulesets/recommended.test.yaml"), "utf8");
    const other = text.replace("rulesets: recommended", "rulesets: observe").replaceAll("../", `${fixture()}/`);
    const { code, stdout } = await tried(other);
    expect(code).toBe(1);
    expect(stdout).toContain("    - verdict fail\n    + verdict pass\n");
  });
});

describe("a case", () => {
  test("that comes out otherwise is shown with what is other, and what is not", async () => {
    const { code, stdout } = await tried(
      one(`${TWO_END}
actor: agent
expect:
  verdict: pass
  findings: [limit-ended, {rule: custom/no-public-buckets, address: aws_s3_bucket.a, level: error, signatures: 2}]`),
    );
    expect(code).toBe(1);
    expect(stdout).toBe(`✖ firebreak.test.yaml: 1 of 1 case
  firebreak.test.yaml:2:5  a case
    - verdict pass
    + verdict fail
      limit-ended (error): objects that end: 2, where 1 is allowed
    - custom/no-public-buckets aws_s3_bucket.a (error, 2 to sign)
  no case finds anything by custom/no-public-buckets

1 of 1 case is not as expected
`);
  });

  test("is tried for every author that it names, and each is told apart", async () => {
    const text = one(`${TWO_END}\nactor: [agent, human]\nexpect: {verdict: pass}`);
    const { code, stdout } = await tried(text);
    expect(code).toBe(1);
    expect(stdout).toContain("firebreak.test.yaml:2:5  a case (agent)");
    expect(stdout).not.toContain("(human)");
  });

  test("takes what the file says for all", async () => {
    const text = `actor: agent\nenvironment: production\n${one(`${TWO_END}\nexpect: {verdict: fail}`)}  - name: another\n    ${TWO_END}\n    actor: human\n    expect: {verdict: pass}\n`;
    expect((await tried(text)).code).toBe(0);
  });

  test.each<[string, number]>([
    ["findings: [limit-ended]", 0],
    ["findings: []", 1],
    ["includes: []", 0],
    ["excludes: [limit-ended]", 1],
    ["excludes: [limit-data-loss]", 0],
    ["includes: [{rule: limit-ended, level: warning}]", 1],
    ["includes: [{rule: limit-ended, signatures: none}]", 0],
    ["includes: [{rule: limit-ended, signatures: 1}]", 1],
    ["includes: [{rule: limit-ended, waived: true}]", 1],
    ["includes: [{rule: limit-ended, waived: false}]", 0],
    ["includes: [{rule: limit-ended, address: '*'}]", 0],
    ["includes: [{rule: limit-ended, address: aws_instance.a}]", 1],
  ])("%s: exit %d", async (expectation, code) => {
    expect((await tried(one(`${TWO_END}\nactor: agent\nexpect: {${expectation}}`))).code).toBe(code);
  });

  test("of a plan that nobody can decide on is undecided, and says why", async () => {
    const files = { "firebreak.yaml": CONFIG, "cut.json": '{"format_version": "1.2", "resource_changes": [' };
    expect((await tried(one("plan: cut.json\nexpect: {verdict: undecided}"), files)).code).toBe(0);
    const { code, stdout } = await tried(one("plan: cut.json\nexpect: {verdict: pass}"), files);
    expect([code, stdout]).toEqual([1, expect.stringContaining("the JSON stops at byte")]);
  });

  test("is told in JSON too", async () => {
    const { stdout } = await tried(one(`${TWO_END}\nactor: agent\nexpect: {verdict: pass}`), undefined, ["-f", "json"]);
    const { failed, files } = JSON.parse(stdout);
    expect(failed).toBe(1);
    expect(files[0].cases[0]).toMatchObject({
      place: "firebreak.test.yaml:2:5",
      difference: { verdict: { expected: "pass", found: "fail" }, missing: [], unexpected: [] },
    });
  });
});

test("the page on it has cases that hold, and shows what happens when they do not", async () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/rules-test.md"), "utf8");
  const [config = "", cases = ""] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text);
  expect(await tried(cases, { "firebreak.yaml": config })).toMatchObject({ code: 0, stderr: "" });
  const { stdout } = await tried(cases, { "firebreak.yaml": config.replace("ended: 2", "ended: 3") });
  expect(page).toContain(stdout.trimEnd().replaceAll(/^(?=.)/gm, "    "));
});

describe("changes", () => {
  /** What a config finds by a rule that matches everything with one action. */
  test.each<[string, string, string]>([
    ["aws_s3_bucket.a: create", "actions: create", "aws_s3_bucket.a"],
    ["aws_s3_bucket.a: update", "actions: update", "aws_s3_bucket.a"],
    ["aws_s3_bucket.a: delete", "actions: delete", "aws_s3_bucket.a"],
    ["aws_s3_bucket.a: replace", "actions: replace", "aws_s3_bucket.a"],
    ["aws_s3_bucket.a: {action: replace, order: create-before-delete}", "actions: replace", "aws_s3_bucket.a"],
    ["aws_s3_bucket.a: forget", "actions: forget", "aws_s3_bucket.a"],
    ["aws_s3_bucket.a: {action: move, from: aws_s3_bucket.b}", "actions: move", "aws_s3_bucket.a"],
    ["aws_s3_bucket.a: import", "actions: import", "aws_s3_bucket.a"],
    ["aws_s3_bucket.a: {action: create, times: 2}", "actions: create", "aws_s3_bucket.a_2"],
    ["'module.a[\"x.y\"].aws_s3_bucket.b[0]': delete", "types: aws_s3_bucket", 'module.a["x.y"].aws_s3_bucket.b[0]'],
    ["a_b.c: {action: update, before: {x: 1, y: 2}, after: {y: 3}}", "after: {x: 1, y: 3}", "a_b.c"],
    ["a_b.c: {action: update, before: {x: 1, y: 2}, after: {y: 3}}", "before: {y: 2}", "a_b.c"],
    ["a_b.c: {action: create, after: {tags: {Team: a}}}", "tags: {Team: a}", "a_b.c"],
    ["aws_vpc.v: delete, aws_subnet.s: {action: keep, dependsOn: aws_vpc.v}", "radius: 1", "aws_vpc.v"],
  ])("%s is what %s speaks of", async (changes, match, address) => {
    const config = `extends: []\ncustom: {own: {description: "what the test looks for", match: {${match}}}}\n`;
    const text = one(`changes: {${changes}}\nexpect: {includes: [{rule: custom/own, address: '${address}'}]}`);
    expect(await tried(text, { "firebreak.yaml": config })).toMatchObject({ code: 0, stderr: "" });
  });

  test("of a replacement that only something unknown forces are not certain", async () => {
    const changes = "changes: {aws_vpc.a: {action: replace, unknown: [cidr_block]}, aws_vpc.b: delete}";
    expect((await tried(one(`${changes}\nactor: agent\nexpect: {includes: [limit-ended]}`))).code).toBe(0);
    const human = "limits: {human: {ended: 1, bound: lower}}\n";
    expect(
      (await tried(one(`${changes}\nactor: human\nexpect: {findings: []}`), { "firebreak.yaml": human })).code,
    ).toBe(0);
  });
});

describe("what is tested", () => {
  test("is the file of the same name, one that is named, or rulesets", async () => {
    const files = { "firebreak.yaml": CONFIG, "policy/own.yaml": "limits: {agent: {ended: 9}}\n" };
    const text = one(`${TWO_END}\nactor: agent\nexpect: {verdict: pass}`);
    expect((await tried(text, files)).code).toBe(1);
    expect((await tried(`config: policy/own.yaml\n${text}`, files)).code).toBe(0);
    expect((await tried(`rulesets: ./policy/own.yaml\n${text}`, files)).code).toBe(0);
    expect((await tried(`rulesets: [recommended]\n${text}`, {})).code).toBe(0);
  });

  test("environments told by path are found by what the plan is called", async () => {
    const config = 'environments: {prod: {match: {path: "envs/prod/**"}, limits: {agent: {ended: 0}}}}\n';
    const text = (input: string) => one(`${TWO_END}\nactor: agent\ninput: ${input}\nexpect: {findings: [limit-ended]}`);
    expect((await tried(text("envs/prod/plan.json"), { "firebreak.yaml": config })).code).toBe(0);
    expect((await tried(text("envs/dev/plan.json"), { "firebreak.yaml": config })).code).toBe(1);
  });

  test("depends on the day only where the case says which", async () => {
    const config = "freezes: [{name: holidays, from: 2026-12-20T00:00:00Z, to: 2027-01-02T00:00:00Z}]\n";
    const files = { "firebreak.yaml": config };
    const text = (now: string) => one(`${TWO_END}\nactor: human\n${now}expect: {findings: [change-freeze]}`);
    expect((await tried(text("now: 2026-12-24T00:00:00Z\n"), files)).code).toBe(0);
    expect((await tried(text("now: 2026-12-04T00:00:00Z\n"), files)).code).toBe(1);
    const { code, stdout, stderr } = await tried(text(""), files);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain('firebreak.test.yaml:2:5: cases.0 needs "now": the policy has freezes');
  });

  test("files of other tools in a folder are passed over, and said to be", async () => {
    const text = one(`${TWO_END}\nactor: agent\nexpect: {verdict: fail}`);
    const { code, stderr } = await tried(text, { "firebreak.yaml": CONFIG, "chart/x.test.yaml": "suite: chart\n" });
    expect([code, stderr]).toEqual([0, expect.stringContaining(`${join("chart", "x.test.yaml")}: no cases`)]);
  });
});

const EXPECT = "expect: {verdict: pass}";

describe("what cannot be tried", () => {
  test.each<[string, RegExp]>([
    ["", /1:1: a file of cases is a mapping of keys to values, and this is empty/],
    ["actor: agent", /1:1: the file of cases needs "cases"/],
    ["cases: []", /1:8: cases has a value that does not fit/],
    ["tests: []", /1:1: unknown key "tests"\. Did you mean "cases"\?/],
    [one(`${TWO_END}\nexpected: {}`), /4:5: unknown key "expected"\. Did you mean "expect"\?/],
    [one(TWO_END), /2:5: cases\.0 needs "expect"/],
    [one(EXPECT), /2:5: cases\.0 is about a "plan" or about "changes", and has neither/],
    [one(`plan: x.json\n${TWO_END}\n${EXPECT}`), /2:5: .* and has both/],
    [one(`${TWO_END}\nexpect: {}`), /4:13: cases\.0\.expect/],
    [one(`${TWO_END}\nexpect: {verdict: passes}`), /4:23: .*Did you mean "pass"\?/],
    [
      one(`${TWO_END}\nexpect: {findings: [limit-end]}`),
      /4:25: unknown rule "limit-end"\. Did you mean "limit-ended"\?/,
    ],
    [one(`${TWO_END}\nexpect: {excludes: [custom/x]}`), /4:25: unknown rule "custom\/x"/],
    [one(`${TWO_END}\nexpect: {findings: [], includes: []}`), /4:28: .*"includes" says nothing more/],
    [one(`${TWO_END}\nactor: robot\n${EXPECT}`), /4:12: .*Did you mean "bot"\?/],
    [
      one(`${TWO_END}\nnow: 2026-02-30T00:00:00Z\n${EXPECT}`),
      /4:10: cases\.0\.now is a day or a time that does not exist/,
    ],
    [one(`changes: {aws_vpc: delete}\n${EXPECT}`), /3:15: "aws_vpc" is no address of a resource/],
    [one(`changes: {data.aws_vpc.a: delete}\n${EXPECT}`), /3:15: "data\.aws_vpc\.a" is no address/],
    [one(`changes: {aws_vpc.a: destroy}\n${EXPECT}`), /3:26: .*Expected keep, create, update, delete/],
    [one(`changes: {aws_vpc.a: {action: move}}\n${EXPECT}`), /3:15: aws_vpc\.a moves, and needs "from"/],
    [one(`changes: {"aws_vpc.a[0]": {action: keep, times: 2}}\n${EXPECT}`), /3:15: .*has a key/],
    [one(`${TWO_END}\nstate: s.json\n${EXPECT}`), /4:12: cases\.0\.state goes with a "plan"/],
    [one(`plan: gone.json\n${EXPECT}`), /2:5: .*gone\.json: .*no such file/i],
    [`config: gone.yaml\n${one(`${TWO_END}\n${EXPECT}`)}`, /gone\.yaml: this config cannot be read/],
    [`rulesets: stirct\n${one(`${TWO_END}\n${EXPECT}`)}`, /unknown ruleset "stirct"\. Did you mean "strict"\?/],
  ])("%s", async (text, sentence) => {
    const { code, stdout, stderr } = await tried(text, { "firebreak.yaml": CONFIG }, ["firebreak.test.yaml"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/undefined|must be|must match/);
  });

  test.each<[string[], Record<string, string>, RegExp]>([
    [[], {}, /there is no file of cases in this folder/],
    [["gone"], {}, /gone: there is no such file or folder/],
    [["x.test.yaml"], { "x.test.yaml": one(`${TWO_END}\n${EXPECT}`) }, /there is no config beside this file/],
    [["--base", "main"], {}, /rules test takes no --base/],
    [["-f", "junit"], {}, /unknown format "junit"/],
  ])("firebreak rules test %j", async (argv, files, sentence) => {
    const { code, stdout, stderr } = await firebreak(["rules", "test", ...argv], { cwd: folderWith(files) });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(sentence);
  });
});

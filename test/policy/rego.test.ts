/** Policies in Rego: what is asked, what the answers come to, and what of the plan never leaves. The modules are made by hand. */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { FORMATS, type Report, render } from "../../src/index.ts";
import { changeSet, modified } from "../support/change-set.ts";
import { type Content, judged } from "../support/judge.ts";
import { change, plan } from "../support/plan.ts";
import { type Behaviour, bundle, regoModule } from "../support/rego-module.ts";
import { repository } from "../support/repository.ts";
import { many, smallPlan } from "../support/small-plan.ts";
import { firebreak, fixture, folderWith, reportOf } from "../support/world.ts";

const PLAIN = smallPlan({
  objects: {
    "aws_s3_bucket.logs": { fate: "update", values: { acl: "public-read-write" } },
    ...many(30, "aws_iam_policy", "keep"),
  },
});

interface Policy {
  readonly entrypoints: Readonly<Record<string, Behaviour>>;
  /** Further keys beside `policy`. */
  readonly settings?: string;
  readonly content?: Content;
  readonly actor?: string;
}

async function asked({ entrypoints, settings = "", content = PLAIN, actor = "human" }: Policy): Promise<Report> {
  const wasm = await regoModule(entrypoints);
  const folder = folderWith({
    "firebreak.yaml": `rego: {own: {policy: ./policy.wasm${settings}}}\n`,
    "policy.wasm": wasm,
  });
  return judged(content, { config: join(folder, "firebreak.yaml"), actor });
}

/** The same for whatever the rules of a package are to give. */
async function answered(data: unknown, entrypoint = "main"): Promise<Report> {
  const wasm = await regoModule({ [entrypoint]: "echo data" });
  const packed = bundle({ "/data.json": JSON.stringify(data), "/policy.wasm": wasm, "/.manifest": "{}" });
  const folder = folderWith({ "firebreak.yaml": "rego: {own: {policy: bundle.tar.gz}}\n", "bundle.tar.gz": packed });
  return judged(PLAIN, { config: join(folder, "firebreak.yaml"), actor: "human" });
}

const own = ({ findings }: Report) =>
  findings
    .filter(({ ruleId }) => ruleId.startsWith("rego/"))
    .map(({ ruleId, level, message }) => `${level} ${ruleId}: ${message}`);

const BUCKETS: Behaviour = { holds: '"type":"aws_s3_bucket"', gives: ["no buckets here"], otherwise: [] };

describe("a rule", () => {
  test("sees the plan, and what it gives is found", async () => {
    expect(own(await asked({ entrypoints: { "main/deny": BUCKETS } }))).toEqual([
      "error rego/own/deny: no buckets here",
    ]);
    const others = smallPlan({ objects: { "aws_vpc.main": "update" } });
    const report = await asked({ entrypoints: { "main/deny": BUCKETS }, content: others });
    expect([report.verdict, own(report)]).toEqual(["pass", []]);
  });

  test("fails the plan by deny and violation, and not by warn", async () => {
    const rules = (rule: string) => asked({ entrypoints: { [`main/${rule}`]: BUCKETS } });
    expect((await rules("deny")).verdict).toBe("fail");
    expect((await rules("violation")).verdict).toBe("fail");
    expect((await rules("warn")).verdict).toBe("pass");
    expect(own(await rules("warn"))).toEqual(["warning rego/own/warn: no buckets here"]);
  });

  test("counts as the config says, for everybody or by author", async () => {
    const settings = ", level: {agent: {level: error, signatures: 2}, human: note}, warn: error";
    const entrypoints = { "main/deny": BUCKETS };
    expect(own(await asked({ entrypoints, settings }))).toEqual(["note rego/own/deny: no buckets here"]);
    const agent = await asked({ entrypoints, settings, actor: "agent" });
    expect([agent.verdict, agent.findings[0]?.signatures]).toEqual(["review", 2]);
    expect((await asked({ entrypoints: { "main/warn": BUCKETS }, settings })).verdict).toBe("fail");
  });

  test("may be waived like any other", async () => {
    const waiver =
      "rule: rego/own/deny, address: aws_s3_bucket.logs, reason: will be mended soon, owner: us, expires: 2026-03-01T00:00:00Z";
    const about: Behaviour = {
      holds: "aws_s3_bucket",
      gives: [{ msg: "no buckets", address: "aws_s3_bucket.logs" }],
      otherwise: [],
    };
    const wasm = await regoModule({ "main/deny": about });
    const config = `rego: {own: {policy: p.wasm}}\nwaivers: [{${waiver}}]\n`;
    const folder = folderWith({ "firebreak.yaml": config, "p.wasm": wasm });
    const report = await judged(PLAIN, { config: join(folder, "firebreak.yaml") });
    expect([report.verdict, report.findings[0]?.waiver?.owner]).toEqual(["pass", "us"]);
  });

  test("is looked for in the packages that are named", async () => {
    const entrypoints = { "main/warn": "undefined", "terraform/tags/deny": BUCKETS } as const;
    expect(own(await asked({ entrypoints }))).toEqual([]);
    expect(own(await asked({ entrypoints, settings: ", packages: [main, terraform.tags]" }))).toHaveLength(1);
    expect(own(await asked({ entrypoints, settings: ", packages: '*'" }))).toHaveLength(1);
  });
});

describe("conftest's conventions", () => {
  test.each<[unknown, string[]]>([
    [{ deny: ["a", "b"] }, ["error rego/own/deny: a", "error rego/own/deny: b"]],
    [{ deny: [], warn: [], violation: [] }, []],
    [
      { deny_buckets: ["a"], warn_2: ["b"], violation_x_y: ["c"] },
      ["error rego/own/deny: a", "error rego/own/violation: c", "warning rego/own/warn: b"],
    ],
    [{ deny: [{ msg: "a" }, { msg: "b", details: { x: 1 } }] }, ["error rego/own/deny: a", "error rego/own/deny: b"]],
    [{ deny: false, violation: ["a"] }, ["error rego/own/violation: a"]],
    [{ deny: ["a", "a"], allow: true, denying: ["x"], helper: {} }, ["error rego/own/deny: a"]],
  ])("%j", async (data, expected) => {
    expect(own(await answered(data)).sort()).toEqual(expected);
  });

  test.each<[unknown, RegExp]>([
    [{ allow: true }, /the package main has no rule called deny, violation or warn/],
    [{}, /the package main has no rule called/],
    [{ deny: true }, /main\/deny gives true, and is to give a set of messages/],
    [{ deny: "a" }, /main\/deny gives something else/],
    [{ deny: { a: true } }, /main\/deny gives something else/],
    [{ deny: [1] }, /main\/deny gives something that is neither a text nor an object with the text "msg"/],
    [{ deny: [{ message: "a" }] }, /neither a text nor an object with the text "msg"/],
    [{ warn: [null] }, /main\/warn gives something that is neither/],
    [["a"], /main is neither a rule called deny, violation or warn, nor a package with one/],
  ])("%j leaves the plan undecided", async (data, sentence) => {
    const { verdict, errors } = await answered(data);
    expect([verdict, errors.map(({ code }) => code)]).toEqual(["undecided", ["policy-error"]]);
    expect(errors[0]?.message).toMatch(sentence);
  });

  test("a message may say which change it is about, and nothing else", async () => {
    const about = async (resource: object) =>
      (await answered({ deny: [{ msg: "a", ...resource }] })).findings[0]?.address;
    expect(await about({ address: "aws_s3_bucket.logs" })).toBe("aws_s3_bucket.logs");
    expect(await about({ resource: "aws_s3_bucket.logs" })).toBe("aws_s3_bucket.logs");
    expect(await about({ address: "whatever it likes" })).toBe(undefined);
  });
});

describe("a policy that fails", () => {
  test.each<[Behaviour, RegExp]>([
    ["trap", /main\/deny: it stopped half-way/],
    ["abort", /main\/deny: it failed/],
    ["babble", /main\/deny: it failed/],
    ["call http.send", /main\/deny: it calls http\.send, which is not available here/],
  ])("by %s leaves the plan undecided, with its report", async (behaviour, sentence) => {
    const wasm = await regoModule({ "main/warn": BUCKETS, "main/deny": behaviour });
    const folder = folderWith({ "firebreak.yaml": "rego: {own: {policy: p.wasm}}\n", "p.wasm": wasm });
    const argv = ["check", "--config", join(folder, "firebreak.yaml"), "-f", "json", "-"];
    const { code, stdout, stderr } = await firebreak(argv, { cwd: folder, stdin: PLAIN });
    expect(code).toBe(2);
    expect(stderr).toMatch(sentence);
    const { verdict, plans } = JSON.parse(stdout);
    expect([verdict, plans.length]).toEqual(["undecided", 1]);
  });

  test.each<[string, Buffer | string, RegExp]>([
    ["p.wasm", "no module", /this is no policy that OPA compiled: it is no WebAssembly/],
    ["p.wasm", Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]), /it exports no opa_wasm_abi_version/],
    ["p.tar.gz", "no bundle", /this is no bundle, or it is cut off/],
    ["p.tar.gz", bundle({ "/data.json": "{}" }), /this bundle holds no compiled policy/],
    ["p.tar.gz", bundle({ "/policy.wasm": "x", "/data.json": "{" }), /this is no bundle, or it is cut off/],
    ["gone.wasm", "", /gone\.wasm: there is no such policy/],
  ])("before it is asked is a mistake in the config: %s", async (name, content, sentence) => {
    const files = {
      "firebreak.yaml": `\nrego: {own: {policy: ${name}}}\n`,
      [name === "gone.wasm" ? "other" : name]: content,
    };
    const folder = folderWith(files);
    const argv = ["check", "--config", join(folder, "firebreak.yaml"), "-"];
    const { code, stdout, stderr } = await firebreak(argv, { cwd: folder, stdin: PLAIN });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/firebreak\.yaml:2:22: /);
    expect(stderr).toMatch(sentence);
  });

  test("of another version of the interface, or without entrypoints for the package, is one too", async () => {
    const at = async (wasm: Buffer) => {
      const folder = folderWith({ "firebreak.yaml": "rego: {own: {policy: p.wasm}}\n", "p.wasm": wasm });
      return (await firebreak(["check", "--config", join(folder, "firebreak.yaml"), "-"], { stdin: PLAIN })).stderr;
    };
    expect(await at(await regoModule({ "main/deny": "undefined" }, { abi: 2 }))).toMatch(
      /its interface has version 2, and 1 is known/,
    );
    expect(await at(await regoModule({ "app/deny": "undefined" }))).toMatch(
      /it has no entrypoint for the package main; its entrypoints: app\/deny/,
    );
  });
});

describe("values of the plan", () => {
  const SECRET = "do-not-tell-4711";
  const hidden = plan(
    [
      change("aws_db_instance.a", ["update"], {
        change: {
          before: { password: SECRET, port: 1 },
          after: { password: SECRET, port: 2 },
          before_sensitive: {},
          after_sensitive: { password: true },
        },
      }),
    ],
    {
      variables: { token: { value: SECRET }, plain: { value: "to-be-seen" } },
      configuration: { root_module: { variables: { token: { sensitive: true }, plain: {} } } },
      output_changes: {
        o: { actions: ["create"], before: null, after: SECRET, before_sensitive: false, after_sensitive: true },
      },
      planned_values: {
        outputs: { o: { sensitive: true, value: SECRET } },
        root_module: {
          resources: [
            { address: "aws_db_instance.a", values: { password: SECRET }, sensitive_values: { password: true } },
          ],
          child_modules: [
            {
              address: "module.m",
              resources: [{ address: "module.m.x.y", values: { a: [SECRET] }, sensitive_values: { a: [true] } }],
            },
          ],
        },
      },
    },
  );

  test("that are sensitive are not shown to the policy, wherever they stand", async () => {
    const told = (text: string): Behaviour => ({ holds: text, gives: ["seen"], otherwise: [] });
    expect(own(await asked({ entrypoints: { "main/deny": told(SECRET) }, content: hidden }))).toEqual([]);
    expect(
      own(await asked({ entrypoints: { "main/deny": told('"password":"(sensitive value)"') }, content: hidden })),
    ).toHaveLength(1);
    expect(own(await asked({ entrypoints: { "main/deny": told("to-be-seen") }, content: hidden }))).toHaveLength(1);
  });

  test("are taken out of messages, in every format", async () => {
    const content = smallPlan({ objects: { "aws_instance.a": { fate: "update", values: { user_data: SECRET } } } });
    const report = await asked({
      entrypoints: { "main/deny": { behind: '"user_data":"', prefix: "it starts with " } },
      content,
    });
    expect(own(report)).toEqual(["error rego/own/deny: it starts with (value)"]);
    for (const format of FORMATS)
      expect(await render(report, format, { color: false, width: undefined, verbosity: "verbose" })).not.toContain(
        SECRET,
      );
  });

  test.each<[string, string, string]>([
    // What stands in the policy itself says nothing about the plan.
    ["public-read-write", '"acl":"', "public-read-write"],
    ["prod", '"user_data":"', "for (value) only"],
    ["line one\\nline two is a secret", '"user_data":"', "for (value) only"],
    ["ab", '"user_data":"', "for ab only"],
  ])("%s", async (value, behind, expected) => {
    const content = smallPlan({
      objects: {
        "aws_instance.a": {
          fate: "update",
          values: { acl: JSON.parse(`"${value}"`), user_data: JSON.parse(`"${value}"`) },
        },
      },
    });
    const known: Behaviour = { holds: "aws_instance", gives: ["public-read-write is not allowed"], otherwise: [] };
    const messages = own(
      await asked({ entrypoints: { "main/warn": known, "main/deny": { behind, prefix: "for " } }, content }),
    );
    expect(messages.join("\n")).toContain(expected.replace(/ only$/, ""));
  });

  test("and commands and colours in messages reach no terminal, log or comment", async () => {
    const report = await answered({
      deny: ["\u001b[31mred\n::error::x ##vso[task.complete] @team <img src=x> [l](http://x.example)"],
    });
    for (const format of ["pretty", "github", "markdown"] as const) {
      const text = await render(report, format, { color: false, width: undefined, verbosity: "verbose" });
      expect(text).not.toMatch(/\u001b|^::error::x|##vso\[task/m);
      // In Markdown no tag, nobody called, no link: words of others are code.
      if (format === "markdown") expect(text.replaceAll(/`[^`]*`/g, "")).not.toMatch(/<img|@team|\]\(/);
    }
  });
});

describe("where policies are read", () => {
  const denying = regoModule({ "main/deny": BUCKETS });
  const silent = regoModule({ "main/deny": "undefined" });
  const sha = (bytes: Buffer) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

  test("beside the config that names them, also when another one extends it", async () => {
    const folder = folderWith({
      "firebreak.yaml": "extends: [recommended, ./policy/base.yaml]\n",
      "policy/base.yaml": "rego: {own: {policy: p.wasm}}\n",
      "policy/p.wasm": await denying,
    });
    expect(own(await judged(PLAIN, { config: join(folder, "firebreak.yaml") }))).toHaveLength(1);
  });

  test("on the base, and an edit of one is an edit of the policy", async () => {
    const made = repository({ "firebreak.yaml": "rego: {own: {policy: policy/p.wasm}}\n" });
    mkdirSync(join(made.folder, "policy"));
    const put = async (bytes: Promise<Buffer>, message: string) => {
      writeFileSync(join(made.folder, "policy/p.wasm"), await bytes);
      made.git("add", "-A");
      made.commit(message);
    };
    await put(denying, "policy");
    made.git("branch", "--force", "main", "HEAD");
    await put(silent, "weaker");
    const report = await reportOf(["--base", "main", "--actor", "human", "-"], { cwd: made.folder, stdin: PLAIN });
    expect(report.findings.map(({ ruleId }) => ruleId)).toEqual(["rego/own/deny", "policy-changed"]);
    expect(report.findings[1]?.message).toContain("policy/p.wasm");
  });

  test("only where they are pinned, when they are installed beside the change", async () => {
    const path = "node_modules/@company/policy/p.wasm";
    const outcome = async (more: string, bytes: Buffer) => {
      const made = repository({
        "firebreak.yaml": `rego: {own: {policy: ${path}${more}}}\n`,
        ".gitignore": "node_modules\n",
      });
      mkdirSync(dirname(join(made.folder, path)), { recursive: true });
      writeFileSync(join(made.folder, path), bytes);
      return firebreak(["check", "--base", "main", "--actor", "human", "-"], { cwd: made.folder, stdin: PLAIN });
    };
    const unpinned = await outcome("", await silent);
    expect([unpinned.code, unpinned.stderr]).toEqual([
      2,
      expect.stringMatching(/firebreak\.yaml@.*is not part of the base.*must be pinned by its digest/),
    ]);
    expect((await outcome(`, digest: "${sha(await denying)}"`, await denying)).code).toBe(1);
    expect((await outcome(`, digest: "${sha(await denying)}"`, await silent)).code).toBe(2);
  });

  test("a change set is not shown to them, and the report says so", async () => {
    const content = changeSet([modified("Topic", "AWS::SNS::Topic")]);
    const report = await asked({ entrypoints: { "main/deny": BUCKETS }, content });
    expect(own(report)).toEqual([]);
    expect(report.plans[0]?.blindSpots).toContainEqual(expect.objectContaining({ code: "not-for-rego" }));
  });
});

describe("source", () => {
  const hasOpa = (() => {
    try {
      execFileSync("opa", ["version"], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  })();
  if (!hasOpa) console.info("opa is not on PATH: source in Rego is not compiled in this run");

  const SOURCE = `package main
import rego.v1

deny contains msg if {
  some change in input.resource_changes
  change.change.after.acl == "public-read-write"
  msg := sprintf("%s is open to the world", [change.address])
}

warn contains {"msg": "an update", "address": change.address} if {
  some change in input.resource_changes
  "update" in change.change.actions
}
`;

  test.skipIf(!hasOpa)("is compiled first, and is what it says", async () => {
    const folder = folderWith({
      "firebreak.yaml": "rego: {own: {policy: ./policy}}\n",
      "policy/main.rego": SOURCE,
      "policy/main_test.rego": "package main\nimport rego.v1\ntest_x if { count(deny) == 0 }\n",
    });
    expect(own(await judged(PLAIN, { config: join(folder, "firebreak.yaml"), actor: "human" }))).toEqual([
      "error rego/own/deny: aws_s3_bucket.logs is open to the world",
      "warning rego/own/warn: an update",
    ]);
    const story = await judged(PLAIN, { config: join(folder, "firebreak.yaml"), actor: "human" });
    expect(story.findings.find(({ ruleId }) => ruleId === "rego/own/warn")?.address).toBe("aws_s3_bucket.logs");
  });

  test.skipIf(!hasOpa)("that opa refuses is a mistake in the config", async () => {
    const folder = folderWith({
      "firebreak.yaml": "rego: {own: {policy: p.rego}}\n",
      "p.rego": "package main\ndeny if {",
    });
    const { code, stderr } = await firebreak(["check", "--config", join(folder, "firebreak.yaml"), "-"], {
      stdin: PLAIN,
    });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/1:22: p\.rego: opa could not compile it: .*p\.rego:\d/)]);
  });

  test.skipIf(hasOpa)("without opa is refused with what to do", async () => {
    const folder = folderWith({ "firebreak.yaml": "rego: {own: {policy: ./policy}}\n", "policy/main.rego": SOURCE });
    const { code, stderr } = await firebreak([
      "check",
      "--config",
      join(folder, "firebreak.yaml"),
      fixture("story/plan.json"),
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /1:22: \.\/policy: this is source in Rego, and opa, which compiles it, is not on PATH\n.*opa build -t wasm/,
    );
  });

  test("in a folder that holds none is a mistake", async () => {
    const folder = folderWith({ "firebreak.yaml": "rego: {own: {policy: ./policy}}\n", "policy/data.json": "{}" });
    const { code, stderr } = await firebreak(["check", "--config", join(folder, "firebreak.yaml"), "-"], {
      stdin: PLAIN,
    });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/there is no Rego in this folder/)]);
  });
});

/** Attribute values never leave firebreak: secrets are planted wherever a plan can hold them and looked for in all it says. */

import { createHash } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { check, FORMATS } from "../src/index.ts";
import { bytesOf, type Content, judged, judgedPlan } from "./support/judge.ts";
import { change, plan } from "./support/plan.ts";
import { DB, PLANTED_PLAN, PLANTED_STATE, planted, secret } from "./support/planted-plan.ts";
import { firebreak, folderWith } from "./support/world.ts";

const TEXT = JSON.stringify(PLANTED_PLAN);

describe("reports", () => {
  const modes = ["--quiet", "--color", "--verbose"];
  const runs = FORMATS.flatMap((format) => modes.map((mode) => [format, mode] as const));
  test.each(runs)("%s %s", async (format, mode) => {
    for (const actor of ["agent", "human"]) {
      const argv = ["check", "-", "--format", format, mode, "--actor", actor, "--debug"];
      const { stdout, stderr } = await firebreak(argv, { stdin: TEXT });
      expect(stdout.length).toBeGreaterThan(0);
      expectNoSecret(stdout + stderr);
    }
  });

  test("the report in memory", async () => {
    const report = await judged(PLANTED_PLAN, { actor: "agent" });
    expect(report.plans[0]?.changes.length).toBeGreaterThan(6);
    expect(report.findings.map(({ ruleId }) => ruleId)).toContain("failing-check");
    expectNoSecret(inspect(report, { depth: Number.POSITIVE_INFINITY, maxArrayLength: null, showHidden: true }));
  });

  test("with the state from before", async () => {
    const folder = folderWith({ "state.json": PLANTED_STATE });
    const { stdout, stderr, code } = await firebreak(["check", "-", "--state", `${folder}/state.json`, "--verbose"], {
      stdin: TEXT,
    });
    expect(code).not.toBe(2);
    expect(stdout).toContain("aws_instance.web");
    expectNoSecret(stdout + stderr);
  });

  test("an element of a set that forces a replacement is its own path, and is not told", async () => {
    const sets = { before: { names: [secret("set-element")] }, after: { names: [] } };
    const inner = { ...sets, replace_paths: [["names", "s3cr3t-of-set-element"]] };
    const { changes } = await judgedPlan(plan([change(DB, ["delete", "create"], { change: inner })]));
    expect(changes).toMatchObject([{ certainty: "certain", reasons: [expect.stringContaining("names")] }]);
    expectNoSecret(JSON.stringify(changes));
  });
});

describe("what is broken", () => {
  const steps = (step: number): number[] =>
    Array.from({ length: Math.floor(TEXT.length / step) }, (_, at) => at * step + 1);
  test("cut off anywhere", async () => {
    for (const end of steps(61)) await expectNoLeak(TEXT.slice(0, end));
  });

  test.each(['"', "{", "]", "\\", "#", "\n"])("one sign anywhere replaced by %j", async (sign) => {
    for (const at of steps(97)) await expectNoLeak(TEXT.slice(0, at) + sign + TEXT.slice(at + 1));
  });

  test.each<[string, string]>([
    ["a value without its quotes", TEXT.replaceAll(/"(s3cr3t-of-masked-before)"/g, "$1")],
    ["another major version", JSON.stringify({ ...PLANTED_PLAN, format_version: { major: secret("version") } })],
    ["a list that is a text", JSON.stringify({ ...PLANTED_PLAN, resource_changes: secret("list-that-is-a-text") })],
    ["a section that is given twice", `${TEXT.slice(0, -1)},"variables":{"a":{"value":"${secret("twice")}"}}}`],
    ["an errored plan", JSON.stringify({ ...PLANTED_PLAN, errored: true })],
    ["UTF-16 that is cut in a sign", Buffer.from(`\ufeff${TEXT}`, "utf16le").subarray(0, -101).toString("latin1")],
    ["a plan inside something else", JSON.stringify({ mock: PLANTED_PLAN })],
    ["event stream", `{"@level":"info","@message":"${secret("event")}"}\n`],
    ["state", JSON.stringify({ version: 4, serial: 1, lineage: "a", outputs: { a: { value: secret("state") } } })],
  ])("%s", async (_, text) => {
    await expectNoLeak(text.startsWith("ÿþ") ? Buffer.from(text, "latin1") : text);
  });

  test("a state from before that is cut off", async () => {
    for (let end = 1; end < PLANTED_STATE.length; end += 7) {
      const path = `${folderWith({ "state.json": PLANTED_STATE.slice(0, end) })}/state.json`;
      const { stdout, stderr } = await firebreak(["check", "-", "--state", path, "--debug"], { stdin: TEXT });
      expectNoSecret(stdout + stderr);
    }
  });
});

describe("names that mean something to JavaScript", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
  test.each(names)("%s as a name of anything", async (name) => {
    const values = { [name]: secret(`value-of-${name}`), id: { [name]: 1 } };
    const inner = {
      before: values,
      after: { [name]: null },
      before_sensitive: { [name]: true },
      after_unknown: { [name]: true },
      replace_paths: [[name]],
    };
    const entry = change(`${name}.${name}["${name}"]`, ["delete", "create"], { change: inner });
    const configuration = {
      provider_config: { [name]: { expressions: { [name]: {} } } },
      root_module: {
        resources: [
          {
            address: `${name}.${name}`,
            provider_config_key: name,
            expressions: { [name]: { references: [`var.${name}`, `${name}.${name}`] } },
          },
        ],
        outputs: { [name]: { expression: { references: [`module.${name}.${name}`] } } },
        module_calls: { [name]: { expressions: { [name]: {} }, module: {} } },
      },
    };
    const text = JSON.stringify(
      plan([entry, change(DB, ["no-op"])], { configuration, [name]: values, checks: [values] }),
    );
    expect((await judgedPlan(text)).changes).toMatchObject([{ action: "replace", certainty: "conditional" }]);
    await expectNoLeak(text);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test.each(names)("%s as the reason of an action, which later versions may word as they like", async (name) => {
    const { changes } = await judgedPlan(plan([change(DB, ["delete"], { action_reason: name })]));
    expect(changes).toMatchObject([{ reasons: [name] }]);
  });

  test.each(names)("%s as the name of an environment", async (environment) => {
    expect((await judged(plan([change(DB, ["delete"])]), { environment, actor: "agent" })).verdict).toBe("review");
  });
});

describe("numbers that JavaScript cannot hold", () => {
  const digits = "1234567890".repeat(40);
  const deleting = (id: string): string =>
    JSON.stringify(plan([change(DB, ["delete"], { change: { before: { id: "ID" } } })])).replace('"ID"', id);
  test.each<[string, string]>([
    ["401 digits", `${digits}1`],
    ["as many below zero", `-${digits}1`],
    ["as an exponent", `1e${digits}`],
    ["behind the point", `0.${digits}`],
  ])("%s", async (_, number) => {
    expect((await judgedPlan(deleting(number))).totals.ended).toEqual({ lower: 1, upper: 1 });
    await expectNoLeak(deleting(number), [digits]);
  });

  test("objects whose numbers differ are different objects", async () => {
    const fingerprints = ["9007199254740992", "9007199254740993", `${digits}1`, `${digits}2`].map(
      async (id) => (await judgedPlan(deleting(id))).fingerprint,
    );
    expect(new Set(await Promise.all(fingerprints)).size).toBe(4);
  });
});

/** Neither the command line nor the library says a secret of this input, whatever becomes of it. */
async function expectNoLeak(content: Content, more: readonly string[] = []): Promise<void> {
  const bytes = bytesOf(content);
  const { stdout, stderr } = await firebreak(["check", "-", "--verbose", "--debug"], { stdin: Buffer.from(bytes) });
  expectNoSecret(stdout + stderr, more);
  const said: unknown = await check([{ input: "plan.json", bytes }]).catch((error: unknown) => error);
  expectNoSecret(inspect(said, { depth: Number.POSITIVE_INFINITY, maxArrayLength: null, showHidden: true }), more);
}

function expectNoSecret(said: string, more: readonly string[] = []): void {
  const hashes = planted.map((text) => createHash("sha256").update(text).digest("hex"));
  expect([...planted, ...hashes, ...more].filter((text) => said.includes(text))).toEqual([]);
}

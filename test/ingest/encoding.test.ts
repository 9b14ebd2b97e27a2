/** However the bytes of a plan were saved, packed or wrapped, it is the same plan and gets the same answer. */

import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import type { PlanReport, Report } from "../../src/index.ts";
import { readSources } from "../../src/sources/index.ts";
import { type Content, judged, judgedFile } from "../support/judge.ts";
import { change, plan } from "../support/plan.ts";

/** A real plan with letters outside of ASCII in its addresses, which twelve objects end in. */
const PLAIN = readFileSync(join(import.meta.dirname, "../../fixtures/terraform/delete-each-key/plan.json"));
const TEXT = PLAIN.toString("utf8").trimEnd();
const VALUE: unknown = JSON.parse(TEXT);

const folder = mkdtempSync(join(tmpdir(), "firebreak-encoding-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("encodings", () => {
  const utf16 = (text: string): Buffer => Buffer.from(text, "utf16le");
  test.each<[string, Buffer]>([
    ["UTF-8 with a byte order mark", utf8(`\ufeff${TEXT}`)],
    ["UTF-16LE with a byte order mark, as PowerShell's > writes", utf16(`\ufeff${TEXT}\r\n`)],
    ["UTF-16LE without one", utf16(TEXT)],
    ["UTF-16BE with one", utf16(`\ufeff${TEXT}`).swap16()],
    ["UTF-16BE without one", utf16(TEXT).swap16()],
    ["Windows line ends", utf8(JSON.stringify(VALUE, null, 2).replaceAll("\n", "\r\n"))],
    ["one byte beyond the last UTF-16 sign", Buffer.concat([utf16(`\ufeff${TEXT}`), Buffer.from([0x0a])])],
  ])("%s", async (_, bytes) => {
    await expectSameAnswer(await judged(bytes), []);
  });

  test("the digest is that of the bytes as they were given", async () => {
    const marked = utf16(`\ufeff${TEXT}`);
    expect((await judged(marked)).plans[0]?.digest).toBe(digestOf(marked));
    expect((await judged(PLAIN)).plans[0]?.digest).toBe(digestOf(PLAIN));
  });
});

describe("gzip", () => {
  test.each<[string, Buffer]>([
    ["a plan", PLAIN],
    ["UTF-16 inside", Buffer.from(`\ufeff${TEXT}`, "utf16le")],
    ["two packed parts in a row", Buffer.concat([gzipSync(PLAIN.subarray(0, 999)), gzipSync(PLAIN.subarray(999))])],
  ])("%s", async (name, bytes) => {
    const path = join(folder, `${name}.gz`);
    writeFileSync(path, name.startsWith("two") ? bytes : gzipSync(bytes));
    const report = await judgedFile(path);
    await expectSameAnswer(report, []);
    if (bytes === PLAIN) expect(report.plans[0]?.digest, "of what is inside").toBe(digestOf(PLAIN));
  });

  test("on standard input, in pieces", async () => {
    const packed = gzipSync(PLAIN);
    for await (const source of readSources(["-"], () => pieces(packed, 100))) {
      await expectSameAnswer(await judged("bytes" in source ? source.bytes : ""), []);
    }
    expect.hasAssertions();
  });

  test("cut off", async () => {
    const path = join(folder, "cut.json.gz");
    writeFileSync(path, gzipSync(PLAIN).subarray(0, 500));
    await expect(judgedFile(path)).rejects.toMatchObject({ code: "unreadable-input" });
  });
});

describe("text around the JSON", () => {
  const broken = '{"msg": "started", }';
  test.each<[string, string]>([
    ["the wrapper's command line", `[command]/usr/bin/terraform show -json tfplan\n${TEXT}`],
    ["the wrapper's last lines", `${TEXT}\n::debug::Terraform exited with code 0.\n::debug::stderr: \n`],
    ["ANSI escapes", `\u001b[0m\u001b[1m\u001b]0;title\u0007${TEXT}\u001b[0m`],
    ["a prefix", `[app] ${TEXT}`],
    ["log lines with braces before", `12:00 INFO {plan} map[a:{}] {not: json} ${broken} {"cut": "off\n${TEXT}`],
    ["log lines with braces after", `${TEXT}\n12:00 INFO {plan} map[a:{}] {not: json} ${broken} {"cut": "off`],
    ["log lines that are JSON", `log: {"level":"info","args":{"a":[1]}}\n${TEXT}\nlog: {"level":"info"}`],
    ["lone brackets and quotes", `]} " [ {\n${TEXT}\n]} " [ {`],
  ])("%s: passed over and said so", async (_, text) => {
    await expectSameAnswer(await judged(text), ["surrounding-text"]);
  });

  // setup-terraform's wrapper repeats all that the command printed, so a file holds the same plan twice.
  test("the wrapper's echo of the plan is no second plan", async () => {
    const echoed = `[command]/usr/bin/terraform show -json tfplan\n${TEXT}\n::debug::Terraform exited with code 0.\n::debug::stdout: ${TEXT}%0A\n`;
    await expectSameAnswer(await judged(echoed), ["surrounding-text"]);
  });
});

describe("layout", () => {
  test.each<[string, string]>([
    ["pretty-printed", JSON.stringify(VALUE, null, 2)],
    ["pretty-printed with tabs", JSON.stringify(VALUE, null, "\t")],
    ["keys sorted as by jq -S", JSON.stringify(sorted(VALUE))],
    ["everything outside of ASCII escaped", ascii(TEXT)],
    ["the list of changes the other way round", JSON.stringify(withReversedChanges(VALUE))],
  ])("%s", async (_, text) => {
    await expectSameAnswer(await judged(text), []);
  });
});

describe("several plans in one file", () => {
  const other = JSON.stringify(plan([change("aws_vpc.main", ["delete"])]));
  test.each<[string, string]>([
    ["one a line", `${TEXT}\n${other}\n`],
    ["without anything between", TEXT + other],
    ["pretty-printed", `${TEXT}\n${JSON.stringify(JSON.parse(other), null, 2)}`],
    ["among lines of a wrapper", `[a] terraform\n${TEXT}\n[b] {terraform}\n${other}\n[c]`],
    ["with a byte order mark", `\ufeff${TEXT}\n${other}\n`],
  ])("%s", async (_, text) => {
    const { plans } = await judged(text);
    expect(plans.map(({ input }) => input)).toEqual(["plan.json#1", "plan.json#2"]);
    const [first, second] = plans;
    expect(first && essence(first)).toEqual(essence(await plainPlan(PLAIN)));
    expect(second && essence(second)).toEqual(essence(await plainPlan(other)));
    expect(first?.digest).toBe(digestOf(utf8(TEXT)));
  });

  test("their sum is judged too", async () => {
    const three = JSON.stringify(plan(["a", "b", "c"].map((name) => change(`aws_vpc.${name}`, ["delete"]))));
    const { verdict, findings } = await judged(`${three}\n${three.replaceAll("aws_vpc", "aws_subnet")}`, {
      actor: "agent",
    });
    expect(verdict).toBe("review");
    expect(findings[0]).toMatchObject({ ruleId: "limit-ended", actual: 6, limit: 5 });
  });

  test("one that is cut off leaves nothing decided", async () => {
    await expect(judged(`${TEXT}\n${other.slice(0, -10)}`)).rejects.toMatchObject({ code: "truncated-json" });
  });
});

/** The same report as for the plain bytes, but for what names the input, and blind spots with these codes. */
async function expectSameAnswer(actual: Report, additional: readonly string[]): Promise<void> {
  const expected = await judged(PLAIN);
  expect(actual.plans).toHaveLength(1);
  const [spots, known] = [actual, expected].map(({ plans: [only] }) => only?.blindSpots.map(({ code }) => code) ?? []);
  expect(spots?.toSorted()).toEqual([...(known ?? []), ...additional].toSorted());
  expect(comparable(actual)).toEqual(comparable(expected));
}

function comparable(report: Report): unknown {
  const findings = report.findings.map(({ input: _, fingerprint: __, ...rest }) => rest);
  return { ...report, plans: report.plans.map(essence), findings };
}

function essence({ input: _, digest: __, blindSpots: ___, ...rest }: PlanReport): unknown {
  return rest;
}

async function plainPlan(content: Content): Promise<PlanReport> {
  return (await judged(content)).plans[0] as PlanReport;
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

function utf8(text: string): Buffer {
  return Buffer.from(text, "utf8");
}

function ascii(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

function withReversedChanges(value: unknown): unknown {
  const { resource_changes: changes, ...rest } = value as { resource_changes: unknown[] };
  return { ...rest, resource_changes: changes.toReversed() };
}

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

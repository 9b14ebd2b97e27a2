/**
 * JUnit's XML, as Jenkins and GitLab read it: a suite a plan, a test for each limit in force and for each finding, so that a
 * passing run has tests too. Source: Jenkins' junit-10.xsd, GitLab's page "Unit test reports".
 */

import type { PlanReport, Report, ReportedError, ReportedFinding } from "../model/report.ts";
import { forMarkup } from "./escape.ts";
import { saidInFull } from "./findings.ts";
import { isInTable, planRows, togetherRows } from "./limit-rows.ts";
import { formatAuthor } from "./wording/index.ts";
import { waivedText } from "./wording/policy.ts";

interface Test {
  readonly name: string;
  /** What groups tests in a viewer: our own word. */
  readonly group: "reading" | "limits" | "rules";
  readonly outcome?: { readonly kind: "failure" | "error" | "skipped"; readonly type: string; readonly text: string };
  /** Said although it passes. */
  readonly output?: string;
}

interface Suite {
  readonly name: string;
  readonly tests: readonly Test[];
}

export function renderJunit(report: Report): string {
  const suites = [
    ...report.plans.map((plan) => ({ name: plan.input, tests: testsOf(report, plan) })),
    ...unreadable(report),
    ...together(report),
  ];
  const total = (kind: string): number => suites.reduce((sum, suite) => sum + countOf(suite, kind), 0);
  const all = suites.reduce((sum, { tests }) => sum + tests.length, 0);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: "firebreak", tests: all, failures: total("failure"), errors: total("error"), time: "0" })}>`,
    ...suites.flatMap((suite) => suiteLines(suite, report)),
    "</testsuites>",
  ];
  return `${lines.join("\n")}\n`;
}

function testsOf(report: Report, plan: PlanReport): Test[] {
  const errors = report.errors.filter(({ input }) => input === plan.input);
  const rows = planRows(report, plan, true).filter(({ label }) => label !== "environment recreated");
  const others = report.findings.filter((finding) => finding.input === plan.input && !isLimitRow(finding));
  return [
    readTest(errors),
    ...rows.map(({ label, finding }) => limitTest(report, label, finding)),
    ...others.map((finding) => ruleTest(report, finding)),
  ];
}

function isLimitRow(finding: ReportedFinding): boolean {
  return isInTable(finding) && finding.ruleId !== "environment-recreated";
}

function readTest(errors: readonly ReportedError[]): Test {
  const test: Test = { name: "the plan can be judged", group: "reading" };
  if (errors.length === 0) return test;
  const text = errors.map(({ message, hint }) => (hint === undefined ? message : `${message}. ${hint}`)).join(" ");
  return { ...test, outcome: { kind: "error", type: errors[0]?.code ?? "error", text } };
}

function limitTest(report: Report, label: string, finding: ReportedFinding | undefined): Test {
  const test: Test = { name: label, group: "limits" };
  return finding === undefined ? test : { ...test, ...outcomeOf(report, finding) };
}

function ruleTest(report: Report, finding: ReportedFinding): Test {
  const { ruleId, address } = finding;
  const name = address === undefined ? ruleId : `${ruleId}: ${address}`;
  return { name, group: "rules", ...outcomeOf(report, finding) };
}

/** An error fails, whether signatures would lift it or not; what is waived is skipped; the rest is only said. */
function outcomeOf(report: Report, finding: ReportedFinding): Pick<Test, "outcome" | "output"> {
  const { level, ruleId, waiver } = finding;
  if (waiver !== null) return { outcome: { kind: "skipped", type: ruleId, text: waivedText(waiver) } };
  const text = saidInFull(report, finding);
  return level === "error" ? { outcome: { kind: "failure", type: ruleId, text } } : { output: `${level}: ${text}` };
}

/** Inputs that are no plan of the report, each a suite with one test that could not be run. */
function unreadable({ errors, plans }: Report): Suite[] {
  const others = errors.filter(({ input }) => !plans.some((plan) => plan.input === input));
  return others.map((error) => ({ name: error.input ?? "firebreak", tests: [readTest([error])] }));
}

function together(report: Report): Suite[] {
  if (report.plans.length < 2) return [];
  const rows = togetherRows(report).map(({ label, finding }) => limitTest(report, label, finding));
  const others = report.findings.filter((finding) => finding.input === undefined && !isLimitRow(finding));
  const tests = [...rows, ...others.map((finding) => ruleTest(report, finding))];
  const kept: Test = { name: "limits hold over all plans together", group: "limits" };
  return [{ name: "all plans together", tests: tests.length === 0 ? [kept] : tests }];
}

function countOf({ tests }: Suite, kind: string): number {
  return tests.filter(({ outcome }) => outcome?.kind === kind).length;
}

function suiteLines(suite: Suite, { asOf, authorship }: Report): string[] {
  const counts = {
    tests: suite.tests.length,
    failures: countOf(suite, "failure"),
    errors: countOf(suite, "error"),
    skipped: countOf(suite, "skipped"),
  };
  return [
    `  <testsuite${attributes({ name: suite.name, ...counts, time: "0", timestamp: asOf.slice(0, 19) })}>`,
    "    <properties>",
    `      <property${attributes({ name: "author", value: formatAuthor(authorship) })}/>`,
    "    </properties>",
    ...suite.tests.flatMap((test) => testLines(test, suite.name)),
    "  </testsuite>",
  ];
}

/** Viewers know a test by its class and its name: the name alone tells which plan is meant. */
function testLines({ name, group, outcome, output }: Test, suite: string): string[] {
  const open = `    <testcase${attributes({ name: `${suite}: ${name}`, classname: `firebreak.${group}`, time: "0" })}`;
  if (outcome === undefined && output === undefined) return [`${open}/>`];
  const inner =
    outcome === undefined
      ? `<system-out>${forMarkup(output ?? "")}</system-out>`
      : outcome.kind === "skipped"
        ? `<skipped>${forMarkup(outcome.text)}</skipped>`
        : `<${outcome.kind}${attributes({ message: outcome.text, type: outcome.type })}>${forMarkup(outcome.text)}</${outcome.kind}>`;
  return [`${open}>`, `      ${inner}`, "    </testcase>"];
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${forMarkup(String(value))}"`)
    .join("");
}

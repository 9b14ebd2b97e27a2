/** Names are somebody else's text: whatever they hold, they come out as names, in every format. */

import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { beforeAll, describe, expect, test } from "vitest";
import { type RenderOptions, type Report, render } from "../../src/index.ts";
import { expectCodeQuality, expectJunit, expectSarif } from "../support/format-schemas.ts";
import { ACTIVE_SIGNS, HOSTILE_NAMES, MARK } from "../support/hostile-names.ts";
import { skeletonOf as pageSkeletonOf, partsOf } from "../support/page-tree.ts";
import { reportOn } from "../support/scenarios.ts";
import { smallPlan } from "../support/small-plan.ts";

const OPTIONS: RenderOptions = { color: false, verbosity: "verbose", reportUrl: "https://ci.example/run/1" };
const PLAIN = "plain_name";

let template: string;
/** Stands in the template wherever a name goes. */
const SLOT = "slotslot";

beforeAll(async () => {
  const report = await reportOn(
    {
      [`${SLOT}.json`]: smallPlan({
        objects: {
          [`aws_db_instance.${SLOT}`]: "replace",
          [`aws_s3_bucket.b["${SLOT}"]`]: "delete",
          [`module.${SLOT}.aws_instance.web`]: { fate: "maybe", dependsOn: [`aws_db_instance.${SLOT}`] },
          [`acme_${SLOT}.x`]: "delete",
          [`aws_vpc.${SLOT}`]: "update",
        },
      }),
      "second.json": smallPlan({ objects: { "aws_s3_bucket.second": "delete" } }),
    },
    { actor: "agent", environment: SLOT },
  );
  const [signal] = report.authorship.signals;
  const waiver = { reason: `because ${SLOT}`, owner: SLOT, expires: SLOT };
  const [first] = report.findings;
  if (!signal || !first) throw new Error("the template has no signal or no finding");
  const suggestion = {
    kind: "moved" as const,
    message: `a.b["${SLOT}"] to ${SLOT} is a rename`,
    blocks: [{ from: `a.b["${SLOT}"]`, to: SLOT }],
    text: `moved {\n  from = a.b["${SLOT}"]\n}\n`,
    wouldEnd: { lower: 0, upper: 0 },
    verdict: "pass" as const,
  };
  const full: Report = {
    ...report,
    plans: report.plans.map((plan) => ({
      ...plan,
      changes: plan.changes.map((change) => ({ ...change, label: SLOT, location: { file: SLOT, line: 2 } })),
      suggestions: [suggestion],
    })),
    authorship: {
      ...report.authorship,
      agent: SLOT,
      signals: [{ ...signal, agent: SLOT, evidence: `Co-Authored-By: ${SLOT}` }],
      operators: [SLOT],
    },
    findings: [
      ...report.findings,
      { ...first, ruleId: SLOT, address: SLOT, message: `${SLOT} is to be seen`, location: { file: SLOT, line: 3 } },
      { ...first, ruleId: "waived-rule", address: `a.b["${SLOT}"]`, waiver },
    ],
    errors: [{ code: SLOT, message: `${SLOT}: cannot be read`, hint: `Look at ${SLOT}`, input: SLOT }],
    skipped: [{ input: SLOT, message: `${SLOT}: no plan` }],
    merged: { reports: [SLOT], policiesDiffer: true },
    verdict: "undecided",
  };
  template = JSON.stringify(full);
});

/** In quotes within an address a name is escaped as Terraform does it. */
function reportWith(name: string): Report {
  const inQuotes = JSON.stringify(JSON.stringify(name).slice(1, -1)).slice(1, -1);
  const plain = JSON.stringify(name).slice(1, -1);
  return JSON.parse(
    template.replaceAll(`[\\"${SLOT}\\"]`, () => `[\\"${inQuotes}\\"]`).replaceAll(SLOT, () => plain),
  ) as Report;
}

describe.each(HOSTILE_NAMES.map((name, place) => [place, JSON.stringify(name).slice(0, 60), name] as const))(
  "%d %s",
  (_, __, name) => {
    test("in a comment", async () => {
      for (const verdict of ["undecided", "fail", "pass"] as const) {
        const shown = await render({ ...reportWith(name), verdict }, "markdown", OPTIONS);
        const usual = await render({ ...reportWith(PLAIN), verdict }, "markdown", OPTIONS);
        expect(shown).not.toMatch(ACTIVE_SIGNS);
        const outside = skeletonOf(shown);
        expect(outside).toBe(skeletonOf(usual));
        expect(outside).not.toContain(MARK);
        expect(outside).not.toMatch(/approve|instructions/);
      }
    });

    test("in SARIF", async () => {
      const text = await render(reportWith(name), "sarif", OPTIONS);
      expectInertJson(text);
      expect(expectSarif(text).runs[0].results).toHaveLength(reportWith(name).findings.length);
    });

    test("in GitLab's report", async () => {
      const text = await render(reportWith(name), "gitlab", OPTIONS);
      expectInertJson(text);
      expect(expectCodeQuality(text)).toHaveLength(reportWith(name).findings.length + 1);
    });

    test("in JUnit's XML", async () => {
      const text = await render(reportWith(name), "junit", OPTIONS);
      expect(text).not.toMatch(ACTIVE_SIGNS);
      expect(text).not.toMatch(/##(\[|vso)/);
      const usual = expectJunit(await render(reportWith(PLAIN), "junit", OPTIONS));
      expect(expectJunit(text).map(({ outcome }) => outcome)).toEqual(usual.map(({ outcome }) => outcome));
    });

    test("in workflow commands", async () => {
      const text = await render(reportWith(name), "github", OPTIONS);
      expect(text).not.toMatch(ACTIVE_SIGNS);
      const lines = text.trimEnd().split("\n");
      const usual = (await render(reportWith(PLAIN), "github", OPTIONS)).trimEnd().split("\n");
      expect(lines.map(commandOf)).toEqual(usual.map(commandOf));
      expect(text.replace(/%25/g, "")).not.toMatch(/%0[AD]/i);
    });

    test("in a page", async () => {
      for (const verdict of ["undecided", "fail", "pass"] as const) {
        const report: Report = { ...reportWith(name), verdict };
        const html = await render(report, "html", OPTIONS);
        expect(html.replace(partsOf(html).script, "")).not.toMatch(ACTIVE_SIGNS);
        expect(JSON.parse(partsOf(html).data)).toEqual(report);
        const outside = pageSkeletonOf(html);
        expect(outside).toBe(pageSkeletonOf(await render({ ...reportWith(PLAIN), verdict }, "html", OPTIONS)));
        expect(outside).not.toContain(MARK);
        expect(outside).not.toMatch(/approve|instructions/);
      }
    });

    test("in pictures", async () => {
      for (const format of ["mermaid", "dot"] as const) {
        const text = await render(reportWith(name), format, OPTIONS);
        expect(text).not.toMatch(ACTIVE_SIGNS);
        expect(statementsOf(text)).toEqual(statementsOf(await render(reportWith(PLAIN), format, OPTIONS)));
      }
    });

    test("in a terminal and in JSON", async () => {
      const report = reportWith(name);
      const text = await render(report, "pretty", { ...OPTIONS, width: 60 });
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/);
      expect(text).not.toMatch(/^\s*::|##(\[|vso)/m);
      const json = await render(report, "json", OPTIONS);
      expect(json).not.toMatch(/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]|<|##/);
      expect(JSON.parse(json)).toEqual(report);
    });
  },
);

test("there are 200 of them, and each is looked for", () => {
  expect(HOSTILE_NAMES).toHaveLength(200);
  expect(HOSTILE_NAMES.filter((name) => !name.includes(MARK))).toEqual([]);
});

/** The page as GitHub's kind of Markdown reads it, without what stands in code; only elements that are ours. */
function skeletonOf(markdown: string): string {
  const html = micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  const bare = html.replace(/<pre>.*?<\/pre>/gs, "<pre/>").replace(/<code>.*?<\/code>/gs, "<code/>");
  const elements = new Set([...bare.matchAll(/<\/?([a-zA-Z!?][^\s>]*)/g)].map(([, element = ""]) => element));
  const known = ["h3", "p", "ul", "li", "code/", "pre/", "strong", "details", "summary", "sub", "a"];
  const tables = ["table", "thead", "tbody", "tr", "th", "td"];
  expect([...elements].filter((element) => ![...known, ...tables].includes(element))).toEqual([]);
  expect([...bare.matchAll(/href="([^"]*)"/g)].map(([, url]) => url)).toEqual(["https://ci.example/run/1"]);
  // Neighbours in code are one name, or two: that is a matter of spaces.
  return bare.replace(/<code\/>(\s*<code\/>)+/g, "<code/>");
}

/**
 * Kinds of statements of a picture, without the texts in them. Which comes first, and so its number, is a matter of names; so
 * is how many modules there are, since a bracket in a module's name opens a key.
 */
function statementsOf(picture: string): string[] {
  const lines = picture.replace(/"(?:\\.|[^"\\\n])*"/g, '""').split("\n");
  return [...new Set(lines.map((line) => line.replace(/\b(n|g|cluster_g)\d+\b/g, "$1").trim()))].sort();
}

function expectInertJson(text: string): void {
  expect(text).not.toMatch(ACTIVE_SIGNS);
  expect(text).not.toMatch(/<|##/);
  for (const said of textsIn(JSON.parse(text))) {
    expect(said).not.toMatch(ACTIVE_SIGNS);
    expect(said).not.toMatch(/\n|(?<![A-Za-z0-9])@[A-Za-z0-9]|\]\(/);
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** A line's command and the names of its properties; fails on any other line. */
function commandOf(line: string): string {
  const match = /^::(error|warning|notice) ((?:[a-z]+=[^:,\r\n]*,?)+)::/.exec(line);
  expect(match, line).not.toBeNull();
  return `${match?.[1]} ${(match?.[2] ?? "").replace(/=[^,]*/g, "")}`;
}

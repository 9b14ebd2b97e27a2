/** Holds outputs to the schemas of the programs that read them. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import Ajv4 from "ajv-draft-04";
import addFormats from "ajv-formats";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { expect } from "vitest";
import { readJson } from "./corpus.ts";

const folder = join(import.meta.dirname, "../schemas");

const sarifAjv = new Ajv4.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(sarifAjv);
const validSarif = sarifAjv.compile(readJson<object>(folder, "sarif-2.1.0-rtm.5.json"));
const validGitlab = new Ajv({ allErrors: true }).compile(readJson<object>(folder, "gitlab-code-quality.schema.json"));

export interface SarifLog {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly invocations: readonly [
        {
          readonly executionSuccessful: boolean;
          readonly toolExecutionNotifications: readonly {
            readonly level: string;
            readonly message: { readonly text: string };
          }[];
        },
      ];
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly message: { readonly text: string };
        readonly locations: readonly [
          {
            readonly physicalLocation: {
              readonly artifactLocation: { readonly uri: string };
              readonly region: { readonly startLine: number };
            };
            readonly logicalLocations?: readonly { readonly fullyQualifiedName: string }[];
          },
        ];
        readonly partialFingerprints: { readonly primaryLocationLineHash: string };
        readonly suppressions: readonly { readonly justification: string }[];
      }[];
    },
  ];
}

/** SARIF as its schema has it, and as GitHub wants it beyond that. */
export function expectSarif(text: string): SarifLog {
  const log = JSON.parse(text) as SarifLog;
  validSarif(log);
  expect(validSarif.errors ?? []).toEqual([]);
  const [{ tool, results }] = log.runs;
  for (const { ruleId, ruleIndex, locations } of results) {
    expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(locations).toHaveLength(1);
    expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(/^(file:\/\/\/|[^/:]+(\/|$))/);
  }
  const hashes = results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
  expect(new Set(hashes).size).toBe(hashes.length);
  expect(results.length).toBeLessThanOrEqual(5_000);
  return log;
}

export interface Issue {
  readonly check_name: string;
  readonly description: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

export function expectCodeQuality(text: string): readonly Issue[] {
  const issues = JSON.parse(text) as readonly Issue[];
  validGitlab(issues);
  expect(validGitlab.errors ?? []).toEqual([]);
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
  return issues;
}

const xsd = XmlDocument.fromBuffer(readFileSync(join(folder, "jenkins-junit.xsd")));
const junitValidator = XsdValidator.fromDoc(xsd);

/** Tests as a reader of JUnit's XML sees them. */
export interface JunitTest {
  readonly suite: string;
  readonly name: string;
  readonly outcome: "passed" | "failure" | "error" | "skipped";
}

export function expectJunit(text: string): readonly JunitTest[] {
  const document = XmlDocument.fromString(text);
  try {
    return testsIn(document);
  } finally {
    document.dispose();
  }
}

function testsIn(document: XmlDocument): readonly JunitTest[] {
  junitValidator.validate(document);
  const attribute = (path: string): string[] => document.find(path).map((node) => node.content);
  const suites = attribute("//testsuite/@name");
  const tests = suites.flatMap((suite, place): JunitTest[] => {
    const own = `//testsuite[${place + 1}]/testcase`;
    const names = attribute(`${own}/@name`);
    return names.map((name, index) => {
      const found = (["failure", "error", "skipped"] as const).find(
        (kind) => document.find(`${own}[${index + 1}]/${kind}`).length > 0,
      );
      return { suite, name, outcome: found ?? "passed" };
    });
  });
  const count = (outcome: string): number => tests.filter((one) => one.outcome === outcome).length;
  expect(attribute("/testsuites/@tests")).toEqual([String(tests.length)]);
  expect(attribute("/testsuites/@failures")).toEqual([String(count("failure"))]);
  expect(attribute("/testsuites/@errors")).toEqual([String(count("error"))]);
  return tests;
}

/** Holds reports to their published JSON Schema. */

import { Ajv } from "ajv";
import { expect } from "vitest";
import type { Report } from "../../src/index.ts";
import { readJson } from "./corpus.ts";

const schema = readJson<object>(import.meta.dirname, "../../schema/report.schema.json");
const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

/** Fails when the report, as `--format json` writes it, breaks the schema or says less than the report in memory. */
export function expectValidReport(report: Report): void {
  const written: unknown = JSON.parse(JSON.stringify(report));
  validate(written);
  expect(validate.errors ?? []).toEqual([]);
  expect(written).toEqual(report);
}

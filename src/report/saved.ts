/** A saved report back to what it was: somebody's file, so nothing in it is believed before it is held to the schema. */

import { FirebreakError } from "../model/error.ts";
import { printable } from "../model/printable.ts";
import { type Report, SCHEMA_VERSION } from "../model/report.ts";

/**
 * Reads what `--format json` wrote.
 * @throws FirebreakError `unreadable-input`, `unsupported-version`: one sentence, and nothing of the file but places in it
 */
export async function parseReport(bytes: Uint8Array, name: string): Promise<Report> {
  const value = parsed(bytes, name);
  if (!isReport(value)) throw noReport(name, isPlan(value));
  if (value.schemaVersion !== SCHEMA_VERSION) throw otherVersion(name, value.schemaVersion);
  const { default: validate } = await import("../generated/validate-report.js");
  if (!validate(value)) {
    const [error] = validate.errors ?? [];
    const place = error === undefined || error.instancePath === "" ? "it" : printable(error.instancePath);
    throw broken(name, `${place} ${error?.message ?? "is not as it should be"}`);
  }
  const report = value as unknown as Report;
  const contradiction = contradictionIn(report);
  if (contradiction !== undefined) throw broken(name, contradiction);
  return report;
}

type JsonObject = Readonly<Record<string, unknown>>;

function parsed(bytes: Uint8Array, name: string): unknown {
  // Windows PowerShell writes UTF-16 when it redirects.
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
  try {
    return JSON.parse(new TextDecoder(encoding).decode(bytes));
  } catch {
    // The parser's own message would quote what it stumbled over.
    throw new FirebreakError("unreadable-input", `${name}: this is no JSON, or only a part of it`, { hint: SAVE });
  }
}

const SAVE = "Save a report with: firebreak check plan.json --format json=report.json";

function isReport(value: unknown): value is JsonObject & { readonly schemaVersion: unknown } {
  return typeof value === "object" && value !== null && "schemaVersion" in value && "verdict" in value;
}

function isPlan(value: unknown): boolean {
  return typeof value === "object" && value !== null && ("resource_changes" in value || "planned_values" in value);
}

function noReport(name: string, plan: boolean): FirebreakError {
  if (!plan) return new FirebreakError("unreadable-input", `${name}: this is no report of firebreak`, { hint: SAVE });
  return new FirebreakError("unreadable-input", `${name}: this is a plan, not a report`, {
    hint: `To judge it, run: firebreak check ${printable(name)}`,
  });
}

function otherVersion(name: string, version: unknown): FirebreakError {
  const known =
    typeof version === "string" && /^\d{1,4}\.\d{1,4}$/.test(version) ? `schemaVersion ${version}` : "another";
  return new FirebreakError(
    "unsupported-version",
    `${name}: a report of ${known}, where this firebreak knows ${SCHEMA_VERSION}`,
    {
      hint: "Use the same version of firebreak for all jobs.",
    },
  );
}

function broken(name: string, what: string): FirebreakError {
  return new FirebreakError("unreadable-input", `${name}: this report is broken: ${what}`, {
    hint: "Write it again; `firebreak schema report` prints what a report holds.",
  });
}

/** A verdict that is milder than what stands beside it was not written by firebreak. */
function contradictionIn({ verdict, errors, findings, plans }: Report): string | undefined {
  if (errors.length > 0 && verdict !== "undecided") return "it lists errors, and yet has a verdict";
  const firm = findings.some(
    ({ level, signatures, waiver }) => level === "error" && signatures === undefined && waiver === null,
  );
  if (firm && (verdict === "pass" || verdict === "review")) return `it says ${verdict}, and lists what makes it fail`;
  return plans.length === 0 && errors.length === 0 ? "it speaks of no plan" : undefined;
}

/** A saved report to what it says ends. Nothing in it is believed: it is only held against what ends now. */

import { FirebreakError } from "../model/error.ts";
import type { ReviewedPlan, ReviewedReport } from "../model/reviewed.ts";
import { isObject } from "../model/values.ts";
import { readFileBytes } from "./read-file.ts";
import { unpacked } from "./unpack.ts";

/** @throws FirebreakError `unreadable-input` */
export async function readReviewedReport(path: string): Promise<ReviewedReport> {
  const text = (await unpacked((await readFileBytes(path)).bytes, path)).toString("utf8").replace(/^\ufeff/, "");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw noReport(path, error);
  }
  if (!isObject(value) || !String(value["schemaVersion"]).startsWith("1.") || !Array.isArray(value["plans"]))
    throw noReport(path);
  const { asOf, verdict } = value;
  if (typeof asOf !== "string" || typeof verdict !== "string") throw noReport(path);
  return { file: path, verdict, asOf, plans: value["plans"].map((plan) => toPlan(plan, path)) };
}

function toPlan(plan: unknown, path: string): ReviewedPlan {
  if (!isObject(plan)) throw noReport(path);
  const { kind, environment, fingerprint, changes } = plan;
  if (kind !== "terraform-plan" && kind !== "cloudformation-change-set") throw noReport(path);
  if (typeof fingerprint !== "string" || !Array.isArray(changes)) throw noReport(path);
  return {
    kind,
    ...(typeof environment === "string" && { environment }),
    fingerprint,
    ends: changes.flatMap((change: unknown) => {
      if (!isObject(change) || typeof change["address"] !== "string" || typeof change["action"] !== "string")
        throw noReport(path);
      const { address, action, deposed, order, certainty } = change;
      if (certainty === undefined) return [];
      return [
        {
          address,
          action,
          ...(typeof deposed === "string" && { deposed }),
          ...(typeof order === "string" && { order }),
        },
      ];
    }),
  };
}

function noReport(path: string, cause?: unknown): FirebreakError {
  return new FirebreakError("unreadable-input", `${path}: this is no report of firebreak`, {
    hint: "Save one with: firebreak check tfplan --format json=report.json",
    cause,
  });
}

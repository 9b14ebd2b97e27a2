/** One Terraform plan as ingest makes it, for tests that look at what lies between bytes and a report. */

import { findDocuments } from "../../src/ingest/documents.ts";
import { toChangePlan } from "../../src/ingest/terraform/plan.ts";
import type { ChangePlan } from "../../src/model/plan.ts";

export function readPlan(input: string, bytes: Buffer): ChangePlan {
  const [document] = findDocuments(bytes, input).documents;
  if (document === undefined) throw new Error(`${input} holds no plan`);
  return toChangePlan(bytes, document, { input, digest: "0".repeat(64) });
}

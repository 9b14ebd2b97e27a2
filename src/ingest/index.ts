/** Bytes to plans: the door of this folder. */

import { createHash } from "node:crypto";
import type { ChangePlan } from "../model/plan.ts";
import { whileReading } from "./broken.ts";
import { findDocuments } from "./documents.ts";
import { toUtf8 } from "./encoding.ts";
import { isPlan, notAPlan, notJson } from "./not-a-plan.ts";
import { toChangePlan } from "./terraform/plan.ts";
import type { DocumentIndex } from "./terraform/plan-index.ts";
import { readPreviousState } from "./terraform/previous-state.ts";

export { whileReading } from "./broken.ts";

/** Bytes as they were read, and what to call them. */
export interface NamedBytes {
  readonly input: string;
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes in hex, when whoever read them has made it on the way. */
  readonly sha256?: string | undefined;
  /** The state from before the plan: `terraform show -json` of it, or a raw state. */
  readonly previousState?: { readonly input: string; readonly bytes: Uint8Array } | undefined;
}

/**
 * The plans in some bytes, in order; nearly always one. Several plans in a row are told apart as `input#2` and so on.
 * @throws FirebreakError `not-a-plan`, `truncated-json`, `malformed-json`
 */
export function readPlans({ input, bytes, sha256, previousState }: NamedBytes): ChangePlan[] {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = toUtf8(raw);
  const { documents, noise } = findDocuments(text, input);
  const plans = withoutEchoes(text, documents.filter(isPlan));
  if (plans.length === 0) {
    const first = documents[0];
    throw first === undefined ? notJson(text, input) : notAPlan(first, input);
  }
  const previous = previousState && readPreviousState(previousState.bytes, previousState.input);
  const surrounded = noise || plans.length < documents.length;
  return plans.map((document, position) => {
    const alone = plans.length === 1;
    const name = alone ? input : `${input}#${position + 1}`;
    const digest = alone ? (sha256 ?? sha256Of(raw)) : sha256Of(text.subarray(document.start, document.end));
    const plan = whileReading(name, () => toChangePlan(text, document, { input: name, previous, digest }));
    return surrounded ? { ...plan, blindSpots: [...plan.blindSpots, NOISE] } : plan;
  });
}

/** Wrappers print a plan, and once more what they print: `::debug::stdout: {...}`, with other escapes. */
const ECHO = /(^|\n)::(debug|set-output)[^\n]*$/;

/** Each plan once: not again what is the same to the byte, nor what a wrapper repeats of its output. */
function withoutEchoes(text: Buffer, plans: readonly DocumentIndex[]): DocumentIndex[] {
  const isEcho = ({ start }: DocumentIndex): boolean =>
    ECHO.test(text.toString("latin1", Math.max(0, start - 200), start));
  const originals = plans.filter((plan) => !isEcho(plan));
  const kept: DocumentIndex[] = [];
  for (const plan of originals.length > 0 ? originals : plans) {
    const bytes = text.subarray(plan.start, plan.end);
    if (!kept.some(({ start, end }) => bytes.equals(text.subarray(start, end)))) kept.push(plan);
  }
  return kept;
}

const NOISE = { code: "surrounding-text", message: "There is other text around the plan's JSON; it was passed over." };

function sha256Of(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

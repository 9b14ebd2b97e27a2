/** Rego that a config names, ready to be asked about a plan. */

import { FirebreakError } from "../../model/error.ts";
import { printable } from "../../model/printable.ts";
import type { RegoAnswer, RegoInput, RegoMessage, RegoPolicy } from "../../model/rego.ts";
import type { Layer } from "../in-force.ts";
import { placed } from "../placed.ts";
import { messagesIn, type Question, questionsFor } from "./conventions.ts";
import { loadModule, type PolicyModule, sentenceOf } from "./module.ts";
import { scrubbed, vocabularyOf } from "./scrub.ts";

/** A compiled policy, as whoever reads files hands it in. */
export interface CompiledRego {
  /** For messages. */
  readonly name: string;
  readonly wasm: Uint8Array;
  /** The bundle's own data. */
  readonly data?: unknown;
  /** SHA-256 in hex of the file; absent for source, which is many files. */
  readonly sha256?: string;
  /** It was not read from the base although the policy is. */
  readonly unvouched?: true;
}

/** Reads a policy, compiled or as source; `from` is the config that names it. */
export type ReadRego = (policy: RegoPolicy, from: string | undefined) => Promise<CompiledRego>;

/** @param layerOf the layer whose policy of this name holds @throws FirebreakError `bad-config` */
export async function withRego(
  policies: Readonly<Record<string, RegoPolicy>>,
  layerOf: (name: string) => Layer | undefined,
  read: ReadRego,
): Promise<Record<string, RegoPolicy>> {
  const ready: Record<string, RegoPolicy> = {};
  for (const [name, policy] of Object.entries(policies)) {
    const layer = layerOf(name);
    const where = layer?.placeOf?.(["rego", name, "policy"]) ?? layer?.name ?? name;
    ready[name] = await placed(where, async () => readyRego(policy, await read(policy, layer?.name)));
  }
  return ready;
}

/** @throws FirebreakError `bad-config` */
async function readyRego(policy: RegoPolicy, compiled: CompiledRego): Promise<RegoPolicy> {
  verify(policy, compiled);
  const { name, wasm, data } = compiled;
  const module = await loadModule(wasm, data, name);
  const questions = questionsFor(module.entrypoints, policy.packages);
  if (typeof questions === "string") {
    throw new FirebreakError("bad-config", `${name}: ${printable(questions)}`, {
      hint: 'Name its packages ("packages: [...]"), or build it for them: opa build -t wasm -e PACKAGE -o bundle.tar.gz policy/',
    });
  }
  const held = Buffer.from(wasm.buffer, wasm.byteOffset, wasm.byteLength);
  const ownData = data === undefined ? "" : JSON.stringify(data);
  const isPolicys = (text: string): boolean => held.includes(text) || ownData.includes(text);
  // A plan is judged more than once where something would help it.
  let last: { readonly document: string; readonly answer: RegoAnswer } | undefined;
  return {
    ...policy,
    ask: (plan) => {
      const answer = last?.document === plan.document ? last.answer : ask(module, questions, plan, isPolicys);
      last = { document: plan.document, answer };
      return answer;
    },
  };
}

function verify({ digests }: RegoPolicy, { name, sha256, unvouched }: CompiledRego): void {
  if (sha256 !== undefined && digests.includes(sha256)) return;
  if (digests.length > 0) {
    const is = sha256 === undefined ? "source, which has no digest: pin a bundle" : `sha256:${sha256}`;
    throw new FirebreakError("bad-config", `${name} is pinned by its digest, and is ${is}`);
  }
  if (unvouched !== true) return;
  const sentence = `${name} is not part of the base, and the change itself may have put it there, so it must be pinned by its digest`;
  throw new FirebreakError("bad-config", sentence, { hint: `Write beside it: digest: "sha256:..."` });
}

function ask(
  module: PolicyModule,
  questions: readonly Question[],
  { document, addresses }: RegoInput,
  isPolicys: (text: string) => boolean,
): RegoAnswer {
  const found: RegoMessage[] = [];
  for (const question of questions) {
    let answer: unknown;
    try {
      answer = module.evaluate(question.entrypoint, document);
    } catch (cause) {
      // Whatever it threw, and a module may throw anything: nothing was decided. The words may quote the plan.
      return { problem: `${question.entrypoint}: ${sentenceOf(cause)}` };
    }
    try {
      found.push(...messagesIn(question, answer));
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause;
      return { problem: cause.message };
    }
  }
  const vocabulary = found.length === 0 ? { values: [] } : vocabularyOf(document);
  const messages = found.map(({ rule, message, address }): RegoMessage => {
    const about = address !== undefined && addresses.has(address) ? { address } : {};
    return { rule, message: scrubbed(message, vocabulary, isPolicys), ...about };
  });
  return { messages: [...new Map(messages.map((one) => [JSON.stringify(one), one])).values()] };
}

/**
 * The door to OPA's runtime for compiled policies, loaded only for a config with Rego. A module sees its input and nothing else:
 * it has no clock, files or network, and the functions that the host lends it take values and give values.
 */

import { FirebreakError } from "../../model/error.ts";

/** What is used of it here: its types come with those of the DOM, which this is not. */
declare const WebAssembly: {
  readonly validate: (bytes: Uint8Array) => boolean;
  readonly compile: (bytes: Uint8Array) => Promise<object>;
  readonly Module: { readonly exports: (module: object) => readonly { readonly name: string }[] };
  readonly RuntimeError: new () => Error;
};

/** A compiled policy, ready to be asked. */
export interface PolicyModule {
  /** With slashes: `main/deny`. */
  readonly entrypoints: readonly string[];
  /** What an entrypoint is defined as; `undefined` where it is not. Throws whatever stopped the module. */
  readonly evaluate: (entrypoint: string, inputJson: string) => unknown;
}

/** The exports that OPA's interface has (https://www.openpolicyagent.org/docs/wasm, "ABI"). */
const EXPORTS = [
  "opa_wasm_abi_version",
  "opa_eval_ctx_new",
  "opa_malloc",
  "opa_json_parse",
  "opa_json_dump",
  "eval",
  "builtins",
  "entrypoints",
];

/** @throws FirebreakError `bad-config` when this is no compiled policy, or the runtime is not installed */
export async function loadModule(wasm: Uint8Array, data: unknown, name: string): Promise<PolicyModule> {
  const missing = await missingExport(wasm);
  if (missing !== undefined)
    throw new FirebreakError("bad-config", `${name}: this is no policy that OPA compiled: ${missing}`, { hint: BUILD });
  const { loadPolicy } = await loadRuntime();
  const policy = await loadPolicy(wasm).catch((cause: unknown) => {
    throw new FirebreakError("bad-config", `${name}: the compiled policy cannot be started: ${sentenceOf(cause)}`, {
      hint: BUILD,
      cause,
    });
  });
  if (data !== undefined) policy.setData(data as object);
  return {
    entrypoints: Object.keys(policy.entrypoints as object),
    evaluate: (entrypoint, inputJson) => {
      const [first, ...others] = resultsOf(policy.evaluate(bytesOf(inputJson), entrypoint));
      if (others.length > 0) throw new TypeError("one entrypoint with several results");
      return first;
    },
  };
}

const BUILD = "Build it with: opa build -t wasm -e main -o bundle.tar.gz policy/";

/** What a module lacks, in words; `undefined` for one that has it all. */
async function missingExport(wasm: Uint8Array): Promise<string | undefined> {
  if (!WebAssembly.validate(wasm)) return "it is no WebAssembly, or cut off";
  const exported = new Set(WebAssembly.Module.exports(await WebAssembly.compile(wasm)).map(({ name }) => name));
  const missing = EXPORTS.find((one) => !exported.has(one));
  return missing === undefined ? undefined : `it exports no ${missing}`;
}

async function loadRuntime(): Promise<typeof import("@open-policy-agent/opa-wasm")> {
  try {
    return await import("@open-policy-agent/opa-wasm");
  } catch (cause) {
    throw new FirebreakError("bad-config", "the config has policies in Rego, and their runtime is not installed", {
      hint: "Install it beside firebreak: npm install @open-policy-agent/opa-wasm",
      cause,
    });
  }
}

function bytesOf(text: string): ArrayBuffer {
  const bytes = new TextEncoder().encode(text);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

/** `[{"result": ...}]`, or nothing where the entrypoint is undefined. */
function resultsOf(set: unknown): unknown[] {
  if (!Array.isArray(set)) throw new TypeError("no set of results");
  return set.map((one: unknown) => {
    if (typeof one === "object" && one !== null && "result" in one) return one.result;
    throw new TypeError("a result without a value");
  });
}

/** What the runtime says where it may be repeated: its other words may quote values of the plan. */
export function sentenceOf(cause: unknown): string {
  const text =
    cause instanceof Error
      ? cause.message
      : typeof cause === "string"
        ? cause
        : String((cause as { message?: unknown })?.message);
  const [, builtIn] = /^not implemented: built-in function \d+: ([\w.]{1,60})$/.exec(text) ?? [];
  if (builtIn !== undefined) return `it calls ${builtIn}, which is not available here`;
  const [, version] = /^unsupported ABI version (\d{1,9})$/.exec(text) ?? [];
  if (version !== undefined) return `its interface has version ${version}, and 1 is known`;
  if (cause instanceof WebAssembly.RuntimeError) return "it stopped half-way";
  if (cause instanceof RangeError) return "it needs more memory than there is";
  return "it failed";
}

/** Policies in Rego: compiled modules, bundles, and source, from the working tree or a base. */

import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { FirebreakError } from "../../model/error.ts";
import type { RegoFile } from "./opa.ts";
import { filesInTar } from "./tar.ts";

/** Where files come from. */
export interface PolicyFiles {
  /** One file; `undefined` when there is none. */
  readonly file: (path: string, from: string | undefined) => Promise<PolicyFile | undefined>;
  /** The files of a folder, with those below it; empty when there are none. */
  readonly below: (path: string, from: string | undefined) => Promise<readonly PolicyFile[]>;
}

export interface PolicyFile {
  /** For messages. */
  readonly name: string;
  /** Within the folder that was asked for, with slashes; of a single file its own name. */
  readonly inside: string;
  readonly bytes: Buffer;
  /** Installed beside the change, and not read from the base. */
  readonly unvouched?: true;
}

export interface ReadRego {
  readonly name: string;
  readonly wasm: Uint8Array;
  readonly data?: unknown;
  /** Of the file in hex; absent for source. */
  readonly sha256?: string;
  readonly unvouched?: true;
}

/** Tests are no policy, and would be run like one. */
const SOURCE = /^(?!.*_test\.rego$)(.*\.rego|(.*\/)?data\.(json|ya?ml))$/;

/** @throws FirebreakError `bad-config` */
export async function readRego(
  { policy, packages }: { readonly policy: string; readonly packages: readonly string[] },
  from: string | undefined,
  files: PolicyFiles,
): Promise<ReadRego> {
  const isFile = /\.(wasm|rego|tar\.gz|tgz)$/i.test(policy);
  const found = isFile
    ? [await files.file(policy, from)].filter((one) => one !== undefined)
    : await files.below(policy, from);
  const [first] = found;
  if (first === undefined)
    throw new FirebreakError("bad-config", `${policy}: there is no such policy`, { hint: KINDS });
  const unvouched = found.some((one) => one.unvouched === true);
  const about = { name: isFile ? first.name : policy, ...(unvouched && { unvouched: true as const }) };
  if (/\.wasm$/i.test(policy)) return { ...about, wasm: first.bytes, sha256: sha256Of(first.bytes) };
  if (!/\.rego$/i.test(policy) && isFile)
    return { ...about, ...inBundle(first.bytes, first.name), sha256: sha256Of(first.bytes) };
  const source = found
    .filter(({ inside }) => SOURCE.test(inside))
    .map(({ inside, bytes }) => ({ path: inside, bytes }));
  if (!source.some(({ path }) => path.endsWith(".rego")))
    throw new FirebreakError("bad-config", `${policy}: there is no Rego in this folder`, { hint: KINDS });
  const { compileRego } = await import("./opa.ts");
  const asked = packages.includes("*") ? packagesIn(source) : packages;
  return { ...about, ...inBundle(await compileRego(source, asked, policy), policy) };
}

const KINDS = "Expected a .wasm, a bundle (.tar.gz), a .rego file, or a folder with these.";

function inBundle(bytes: Buffer, name: string): { readonly wasm: Buffer; readonly data?: unknown } {
  try {
    const files = filesInTar(gunzipSync(bytes));
    const wasm = files.get("policy.wasm");
    const data = files.get("data.json");
    if (wasm !== undefined) return { wasm, ...(data !== undefined && { data: JSON.parse(data.toString("utf8")) }) };
  } catch (cause) {
    throw new FirebreakError("bad-config", `${name}: this is no bundle, or it is cut off`, { hint: BUILD, cause });
  }
  throw new FirebreakError("bad-config", `${name}: this bundle holds no compiled policy (policy.wasm)`, {
    hint: BUILD,
  });
}

const BUILD = "Build it for WebAssembly: opa build -t wasm -e main -o bundle.tar.gz policy/";

function packagesIn(source: readonly RegoFile[]): string[] {
  const names = source.flatMap(({ path, bytes }) => {
    const [, name] = (path.endsWith(".rego") && /^\s*package\s+([\w.]+)/m.exec(bytes.toString("utf8"))) || [];
    return name === undefined ? [] : [name];
  });
  return [...new Set(names)];
}

function sha256Of(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Source in Rego to a bundle, by the program `opa`, in a folder of its own that is gone afterwards. */

import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { FirebreakError } from "../../model/error.ts";
import { printable } from "../../model/printable.ts";

export interface RegoFile {
  /** Within the folder of the policy, with slashes. */
  readonly path: string;
  readonly bytes: Buffer;
}

const TIMEOUT_MS = 60_000;

/** @param packages with dots; each becomes an entrypoint @throws FirebreakError `bad-config` */
export async function compileRego(
  files: readonly RegoFile[],
  packages: readonly string[],
  name: string,
): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "firebreak-rego-"));
  try {
    const source = join(folder, "policy");
    for (const { path, bytes } of files) {
      mkdirSync(dirname(join(source, path)), { recursive: true });
      writeFileSync(join(source, path), bytes);
    }
    const bundle = join(folder, "bundle.tar.gz");
    const entrypoints = packages.flatMap((one) => ["-e", one.replaceAll(".", "/")]);
    await run(["build", "--target", "wasm", ...entrypoints, "--output", bundle, "."], source, name);
    return readFileSync(bundle);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(args: readonly string[], cwd: string, name: string): Promise<void> {
  return new Promise((settle, refuse) => {
    execFile("opa", args, { cwd, timeout: TIMEOUT_MS, windowsHide: true, maxBuffer: 1 << 20 }, (error, _, stderr) => {
      if (error === null) settle();
      else if (error.code === "ENOENT") refuse(noProgram(name));
      else refuse(notCompiled(name, error.killed ? `it took longer than ${TIMEOUT_MS / 1000} s` : stderr));
    });
  });
}

function noProgram(name: string): FirebreakError {
  return new FirebreakError(
    "bad-config",
    `${name}: this is source in Rego, and opa, which compiles it, is not on PATH`,
    {
      hint: "Install opa, or compile it beforehand: opa build -t wasm -e main -o bundle.tar.gz policy/",
    },
  );
}

function notCompiled(name: string, why: string): FirebreakError {
  const lines = why.split("\n").filter((line) => line.trim() !== "");
  const shown = printable(lines.slice(0, 3).join("; ")).slice(0, 500);
  return new FirebreakError("bad-config", `${name}: opa could not compile it: ${shown}`);
}

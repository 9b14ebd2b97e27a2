/** SSH signatures, made and verified by OpenSSH's own program: nothing here does cryptography. */

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FirebreakError } from "../model/error.ts";
import { SIGN_OFF_NAMESPACE } from "../model/sign-off.ts";

const TIMEOUT_MS = 30_000;
/** People look for their key and touch it. */
const SIGNING_TIMEOUT_MS = 300_000;

export interface VerifyRequest {
  readonly text: string;
  readonly signature: string;
  readonly signer: string;
  /** Lines of an allowed_signers file. */
  readonly allowedSigners: readonly string[];
  /** RFC 3339 in UTC: the key must be valid then. */
  readonly at: string;
}

/** `undefined` when the signature holds; else why it does not, as a sentence. */
export async function verifySignature(request: VerifyRequest): Promise<string | undefined> {
  const { text, signature, signer, allowedSigners, at } = request;
  return inFolder(async (folder) => {
    const [signatureFile, signersFile] = [join(folder, "signature"), join(folder, "allowed_signers")];
    writeFileSync(signatureFile, signature, { mode: 0o600 });
    writeFileSync(signersFile, `${allowedSigners.join("\n")}\n`, { mode: 0o600 });
    const time = `${at.slice(0, 19).replace(/[-:T]/g, "")}Z`;
    const options = ["-f", signersFile, "-I", signer, "-s", signatureFile, "-O", `verify-time=${time}`];
    const answer = await run(["-Y", "verify", "-n", SIGN_OFF_NAMESPACE, ...options], text, TIMEOUT_MS);
    if (answer.status === "missing")
      return "ssh-keygen is not on PATH, so the signature could not be verified; install OpenSSH";
    return answer.status === "ok" ? undefined : whyNot(answer.stderr);
  });
}

/** The program's own words, where they say more than that it failed. */
function whyNot(stderr: string): string {
  if (/expired/.test(stderr)) return "the key is no longer valid: its valid-before in the allowed signers has passed";
  if (/not yet valid/.test(stderr))
    return "the key is not valid yet: its valid-after in the allowed signers is to come";
  if (/namespace/.test(stderr))
    return `the signature or its key is for another purpose (namespace) than ${SIGN_OFF_NAMESPACE}`;
  if (/incorrect signature/.test(stderr)) return "it was changed after it was signed: the signature does not fit";
  return "the signature does not hold: it was damaged, or made with a key that is not allowed for this name";
}

/**
 * Signs a text with a private key, or with a public one whose private half the agent of ssh holds.
 * @throws FirebreakError `bad-usage`
 */
export async function sign(text: string, key: string, interactive: boolean): Promise<string> {
  const answer = await run(["-Y", "sign", "-n", SIGN_OFF_NAMESPACE, "-f", key], text, SIGNING_TIMEOUT_MS, interactive);
  if (answer.status === "ok") return answer.stdout;
  if (answer.status === "missing") throw noProgram();
  const [why = ""] = answer.stderr.split("\n").filter((line) => line !== "" && !line.startsWith("Signing data"));
  throw new FirebreakError(
    "bad-usage",
    `${key}: ssh-keygen did not sign with this key${why === "" ? "" : `: ${why}`}`,
    {
      hint: "Give a private key, or a public key that is loaded in ssh-agent: --key ~/.ssh/id_ed25519",
    },
  );
}

/** The public half of a key, base64. @throws FirebreakError `bad-usage` */
export async function publicKeyOf(key: string): Promise<string> {
  const file = [`${key}.pub`, key].find((path) => existsSync(path));
  if (file === undefined) {
    throw new FirebreakError("bad-usage", `${key}: there is no such key`, { hint: "Name one with --key." });
  }
  const known = base64In(readFileSync(file, "utf8"));
  if (known !== undefined) return known;
  const answer = await run(["-y", "-f", key], "", SIGNING_TIMEOUT_MS);
  if (answer.status === "missing") throw noProgram();
  const shown = base64In(answer.stdout);
  if (shown !== undefined) return shown;
  throw new FirebreakError("bad-usage", `${key}: this is no SSH key, or it cannot be read`, {
    hint: "Name another one with --key; of an encrypted key keep the .pub file beside it.",
  });
}

function base64In(text: string): string | undefined {
  return /^(?:ssh|ecdsa|sk)-[\w@.-]+\s+([A-Za-z0-9+/]+=*)/m.exec(text)?.[1];
}

function noProgram(): FirebreakError {
  return new FirebreakError("bad-usage", "ssh-keygen is not on PATH, so nothing was signed", {
    hint: "Install OpenSSH (8.2 or newer).",
  });
}

async function inFolder<Value>(work: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), "firebreak-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Answer {
  readonly status: "ok" | "missing" | "failed";
  readonly stdout: string;
  readonly stderr: string;
}

async function run(args: readonly string[], input: string, timeout: number, interactive = false): Promise<Answer> {
  const { spawn } = await import("node:child_process");
  return new Promise((settle) => {
    // Words to a person (touch the key) go to that person's terminal.
    const child = spawn("ssh-keygen", args, { stdio: ["pipe", "pipe", interactive ? "inherit" : "pipe"], timeout });
    const texts = { stdout: "", stderr: "" };
    child.stdout?.on("data", (chunk: Buffer) => (texts.stdout += chunk.toString("utf8")));
    child.stderr?.on("data", (chunk: Buffer) => (texts.stderr += chunk.toString("utf8")));
    child.on("error", () => settle({ status: "missing", ...texts }));
    child.on("close", (code) => settle({ status: code === 0 ? "ok" : "failed", ...texts }));
    // It may end before it has read everything; its exit code says why.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
  });
}

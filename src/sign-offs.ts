/** Sign-off files to what they are worth: read, held against the list of allowed signers, verified. */

import { FirebreakError } from "./model/error.ts";
import type { AllowedSigner, PresentedSignOff } from "./model/sign-off.ts";
import { parseAllowedSigners, parseStatement } from "./policy/signoff/index.ts";
import { readAtRevision, readSignOffTexts, verifySignature } from "./sources/index.ts";

/** Who may sign, or in a sentence why nobody knows. */
export type SignersFound = { readonly signers: readonly AllowedSigner[] } | { readonly problem: string };

/**
 * Who may sign as a revision has it. Never from the working tree: the change under judgement could have written it.
 * @throws FirebreakError `bad-usage` when the clone has no such revision
 */
export async function findSigners(folder: string, base: string, path: string): Promise<SignersFound> {
  const file = await readAtRevision(folder, base, path);
  if (file === "no such revision") {
    throw new FirebreakError("bad-usage", `${base} is no revision of this clone, so nobody can tell who may sign`, {
      hint: "Fetch it (fetch-depth: 0), or name another one with --base.",
    });
  }
  if (file === "no such file")
    return { problem: `${base} has no ${path}, so no key may sign; add it in a change before this one` };
  return { signers: parseAllowedSigners(file.text) };
}

/**
 * Every sign-off in these files and folders, with its signature verified at a time (RFC 3339 in UTC).
 * @throws FirebreakError `unreadable-input` for what is no sign-off
 */
export async function presentSignOffs(
  paths: readonly string[],
  found: SignersFound,
  asOf: string,
): Promise<PresentedSignOff[]> {
  const presented: PresentedSignOff[] = [];
  for (const one of await readSignOffTexts(paths)) presented.push(await present(one, found, asOf));
  return presented;
}

async function present(
  { file, text, signature, key }: Awaited<ReturnType<typeof readSignOffTexts>>[number],
  found: SignersFound,
  asOf: string,
): Promise<PresentedSignOff> {
  const statement = parseStatement(text);
  if (typeof statement === "string") return { file, problem: statement };
  if ("problem" in found) return { file, statement, problem: found.problem };
  const lines = found.signers.filter((signer) => signer.key === key);
  if (lines.length === 0)
    return { file, statement, problem: "the key that signed it is not in the list of allowed signers" };
  const own = lines.filter(({ names }) => names.includes(statement.signer));
  if (own.length === 0) {
    const names = [...new Set(lines.flatMap((line) => line.names))].join(", ");
    return { file, statement, problem: `it is signed as ${statement.signer}, with a key that is allowed for ${names}` };
  }
  const allowedSigners = own.map(({ line }) => line);
  const problem = await verifySignature({ text, signature, signer: statement.signer, allowedSigners, at: asOf });
  return problem === undefined ? { file, statement, key } : { file, statement, problem };
}

/** Sign-off files to what they are worth: read, held against the list of allowed signers, verified. */

import type { AllowedSigner, PresentedSignOff } from "./model/sign-off.ts";
import { parseStatement } from "./policy/index.ts";
import { readSignOffTexts, verifySignature } from "./sources/index.ts";

/** Who may sign, or in a sentence why nobody knows. */
export type SignersFound = { readonly signers: readonly AllowedSigner[] } | { readonly problem: string };

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

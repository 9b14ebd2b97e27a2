/** Sign-offs for a run: the files that were handed in, and who may sign as the base has it. */

import { baseInCi } from "../authorship/index.ts";
import { FirebreakError } from "../model/error.ts";
import type { Policy } from "../model/policy.ts";
import { parseAllowedSigners, type Signing } from "../policy/index.ts";
import { presentSignOffs, type SignersFound } from "../sign-offs.ts";
import { readAtRevision, readReviewedReport } from "../sources/index.ts";
import type { OptionValues } from "./arguments.ts";
import type { World } from "./world.ts";

/** @throws FirebreakError `unreadable-input`, `bad-usage` */
export async function signingFor(
  values: OptionValues,
  world: World,
  { signOff }: Policy,
  asOf: string,
): Promise<Pick<Signing, "evidence" | "reviewed">> {
  const paths = values.list("approvals");
  const reviewed = values.text("report");
  const base = baseOf(values, world);
  const found = paths.length === 0 ? { signers: [] } : await findSigners(base, signOff.allowedSigners, world);
  return {
    evidence: {
      files: await presentSignOffs(paths, found, asOf),
      allowedSigners: "signers" in found ? found.signers : [],
      problem: base === undefined ? NO_BASE : undefined,
    },
    ...(reviewed !== undefined && { reviewed: await readReviewedReport(reviewed) }),
  };
}

const NO_BASE = "nobody names a base, so the change itself could say who may sign; give --base";

export function baseOf(values: OptionValues, { env }: World): string | undefined {
  return values.text("base") ?? baseInCi(env);
}

/** Never from the working tree: the change under judgement could have written it. */
export async function findSigners(base: string | undefined, path: string, world: World): Promise<SignersFound> {
  if (base === undefined) return { problem: NO_BASE };
  const file = await readAtRevision(world.cwd, base, path);
  if (file === "no such revision") {
    throw new FirebreakError("bad-usage", `${base} is no revision of this clone, so nobody can tell who may sign`, {
      hint: "Fetch it (fetch-depth: 0), or name another one with --base.",
    });
  }
  if (file === "no such file")
    return { problem: `${base} has no ${path}, so no key may sign; add it in a change before this one` };
  return { signers: parseAllowedSigners(file.text) };
}

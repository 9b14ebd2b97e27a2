/** Sign-offs for a run: the files that were handed in, and who may sign as the base has it. */

import type { Policy } from "../model/policy.ts";
import type { Signing } from "../policy/index.ts";
import { readReviewedReport } from "../sources/index.ts";
import type { OptionValues } from "./arguments.ts";
import { baseOf } from "./base.ts";
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
  const base = await baseOf(values, world);
  const problem = base === undefined ? NO_BASE : undefined;
  const given = paths.length === 0 ? NOTHING_GIVEN : await readGiven(paths, base, signOff.allowedSigners, world, asOf);
  return {
    evidence: { ...given, problem },
    ...(reviewed !== undefined && { reviewed: await readReviewedReport(reviewed) }),
  };
}

const NOTHING_GIVEN = { files: [], allowedSigners: [] };

type Given = Pick<Signing["evidence"], "files" | "allowedSigners">;

async function readGiven(
  paths: readonly string[],
  base: string | undefined,
  list: string,
  { cwd }: World,
  asOf: string,
): Promise<Given> {
  const { findSigners, presentSignOffs } = await import("../sign-offs.ts");
  const found = base === undefined ? { problem: NO_BASE } : await findSigners(cwd, base, list);
  return {
    files: await presentSignOffs(paths, found, asOf),
    allowedSigners: "signers" in found ? found.signers : [],
  };
}

const NO_BASE = "nobody names a base, so the change itself could say who may sign; give --base";

/** Which pull request is meant: the one that is named, else the one that CI runs for. */

import { type CiRun, type PublishRequest, placeOf, readRun } from "../hosts/index.ts";
import { FirebreakError } from "../model/error.ts";
import { readHeads } from "../sources/index.ts";
import type { OptionValues } from "./arguments.ts";
import type { World } from "./world.ts";

export type Target = Pick<PublishRequest, "place" | "head" | "judged" | "clone">;

/** A sentence where there is none to write to. @throws FirebreakError `bad-usage` for one that is named and cannot be found */
export async function targetOf(values: OptionValues, world: World): Promise<Target | string> {
  const named = values.text("pull-request");
  const run = await readRun(world.env);
  const place = await placeOf(named === undefined ? (run ?? {}) : namedPlace(named, run), world.env);
  if (typeof place === "string") {
    if (named === undefined) return `nothing was written: ${place}`;
    throw new FirebreakError("bad-usage", `--pull-request ${JSON.stringify(named)}: ${place}`, { hint: HINT });
  }
  if (place === undefined)
    return "nothing was written: this run is for no pull request that CI names; name one with --pull-request URL";
  // CI speaks of the pull request that it runs for, and of no other one.
  const isOwn = run?.number === undefined || run.number === place.number;
  const head = isOwn ? run?.head : undefined;
  const judged = isOwn ? run?.judged : undefined;
  return { place, head, judged, clone: head === undefined ? await readHeads(world.cwd) : [] };
}

const HINT = "For example: --pull-request 12, or --pull-request https://github.com/OWNER/REPOSITORY/pull/12";

function namedPlace(named: string, run: CiRun | undefined): Parameters<typeof placeOf>[0] {
  if (!/^[1-9]\d{0,9}$/.test(named)) return { page: named };
  if (run?.repository !== undefined) return { repository: run.repository, number: Number(named) };
  throw new FirebreakError("bad-usage", `--pull-request ${named}: nobody tells which repository is meant`, {
    hint: "Give the whole address: --pull-request https://github.com/OWNER/REPOSITORY/pull/12",
  });
}

/** Which commit is behind what happens to an object, in words. */

import { withoutKeys } from "../../model/address.ts";
import type { Authorship } from "../../model/authorship.ts";
import type { ReportedChange } from "../../model/report.ts";
import type { WrittenBy } from "../../model/units.ts";
import { atLocation } from "./location.ts";
import { counted } from "./numbers.ts";

/** `3f2a91c, claude-code`. */
export function commitAndWriter({ commit, by, agent }: Pick<WrittenBy, "commit" | "by" | "agent">): string {
  const who = { agent: agent ?? "an agent", bot: "automation", unmarked: undefined }[by];
  return who === undefined ? commit.slice(0, 7) : `${commit.slice(0, 7)}, ${who}`;
}

type Written = Pick<ReportedChange, "address" | "writtenBy">;

/**
 * `block removed from db.tf:14 by 3f2a91c, claude-code`; where the last edit bears no agent's mark and another one does, both.
 * Absent where nobody knows.
 */
export function writtenText({ address, writtenBy = [] }: Written): string | undefined {
  const [first, second] = writtenBy;
  if (first === undefined) return undefined;
  const isAgentBehind = first.by !== "agent" && second?.by === "agent";
  return [first, ...(isAgentBehind ? [second] : [])].map((one) => editText(one, address)).join("; ");
}

function editText(edit: WrittenBy, address: string): string {
  const { did, block, file, line } = edit;
  const place = `${file}:${line}`;
  const by = `by ${commitAndWriter(edit)}`;
  const isOwn = isBlockOf(edit, address);
  if (did === "removed") return `${isOwn ? "block" : block} removed from ${place} ${by}`;
  return `${isOwn ? "block" : `${block} (${place})`} ${did} ${by}`;
}

function isBlockOf({ block }: WrittenBy, address: string): boolean {
  return `.${withoutKeys(address)}`.endsWith(`.${block}`);
}

/** The block is gone: what can be pointed at is something else. */
export function isBlockGone({ address, writtenBy: [last] = [] }: Written): boolean {
  return last?.did === "removed" && isBlockOf(last, address);
}

/** ` · db.tf:14 · block changed by 3f2a91c, claude-code` behind what is said of an object; of a line that is gone, where it was. */
export function atOrigin(change: Written & Pick<ReportedChange, "location">): string {
  const text = writtenText(change);
  if (text === undefined) return atLocation(change.location);
  return isBlockGone(change) ? ` · ${text}` : `${atLocation(change.location)} · ${text}`;
}

/** Behind who wrote the change: what was left out, since it has no hand in what ends. */
export function leftOutText({ lines }: Authorship): string {
  const left = lines?.leftOut.length ?? 0;
  return left === 0
    ? ""
    : `, not counting ${counted(left, "commit")} by agents that ${left === 1 ? "edits" : "edit"} nothing of it`;
}

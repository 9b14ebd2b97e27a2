/** Source as units that a change edits one by one: blocks and locals. What lines mode and removed blocks are told by. */

import type { Location } from "./source.ts";

/** A top-level block, or one local value. */
export interface Unit {
  /** `aws_vpc.main`, `data.a.b`, `module.n`, `local.x`, `var.x`, `output.x`; for other blocks their type (`provider`, `moved`). */
  readonly key: string;
  readonly location: Location;
  /** All that it says, however it is laid out. For comparison only, never for a report. */
  readonly text: string;
  /** Lines as they are written, without any space; for comparison only. */
  readonly lines: readonly string[];
  /** What it refers to, in its own module. */
  readonly references: readonly string[];
  /** It stands in an override file, and changes what another block says. */
  readonly isOverride: boolean;
}

/** The modules of one root module, by path without keys. */
export interface UnitTree {
  readonly modules: ReadonlyMap<string, UnitModule>;
  /** Why not everything was read; absent when it was. */
  readonly problem?: string;
}

export interface UnitModule {
  /** From the root of the repository. */
  readonly folder: string;
  readonly units: readonly Unit[];
  /** Module calls whose files are in no revision, by name. */
  readonly remote: ReadonlySet<string>;
  /** Text of its files, for comparison only. */
  readonly texts: readonly string[];
}

/** A commit of a change, as git has it. */
export interface HistoryCommit {
  readonly sha: string;
  readonly isMerge: boolean;
  /** None for a merge. */
  readonly files: readonly FileEdit[];
}

export interface FileEdit {
  /** From the root of the repository. */
  readonly path: string;
  /** As it is to be shown. */
  readonly name: string;
  /** Absent where there was no such file. */
  readonly before?: Uint8Array;
  readonly after?: Uint8Array;
  /** A link or another repository, on one side at least. */
  readonly isSpecial: boolean;
}

/** What one commit does to the source. */
export interface EditedCommit {
  readonly sha: string;
  readonly isMerge: boolean;
  readonly edits: readonly UnitEdit[];
  /** Files that are no source, whose lines may have been moved into it. */
  readonly others: readonly { readonly path: string; readonly isSpecial: boolean; readonly added: readonly string[] }[];
  /** Source that could not be read on one side: it may have edited anything. */
  readonly isUntold: boolean;
}

export interface UnitEdit {
  readonly folder: string;
  readonly key: string;
  readonly did: "added" | "removed" | "changed";
  /** Where it stands after the commit; for what is removed, where it stood before. */
  readonly location: Location;
  /** Lines that it has only since. */
  readonly added: readonly string[];
}

/** The edit of the source that best tells why something happens to an object. */
export interface Origin extends UnitEdit {
  readonly sha: string;
}

/** What is known of where the end of an object comes from. */
export interface ChangeOrigin {
  /** What stands now where its block was removed: the nearest line that can be pointed at. */
  readonly instead?: Location;
  /** The edit of its own block first, then those of agents. */
  readonly writtenBy: readonly WrittenBy[];
}

/** The same as it is reported, with who made it. */
export interface WrittenBy {
  readonly commit: string;
  readonly did: UnitEdit["did"];
  /** The object's own block, or what it refers to: `local.cidr`, `module.network`. */
  readonly block: string;
  /** After the commit; for what is removed, before it. */
  readonly file: string;
  readonly line: number;
  /** Whose marks the commit bears. */
  readonly by: "agent" | "bot" | "unmarked";
  readonly agent?: string;
}

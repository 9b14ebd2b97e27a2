/** What a picture consists of: groups, nodes, edges, and what is left out. How it looks is each format's own. */

import type { AffectedObject } from "../../model/blast.ts";
import type { PlanReport } from "../../model/report.ts";

/** Nodes and groups of nodes, in both the worst first. */
export interface Scene {
  readonly nodes: readonly PictureNode[];
  readonly groups: readonly PictureGroup[];
}

export interface Picture extends Scene {
  /** What the report comes to, in one line of our own words: no names. */
  readonly headline: string;
  /** Each pair at most once, and none that only follows from others; both ends are drawn. */
  readonly edges: readonly PictureEdge[];
  /** Objects that end, or depend on one that does, and are only counted. */
  readonly leftOut: number;
}

/** A plan among several, or a module instance in its plan or parent module. */
export interface PictureGroup extends Scene {
  /** Not escaped. */
  readonly label: string;
  /** Every object of the module ends. */
  readonly perishes: boolean;
}

export interface PictureNode {
  /** From 0 on: nothing of a plan's is ever an identifier. */
  readonly id: number;
  /** `rest` stands for objects that are only counted, `note` for a sentence. */
  readonly kind: AffectedObject["effect"] | "rest" | "note";
  /** It ends and takes along data that people put there. */
  readonly losesData: boolean;
  /** It ends only if an unknown goes badly. */
  readonly possibly: boolean;
  /** Not escaped: the name first, then in words what happens. */
  readonly lines: readonly string[];
  /** Of the objects that are drawn as this node. Not escaped. */
  readonly addresses: readonly string[];
}

/** From what ends towards what depends on it. */
export interface PictureEdge {
  readonly from: number;
  readonly to: number;
  readonly basis: AffectedObject["edge"];
  /** Whether the lower bound counts the dependent. */
  readonly certain: boolean;
}

/** What pictures look at of the options that every renderer is given. */
export interface PictureOptions {
  readonly verbosity: keyof typeof MOST_DRAWN;
}

/** Nodes for objects, over all plans; the few that count the rest come on top. */
export const MOST_DRAWN = { quiet: 40, normal: 40, verbose: 400 } as const;
/** A tenth more is drawn rather than counted. */
export const SLACK = 1.1;
/** Dependents of an ending object that are drawn before the next ending object. */
export const NEAREST = 5;
/** From so many dependents on, a node says how many. */
export const MANY = 10;
/** Modules of one plan whose undrawn objects are counted apart. */
export const MOST_RESTS = 8;
/** Levels of nested modules that are groups of their own. */
export const MOST_LEVELS = 6;
/** Signs of a name. */
export const MOST_SIGNS = 48;
/** From the surest to the weakest. */
export const BASES: readonly PictureEdge["basis"][] = ["exact", "config", "state", "value", "erased"];

export interface BriefedPlan {
  readonly plan: PlanReport;
  readonly brief: string;
}

export interface DrawnPlan extends BriefedPlan, Scene {
  readonly edges: readonly PictureEdge[];
  readonly leftOut: number;
}

/** Numbers nodes in the order in which they are made. */
export class Ids {
  private next = 0;

  take(): number {
    return this.next++;
  }

  note(...lines: string[]): PictureNode {
    return { id: this.take(), kind: "note", losesData: false, possibly: false, lines, addresses: [] };
  }
}

/** Cases as they are written, after validation: the shape of `schema/cases.schema.json`. */

import type { ActorKind, Grade } from "../../model/authorship.ts";
import type { Level } from "../../model/finding.ts";
import type { Verdict } from "../../model/judgement.ts";
import type { Sketch } from "../../model/sketch.ts";

/** What a file says once for all of its cases. */
interface RawDefaults {
  readonly actor?: ActorKind | readonly ActorKind[];
  readonly grade?: Grade;
  readonly environment?: string;
  readonly workspace?: string;
  /** RFC 3339. */
  readonly now?: string;
}

export interface RawCases extends RawDefaults {
  readonly config?: string;
  readonly rulesets?: string | readonly string[];
  readonly cases: readonly RawCase[];
}

export interface RawCase extends RawDefaults {
  readonly name: string;
  readonly plan?: string;
  readonly changes?: Sketch;
  readonly source?: string;
  readonly state?: string;
  readonly input?: string;
  readonly expect: {
    readonly verdict?: Verdict;
    readonly findings?: readonly RawExpected[];
    readonly includes?: readonly RawExpected[];
    readonly excludes?: readonly RawExpected[];
  };
}

type RawExpected = string | ExpectedFinding;

/** What a finding is to be like; what is not said does not matter. */
export interface ExpectedFinding {
  readonly rule: string;
  /** A pattern. */
  readonly address?: string;
  readonly level?: Level;
  readonly signatures?: number | "none";
  readonly waived?: boolean;
}

/** What a schema cannot say of a config: mistakes in what it means. */

import type { Mistake } from "./mistakes.ts";
import type { RawConfig } from "./raw.ts";

/** For a config that fits its schema. */
export function mistakenMeaning({ types = {} }: RawConfig): Mistake[] {
  return Object.entries(types)
    .filter(([, { holdsData, routine, reason }]) => (!holdsData || routine === true) && reason === undefined)
    .map(([type, { routine }]) => {
      const what = routine === true ? "routine: true" : "holdsData: false";
      return { path: ["types", type], message: `types.${type} needs "reason": ${what} makes a type less dangerous` };
    });
}

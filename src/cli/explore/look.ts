/** What a terminal can show, by what its environment says. */

import type { World } from "../world.ts";
import type { Look } from "./paint.ts";

/** Signs beyond ASCII unless the locale has none, or the terminal is one that draws few. */
export function lookOf(color: boolean, env: World["env"]): Look {
  const term = env["TERM"] ?? "";
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
  const unicode = term !== "dumb" && term !== "linux" && (locale === "" || /utf-?8/i.test(locale));
  return { color: color && term !== "dumb", unicode };
}

/** The files of a folder, and of all below it, that may be plans. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { compareText } from "../model/address.ts";
import { FirebreakError } from "../model/error.ts";
import { looksSaved, mayBePlan } from "./may-be-plan.ts";

/** Paths of what may be a plan in a folder and all below, in order; hidden folders and installed packages are passed by. @throws FirebreakError `no-input` */
export function planFilesBelow(folder: string): string[] {
  try {
    return visit(folder);
  } catch (error) {
    throw new FirebreakError("no-input", `${folder}: this folder cannot be read`, {
      hint: "Give a folder of past plans: firebreak tune plans/",
      cause: error,
    });
  }
}

function visit(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((left, right) =>
    compareText(left.name, right.name),
  );
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith(".") || entry.name === "node_modules" ? [] : visit(path);
    return entry.isFile() && (looksSaved(path) || mayBePlan(path)) ? [path] : [];
  });
}

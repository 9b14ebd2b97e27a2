/** What there is to see, before anybody weighs it. What needs the whole table is looked up by a part that loads for it alone. */

import type { Signal } from "../model/authorship.ts";
import type { Evidence } from "../model/evidence.ts";
import { speaksOfCi } from "./ci-variables.ts";
import type { Collected, OwnProcess } from "./collected.ts";
import { speaksOfAgents } from "./variables.ts";

/** `keys`: fingerprints of keys that people hold. */
export async function collect(
  evidence: Evidence,
  own: OwnProcess | undefined,
  keys: readonly string[],
): Promise<Collected> {
  const gaps = (evidence.gaps ?? []).map(
    (gap): Signal => ({ source: "repository", pointsTo: "unknown", evidence: gap }),
  );
  // An everyday run on a developer's machine has nothing to look up.
  const { gaps: _, ...parts } = evidence;
  const isBare = Object.values(parts).every((part) => part === undefined);
  const { environment = {} } = own ?? {};
  if (isBare && !speaksOfAgents(environment) && !speaksOfCi(environment)) return { ...NOTHING, others: gaps };
  const { lookUp } = await import("./look-up.ts");
  const found = await lookUp(evidence, own, keys);
  return { ...found, others: [...found.others, ...gaps] };
}

const NOTHING: Collected = {
  commits: [],
  commitsMissing: false,
  others: [],
  attestations: { signatures: [], approvals: [] },
  operators: [],
  openedByProgram: false,
};

/** The catalogue of resource types as it ships, loaded when the first plan with changes asks for it. */

import { typesWatchedWhenCreated } from "./generated/watched-types.js";
import type { Catalogue, Loss, TypeDetails, TypeEntry } from "./model/catalogue.ts";
import type { ChangePlan } from "./model/plan.ts";
import type { TypeOverlay } from "./model/policy.ts";
import type { UpdateEntry } from "./model/updates.ts";
import { readShipped } from "./sources/index.ts";

const TYPES = new URL("./generated/catalogue.txt", import.meta.url);
const UPDATES = new URL("./generated/updates.txt", import.meta.url);

/** Whether the lexicon of updates has something to say of a plan: one that only creates ordinary things does without. */
function needsUpdates({ changes }: ChangePlan): boolean {
  return changes.some(
    ({ action, type }) =>
      (action.kind !== "create" && action.kind !== "move") || typesWatchedWhenCreated.includes(` ${type} `),
  );
}

/** The catalogue for a plan; without one, with all that there is. */
export async function loadCatalogue(plan?: ChangePlan): Promise<Catalogue> {
  const types = readShipped(TYPES);
  const updates = plan === undefined || needsUpdates(plan) ? readShipped(UPDATES) : Buffer.of();
  const look = remembered((type) => entryOf(types, type));
  return {
    get: look,
    details: look,
    updates: remembered((type) => [
      ...entriesOf<UpdateEntry>(updates, EVERY_TYPE),
      ...entriesFor<UpdateEntry>(updates, type),
    ]),
  };
}

export const EMPTY_CATALOGUE: Catalogue = { get: () => undefined, details: () => undefined, updates: () => [] };

/** The catalogue with what a config says on top. Without a reason an entry only adds. */
export function withOverlay(catalogue: Catalogue, types: Readonly<Record<string, TypeOverlay>>): Catalogue {
  return {
    get: (type) => {
      const own = Object.hasOwn(types, type) ? types[type] : undefined;
      return own === undefined ? catalogue.get(type) : overlaid(own, catalogue.get(type));
    },
    details: catalogue.details,
    updates: catalogue.updates,
  };
}

function overlaid({ holdsData, losses, routine, reason }: TypeOverlay, base: TypeEntry | undefined): TypeEntry {
  const kept = reason === undefined || losses === undefined ? (base?.losses ?? []) : [];
  const others = [...kept, ...(losses ?? [])].filter((loss) => loss !== "data");
  return {
    holdsData,
    losses: [...new Set<Loss>([...(holdsData ? (["data"] as const) : []), ...others])],
    // What holds data is not replaced in ordinary work.
    routine: !holdsData && (routine ?? base?.routine ?? false),
    fromConfig: true,
  };
}

function remembered<Entry>(look: (type: string) => Entry): (type: string) => Entry {
  const known = new Map<string, { readonly entry: Entry }>();
  return (type) => {
    const found = known.get(type) ?? { entry: look(type) };
    known.set(type, found);
    return found.entry;
  };
}

function entryOf(types: Buffer, type: string): (TypeEntry & TypeDetails) | undefined {
  const [entry] = entriesFor<TypeEntry & TypeDetails>(types, type);
  if (entry !== undefined) return entry;
  // A custom resource may be given any name of its own; what is known of one is known of all that are not listed.
  return type.startsWith("Custom::") ? entryOf(types, CUSTOM_RESOURCE) : undefined;
}

const CUSTOM_RESOURCE = "AWS::CloudFormation::CustomResource";

const EVERY_TYPE = "*";

/** Types come from plans, and anybody may have written one. */
function entriesFor<Entry>(file: Buffer, type: string): Iterable<Entry> {
  return /[\s*]/.test(type) ? [] : entriesOf<Entry>(file, type);
}

/**
 * What a file that `scripts/generate.mjs` wrote says of a type: a line of types between spaces, then a line of what holds for
 * them. A plan has few types and the files thousands: searching costs less than taking them all apart.
 */
function* entriesOf<Entry>(file: Buffer, type: string): Generator<Entry> {
  const name = ` ${type} `;
  for (let at = file.indexOf(name); at >= 0; at = file.indexOf(name, at)) {
    const start = file.indexOf(LINE_FEED, at) + 1;
    const end = file.indexOf(LINE_FEED, start);
    yield JSON.parse(file.toString("utf8", start, end));
    at = end;
  }
}

const LINE_FEED = 0x0a;

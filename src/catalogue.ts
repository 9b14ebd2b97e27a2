/** The catalogue of resource types as it ships, loaded when the first plan with changes asks for it. */

import { typesWatchedWhenCreated } from "./generated/watched-types.js";
import type { Catalogue, Loss, TypeDetails, TypeEntry } from "./model/catalogue.ts";
import type { ChangePlan } from "./model/plan.ts";
import type { TypeOverlay } from "./model/policy.ts";
import type { UpdateEntry } from "./model/updates.ts";

/** Whether the lexicon of updates has something to say of a plan: one that only creates ordinary things does without. */
function needsUpdates({ changes }: ChangePlan): boolean {
  return changes.some(
    ({ action, type }) =>
      (action.kind !== "create" && action.kind !== "move") || typesWatchedWhenCreated.includes(` ${type} `),
  );
}

/** The catalogue for a plan; without one, with all that there is. */
export async function loadCatalogue(plan?: ChangePlan): Promise<Catalogue> {
  const wantsUpdates = plan === undefined || needsUpdates(plan);
  const [{ default: text }, updates] = await Promise.all([
    import("./generated/catalogue.js"),
    wantsUpdates ? import("./generated/catalogue-updates.js").then((part) => part.default) : [],
  ]);
  const look = remembered((type) => find(text, type));
  return {
    get: look,
    details: look,
    updates: remembered((type) =>
      (updates as readonly (UpdateEntry & { readonly types: string })[]).filter(
        ({ types }) => types === " * " || types.includes(` ${type} `),
      ),
    ),
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

/**
 * The text is what `scripts/generate.mjs` writes: a line of types between spaces, then a line of what holds for them. A plan has
 * few types and the catalogue thousands: searching costs less than taking it all apart.
 */
function find(text: string, type: string): (TypeEntry & TypeDetails) | undefined {
  const at = /\s/.test(type) ? -1 : text.indexOf(` ${type} `);
  // A custom resource may be given any name of its own; what is known of one is known of all that are not listed.
  if (at < 0) return type.startsWith("Custom::") ? find(text, CUSTOM_RESOURCE) : undefined;
  const start = text.indexOf("\n", at) + 1;
  return JSON.parse(text.slice(start, text.indexOf("\n", start)));
}

const CUSTOM_RESOURCE = "AWS::CloudFormation::CustomResource";

/** The catalogue of resource types as it ships, loaded when the first plan with changes asks for it. */

import { typesWatchedWhenCreated } from "./generated/watched-types.js";
import type { Catalogue, Loss, TypeDetails, TypeEntry } from "./model/catalogue.ts";
import type { ChangePlan } from "./model/plan.ts";
import type { TypeOverlay } from "./model/policy.ts";
import type { UpdateEntry } from "./model/updates.ts";

/** What `scripts/generate.mjs` writes: entries that many types share, with the types between spaces. */
type Grouped<Entry> = readonly (Entry & { readonly types: string })[];

/** What to load beside the entries: plans that only create ordinary things need neither. */
export interface CatalogueParts {
  readonly details: boolean;
  readonly updates: boolean;
}

export function partsFor(plan: ChangePlan): CatalogueParts {
  const details = plan.changes.some(({ action }) => action.kind !== "create" && action.kind !== "move");
  return {
    details,
    updates: details || plan.changes.some(({ type }) => typesWatchedWhenCreated.includes(` ${type} `)),
  };
}

export async function loadCatalogue(parts: CatalogueParts): Promise<Catalogue> {
  const [{ default: entries }, details, updates] = await Promise.all([
    import("./generated/catalogue.json", { with: { type: "json" } }),
    parts.details ? import("./generated/catalogue-details.js").then((part) => part.default) : [],
    parts.updates ? import("./generated/catalogue-updates.js").then((part) => part.default) : [],
  ]);
  return {
    get: remembered((type) => find(entries as Grouped<TypeEntry>, type)),
    details: remembered((type) => find(details as Grouped<TypeDetails>, type)),
    updates: remembered((type) =>
      (updates as Grouped<UpdateEntry>).filter(({ types }) => types === " * " || types.includes(` ${type} `)),
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

/** A plan has few types and the catalogue thousands: searching its text for one costs less than taking it apart. */
function find<Entry>(groups: Grouped<Entry>, type: string): Entry | undefined {
  const found = groups.find(({ types }) => types.includes(` ${type} `));
  // A custom resource may be given any name of its own; what is known of one is known of all that are not listed.
  return found ?? (type.startsWith("Custom::") ? find(groups, CUSTOM_RESOURCE) : undefined);
}

const CUSTOM_RESOURCE = "AWS::CloudFormation::CustomResource";

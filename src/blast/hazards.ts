/** Loss beside the counts: what will be refused half-way, what collides, and what survivors cannot do without. */

import type { DependencyGraph } from "../graph/index.ts";
import type { AffectedObject, AssessedChange } from "../model/blast.ts";
import type { Catalogue } from "../model/catalogue.ts";
import type { Hazard, HazardArguments } from "../model/hazard.ts";
import { ownValue } from "../model/values.ts";

/** A dependent, and what it is. */
interface Other {
  readonly affected: AffectedObject;
  readonly type: string;
  readonly kind: string | undefined;
}

export function hazardsOf(changes: readonly AssessedChange[], graph: DependencyGraph, catalogue: Catalogue): Hazard[] {
  const otherOf = (affected: AffectedObject): Other => {
    const type = graph.objects[graph.nodeOf(affected.address) ?? -1]?.type ?? "";
    return { affected, type, kind: catalogue.details(type)?.kind };
  };
  return changes.flatMap((assessed) => {
    const { change, ending, counted } = assessed;
    if (ending === undefined || !counted) return [];
    return hazardsOfOne(assessed, otherOf, catalogue).map((hazard) => ({
      ...hazard,
      address: change.address,
      certainty: ending,
    }));
  });
}

function hazardsOfOne(
  assessed: AssessedChange,
  otherOf: (affected: AffectedObject) => Other,
  catalogue: Catalogue,
): HazardArguments[] {
  const found: HazardArguments[] = [];
  const { loss } = assessed;
  if (loss?.refusedBy !== undefined) {
    const gone = assessed.radius.affected.filter(({ effect }) => effect === "ends").length;
    found.push({ ruleId: "protected-object-ends", attribute: loss.refusedBy, goneBefore: gone });
  }
  if (loss?.fate === "retained") return found;
  return [
    ...found,
    ...collision(assessed, catalogue),
    ...stateStorage(assessed),
    ...survivors(assessed, otherOf, catalogue),
  ];
}

/** Attributes that name an object towards its service, the most special first. */
const NAME_ATTRIBUTES = [
  "identifier",
  "cluster_identifier",
  "bucket",
  "function_name",
  "name",
  "role_name",
  "domain_name",
];

function collision({ change }: AssessedChange, catalogue: Catalogue): HazardArguments[] {
  const { action } = change;
  if (action.kind !== "replace" || action.order === "delete-before-create") return [];
  const replacement = catalogue.details(change.type)?.replacement;
  if (replacement === "never") return [{ ruleId: "create-first-collides" }];
  if (replacement !== "unique-name") return [];
  const { before, after } = change.values();
  const attribute = NAME_ATTRIBUTES.find((name) => {
    const value = ownValue(before, name);
    return typeof value === "string" && value !== "" && value === ownValue(after, name);
  });
  return attribute === undefined ? [] : [{ ruleId: "create-first-collides", attribute }];
}

/** Names that people give to what holds Terraform's own state. */
const STATE_NAME =
  /(^|[-_.])(tf|terraform|tofu|opentofu)[-_.]?(remote[-_.]?)?(state|states|tfstate|backend)([-_.]|$)|tfstate/i;

function stateStorage({ change, type }: AssessedChange): HazardArguments[] {
  if (!type.holdsData) return [];
  const { before } = change.values();
  const names = ["bucket", "name", "id", "container_name"].map((name) => ownValue(before, name));
  const isState = names.some((name) => typeof name === "string" && STATE_NAME.test(name));
  return isState ? [{ ruleId: "state-storage-ends" }] : [];
}

/** Kinds of objects that live in a network. */
const IN_NETWORKS: ReadonlySet<string> = new Set([
  "cache",
  "cluster",
  "compute",
  "database",
  "load-balancer",
  "search",
]);

/** Most objects are of a kind that says nothing of their dependents, which then need not be looked up. */
function survivors(
  { change, type, radius }: AssessedChange,
  otherOf: (affected: AffectedObject) => Other,
  catalogue: Catalogue,
): HazardArguments[] {
  const about = (ruleId: SurvivorRule, those: readonly Other[]): HazardArguments[] => {
    const [first] = those.map(({ affected }) => affected.address).sort();
    return first === undefined ? [] : [{ ruleId, others: those.length, example: first }];
  };
  const those = (matches: (affected: AffectedObject) => boolean): Other[] =>
    radius.affected.filter(matches).map(otherOf);
  const kind = catalogue.details(change.type)?.kind;
  if (kind === "key") {
    // Data that was encrypted with the old key stays so, whatever key the object is told to use from now on.
    const living = those(({ effect }) => effect !== "ends");
    return about(
      "key-of-survivors-ends",
      living.filter((other) => catalogue.get(other.type)?.holdsData === true),
    );
  }
  if (kind === "dns") {
    const near = those(({ effect, distance }) => effect !== "ends" && distance === 1);
    return about(
      "zone-of-survivors-ends",
      near.filter((other) => other.kind === "dns"),
    );
  }
  if (kind === "network") {
    const near = those(({ effect, distance }) => effect === "untouched" && distance === 1);
    return about(
      "network-of-survivors-ends",
      near.filter((other) => IN_NETWORKS.has(other.kind ?? "")),
    );
  }
  if (!type.holdsData || kind === "backup") return [];
  const gone = those(({ effect }) => effect === "ends");
  return about(
    "backup-ends-too",
    gone.filter((other) => other.kind === "backup" || other.type === change.type),
  );
}

type SurvivorRule = Extract<HazardArguments, { readonly others: number }>["ruleId"];

/** Loss beside the counts: what will be refused half-way, what collides, and what survivors cannot do without. */

import type { DependencyGraph } from "../graph/index.ts";
import type { AffectedObject, AssessedChange } from "../model/blast.ts";
import type { Catalogue } from "../model/catalogue.ts";
import type { Hazard, HazardArguments } from "../model/hazard.ts";
import { ownValue } from "../model/values.ts";

/** What a survivor is, as far as hazards ask. */
interface Other extends AffectedObject {
  readonly type: string;
  readonly kind: string | undefined;
}

export function hazardsOf(changes: readonly AssessedChange[], graph: DependencyGraph, catalogue: Catalogue): Hazard[] {
  return changes.flatMap((assessed) => {
    const { change, ending, counted } = assessed;
    if (ending === undefined || !counted) return [];
    const others = assessed.radius.affected.map((one): Other => {
      const type = graph.objects[graph.nodeOf(one.address) ?? -1]?.type ?? "";
      return { ...one, type, kind: catalogue.details(type)?.kind };
    });
    return hazardsOfOne(assessed, others, catalogue).map((hazard) => ({
      ...hazard,
      address: change.address,
      certainty: ending,
    }));
  });
}

function hazardsOfOne(assessed: AssessedChange, others: readonly Other[], catalogue: Catalogue): HazardArguments[] {
  const found: HazardArguments[] = [];
  const { loss } = assessed;
  const gone = others.filter(({ effect }) => effect === "ends").length;
  if (loss?.refusedBy !== undefined)
    found.push({ ruleId: "protected-object-ends", attribute: loss.refusedBy, goneBefore: gone });
  if (loss?.fate === "retained") return found;
  return [
    ...found,
    ...collision(assessed, catalogue),
    ...stateStorage(assessed),
    ...survivors(assessed, others, catalogue),
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

function survivors(
  { change, type }: AssessedChange,
  others: readonly Other[],
  catalogue: Catalogue,
): HazardArguments[] {
  const about = (ruleId: SurvivorRule, those: readonly Other[]): HazardArguments[] => {
    const [first] = those.map(({ address }) => address).sort();
    return first === undefined ? [] : [{ ruleId, others: those.length, example: first }];
  };
  const living = others.filter(({ effect }) => effect !== "ends");
  const holdsData = (other: Other): boolean => catalogue.get(other.type)?.holdsData === true;
  const kind = catalogue.details(change.type)?.kind;
  // Data that was encrypted with the old key stays so, whatever key the object is told to use from now on.
  if (kind === "key") return about("key-of-survivors-ends", living.filter(holdsData));
  if (kind === "dns")
    return about(
      "zone-of-survivors-ends",
      living.filter((one) => one.kind === "dns" && one.distance === 1),
    );
  if (kind === "network") {
    const inside = living.filter(
      ({ effect, distance, kind: what = "" }) => effect === "untouched" && distance === 1 && IN_NETWORKS.has(what),
    );
    return about("network-of-survivors-ends", inside);
  }
  if (!type.holdsData || kind === "backup") return [];
  const copies = others.filter((one) => one.effect === "ends" && (one.kind === "backup" || one.type === change.type));
  return about("backup-ends-too", copies);
}

type SurvivorRule = Extract<HazardArguments, { readonly others: number }>["ruleId"];

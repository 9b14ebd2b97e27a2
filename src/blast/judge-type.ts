/** What ending an object of a type loses: from the catalogue, else from the words in the type's name, never harmless. */

import type { JudgedType } from "../model/blast.ts";
import type { Catalogue } from "../model/catalogue.ts";
import type { ResourceChange } from "../model/plan.ts";
import { ownValue } from "../model/values.ts";

export function judgeType(type: string, catalogue: Catalogue): JudgedType {
  const entry = catalogue.get(type);
  if (entry === undefined) return judgeByName(type);
  const { holdsData, mayHoldData = holdsData, losses, routine = false, fromConfig, namedBy } = entry;
  // Nobody could say what it stands for.
  if (namedBy !== undefined) return { holdsData, mayHoldData: true, losses, routine, source: "name" };
  return { holdsData, mayHoldData, losses, routine, source: fromConfig ? "config" : "catalogue" };
}

/**
 * The type that tells what ending an object loses: its own, or the one it stands for. A manifest of Kubernetes may be a claim
 * or a config map, and its own type does not say.
 */
export function tellingType({ type, values }: ResourceChange, catalogue: Catalogue): string {
  const namedBy = catalogue.get(type)?.namedBy;
  if (namedBy === undefined) return type;
  const name = namedBy.attribute.split("/").reduce<unknown>(ownValue, values().before);
  if (typeof name !== "string" || name.trim() === "") return type;
  if (namedBy.prefix === undefined) return name;
  const spelled = namedBy.prefix + spelledLikeTypes(name);
  return catalogue.get(spelled) === undefined && catalogue.get(`${spelled}_v1`) !== undefined
    ? `${spelled}_v1`
    : spelled;
}

/** `PersistentVolumeClaim` is `persistent_volume_claim`, `Microsoft.Sql/servers/databases@2023-08-01` is `microsoft_sql_server_database`. */
function spelledLikeTypes(name: string): string {
  const words = name
    .replace(/@.*$/, "")
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  const isPath = name.includes("/");
  return words.map((word) => (isPath ? word.replace(/ies$/, "y").replace(/(?<!s)s$/, "") : word)).join("_");
}

/** Words in type names of things that hold data. */
const DATA_WORDS = words(`
  archive backup blob bucket cache collection container database dataset datastore db dbcluster dbinstance disk
  domain file filesystem image index instance keyspace lake ledger log mailbox queue registry repository secret share
  snapshot storage store stream table tablespace topic vault volume warehouse`);

/** Last words of type names of things that only set up, connect or describe another object. */
const SETTING_WORDS = words(`
  accelerator access acl alarm alias assignment association attachment binding certificate check condition config configuration
  connection cors credential dashboard endpoint entry event filter flow grant group health iam key lifecycle link listener
  logging mapping member membership metric notification option origin parameter peering permission permissions policy
  profile public record replication role route rule rules schedule script setting settings sink subscription tag tags
  target task template trigger user validation version versioning`);

/** Names in which a data word means something else. */
const OTHER_MEANINGS = /route_?table|domain_?name|log_?(metric|alert)|security_?group/i;

function judgeByName(type: string): JudgedType {
  const parts = type
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== "" && !/^v\d+$/.test(part))
    // The first word is the provider's name.
    .slice(1);
  const last = parts.at(-1) ?? "";
  const isSetting = OTHER_MEANINGS.test(type) || SETTING_WORDS.has(last);
  const holdsData = !isSetting && parts.some((part) => DATA_WORDS.has(part));
  return {
    holdsData,
    // Nobody says that it does not, and its name does not either.
    mayHoldData: !isSetting,
    losses: holdsData ? ["data", "configuration"] : ["configuration"],
    routine: false,
    source: "name",
  };
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

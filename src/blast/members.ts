/** Objects that are one of several parts of something: subnets of a network, node pools of a cluster, replicas of a database. */

import { parseAddress } from "../model/address.ts";
import type { AssessedChange, Group, NoSurvivors } from "../model/blast.ts";
import type { Catalogue, TypeDetails } from "../model/catalogue.ts";
import type { ExistingObject } from "../model/dependencies.ts";

type Member = NonNullable<TypeDetails["member"]>;

const SCOPES: Readonly<Record<Member, NoSurvivors["scope"]>> = {
  subnet: "subnets",
  "node-pool": "node pools",
  replica: "replicas",
};

/** What kind of thing each is a part of. */
const WHOLES: Readonly<Record<Member, string>> = { subnet: "network", "node-pool": "cluster", replica: "database" };

/** A single one is replaced in daily work. */
const SMALLEST = 2;

/** Groups in which enough ends that all of them may: one for each whole, by the block that the members depend on. */
export function memberGroups(
  objects: readonly ExistingObject[],
  changes: readonly AssessedChange[],
  catalogue: Catalogue,
): Group[] {
  const ending = new Map<string, AssessedChange>();
  for (const assessed of changes) {
    const { change, ending: certainty } = assessed;
    const isMember = catalogue.details(change.type)?.member !== undefined;
    if (isMember && certainty !== undefined && change.deposed === undefined) ending.set(change.address, assessed);
  }
  if (ending.size < SMALLEST) return [];
  const groups = new Map<string, Group>();
  for (const object of objects) {
    const member = object.managed && object.deposed === undefined && catalogue.details(object.type)?.member;
    if (!member) continue;
    const whole = wholeOf(object, member, catalogue);
    if (whole === undefined) continue;
    const key = `${member} ${object.parts.module} ${whole}`;
    const group = groups.get(key) ?? { scope: SCOPES[member], address: whole, existing: 0, ending: [] };
    const assessed = ending.get(object.address);
    group.existing++;
    if (assessed) group.ending.push(assessed);
    groups.set(key, group);
  }
  return [...groups.values()].filter((group) => group.ending.length >= SMALLEST && !isRolled(group));
}

/** The block that a member belongs to: the one entry of its list that is such a whole, in its own module before others. */
function wholeOf({ dependsOn, parts }: ExistingObject, member: Member, catalogue: Catalogue): string | undefined {
  const wholes = dependsOn.filter((entry) => {
    const details = catalogue.details(typeOf(entry));
    return details?.kind === WHOLES[member] && details.member === undefined;
  });
  const own = wholes.filter((entry) => parseAddress(entry).moduleConfig === parts.moduleConfig);
  const candidates = own.length > 0 ? own : wholes;
  return candidates.find((entry) => MAIN.test(typeOf(entry))) ?? (candidates.length === 1 ? candidates[0] : undefined);
}

/** Types that are the whole itself, and no part or setting of it. */
const MAIN = /(^|_)(vpc|network|virtual_network|cluster|kubernetes_cluster|database_cluster|db_instance)$/;

function typeOf(block: string): string {
  const local = parseAddress(block);
  return (local.moduleConfig === "" ? block : block.slice(local.moduleConfig.length + 1)).split(".")[0] ?? "";
}

/** One after the other, each created before the old one goes: that is how pools are renewed without a gap. */
export function isRolled({ ending }: Group): boolean {
  return ending.every(({ change: { action } }) => action.kind === "replace" && action.order === "create-before-delete");
}

/** Which ports everybody may reach that they could not reach before. */

import type { ChangeValues } from "../../model/plan.ts";
import type { Opening, UpdateRuleId } from "../../model/updates.ts";
import type { AttributePath } from "../../model/values.ts";
import { isObject, ownValue } from "../../model/values.ts";
import { isUnseen, plainText, slotsAt } from "./values.ts";
import { covers, isGuarded, isWithPorts, isWorld, isWorldBetween, type Ports, portsIn, protocolOf } from "./world.ts";

export interface Opened {
  readonly rule: UpdateRuleId;
  readonly path: AttributePath;
  readonly unseen: boolean;
}

/** One set of ports that the whole world may reach, and where that is said. */
interface Door extends Ports {
  readonly path: AttributePath;
}

export function openedBy(opening: Opening, values: ChangeValues): Opened[] {
  const known = doorsOf(opening, values.before);
  const isOpen = (door: Door): boolean => known.some((one) => covers(one, door));
  const opened = doorsOf(opening, values.after)
    .filter((door) => isWithPorts(door.protocol) && !isOpen(door))
    .map((door) => ({ rule: ruleFor(opening, door), path: door.path, unseen: false }));
  return [...opened, ...unseenSources(opening, values)];
}

function ruleFor(opening: Opening, door: Door): UpdateRuleId {
  return isStore(opening) || isGuarded(door) ? "public-access" : "public-endpoint";
}

/** A list of addresses without ports guards a data store or an administration endpoint. */
function isStore({ from, ports }: Opening): boolean {
  return from === undefined && ports === undefined;
}

/** A rule of an existing object whose addresses become unknown. */
function unseenSources({ rules = "", sources }: Opening, values: ChangeValues): Opened[] {
  if (!isObject(values.before)) return [];
  return sources
    .flatMap((source) => slotsAt(values, rules === "" ? source : `${rules}/${source}`))
    .filter(({ before, after }) => before !== undefined && !isUnseen(before) && isUnseen(after))
    .map(({ path }) => ({ rule: "access-unknown" as const, path, unseen: true }));
}

function doorsOf(opening: Opening, value: unknown): Door[] {
  const slots = slotsAt({ before: undefined, after: value, afterUnknown: undefined }, opening.rules ?? "");
  return slots.flatMap(({ path, after }) => {
    const rules = Array.isArray(after)
      ? after.map((rule, place) => ({ rule, at: [...path, place] }))
      : [{ rule: after, at: path }];
    return rules.flatMap(({ rule, at }) => doorsOfRule(opening, rule, at));
  });
}

function doorsOfRule(opening: Opening, rule: unknown, path: AttributePath): Door[] {
  if (!isObject(rule) || !holds(opening.where ?? {}, rule)) return [];
  const { until } = opening;
  const isWide = (address: unknown): boolean =>
    until === undefined ? isWorld(address) : isWorldBetween(address, ownValue(rule, until));
  const source = opening.sources.find((name) => listOf(ownValue(rule, name)).some(isWide));
  if (source === undefined) return [];
  const blocks = opening.each === undefined ? [rule] : listOf(ownValue(rule, opening.each)).filter(isObject);
  return blocks.flatMap((block) => {
    const protocol = opening.protocol === undefined ? "tcp" : protocolOf(ownValue(block, opening.protocol));
    return rangesOf(opening, block, protocol).map(([first, last]) => ({
      protocol,
      first,
      last,
      path: [...path, source],
    }));
  });
}

function holds(where: NonNullable<Opening["where"]>, rule: Record<string, unknown>): boolean {
  return Object.entries(where).every(([name, values]) => {
    const value = ownValue(rule, name) ?? null;
    const text = plainText(value)?.toLowerCase();
    return values.some((one) => (one === null ? value === null : String(one).toLowerCase() === text));
  });
}

const ALL_PORTS: readonly [number, number] = [0, 65_535];

function rangesOf(
  { from, to, ports }: Opening,
  block: Record<string, unknown>,
  protocol: string,
): (readonly [number, number])[] {
  if (ports !== undefined) {
    const named = ports.flatMap((name) => listOf(ownValue(block, name)));
    const ranges = named.flatMap((value) => {
      const range = portsIn(value);
      return range === undefined ? [] : [range];
    });
    return named.length === 0 ? [ALL_PORTS] : ranges;
  }
  // Where ports are two numbers, all protocols come with all ports.
  if (from === undefined || protocol === "any") return [ALL_PORTS];
  const first = portsIn(ownValue(block, from));
  const last = portsIn(ownValue(block, to ?? from));
  // From 0 to 0 and from -1 to -1 are all ports, of all protocols or of ICMP.
  if (first === undefined || first[0] < 0 || (first[0] === 0 && (last?.[1] ?? 0) === 0)) return [ALL_PORTS];
  return [[first[0], last?.[1] ?? first[0]]];
}

/** Elements of a list or of a text with commas. */
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === "string" && value.includes(",")) return value.split(",").map((part) => part.trim());
  return value === undefined || value === null || value === "" ? [] : [value];
}

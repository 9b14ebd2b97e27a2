/** Addresses that stand for everybody, and ports that nobody wants everybody at. */

import { plainText } from "./values.ts";

/** First and last port, both included. */
export interface Ports {
  /** Lower case; `any` takes in all. */
  readonly protocol: string;
  readonly first: number;
  readonly last: number;
}

const NAMES: ReadonlySet<string> = new Set(["*", "any", "internet", "0.0.0.0", "allusers"]);

/** Ranges of addresses so wide that they are in effect the internet: it can be cut in halves that are not `/0`. */
export function isWorld(address: unknown): boolean {
  if (typeof address !== "string") return false;
  const text = address.trim().toLowerCase();
  if (NAMES.has(text)) return true;
  const [network = "", length] = text.split("/");
  if (length === undefined || !/^\d+$/.test(length)) return false;
  if (!network.includes(":")) return Number(length) <= 7;
  return Number(length) <= 8 && !/^f[cd]/.test(network);
}

/** From one IPv4 address to another: as many as a network has that is in effect the internet. */
export function isWorldBetween(first: unknown, last: unknown): boolean {
  const [from, to] = [numberOf(first), numberOf(last)];
  return from !== undefined && to !== undefined && to - from >= 2 ** 25 - 2;
}

function numberOf(address: unknown): number | undefined {
  const parts = typeof address === "string" ? address.trim().split(".").map(Number) : [];
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

/** `22`, `20-25`, `*`; `undefined` for what is no port. */
export function portsIn(value: unknown): readonly [number, number] | undefined {
  if (typeof value === "number") return [value, value];
  if (typeof value !== "string") return undefined;
  if (/^(\*|any|all)$/i.test(value)) return [0, 65_535];
  const found = /^(\d+)(?:\s*-\s*(\d+))?$/.exec(value.trim());
  if (found === null) return undefined;
  return [Number(found[1]), Number(found[2] ?? found[1])];
}

/**
 * Remote administration, file sharing, databases, caches, queues, directories, and the doors of container platforms. Well-known
 * ports of the IANA registry and of the programs' own documentation.
 */
const GUARDED: readonly number[] = [
  20, 21, 22, 23, 69, 111, 135, 137, 138, 139, 161, 389, 445, 512, 513, 514, 636, 873, 1433, 1434, 1521, 2049, 2181,
  2375, 2376, 2379, 2380, 3268, 3306, 3389, 4333, 5432, 5439, 5500, 5601, 5672, 5900, 5984, 5985, 5986, 6379, 6380,
  6443, 7000, 7001, 7199, 7473, 7474, 7687, 8086, 8500, 8529, 8983, 9000, 9042, 9092, 9160, 9200, 9300, 10250, 10255,
  11211, 15672, 26257, 27017, 27018, 27019, 28015, 28017, 50070, 61616,
];

/** So many ports at once are opened for nobody in particular. */
const MANY = 1000;

/** Whether these ports lead to administration or data, or are so many that they may. */
export function isGuarded({ protocol, first, last }: Ports): boolean {
  if (!isWithPorts(protocol)) return false;
  return last - first >= MANY || GUARDED.some((port) => port >= first && port <= last);
}

/** ICMP and the like reach nothing. */
export function isWithPorts(protocol: string): boolean {
  return ["any", "tcp", "udp", "sctp"].includes(protocol);
}

const PROTOCOLS: ReadonlyMap<string, string> = new Map([
  ["-1", "any"],
  ["*", "any"],
  ["all", "any"],
  ["", "any"],
  ["6", "tcp"],
  ["17", "udp"],
  ["132", "sctp"],
]);

export function protocolOf(value: unknown): string {
  const text = (plainText(value) ?? "").toLowerCase();
  return PROTOCOLS.get(text) ?? text;
}

export function covers(outer: Ports, inner: Ports): boolean {
  return (
    (outer.protocol === "any" || outer.protocol === inner.protocol) &&
    outer.first <= inner.first &&
    outer.last >= inner.last
  );
}

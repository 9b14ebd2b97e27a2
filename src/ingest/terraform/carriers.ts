/** Which existing objects carry an identifier of another one somewhere in their attributes. Answers with paths, not values. */

import type { Carrier } from "../../model/dependencies.ts";
import type { AttributePath } from "../../model/values.ts";
import { isObject, SENSITIVE } from "../../model/values.ts";
import { TextSearch } from "../json/find-text.ts";
import { valueAt } from "../json/values.ts";
import type { StoredObject } from "./stored-object.ts";

/** Shorter texts occur by chance. */
const SHORTEST = 8;

/** Attributes by which other objects refer to an object. Names are not among them: they repeat. */
const IDENTIFIERS = ["id", "arn", "self_link", "unique_id", "endpoint", "dns_name", "fqdn", "address"];

/** Of these, the ones that are an object's own and no other one's. */
const OWN = new Set(["id", "arn", "self_link", "unique_id"]);

/** Attributes in which people choose a text: an identifier that only repeats one of these is a name. */
const NAMES = /(^|_)(name|identifier|bucket|key|label|title|alias|prefix)$/;

/** The texts by which other objects can be seen to refer to the object with these (masked) values. */
export function identifiersOf(values: unknown): string[] {
  if (!isObject(values)) return [];
  const named = new Set(
    Object.keys(values)
      .filter((key) => NAMES.test(key))
      .map((key) => values[key]),
  );
  const texts = IDENTIFIERS.map((key) => values[key]).filter((value) => value !== SENSITIVE && !named.has(value));
  return [...new Set(texts.filter((value) => typeof value === "string" && value.length >= SHORTEST))] as string[];
}

/**
 * Objects with one of the texts in an attribute: as a whole string, a segment of an ARN, or in JSON inside a string. Only texts
 * of which some finding matters are answered, and only the objects that have one of these are parsed.
 */
export function findCarriers(
  bytes: Buffer,
  objects: readonly StoredObject[],
  texts: ReadonlySet<string>,
  matters: (address: string, text: string) => boolean,
): Carrier[] {
  const search = new TextSearch(texts);
  const seen: { readonly object: StoredObject; readonly found: readonly string[] }[] = [];
  for (const object of objects) {
    const found = object.managed ? search.foundIn(bytes, object.valuesStart, object.valuesEnd) : [];
    if (found.length > 0) seen.push({ object, found });
  }
  const open = new Set(seen.flatMap(({ object, found }) => found.filter((text) => matters(object.address, text))));
  return seen
    .filter(({ found }) => found.some((text) => open.has(text)))
    .flatMap(({ object }) => carriedBy(bytes, object, open));
}

function carriedBy(
  bytes: Buffer,
  { address, deposed, valuesStart, valuesEnd }: StoredObject,
  texts: ReadonlySet<string>,
): Carrier[] {
  const found = new Map<string, AttributePath>();
  collect(valueAt(bytes, valuesStart, valuesEnd), [], texts, found);
  return [...found].map(([text, path]) => ({
    address,
    ...(deposed !== undefined && { deposed }),
    text,
    path,
    isOwn: isOwnPath(path),
  }));
}

/** Notes the first path of each text; an object's own identifier comes before any other place of the same text. */
function collect(
  value: unknown,
  path: AttributePath,
  texts: ReadonlySet<string>,
  found: Map<string, AttributePath>,
): void {
  if (typeof value === "string") {
    for (const text of textsIn(value, texts)) if (!found.has(text) || isOwnPath(path)) found.set(text, path);
    const inner = parsedText(value);
    if (inner !== undefined) collect(inner, path, texts, found);
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      collect(item, [...path, index], texts, found);
    });
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) collect(item, [...path, key], texts, found);
  }
}

function isOwnPath(path: AttributePath): boolean {
  return path.length === 1 && OWN.has(String(path[0]));
}

function textsIn(value: string, texts: ReadonlySet<string>): string[] {
  if (texts.has(value)) return [value];
  return value.startsWith("arn:") ? value.split(/[:/]/).filter((segment) => texts.has(segment)) : [];
}

/** Policies and the like are JSON inside a string. */
function parsedText(value: string): unknown {
  if (!/^\s*[[{]/.test(value)) return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === "object" ? parsed : undefined;
  } catch {
    // Text that only looks like JSON refers to nothing.
    return undefined;
  }
}

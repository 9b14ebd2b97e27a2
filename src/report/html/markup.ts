/** Markup put together from elements, so that every text in it is escaped once, where it is put in. */

import { forMarkup } from "../escape.ts";

/** Markup that is whole and escaped; only this file makes any. */
export interface Markup {
  readonly markup: string;
}

export type Child = Markup | string | readonly Child[];

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Elements that have no end tag. */
const VOID: ReadonlySet<string> = new Set(["meta", "link", "br", "input"]);

/** An element; an attribute that is `true` stands alone, one that is `false` or absent is left out. */
export function element(name: string, attributes: Attributes, ...children: readonly Child[]): Markup {
  const given = Object.entries(attributes).map(([key, value]) => {
    if (value === undefined || value === false) return "";
    return value === true ? ` ${key}` : ` ${key}="${forMarkup(String(value))}"`;
  });
  const end = VOID.has(name) ? "" : `</${name}>`;
  return { markup: `<${name}${given.join("")}>${children.map(markupOf).join("")}${end}` };
}

/** What the build or `forDataBlock` made, as it is: style, script, data. */
export function raw(text: string): Markup {
  return { markup: text };
}

/** Nothing, where there is nothing to be said. */
export const NOTHING: Markup = { markup: "" };

function markupOf(child: Child): string {
  if (typeof child === "string") return forMarkup(child);
  return "markup" in child ? child.markup : child.map(markupOf).join("");
}

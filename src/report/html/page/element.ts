/** Elements of the page. Texts are put in as texts and nothing is ever parsed, so that a name stays a name. */

import { forPage, piecesOf } from "../../escape.ts";

export type Child = Node | string | readonly Child[];
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

export function html<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  return filled(document.createElement(name), attributes, children);
}

export function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Name] {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function filled<Kind extends Element>(element: Kind, attributes: Attributes, children: readonly Child[]): Kind {
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  for (const child of children) append(element, child);
  return element;
}

/** `true` stands alone, `false` and `undefined` take the attribute away. */
export function setAttribute(element: Element, name: string, value: string | number | boolean | undefined): void {
  if (value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : forPage(String(value)));
}

function append(element: Element, child: Child): void {
  if (typeof child === "string") element.append(forPage(child));
  else if (child instanceof Node) element.append(child);
  else for (const one of child) append(element, one);
}

/** What stood in it before is gone. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren();
  for (const child of children) append(element, child);
}

export function button(label: Child, attributes: Attributes, onClick: () => void): HTMLButtonElement {
  const made = html("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", onClick);
  return made;
}

export function code(name: string): HTMLElement {
  return html("code", {}, name);
}

/** Sentences: what is no plain word of ours is set as code. */
export function prose(text: string): Child {
  return piecesOf(text).map(({ text: piece, isName }) => (isName ? code(piece) : piece));
}

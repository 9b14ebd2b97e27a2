/** A page as a real parser of HTML reads it. */

import { type DefaultTreeAdapterTypes, parse } from "parse5";

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/** Elements in the order in which they begin. */
export function elementsIn(html: string): Element[] {
  const found: Element[] = [];
  const visit = (node: Node): void => {
    if (!("childNodes" in node)) return;
    if ("tagName" in node) found.push(node);
    node.childNodes.forEach(visit);
  };
  parse(html).childNodes.forEach(visit);
  return found;
}

export function attributeOf(element: Element, name: string): string | undefined {
  return element.attrs.find((attribute) => attribute.name === name)?.value;
}

/** The text within, as it is in the document. */
export function textOf(node: Node): string {
  if (node.nodeName === "#text") return (node as DefaultTreeAdapterTypes.TextNode).value;
  return "childNodes" in node ? node.childNodes.map(textOf).join("") : "";
}

/** The one script that runs, the one that is data, the style. */
export function partsOf(html: string): { readonly script: string; readonly data: string; readonly style: string } {
  const elements = elementsIn(html);
  const only = (wanted: (element: Element) => boolean): string => {
    const found = elements.filter(wanted);
    if (found.length !== 1) throw new Error(`${found.length} where one was wanted`);
    return found.map(textOf).join("");
  };
  const isData = (element: Element): boolean => attributeOf(element, "type") === "application/json";
  return {
    script: only((element) => element.tagName === "script" && !isData(element)),
    data: only((element) => element.tagName === "script" && isData(element)),
    style: only((element) => element.tagName === "style"),
  };
}

/** Elements, names of attributes, and texts, without what is set as code, in which names stand, and without script, data and style. */
export function skeletonOf(html: string): string {
  const shown = (node: Node): string => {
    if (node.nodeName === "#text") return (node as DefaultTreeAdapterTypes.TextNode).value;
    if (node.nodeName === "#comment") return "<!---->";
    if (!("tagName" in node)) return "";
    const { tagName, attrs, childNodes } = node;
    if (tagName === "code") return "<code/>";
    if (tagName === "script" || tagName === "style") return `<${tagName}/>`;
    const names = attrs.map((attribute) => ` ${attribute.name}`).join("");
    return `<${tagName}${names}>${childNodes.map(shown).join("")}</${tagName}>`;
  };
  const whole = parse(html).childNodes.map(shown).join("");
  // Neighbours in code are one name, or two: that is a matter of spaces.
  return whole.replace(/<code\/>(\s*<code\/>)+/g, "<code/>");
}

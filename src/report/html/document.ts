/** The file around the sections: everything it needs is in it, and it may load nothing else. */

import { createHash } from "node:crypto";
import script from "../../generated/page-script.js";
import style from "../../generated/page-style.js";
import type { Report } from "../../model/report.ts";
import { forDataBlock } from "../escape.ts";
import { type Child, element, type Markup, raw } from "./markup.ts";

export function documentOf(report: Report, body: readonly Child[]): string {
  const head = element(
    "head",
    {},
    element("meta", { charset: "utf-8" }),
    element("meta", { "http-equiv": "Content-Security-Policy", content: contentSecurityPolicy() }),
    element("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    element("meta", { name: "color-scheme", content: "light dark" }),
    element("meta", { name: "referrer", content: "no-referrer" }),
    element("meta", { name: "robots", content: "noindex" }),
    element("title", {}, `${report.verdict.toUpperCase()} · firebreak`),
    element("link", { rel: "icon", href: "data:," }),
    element("style", {}, raw(style)),
  );
  const data = element("script", { type: "application/json", id: "report" }, raw(forDataBlock(report)));
  const page = element(
    "html",
    { lang: "en" },
    head,
    element("body", {}, body, data, element("script", {}, raw(script))),
  );
  return `<!doctype html>\n${page.markup}\n`;
}

/** Nothing may be loaded, sent or framed; the one script and the one style are told by their bytes. */
function contentSecurityPolicy(): string {
  return [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

/** What only the script can fill, with a word for where none runs. */
export function filledByScript(id: string, className: string): Markup {
  return element(
    "div",
    { id, class: className },
    element(
      "p",
      { class: "quiet" },
      "This part needs scripts, which this viewer does not run. Open the file in a browser.",
    ),
  );
}

/** What is shown over everything else: the help, and moved blocks. */

import { HELP, SIGNS_HELP } from "./keys.ts";
import { type Line, paragraph } from "./page.ts";
import type { Overlay } from "./state.ts";
import { shown, span, wrapped } from "./text.ts";

export function overlayLines(overlay: Overlay, width: number): readonly Line[] {
  return overlay.kind === "help" ? helpLines(width) : movedLines(overlay.text, width);
}

function helpLines(width: number): Line[] {
  const table = (rows: readonly (readonly [string, string])[]): Line[] =>
    rows.flatMap(([left, right]) => paragraph(right, width, "plain", span(` ${left.padEnd(20)} `, "key")));
  return [title("Keys"), ...table(HELP), { spans: [] }, title("Signs"), ...table(SIGNS_HELP)];
}

/** Never broken in between words, since it is there to be copied; what is too long for the terminal goes on below. */
function movedLines(text: string, width: number): Line[] {
  const lines = text.trimEnd().split("\n");
  return [
    title("This would keep it"),
    { spans: [] },
    ...lines
      .flatMap((line) => (line === "" ? [""] : hardWrapped(shown(line), width - 2)))
      .map((line) => ({ spans: [span(`  ${line}`)] })),
    { spans: [] },
    ...paragraph("y copies it. It is also printed when you leave, to be put into the root module.", width, "faint"),
  ];
}

function hardWrapped(line: string, width: number): string[] {
  const indent = /^ */.exec(line)?.[0] ?? "";
  return wrapped(line.trimStart(), width - indent.length).map((part) => `${indent}${part}`);
}

function title(text: string): Line {
  return { spans: [span(` ${text}`, "strong")] };
}

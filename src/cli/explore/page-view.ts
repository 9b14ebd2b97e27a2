/** Lines of the page that are in sight. */

import type { Explored } from "./explored.ts";
import { filled } from "./list-view.ts";
import { pageLines } from "./page-step.ts";
import { layoutOf, MARGIN, type State } from "./state.ts";
import { exactly, type Spans, span } from "./text.ts";

export function pageView(all: Explored, state: State): Spans[] {
  const { page: width, height } = layoutOf(state.size);
  const { top, link } = state.page;
  const lines = pageLines(all, state)
    .slice(top, top + height)
    .map(({ spans, link: own }): Spans => {
      const isHere = own !== undefined && own.id === link && state.focus === "page";
      if (!isHere) return [span("  "), ...spans];
      return exactly([span("> ", "here"), ...spans.map(({ text }) => span(text, "here"))], width + MARGIN, "here");
    });
  return filled(lines, width + MARGIN, height);
}

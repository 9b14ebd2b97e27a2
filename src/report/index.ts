/** Formats by name; each is loaded when it is asked for. */

import type { Report } from "../model/report.ts";
import type { Renderer, RenderOptions } from "./render-options.ts";

export type { Renderer, RenderOptions } from "./render-options.ts";

/** In the order in which help lists them. */
const RENDERERS = {
  pretty: async () => (await import("./pretty/index.ts")).renderPretty,
  json: async () => (await import("./json.ts")).renderJson,
  mermaid: async () => (await import("./mermaid.ts")).renderMermaid,
  dot: async () => (await import("./dot.ts")).renderDot,
} as const satisfies Readonly<Record<string, () => Promise<Renderer>>>;

export type FormatName = keyof typeof RENDERERS;
export const FORMATS = Object.keys(RENDERERS) as readonly FormatName[];

export function isFormat(name: string): name is FormatName {
  return Object.hasOwn(RENDERERS, name);
}

export async function render(report: Report, format: FormatName, options: RenderOptions): Promise<string> {
  const renderer = await RENDERERS[format]();
  return renderer(report, options);
}

export { assembleReport } from "./assemble.ts";

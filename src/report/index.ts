/** Formats by name; each is loaded when it is asked for. */

import type { Report } from "../model/report.ts";

/** How a report is to be shown. Formats for programs look at none of this. */
export interface RenderOptions {
  readonly color: boolean;
  /** Signs a line may have; absent when lines need no breaking. */
  readonly width?: number | undefined;
  readonly verbosity: "quiet" | "normal" | "verbose";
}

export type Renderer = (report: Report, options: RenderOptions) => string;

/** In the order in which help lists them. */
const RENDERERS = {
  pretty: async () => (await import("./pretty.ts")).renderPretty,
  json: async () => (await import("./json.ts")).renderJson,
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

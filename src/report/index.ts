/** Formats by name; each is loaded when it is asked for. */

import type { Annotation } from "../model/host.ts";
import type { Report } from "../model/report.ts";
import type { Renderer, RenderOptions } from "./render-options.ts";

export type { Renderer, RenderOptions } from "./render-options.ts";

/** In the order in which help lists them. */
const RENDERERS = {
  pretty: async () => (await import("./pretty/index.ts")).renderPretty,
  json: async () => (await import("./json.ts")).renderJson,
  markdown: async () => (await import("./markdown/index.ts")).renderMarkdown,
  sarif: async () => (await import("./sarif/index.ts")).renderSarif,
  junit: async () => (await import("./junit.ts")).renderJunit,
  github: async () => (await import("./github.ts")).renderGithub,
  gitlab: async () => (await import("./gitlab.ts")).renderGitlab,
  html: async () => (await import("./html/index.ts")).renderHtml,
  mermaid: async () => (await import("./mermaid/index.ts")).renderMermaid,
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

export { assembleReport, toReportedFinding } from "./assemble.ts";

/** What hosts show beside a change. */
export async function besideChange(
  report: Report,
): Promise<{ readonly title: string; readonly annotations: readonly Annotation[] }> {
  const { annotationsOf, verdictTitle } = await import("./annotations.ts");
  return { title: verdictTitle(report), annotations: annotationsOf(report) };
}

/** The comment of a run that came to no verdict. */
export async function renderNoVerdict(message: string, hint: string | undefined): Promise<string> {
  return (await import("./markdown/no-verdict.ts")).renderNoVerdict(message, hint);
}

/** `firebreak rules` as text: sections, a value a line, and behind it where it is written. */

import type { PolicyValue } from "../model/policy.ts";
import { Page } from "./pretty/page.ts";
import type { RenderOptions } from "./render-options.ts";

export interface ShownPolicy {
  /** Layers, the later ones on top. */
  readonly sources: readonly string[];
  readonly values: readonly PolicyValue[];
  /** `mentioned`: some layer says how it counts; otherwise it is a warning. */
  readonly rules: readonly { readonly id: string; readonly description: string; readonly mentioned: boolean }[];
}

export function renderPolicy({ sources, values, rules }: ShownPolicy, options: RenderOptions): string {
  const page = new Page(options);
  const sections = [...new Set(values.map(({ path }) => sectionOf(path)))];
  const unmentioned = rules.filter(({ mentioned }) => !mentioned).map(({ id }) => `${id}: warning`);
  const only = rules.length === 1 ? rules : [];
  const parts = [
    page.block("", `policy: ${sources.join(", then ")}`, page.paint.bold),
    ...only.map(({ id, description }) => page.block("  ", `${id}: ${description}`)),
    ...sections.map((section) => lines(section, values, page)),
    unmentioned.length === 0
      ? []
      : [page.title("rules that no layer mentions"), ...unmentioned.map((line) => `  ${line}`)],
  ];
  const shown = parts.filter((part) => part.length > 0);
  return `${shown.map((part) => part.join("\n")).join("\n\n")}\n`;
}

/** The first key; `mode` and the like stand alone. */
function sectionOf(path: string): string {
  return path.split(".")[0] ?? path;
}

function lines(section: string, values: readonly PolicyValue[], page: Page): string[] {
  const own = values.filter(({ path }) => sectionOf(path) === section);
  const rows = own.map(({ path, value, place }) => ({
    name: path.slice(section.length + 1),
    text: inYaml(value),
    place,
  }));
  const name = Math.max(...rows.map((row) => row.name.length));
  const text = Math.min(60, Math.max(...rows.map((row) => row.text.length)));
  return [
    page.title(section),
    ...rows.flatMap((row) => {
      const left = row.name === "" ? "  " : `  ${row.name.padEnd(name)}  `;
      return page.block(left, `${row.text.padEnd(text)}  ${row.place}`);
    }),
  ];
}

/** As it could stand in a config, in one line. */
function inYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inYaml).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${key}: ${inYaml(inner)}`)
    .join(", ")}}`;
}

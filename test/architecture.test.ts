/** The walls of src/: who imports whom, as the table of docs/architecture.md says, and who touches the world. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, sep } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

/** What the files that stand beside the folders may import; the stages meet in `check.ts`, some of them in `explain.ts`. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  "check.ts": [
    "model",
    "ingest",
    "graph",
    "blast",
    "authorship",
    "policy",
    "report",
    "catalogue.ts",
    "attribution.ts",
    "nothing-to-judge.ts",
  ],
  "nothing-to-judge.ts": ["model"],
  "attribution.ts": ["model", "ingest", "authorship", "policy"],
  "merge.ts": ["model", "authorship", "policy", "report"],
  "sign-offs.ts": ["model", "policy", "sources"],
  "policy-of-files.ts": ["model", "policy", "sources"],
  "policy-at-base.ts": ["model", "policy", "sources", "policy-of-files.ts"],
  "explain.ts": ["model", "ingest", "blast", "report"],
  "catalogue.ts": ["model", "sources"],
  "index.ts": [
    "model",
    "authorship",
    "policy",
    "report",
    "sources",
    "check.ts",
    "policy-of-files.ts",
    "policy-at-base.ts",
  ],
  "bin.ts": ["model", "cli"],
};

/** Who may load what scripts/generate.mjs writes. */
const MAY_LOAD_GENERATED = ["authorship", "policy", "report", "cli", "catalogue.ts", "index.ts"];

/** Pure parts of Node that anybody may use, by the names that may be imported. */
const PURE: Readonly<Record<string, readonly string[]>> = { "node:crypto": ["createHash"], "node:util": ["styleText"] };

/** The one file that asks Node's tables of time zones: for a time that is handed in, by a name that the config gives. */
const TIME_ZONES = "policy/time-zone.ts";

/** Who touches the world, through which modules of Node and which globals. */
const WORLDLY: Readonly<Record<string, { readonly modules: RegExp; readonly globals: RegExp }>> = {
  sources: {
    modules: /^node:(fs|fs\/promises|path|os|buffer|child_process|zlib|http|https|net|crypto|timers\/promises)$/,
    // Watching files means to wait.
    globals: /^(process|setTimeout)/,
  },
  hosts: { modules: /^node:(fs|timers\/promises)$/, globals: /^(fetch\(|setTimeout$)/ },
  bot: { modules: /^node:(fs|path|http|https|crypto)$/, globals: /^(fetch|set)/ },
  cli: { modules: /^node:util$/, globals: /^process/ },
  "bin.ts": { modules: /^node:(fs|tty)$/, globals: /^(process|new Date\(\))/ },
  // The library's defaults: the clock and standard input.
  "index.ts": { modules: /^$/, globals: /^(process\.stdin|new Date\(\))$/ },
};

const GLOBALS = [
  /\bprocess(\.\w+)?/,
  /\bconsole\.\w+/,
  /\bDate\.now\b/,
  /\bnew Date\(\s*\)/,
  /(?<!new )\bDate\(/,
  /\bMath\.random\b/,
  /\bperformance\.\w+/,
  /\bfetch\(/,
  /\bset(Timeout|Interval|Immediate)\b/,
  /\bglobalThis\b/,
  /\b(localeCompare|toLocale\w*|Intl)\b/,
  /(?<!\.)\bcrypto\.\w+/,
];

interface Import {
  /** Path under src/, with slashes. */
  readonly from: string;
  /** What stands between the quotes. */
  readonly to: string;
  /** The names that a static import takes, as written. */
  readonly names: string;
}

const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll(sep, "/"))
  .filter((path) => path.endsWith(".ts") && !path.startsWith("generated/"))
  .sort();
const codes = new Map(files.map((file) => [file, withoutComments(readFileSync(join(root, "src", file), "utf8"))]));
const imports = files.flatMap((file) => importsIn(file, codes.get(file) ?? ""));

/** Text and templates are kept, since imports are texts; a comment sign within them is none. */
function withoutComments(code: string): string {
  const token = /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
  return code.replace(token, (_, text: string | undefined) => text ?? " ");
}

/** `import X from`, `import type {X} from`, `import "side-effect"`, `export * from`, `export {X} from`, `import()`. */
function importsIn(from: string, code: string): Import[] {
  const fixed =
    /^\s*(?:import\s+(?:([\w*{][^;"'`()=]*?)\s*from\s*)?|export\s+((?:type\s+)?(?:\{[^}]*\}|\*(?:\s+as\s+\w+)?))\s*from\s*)["']([^"']+)["']/gm;
  const onDemand = /\bimport\(\s*["']([^"']+)["']/g;
  return [
    ...[...code.matchAll(fixed)].map(([, taken, passed, to = ""]) => ({ from, to, names: taken ?? passed ?? "" })),
    ...[...code.matchAll(onDemand)].map(([, to = ""]) => ({ from, to, names: "" })),
  ];
}

function target({ from, to }: Import): string | undefined {
  return to.startsWith(".") ? posix.join(dirname(from), to) : undefined;
}

/** The folder that a file lies in, or the file itself when it lies in none. */
function areaOf(path: string): string {
  return path.split("/")[0] ?? path;
}

/** Folder to what it may import, from the table that people read. */
function allowedImports(): ReadonlyMap<string, readonly string[]> {
  const page = readFileSync(join(root, "docs/architecture.md"), "utf8");
  const rows = [...page.matchAll(/^\| `(\w+)\/` \|[^|]*\| ([^|]*) \|/gm)];
  return new Map(
    rows.map(([, folder = "", list = ""]) => [folder, list.split(", ").filter((word) => word !== "nothing")]),
  );
}

test("imports of every form are seen", () => {
  const code = `import a from "./a.ts";
    import type { B } from "./b.ts"; import "./c.ts";
    export * from "./d.ts"; // import "./no.ts";
    export { type E, e } from "./e.ts";
    const text = "/* no comment"; const f = await import("./f.ts");
    import g from "./g.json" with { type: "json" };
    export const from = (h: string) => h === "./no.ts";`.replaceAll("; ", ";\n");
  const seen = importsIn("x.ts", withoutComments(code)).map(({ to }) => to.slice(2, 3));
  expect(seen.sort().join("")).toBe("abcdefg");
});

describe("imports", () => {
  const allowed = new Map([...allowedImports(), ...Object.entries(FILES)]);

  test("every folder and file of src/ has its row in the table", () => {
    expect([...new Set(files.map(areaOf))].filter((area) => !allowed.has(area))).toEqual([]);
  });

  test("an import() that a program puts together cannot be judged", () => {
    const computed = [...codes].filter(([, code]) => /\bimport\((?!\s*["'])/.test(code)).map(([file]) => file);
    expect(computed).toEqual([]);
  });

  test("go only where the table allows", () => {
    const broken = imports.filter((one) => {
      const to = target(one);
      if (to === undefined || areaOf(to) === "generated") return false;
      const list = allowed.get(areaOf(one.from)) ?? [];
      const everything = list.includes("everything") && areaOf(to) !== "bin.ts" && to !== "index.ts";
      return areaOf(to) !== areaOf(one.from) && !list.includes(areaOf(to)) && !everything;
    });
    expect(broken.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  test("name files that exist, with their ending", () => {
    const missing = imports.filter((one) => {
      const to = target(one);
      return to !== undefined && areaOf(to) !== "generated" && !codes.has(to);
    });
    expect(missing).toEqual([]);
  });

  test("load generated files only where they are used", () => {
    const broken = imports.filter((one) => areaOf(target(one) ?? "") === "generated");
    expect(broken.filter(({ from }) => !MAY_LOAD_GENERATED.includes(areaOf(from)))).toEqual([]);
  });

  test("make no circle between files, not even of types", () => {
    expect(circles()).toEqual([]);
  });

  test("bring each package in by one door", () => {
    const doors = new Map<string, Set<string>>();
    for (const { from, to } of imports) {
      if (to.startsWith(".") || to.startsWith("node:")) continue;
      const name = to.split("/", to.startsWith("@") ? 2 : 1).join("/");
      doors.set(name, (doors.get(name) ?? new Set()).add(from));
    }
    const several = [...doors].filter(([, from]) => from.size > 1).map(([name, from]) => [name, ...from]);
    expect(several).toEqual([]);
  });
});

describe("the page of the HTML report", () => {
  const inPage = (file: string): boolean => file.startsWith("report/html/page/");

  test("is imported by nobody: the build bundles it into a text", () => {
    const broken = imports.filter((one) => inPage(target(one) ?? "") && !inPage(one.from));
    expect(broken.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  // That nobody else touches the browser its types say: only the page's own tsconfig.json knows them.
  test("parses no markup and runs no text", () => {
    const named = (pattern: RegExp): string[] =>
      [...codes].filter(([file, code]) => inPage(file) && pattern.test(code)).map(([file]) => file);
    expect(named(/\b(innerHTML|outerHTML|insertAdjacentHTML|DOMParser|setHTML\w*|eval|Function)\b/)).toEqual([]);
    expect(named(/\bcreateElement\b/)).toEqual(["report/html/page/element.ts"]);
  });
});

describe("the world", () => {
  test("modules of Node are loaded only by who may touch what they touch", () => {
    const broken = imports.filter(({ from, to, names }) => {
      if (!to.startsWith("node:")) return false;
      const pure = PURE[to];
      const taken = names.match(/\w+/g) ?? [];
      if (pure && taken.length > 0 && taken.every((name) => name === "type" || pure.includes(name))) return false;
      return !WORLDLY[areaOf(from)]?.modules.test(to);
    });
    expect(broken.map(({ from, to, names }) => `${from} imports${names}${to}`)).toEqual([]);
  });

  test("clock, chance, environment, console and locale are nobody else's", () => {
    const broken = [...codes].flatMap(([file, code]) => {
      // Imports are judged above, and what is only said in a text touches nothing.
      const bare = code.replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, '""');
      const used = GLOBALS.flatMap((pattern) => [...bare.matchAll(new RegExp(pattern, "g"))].map(([text]) => text));
      return used
        .filter((text) => file !== TIME_ZONES || text !== "Intl")
        .filter((text) => !WORLDLY[areaOf(file)]?.globals.test(text))
        .map((text) => `${file}: ${text}`);
    });
    expect(broken).toEqual([]);
  });
});

/** Each circle once, as the files on it. */
function circles(): string[][] {
  const next = new Map<string, string[]>();
  for (const one of imports) next.set(one.from, [...(next.get(one.from) ?? []), target(one) ?? ""]);
  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const before = path.indexOf(file);
    if (before >= 0) found.push([...path.slice(before), file]);
    if (before >= 0 || done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return found;
}

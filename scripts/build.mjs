// Bundles src/ into dist/: one file for the command line and one for the library, each with a folder of parts that only
// some runs need, since every file more costs start-up. Packages stay imports, but for Octokit: it is a dozen packages, some of
// which want a newer Node in their newest versions, and 15 MB with types that nobody runs; of all that a run loads 50 KB.
// Type declarations come from tsc.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import "./generate.mjs";
import "./page.mjs";

/** Modules that every run loads: those that the entry imports, and what these import. What is reached by import() alone loads later. */
class Needed {
  imports = new Map();
  plugin = {
    name: "needed",
    moduleParsed: ({ id, isEntry, importedIds, dynamicallyImportedIds }) => {
      // The format that nearly every run shows is asked for like any other, and need not be a file of its own.
      const usual = dynamicallyImportedIds.filter((other) => other.endsWith("/report/pretty/index.ts"));
      this.imports.set(id, [...importedIds, ...usual]);
      if (isEntry) this.entry = id;
    },
  };

  has(id) {
    this.reached ??= this.reach();
    return this.reached.has(id);
  }

  reach() {
    const reached = new Set([this.entry]);
    for (const id of reached) for (const other of this.imports.get(id) ?? []) reached.add(other);
    return reached;
  }
}

/** One sign beyond Latin-1 would make the engine keep and read all of a file in two bytes a sign. */
const ASCII = {
  name: "ascii",
  generateBundle(_, bundle) {
    for (const part of Object.values(bundle)) if (part.type === "chunk") part.code = escaped(part.code);
  },
};

const escaped = (code) =>
  code.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** Packages that lie in a bundle, by the folders that they were read from. */
function packagesIn(output) {
  const ids = output.flatMap(({ moduleIds = [] }) => moduleIds);
  return ids.flatMap((id) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replaceAll("\\", "/"))?.[0] ?? []);
}

/** What their licences ask for: each one's notice, beside the copy. */
function licencesOf(folders) {
  const notices = [...new Set(folders)].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} is bundled, and has no file with its licence`);
    return `## ${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  });
  return `# Packages that parts of this one hold copies of\n\n${notices.join("\n")}`;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const dist = join(root, "dist");
rmSync(dist, { recursive: true, force: true });

// The command line is CommonJS: on Node 20 the loader for ES modules alone takes a fifth of a small run. The library is what
// people import. Each folder says what it is with a package.json of its own.
const bundled = [];
for (const { entry, dir, parts, format, type } of [
  { entry: "bin", dir: dist, parts: "cli/", format: "cjs", type: "commonjs" },
  { entry: "index", dir: join(dist, "lib"), parts: "", format: "esm", type: "module" },
]) {
  const needed = new Needed();
  const bundle = await rolldown({
    input: { [entry]: join(root, `src/${entry}.ts`) },
    platform: "node",
    external: [
      "yaml",
      "fflate",
      "ink",
      "react",
      "@aws-sdk/client-cloudformation",
      "@marcbachmann/cel-js",
      "@open-policy-agent/opa-wasm",
    ],
    plugins: [needed.plugin, ASCII],
  });
  const { output } = await bundle.write({
    dir,
    format,
    entryFileNames: "[name].js",
    chunkFileNames: `${parts}[name].js`,
    codeSplitting: { groups: [{ name: "core", test: (id) => needed.has(id) }] },
    // White space, comments and local names are half of what the engine would have to read; names of functions stay, for stack traces.
    minify: { compress: false, mangle: { keepNames: true }, codegen: true },
  });
  bundled.push(...packagesIn(output));
  await bundle.close();
  writeFileSync(join(dir, "package.json"), `${JSON.stringify({ type })}\n`);
  // Looked up beside the module that asks for them.
  for (const file of ["catalogue.txt", "updates.txt"])
    cpSync(join(root, "src/generated", file), join(dir, "generated", file));
}

// The manual page, written by a module that no run loads.
const pages = await rolldown({ input: join(root, "src/cli/man-page.ts"), platform: "node" });
const { output } = await pages.generate({ format: "esm", codeSplitting: false });
await pages.close();
const { manPage } = await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
mkdirSync(join(dist, "man"));
writeFileSync(join(dist, "man/firebreak.1"), manPage(version));

writeFileSync(join(dist, "THIRD-PARTY.md"), licencesOf(bundled));
// As npm installs it; whoever links to it here runs it too.
chmodSync(join(dist, "bin.js"), 0o755);

const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
execFileSync(process.execPath, [tsc, "--project", join(root, "tsconfig.build.json")], { stdio: "inherit" });

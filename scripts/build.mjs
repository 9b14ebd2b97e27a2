// Bundles src/ into dist/: one file for the command line and one for the library, each with a folder of parts that only
// some runs need, since every file more costs start-up. Packages stay imports. Type declarations come from tsc.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import "./generate.mjs";

// What nearly every run needs; the rest is loaded by those that do.
const LATER = [
  /generated\/(agents\.json|catalogue|validate|config-schema|report-schema)/,
  /report\/(authorship|mermaid|dot|picture|markdown|sarif|junit|github|gitlab|findings|saved|told-apart)/,
  /report\/wording\/(comment|rules)\.|src\/merge\.|(policy|authorship)\/strictest\./,
  /policy\/config\/(parse|mistakes)/,
  /ingest\/hcl/,
  /sources\/(cloudformation\/|(evidence-file|git)\.)/,
  /cli\/(author|explain|init|report|schema)-command/,
  /authorship\/(environment|look-up|attestation|change-set|ci|commit|message|notes|person|pull-request|text)\./,
];
const isCore = (id) => id.includes("/src/") && !LATER.some((part) => part.test(id));

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
rmSync(dist, { recursive: true, force: true });

for (const [entry, parts] of [
  ["bin", "cli"],
  ["index", "lib"],
]) {
  const bundle = await rolldown({
    input: { [entry]: join(root, `src/${entry}.ts`) },
    platform: "node",
    external: ["yaml", "fflate", "@aws-sdk/client-cloudformation"],
  });
  await bundle.write({
    dir: dist,
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: `${parts}/[name].js`,
    codeSplitting: { groups: [{ name: "core", test: isCore }] },
    // White space and comments are a third of what the engine would have to read; names stay, for stack traces.
    minify: { compress: false, mangle: false, codegen: true },
  });
  await bundle.close();
}

const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
execFileSync(process.execPath, [tsc, "--project", join(root, "tsconfig.build.json")], { stdio: "inherit" });

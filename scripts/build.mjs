// Bundles src/ into dist/: one file that every run loads, and one for each part that only some runs need. Packages stay
// imports. Type declarations come from tsc.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import "./generate.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
rmSync(dist, { recursive: true, force: true });

const bundle = await rolldown({
  input: { bin: join(root, "src/bin.ts"), index: join(root, "src/index.ts") },
  platform: "node",
  external: ["yaml", "fflate"],
  treeshake: true,
});
await bundle.write({
  dir: dist,
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: "[name].js",
  sourcemap: false,
});
await bundle.close();

const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
execFileSync(process.execPath, [tsc, "--project", join(root, "tsconfig.build.json")], { stdio: "inherit" });

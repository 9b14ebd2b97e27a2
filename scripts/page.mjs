// Bundles the script and the style of the HTML report into texts under src/generated/, with the licences of what is bundled:
// the report is one file that loads nothing. Run by the build, after scripts/generate.mjs.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = join(root, "src/report/html/page");
const require = createRequire(import.meta.url);

/** What the page's script is allowed to hold of others. */
const BUNDLED = ["@dagrejs/dagre", "@dagrejs/graphlib", "d3-hierarchy"];

const bundle = await rolldown({ input: join(page, "main.ts"), platform: "browser", treeshake: true });
const { output } = await bundle.generate({ format: "iife", minify: true, comments: false, codeSplitting: false });
await bundle.close();
const [{ code, moduleIds = [] }] = output;
const strangers = moduleIds.filter(
  (id) => id.includes("node_modules") && !BUNDLED.some((name) => id.includes(`node_modules/${name}/`)),
);
if (strangers.length > 0) throw new Error(`the page bundles packages without their licences: ${strangers.join(", ")}`);

const notices = BUNDLED.map((name) => {
  const folder = dirname(require.resolve(name, { paths: [root] }));
  const [base] = folder.split(`node_modules/${name}`);
  return `${name}\n\n${readFileSync(join(base, "node_modules", name, "LICENSE"), "utf8").trim()}`;
});
const script = `/*! In this script:\n\n${notices.join("\n\n").replaceAll("*/", "* /")}\n*/\n${code.trim()}\n`;
if (/<\/script|<!--/i.test(script)) throw new Error("the page's script holds what would end it");
/** Later ones win over earlier ones. */
const STYLES =
  "colours base navigation verdict tables limits lists controls changes radius legend modules narrow print".split(" ");
const style = STYLES.map((name) => readFileSync(join(page, `style/${name}.css`), "utf8"))
  .join("\n")
  .replace(/\/\*.*?\*\//gs, "")
  .replace(/\s+/g, " ")
  .replace(/ ?([{};,]) ?/g, "$1")
  .trim();

for (const [name, text] of [
  ["page-script", script],
  ["page-style", style],
]) {
  writeFileSync(join(root, `src/generated/${name}.js`), `export default ${JSON.stringify(text)};\n`);
  writeFileSync(join(root, `src/generated/${name}.d.ts`), "declare const text: string;\nexport default text;\n");
}

// Checks the YAML under rulesets/ against its schemas and writes what src/ loads at run time under src/generated/:
// plain JSON, and a validator for user configs that needs no ajv. Run by the build and before tests.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { rolldown } from "rolldown";
import { parse } from "yaml";
import { compileAgents } from "./agents.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = join(root, "src/generated");
mkdirSync(target, { recursive: true });

const readYaml = (folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".yaml"))
    .sort()
    .map((name) => ({ name, value: parse(readFileSync(join(root, folder, name), "utf8")) }));
const readSchema = (name) => JSON.parse(readFileSync(join(root, "schema", name), "utf8"));

function assertValid(ajv, validate, name, value) {
  if (!validate(value)) throw new Error(`${name}: ${ajv.errorsText(validate.errors)}`);
}

// The config validator, and the rulesets that it holds for too.
const configSchema = readSchema("config.schema.json");
const ajv = new Ajv({
  allErrors: true,
  allowUnionTypes: true,
  strict: true,
  code: { source: true, esm: true, lines: true },
});
const validateConfig = ajv.compile(configSchema);
const isRuleset = ({ name }) => name !== "agents.yaml";
const rulesets = readYaml("rulesets").filter(isRuleset);
for (const { name, value } of rulesets) assertValid(ajv, validateConfig, name, value);
writeStandalone("config", ajv, validateConfig);
writeJson("config-schema.json", configSchema);

// The validators of saved reports, and of cases for a policy.
writeValidator("report", new Ajv({ allowUnionTypes: true, strict: true, code: ajv.opts.code }));
writeValidator("cases", new Ajv({ allErrors: true, allowUnionTypes: true, strict: true, code: ajv.opts.code }));
writeJson("version.json", JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version);
// Messages list them in this order, the usual one first.
const ORDER = ["recommended", "strict", "observe"];
rulesets.sort(
  (left, right) => ORDER.indexOf(basename(left.name, ".yaml")) - ORDER.indexOf(basename(right.name, ".yaml")),
);
writeJson("rulesets.json", Object.fromEntries(rulesets.map(({ name, value }) => [basename(name, ".yaml"), value])));

// The catalogue, as text: a line of types that say the same, then a line of what they say. A run looks a few types up, and
// parses what it finds. No module: the engine would have to read all of it first.
const catalogueAjv = new Ajv({ allErrors: true, allowUnionTypes: true, strict: true, strictRequired: false });
const validateCatalogue = catalogueAjv.compile(readSchema("catalogue.schema.json"));
const entries = new Map();
const listed = new Set();
for (const { name, value } of readYaml("rulesets/catalogue")) {
  assertValid(catalogueAjv, validateCatalogue, name, value);
  for (const [type, entry] of Object.entries(value.types)) {
    const { holdsData, mayHoldData, namedBy, losses, routine, kind, undo, replacement, member, guards } = entry;
    if (listed.has(type)) throw new Error(`${name}: ${type} is listed twice`);
    if (holdsData !== losses.includes("data")) throw new Error(`${name}: ${type} holds data or not?`);
    listed.add(type);
    const key = JSON.stringify({
      holdsData,
      mayHoldData,
      namedBy,
      losses,
      routine,
      kind,
      undo,
      replacement,
      member,
      guards,
    });
    entries.set(key, [...(entries.get(key) ?? []), type]);
  }
}
writeFileSync(
  join(target, "catalogue.txt"),
  [...entries].map(([entry, types]) => ` ${types.join(" ")} \n${entry}\n`).join(""),
);

// The lexicon of destructive updates, and which types it wants to see when they are created: most plans create others.
const validateUpdates = catalogueAjv.compile(readSchema("updates.schema.json"));
const groups = [];
const whenCreated = new Set();
for (const { name, value } of readYaml("rulesets/updates")) {
  assertValid(catalogueAjv, validateUpdates, name, value);
  for (const { types, watch = [], openings = [], ends } of value.groups) {
    const general = types.includes("*");
    const created = openings.length > 0 || watch.some((one) => one.created);
    if (general && (created || ends !== undefined || types.length > 1))
      throw new Error(`${name}: what holds for every type is about changes alone`);
    if (created) for (const type of types) whenCreated.add(type);
    groups.push(` ${types.join(" ")} \n${JSON.stringify({ watch, openings, ends })}\n`);
  }
}
writeFileSync(join(target, "updates.txt"), groups.join(""));
writeFileSync(
  join(target, "watched-types.js"),
  `export const typesWatchedWhenCreated = ${JSON.stringify(` ${[...whenCreated].sort().join(" ")} `)};\n`,
);
writeFileSync(join(target, "watched-types.d.ts"), "export declare const typesWatchedWhenCreated: string;\n");

/** The validator of `schema/NAME.schema.json`, and the schema itself. */
function writeValidator(name, own) {
  const schema = readSchema(`${name}.schema.json`);
  writeStandalone(name, own, own.compile(schema));
  writeJson(`${name}-schema.json`, schema);
}

/** A validator as code that needs no ajv. */
function writeStandalone(name, own, validate) {
  const code = (standalone.default ?? standalone)(own, validate);
  if (code.includes("require("))
    throw new Error(`the ${name} validator needs a package at run time: reword the schema`);
  writeFileSync(join(target, `validate-${name}.js`), code);
  writeFileSync(
    join(target, `validate-${name}.d.ts`),
    `import type { ErrorObject } from "ajv";
declare const validate: { (value: unknown): boolean; errors?: ErrorObject[] | null };
export default validate;
`,
  );
}

// Who leaves which mark. Every run looks for variables; the rest is loaded where there is something to look up.
const agents = parse(readFileSync(join(root, "rulesets/agents.yaml"), "utf8"));
assertValid(catalogueAjv, catalogueAjv.compile(readSchema("agents.schema.json")), "agents.yaml", agents);
const { variables, table } = compileAgents(agents);
writeJson("agents-variables.json", variables);
writeJson("agents.json", table);

// What holds where nobody says anything, worked out once: most runs need no more of a policy than this.
const draft = join(target, ".policy");
const loader = await rolldown({
  input: join(root, "src/policy/load.ts"),
  platform: "node",
  external: ["yaml", "@marcbachmann/cel-js", "@open-policy-agent/opa-wasm"],
});
await loader.write({ dir: draft, format: "esm", entryFileNames: "load.mjs", chunkFileNames: "[name].mjs" });
const { loadPolicy } = await import(pathToFileURL(join(draft, "load.mjs")).href);
rmSync(draft, { recursive: true });
const unasked = await loadPolicy({ rulesets: [] });
writeFileSync(
  join(target, "unasked-policy.js"),
  `export default () => JSON.parse(${JSON.stringify(JSON.stringify(unasked))});\n`,
);
writeFileSync(
  join(target, "unasked-policy.d.ts"),
  'import type { Policy } from "../model/policy.ts";\n\ndeclare const unasked: () => Policy;\nexport default unasked;\n',
);

// The pipelines that `firebreak init` writes: the very files that people read.
const pipelines = readdirSync(join(root, "docs/pipelines")).filter((name) => name !== "README.md");
writeJson(
  "pipelines.json",
  Object.fromEntries(pipelines.map((name) => [name, readFileSync(join(root, "docs/pipelines", name), "utf8")])),
);

function writeJson(name, value) {
  writeFileSync(join(target, name), `${JSON.stringify(value)}\n`);
}

// Checks the YAML under rulesets/ against its schemas and writes what src/ loads at run time under src/generated/:
// plain JSON, and a validator for user configs that needs no ajv. Run by the build and before tests.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
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
const code = (standalone.default ?? standalone)(ajv, validateConfig);
if (code.includes("require(")) throw new Error("the config validator needs a package at run time: reword the schema");
writeFileSync(join(target, "validate-config.js"), code);
const VALIDATOR_TYPES = `import type { ErrorObject } from "ajv";
declare const validate: { (value: unknown): boolean; errors?: ErrorObject[] | null };
export default validate;
`;
writeFileSync(join(target, "validate-config.d.ts"), VALIDATOR_TYPES);
writeJson("config-schema.json", configSchema);

// The validator of saved reports.
const reportSchema = readSchema("report.schema.json");
const reportAjv = new Ajv({ allowUnionTypes: true, strict: true, code: { source: true, esm: true, lines: true } });
const reportCode = (standalone.default ?? standalone)(reportAjv, reportAjv.compile(reportSchema));
if (reportCode.includes("require("))
  throw new Error("the report validator needs a package at run time: reword the schema");
writeFileSync(join(target, "validate-report.js"), reportCode);
writeFileSync(join(target, "validate-report.d.ts"), VALIDATOR_TYPES);
writeJson("report-schema.json", reportSchema);
writeJson("version.json", JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version);
// Messages list them in this order, the usual one first.
const ORDER = ["recommended", "strict", "observe"];
rulesets.sort(
  (left, right) => ORDER.indexOf(basename(left.name, ".yaml")) - ORDER.indexOf(basename(right.name, ".yaml")),
);
writeJson("rulesets.json", Object.fromEntries(rulesets.map(({ name, value }) => [basename(name, ".yaml"), value])));

// The catalogue, as text: a line of types that say the same, then a line of what they say. A run looks a few types up, and
// parses what it finds.
const catalogueAjv = new Ajv({ allErrors: true, allowUnionTypes: true, strict: true, strictRequired: false });
const validateCatalogue = catalogueAjv.compile(readSchema("catalogue.schema.json"));
const entries = new Map();
const listed = new Set();
for (const { name, value } of readYaml("rulesets/catalogue")) {
  assertValid(catalogueAjv, validateCatalogue, name, value);
  for (const [type, entry] of Object.entries(value.types)) {
    const { holdsData, losses, routine, kind, undo, replacement, member, guards } = entry;
    if (listed.has(type)) throw new Error(`${name}: ${type} is listed twice`);
    if (holdsData !== losses.includes("data")) throw new Error(`${name}: ${type} holds data or not?`);
    listed.add(type);
    const key = JSON.stringify({ holdsData, losses, routine, kind, undo, replacement, member, guards });
    entries.set(key, [...(entries.get(key) ?? []), type]);
  }
}
writeText("catalogue", [...entries].map(([entry, types]) => ` ${types.join(" ")} \n${entry}\n`).join(""));

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
    groups.push({ types: ` ${types.join(" ")} `, watch, openings, ends });
  }
}
writeList("catalogue-updates", groups);
writeFileSync(
  join(target, "watched-types.js"),
  `export const typesWatchedWhenCreated = ${JSON.stringify(` ${[...whenCreated].sort().join(" ")} `)};\n`,
);
writeFileSync(join(target, "watched-types.d.ts"), "export declare const typesWatchedWhenCreated: string;\n");

/** A module with one text. */
function writeText(name, text) {
  writeFileSync(join(target, `${name}.js`), `export default ${JSON.stringify(text)};\n`);
  writeFileSync(join(target, `${name}.d.ts`), "declare const text: string;\nexport default text;\n");
}

/** A module with one list, as a text to parse: V8 reads JSON faster than a literal of that size. */
function writeList(name, list) {
  writeFileSync(join(target, `${name}.js`), `export default JSON.parse(${JSON.stringify(JSON.stringify(list))});\n`);
  writeFileSync(join(target, `${name}.d.ts`), "declare const list: readonly object[];\nexport default list;\n");
}

// Who leaves which mark. Every run looks for variables; the rest is loaded where there is something to look up.
const agents = parse(readFileSync(join(root, "rulesets/agents.yaml"), "utf8"));
assertValid(catalogueAjv, catalogueAjv.compile(readSchema("agents.schema.json")), "agents.yaml", agents);
const { variables, table } = compileAgents(agents);
writeJson("agents-variables.json", variables);
writeJson("agents.json", table);

function writeJson(name, value) {
  writeFileSync(join(target, name), `${JSON.stringify(value)}\n`);
}

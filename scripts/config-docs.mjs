// Writes docs/config/: a page for each section of the config, from the schema's own words and the rulesets, so that no page
// can say anything else than what holds. A test holds the pages to it.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "docs/config");
const schema = JSON.parse(readFileSync(join(root, "schema/config.schema.json"), "utf8"));
const rulesets = Object.fromEntries(
  ["recommended", "strict", "observe"].map((name) => [
    name,
    parse(readFileSync(join(root, `rulesets/${name}.yaml`), "utf8")),
  ]),
);

/** File name to text. */
export function configPages() {
  const sections = Object.entries(schema.properties).filter(([name]) => !name.startsWith("$"));
  const pages = sections.map(([name, section]) => [`${name}.md`, page(name, section)]);
  return Object.fromEntries([["README.md", contents(sections)], ...pages]);
}

function contents(sections) {
  const rows = sections.map(([name, section]) => `| [\`${name}\`](${name}.md) | ${cell(firstSentence(section))} |`);
  return `# firebreak.yaml

The policy, in a file here or in a parent folder, up to the root of the repository. A mistake is told with its line and column, all
mistakes at once, and nothing is ignored. \`firebreak rules\` prints what is in force and where each value comes from, \`firebreak schema\` the
schema; editors complete by this first line:

\`\`\`yaml
# yaml-language-server: $schema=./node_modules/firebreak/schema/config.schema.json
\`\`\`

With \`--base REF\` (in CI: by itself) it is read from that revision, never from the change that is judged. There is no way to waive a finding
in the source: whoever writes the change could write it.

| section | what it says |
|---|---|
${rows.join("\n")}
`;
}

function page(name, section) {
  const rows = keysOf(section, []).map(
    ({ path, description, fits }) => `| \`${path}\` | ${cell(fits)} | ${cell(description)} |`,
  );
  const table = rows.length === 0 ? "" : `\n| key | value | meaning |\n|---|---|---|\n${rows.join("\n")}\n`;
  const examples = section.examples.map(
    (example) => `\n\`\`\`yaml\n${stringify({ [name]: example }, { lineWidth: 0 }).trimEnd()}\n\`\`\`\n`,
  );
  return `# ${name}

${sentence(section)}
${examples.join("")}${name === "rules" ? levels(section) : table}${name === "limits" ? defaults() : ""}`;
}

/** Every limit with its default in each ruleset, as the ruleset's own layer says it. */
function defaults() {
  const names = Object.keys(schema.definitions.actorLimits.properties);
  const actors = Object.keys(schema.definitions.limitsByActor.properties);
  const rows = actors.flatMap((actor) =>
    names.map((limit) => {
      const cells = Object.keys(rulesets).map((ruleset) => inForce(ruleset, actor, limit) ?? "no limit");
      return `| ${actor} | \`${limit}\` | ${cells.join(" | ")} |`;
    }),
  );
  return `\n## Defaults\n\n| author | limit | ${Object.keys(rulesets).join(" | ")} |\n|---|---|${"---|".repeat(Object.keys(rulesets).length)}\n${rows.join("\n")}\n`;
}

/** Every rule with its level in each ruleset. */
function levels({ properties }) {
  const rows = Object.keys(properties).map((rule) => {
    const cells = Object.keys(rulesets).map((ruleset) => levelIn(ruleset, rule));
    return `| [\`${rule}\`](../rules/${rule}.md) | ${cells.join(" | ")} |`;
  });
  return `
A level is \`error\`, \`warning\`, \`note\` or \`off\`; \`{level: error, signatures: N}\` waits for so many people instead of failing. By author,
those without a level of their own take that of the author whose limits they are held to. A rule that no layer mentions is a warning.

| rule | ${Object.keys(rulesets).join(" | ")} |
|---|${"---|".repeat(Object.keys(rulesets).length)}
${rows.join("\n")}
`;
}

function levelIn(ruleset, rule) {
  const layers = [...[rulesets[ruleset].extends ?? []].flat().map((base) => rulesets[base]), rulesets[ruleset]];
  const settings = layers.map((layer) => layer.rules?.[rule]).filter((setting) => setting !== undefined);
  const isWhole = (setting) => typeof setting === "string" || "level" in setting;
  let merged = {};
  for (const own of settings) merged = isWhole(own) || isWhole(merged) ? own : { ...merged, ...own };
  if (isWhole(merged)) return inWords(merged);
  return Object.entries(merged)
    .map(([actor, setting]) => `${actor}: ${inWords(setting)}`)
    .join("; ");
}

function inWords(setting) {
  if (typeof setting === "string") return setting;
  return setting.signatures === undefined ? setting.level : `${setting.level}, ${setting.signatures} to sign`;
}

/** As the policy looks it up: the author's own, else that of whom \`actors\` leads to. */
function inForce(ruleset, actor, limit) {
  const layers = [...[rulesets[ruleset].extends ?? []].flat().map((base) => rulesets[base]), rulesets[ruleset]];
  const actors = Object.assign({}, ...layers.map((layer) => layer.actors));
  const seen = [];
  for (let kind = actor; kind !== undefined && !seen.includes(kind); kind = actors[kind]) {
    seen.push(kind);
    const values = layers.map((layer) => layer.limits?.[kind]?.[limit]).filter((value) => value !== undefined);
    if (values.length > 0) return values.at(-1);
  }
  return undefined;
}

/** Keys below a schema, depth first; what stands for any name is \`NAME\`, an element of a list \`[]\`. */
function keysOf(node, path) {
  const { properties = {}, additionalProperties, items } = resolved(node);
  // Keys that all take the same are one row: authors, rules.
  const [first, ...others] = Object.values(properties);
  const alike = others.length > 0 && others.every(({ $ref }) => $ref !== undefined && $ref === first.$ref);
  const named = Object.entries(properties).map(([key, next]) => [next, [...path, key]]);
  const inner = alike ? [[first, [...path, Object.keys(properties).join(" \\| ")]]] : named;
  if (typeof additionalProperties === "object") inner.push([additionalProperties, [...path, "NAME"]]);
  const element = items && [items, ...(resolved(items).anyOf ?? [])].find((one) => resolved(one).properties);
  if (element) inner.push([element, [...path, "[]"]]);
  return inner.flatMap(([next, at]) => {
    const words = { ...resolved(next), ...next };
    const own = {
      path: at.join(".").replaceAll(".[]", "[]"),
      description: words.description ?? "",
      fits: fitting(next),
    };
    const known = own.description === "" && keysOf(next, at).length > 0;
    // The same as the section of that name, one level down.
    if (path.length > 0 && at.at(-1) === "limits") return [{ ...own, fits: "as in [limits](limits.md)" }];
    return [...(known ? [] : [own]), ...keysOf(next, at)];
  });
}

function resolved(node) {
  const name = node.$ref?.slice("#/definitions/".length);
  const target = name === undefined ? {} : resolved(schema.definitions[name]);
  return { ...target, ...node };
}

function fitting(node) {
  const words = resolved(node);
  if (words.$comment) return words.$comment;
  if (words.enum) return words.enum.join(", ");
  if (words.anyOf) return [...new Set(words.anyOf.map(fitting))].filter((text) => text !== "").join(", ");
  if (words.type === "object") return "a mapping";
  if (words.type === "array") return "a list";
  if (words.type === "integer")
    return `a whole number${words.minimum === undefined ? "" : ` from ${words.minimum} on`}`;
  if (words.type === "number") return "a number";
  if (words.type === "boolean") return "true, false";
  return "a text";
}

function sentence(node) {
  return resolved(node).description;
}

function firstSentence(node) {
  return `${sentence(node)
    .split(/\.(?= [A-Z])/)[0]
    .replace(/\.$/, "")}.`;
}

function cell(text) {
  return text.replaceAll("\n", " ");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  for (const [name, text] of Object.entries(configPages())) writeFileSync(join(folder, name), text);
}

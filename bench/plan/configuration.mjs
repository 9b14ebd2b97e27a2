// The `configuration` section: what the .tf files say, as far as Terraform tells. No lifecycle, no locals, no line numbers.

import { TYPES } from "./aws.mjs";
import { passed, referencesOf } from "./dependencies.mjs";
import { json } from "./render.mjs";
import { SERVICES } from "./text.mjs";

/** The variables that types mention; [value, default given, sensitive]. */
export const VARIABLES = {
  availability_zones: {
    value: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
    byDefault: true,
    description: "Zones to spread over",
  },
  cidr_block: { value: "10.0.0.0/16", byDefault: false, description: "Address space" },
  database_password: { value: "not-a-secret", byDefault: false, sensitive: true },
  desired_count: { value: 3, byDefault: true },
  domain: { value: "example.com", byDefault: true },
  environment: { value: "prod", byDefault: false, description: "Stage of this stack" },
  hosts: { value: SERVICES.map((service) => `${service}.example.com`), byDefault: true },
  image_id: { value: "ami-0a1b2c3d4e5f60718", byDefault: false },
  instance_class: { value: "db.r6g.large", byDefault: true },
  instance_type: { value: "m6i.large", byDefault: true },
  max_size: { value: 6, byDefault: true },
  region: { value: "eu-west-1", byDefault: true },
  retention_in_days: { value: 90, byDefault: true, description: "Days to keep logs & traces" },
};

/** The settings that a module needs for itself and for those it calls: each module must declare and pass on what is used below. */
function settingsOf(module, found = new Map()) {
  const names = new Set(module.parent === null ? ["environment", "region"] : []);
  for (const block of module.blocks)
    for (const [name] of JSON.stringify(TYPES[block.type].expressions).matchAll(/(?<="var\.)\w+/g)) names.add(name);
  for (const child of module.children) for (const name of settingsOf(child, found).get(child)) names.add(name);
  return found.set(module, [...names].sort());
}

export const rootVariables = (plan) => settingsOf(plan.modules[0]).get(plan.modules[0]);

function sortedJson(object) {
  return `{${Object.keys(object)
    .sort()
    .map((key) => `${json(key)}:${json(object[key])}`)
    .join(",")}}`;
}

function expressionsOf(block) {
  const type = TYPES[block.type];
  const expressions = structuredClone(type.expressions);
  for (const ref of block.refs) {
    if (ref.slot === "depends_on" || ref.slot === "tags") continue;
    const [outer, inner] = ref.slot.split(".");
    // Nested blocks are lists of objects of expressions.
    if (inner !== undefined) expressions[outer] ??= [{}];
    const [holder, key] = inner === undefined ? [expressions, outer] : [expressions[outer][0], inner];
    holder[key] ??= { references: [] };
    holder[key].references.push(...referencesOf(block, ref));
  }
  if (type.tagged)
    expressions.tags = {
      references: [
        ...block.refs.filter((ref) => ref.slot === "tags").flatMap((ref) => referencesOf(block, ref)),
        "local.tags",
      ],
    };
  if (block.repetition !== null && expressions.name?.references)
    expressions.name.references.push(block.repetition === "count" ? "count.index" : "each.key");
  return expressions;
}

function resource(block) {
  let text = `{"address":${json(block.address)},"mode":"${block.mode}","type":"${block.type.replace("data.", "")}","name":"${block.name}","provider_config_key":"aws"`;
  const expressions = expressionsOf(block);
  if (Object.keys(expressions).length > 0) text += `,"expressions":${sortedJson(expressions)}`;
  text += `,"schema_version":${TYPES[block.type].schema}`;
  const staying = block.keys?.slice(0, block.keys.length - block.gone);
  if (block.repetition === "count") text += `,"count_expression":{"constant_value":${staying.length}}`;
  // for_each = toset([...]) is neither constant nor a reference: Terraform then writes no for_each_expression at all.
  if (block.repetition === "for_each" && block.id % 2 === 0)
    text += `,"for_each_expression":{"constant_value":${json(Object.fromEntries(staying.map((key) => [key, { enabled: true }])))}}`;
  const explicit = [...new Set(block.refs.filter((ref) => ref.slot === "depends_on").map((ref) => ref.target.address))];
  if (explicit.length > 0) text += `,"depends_on":${json(explicit)}`;
  return `${text}}`;
}

function outputs(plan, module) {
  const list =
    module.parent === null
      ? [
          ...plan.outputs.map(({ name, target, attribute }) => [
            name,
            { expression: { references: passed(module, target, attribute) }, description: `Of ${target.name}` },
          ]),
          ["release", { sensitive: true, expression: { references: ["var.environment"] } }],
        ]
      : [...module.outputs.values()].map(({ name, references }) => [name, { expression: { references } }]);
  return Object.fromEntries(list.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function variable({ value, byDefault, description, sensitive }, root) {
  return {
    ...(byDefault && root ? { default: value } : {}),
    ...(description ? { description } : {}),
    ...(sensitive ? { sensitive: true } : {}),
  };
}

/** Settings by name, then what others hand in through a door made for it. */
function variables(module, settings) {
  const list = settings.get(module).map((name) => [name, variable(VARIABLES[name], module.parent === null)]);
  for (const { name } of module.inputs.values()) list.push([name, {}]);
  return Object.fromEntries(list.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function* moduleText(plan, module, settings) {
  const declared = outputs(plan, module);
  yield `{${Object.keys(declared).length > 0 ? `"outputs":${json(declared)},` : ""}`;
  const order = module.blocks
    .filter((block) => !block.removed)
    .sort((a, b) => (a.mode === b.mode ? (a.address < b.address ? -1 : 1) : a.mode === "managed" ? -1 : 1));
  let first = true;
  for (const block of order) {
    yield `${first ? '"resources":[' : ","}${resource(block)}`;
    first = false;
  }
  if (!first) yield "]";
  const calls = [...module.children].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const [i, child] of calls.entries()) {
    yield `${i === 0 ? `${first ? "" : ","}"module_calls":{` : ","}${json(child.name)}:{"source":${json(child.registry ? `terraform-aws-modules/${child.name}/aws` : `./modules/${child.name}`)}`;
    const handed = [
      ...settings.get(child).map((name) => [name, { references: [`var.${name}`] }]),
      ...[...child.inputs.values()].map(({ name, references }) => [name, { references }]),
    ];
    if (handed.length > 0) yield `,"expressions":${sortedJson(Object.fromEntries(handed))}`;
    if (child.keys !== null && child.id % 3 !== 0)
      yield `,"for_each_expression":{"constant_value":${json(Object.fromEntries(child.keys.map((key, n) => [key, n])))}}`;
    yield ',"module":';
    yield* moduleText(plan, child, settings);
    yield `${child.registry ? ',"version_constraint":"~\\u003e 5.1"' : ""}}`;
  }
  if (calls.length > 0) yield "}";
  const known = variables(module, settings);
  if (Object.keys(known).length > 0) yield `${first && calls.length === 0 ? "" : ","}"variables":${json(known)}`;
  yield "}";
}

export function* configurationText(plan) {
  yield '{"provider_config":{"aws":{"name":"aws","full_name":"registry.terraform.io/hashicorp/aws","version_constraint":"~\\u003e 5.0",';
  yield '"expressions":{"default_tags":[{"tags":{"references":["local.tags"]}}],"region":{"references":["var.region"]}}}},"root_module":';
  yield* moduleText(plan, plan.modules[0], settingsOf(plan.modules[0]));
  yield "}";
}

/** Configurations as Terraform files. */

import {
  type Block,
  type Call,
  type Expression,
  keyText,
  type Module,
  modulesOf,
  quoted,
  type Repetition,
} from "./model.ts";

/** Path within the working folder to text. */
export type Files = Readonly<Record<string, string>>;

export function renderFiles(root: Module): Files {
  return Object.fromEntries(modulesOf(root).map((module) => [fileOf(module), renderModule(module)]));
}

function fileOf({ folder }: Module): string {
  return folder === "" ? "main.tf" : `modules/${folder}/main.tf`;
}

function renderModule(module: Module): string {
  return [
    ...module.variables.map((name) => `variable "${name}" {}\n`),
    module.locals.size === 0 ? "" : braced("locals", [...module.locals].map(assignment)),
    ...module.blocks.map(renderBlock),
    ...module.calls.map((call) => renderCall(call, module)),
    ...[...module.outputs].map(([name, value]) => braced(`output "${name}"`, [`value = ${render(value)}`])),
    ...module.moved.map(({ from, to }) => braced("moved", [`from = ${from}`, `to = ${to}`])),
  ]
    .filter((text) => text !== "")
    .join("\n");
}

function renderBlock(block: Block): string {
  const { managed, name, repeat, input, dependsOn } = block;
  const own = managed
    ? [...optional("input", input), ...triggersOf(block)]
    : [
        `backend = "local"`,
        // The path is relative to the folder that Terraform runs in, whichever module this stands in.
        `config = { path = "./remote.tfstate" }`,
        ...(input === undefined ? [] : [`defaults = { passed = ${render(input)} }`]),
      ];
  const type = managed ? `resource "terraform_data"` : `data "terraform_remote_state"`;
  return braced(`${type} "${name}"`, [
    ...repetition(repeat),
    ...own,
    ...list("depends_on", dependsOn),
    ...lifecycleOf(block),
  ]);
}

function triggersOf({ version, versionOnlyOf, triggers, repeat }: Block): string[] {
  if (version === undefined && triggers === undefined) return [];
  const key = repeat.kind === "count" ? "count.index" : "each.key";
  const own =
    versionOnlyOf === undefined
      ? quoted(version ?? "1")
      : `${key} == ${render({ kind: "literal", value: versionOnlyOf })} ? ${quoted(version ?? "1")} : "1"`;
  return [`triggers_replace = [${[own, ...(triggers ? [render(triggers)] : [])].join(", ")}]`];
}

function lifecycleOf({ createFirst, replaceTriggeredBy, precondition }: Block): string[] {
  const lines = [
    ...(createFirst ? ["create_before_destroy = true"] : []),
    ...list("replace_triggered_by", replaceTriggeredBy),
    ...(precondition
      ? [
          braced("precondition", [
            // Terraform wants a condition to refer to something, also when an edit has cut the reference.
            `condition = ${render({ kind: "template", parts: [precondition] })} != terraform.workspace`,
            `error_message = "never"`,
          ]),
        ]
      : []),
  ];
  return lines.length === 0 ? [] : [braced("lifecycle", lines)];
}

function renderCall({ name, module, repeat, inputs, dependsOn }: Call, parent: Module): string {
  const source = parent.folder === "" ? `./modules/${module.folder}` : `../${module.folder}`;
  return braced(`module "${name}"`, [
    `source = "${source}"`,
    ...repetition(repeat),
    ...[...inputs].map(assignment),
    ...list("depends_on", dependsOn),
  ]);
}

function repetition(repeat: Repetition): string[] {
  if (repeat.kind === "once") return [];
  return repeat.kind === "count" ? [`count = ${render(repeat.count)}`] : [`for_each = ${render(repeat.over)}`];
}

function assignment([name, value]: readonly [string, Expression]): string {
  return `${name} = ${render(value)}`;
}

function optional(name: string, value: Expression | undefined): string[] {
  return value === undefined ? [] : [assignment([name, value])];
}

function list(name: string, items: readonly Expression[]): string[] {
  return items.length === 0 ? [] : [`${name} = [${items.map(render).join(", ")}]`];
}

function braced(head: string, lines: readonly string[]): string {
  const indented = lines.map((line) => line.trimEnd().replaceAll(/^/gm, "  "));
  return `${head} {\n${indented.join("\n")}\n}\n`;
}

export function render(expression: Expression): string {
  switch (expression.kind) {
    case "literal":
      return typeof expression.value === "number" ? `${expression.value}` : quoted(expression.value);
    case "block":
      return expression.address;
    case "module":
      return `module.${expression.name}`;
    case "local":
      return `local.${expression.name}`;
    case "variable":
      return `var.${expression.name}`;
    case "each":
      return `each.${expression.part}`;
    case "count-index":
      return "count.index";
    case "attribute":
      return `${render(expression.of)}.${expression.name}`;
    case "index":
      return expression.key.kind === "literal"
        ? `${render(expression.of)}${keyText(expression.key.value)}`
        : `${render(expression.of)}[${render(expression.key)}]`;
    case "splat": {
      const of = render(expression.of);
      return [expression.from === "list" ? `${of}[*]` : `values(${of})[*]`, ...expression.path].join(".");
    }
    case "offset":
      return `(${render(expression.of)} + ${expression.by}) % ${expression.modulo}`;
    case "lookup":
      return `${table(expression.table)}[${render(expression.of)}]`;
    case "tuple":
      return `[${expression.items.map(render).join(", ")}]`;
    case "object":
      return `{ ${expression.entries.map(([key, value]) => `${quoted(key)} = ${render(value)}`).join(", ")} }`;
    case "for": {
      const key = expression.table ? `${table(expression.table)}[key]` : "key";
      return `{ for key, value in ${render(expression.of)} : ${key} => ${["value", ...expression.path].join(".")} }`;
    }
    case "set":
      return `toset([${expression.keys.map(quoted).join(", ")}])`;
    case "template":
      return `"${expression.parts.map((part) => `\${${render(part)}}`).join("/")}"`;
    case "join":
      return `join(",", ${render(expression.of)})`;
    case "length":
      return `length(${render(expression.of)})`;
    case "digest":
      return `sha1(jsonencode(${render(expression.of)}))`;
  }
}

function table(pairs: readonly (readonly [string, string])[]): string {
  return `{ ${pairs.map(([from, to]) => `${quoted(from)} = ${quoted(to)}`).join(", ")} }`;
}

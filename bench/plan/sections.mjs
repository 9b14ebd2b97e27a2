// The sections of a plan as Terraform 1.11 writes them, piece by piece, in its order of keys and of entries.

import { TYPES } from "./aws.mjs";
import { numberOf } from "./changes.mjs";
import { configurationText, rootVariables, VARIABLES } from "./configuration.mjs";
import { readBy, readByRoot, styleOf } from "./dependencies.mjs";
import { json } from "./render.mjs";

const VERSION = "1.11.4";
const PROVIDER = '"provider_name":"registry.terraform.io/hashicorp/aws"';
const NO_OP = { action: "no-op" };
const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const keyText = (key) => (key === null ? "" : typeof key === "number" ? `[${key}]` : `["${key}"]`);

function addressOf(block, instance, k) {
  return `${instance.address === "" ? "" : `${instance.address}.`}${block.address}${keyText(block.keys === null ? null : block.keys[k])}`;
}

/** address, mode, type, name and index: the head of every entry; resource_changes puts the module in between. */
function head(block, instance, k, withModule) {
  const module = withModule && instance.address !== "" ? `,"module_address":${json(instance.address)}` : "";
  const index = block.keys === null ? "" : `,"index":${json(block.keys[k])}`;
  return `"address":${json(addressOf(block, instance, k))}${module},"mode":"${block.mode}","type":"${block.type.replace("data.", "")}","name":"${block.name}"${index},${PROVIDER}`;
}

/** The objects of one module instance, by type, name and key, numbers as numbers. */
function* objectsIn(instance) {
  const blocks = [...instance.module.blocks].sort((a, b) =>
    a.mode === b.mode ? byText(a.type, b.type) || byText(a.name, b.name) : a.mode === "data" ? -1 : 1,
  );
  for (const block of blocks) for (let k = 0; k < (block.keys?.length ?? 1); k++) yield [block, instance, k];
}

export class Sections {
  constructor(plan, options, renderer) {
    Object.assign(this, { plan, options, renderer, dependencies: 0 });
  }

  change(block, instance, k) {
    return this.plan.changes.get(numberOf(block, instance, k)) ?? NO_OP;
  }

  *planned(block, instance, k) {
    const change = this.change(block, instance, k);
    const text =
      change.action === "no-op"
        ? this.renderer.textBefore(block, instance, k)
        : this.renderer.textAfter(block, instance, k, change);
    yield `{${head(block, instance, k, false)},"schema_version":${TYPES[block.type].schema},"values":${text.values},"sensitive_values":${text.sensitive}}`;
  }

  *prior(block, instance, k) {
    const { values, sensitive } = this.renderer.textBefore(block, instance, k);
    const list = this.dependsOn(block);
    this.dependencies += list.length;
    const tainted = this.change(block, instance, k).reason === "replace_because_tainted" ? ',"tainted":true' : "";
    yield `{${head(block, instance, k, false)},"schema_version":${TYPES[block.type].schema},"values":${values},"sensitive_values":${sensitive}${list.length > 0 ? `,"depends_on":${json(list)}` : ""}${tainted}}`;
  }

  /** Absolute addresses without any key, whole closure; data sources have no list of their own. */
  dependsOn(block) {
    if (block.mode === "data") return [];
    return block.closure.map((id) => `${this.plan.blocks[id].module.path}${this.plan.blocks[id].address}`).sort();
  }

  /** A tree of modules; `stands` picks the objects, `order` sorts those of one module (both trees differ in that). */
  *tree(instance, stands, order, write) {
    let some = false;
    yield "{";
    for (const object of order([...objectsIn(instance)].filter((candidate) => stands(...candidate)))) {
      yield some ? "," : '"resources":[';
      yield* write.call(this, ...object);
      some = true;
    }
    if (some) yield "]";
    if (instance.address !== "") yield `${some ? "," : ""}"address":${json(instance.address)}`;
    const children = [...instance.children].sort((a, b) => byText(a.address, b.address));
    for (const [i, child] of children.entries()) {
      yield i > 0 ? "," : `${some || instance.address !== "" ? "," : ""}"child_modules":[`;
      yield* this.tree(child, stands, order, write);
    }
    yield children.length > 0 ? "]}" : "}";
  }

  *plannedValues() {
    yield `{"outputs":${json(this.outputs((output) => ({ sensitive: output.sensitive, ...(output.unknown ? {} : { type: "string", value: output.value }) })))},"root_module":`;
    const stands = (block, instance, k) =>
      block.mode === "managed" && this.change(block, instance, k).action !== "delete";
    // Here Terraform sorts addresses as text: a[10] comes before a[2].
    const order = (objects) =>
      objects
        .map((object) => [addressOf(...object), object])
        .sort(([a], [b]) => byText(a, b))
        .map(([, object]) => object);
    yield* this.tree(this.plan.modules[0].instances[0], stands, order, this.planned);
    yield "}";
  }

  *priorState() {
    yield `{"format_version":"1.0","terraform_version":"${VERSION}","values":{"outputs":${json(this.outputs((output) => ({ sensitive: output.sensitive, value: output.value, type: "string" })))},"root_module":`;
    const stands = (block, instance, k) => this.change(block, instance, k).action !== "create";
    yield* this.tree(this.plan.modules[0].instances[0], stands, (objects) => objects, this.prior);
    yield "}}";
  }

  /** Root outputs, and one that is sensitive; `write` gets {value, sensitive, unknown}. */
  outputs(write) {
    const entries = this.plan.outputs.map(({ name, target, attribute }) => {
      const [instance, k] = readByRoot(this.plan, target);
      const unknown = this.change(target, instance, k).action === "replace";
      return [
        name,
        write({ value: this.renderer.attribute(target, instance, k, attribute), sensitive: false, unknown }),
      ];
    });
    entries.push(["release", write({ value: "prod", sensitive: true, unknown: false })]);
    return Object.fromEntries(entries.sort(([a], [b]) => byText(a, b)));
  }

  outputChange({ value, sensitive, unknown }) {
    return {
      actions: [unknown ? "update" : "no-op"],
      before: value,
      ...(unknown ? {} : { after: value }),
      after_unknown: unknown,
      before_sensitive: sensitive,
      after_sensitive: sensitive,
    };
  }

  /** All module instances, the shallow ones first, as Terraform sorts them. */
  instances() {
    const path = (instance) => (instance.parent === null ? [] : [...path(instance.parent), instance]);
    const compare = ([, a], [, b]) => {
      if (a.length !== b.length) return a.length - b.length;
      for (let i = 0; i < a.length; i++) {
        const order = byText(a[i].module.name, b[i].module.name) || byText(a[i].key ?? "", b[i].key ?? "");
        if (order !== 0) return order;
      }
      return 0;
    };
    return this.plan.modules
      .flatMap((module) => module.instances)
      .map((instance) => [instance, path(instance)])
      .sort(compare)
      .map(([instance]) => instance);
  }

  *resourceChanges() {
    let first = true;
    for (const instance of this.instances()) {
      for (const object of objectsIn(instance)) {
        if (object[0].mode === "data") continue;
        yield first ? "[" : ",";
        yield* this.changed(...object);
        first = false;
      }
    }
    yield "]";
  }

  *changed(block, instance, k) {
    const { reason } = this.change(block, instance, k);
    yield `{${head(block, instance, k, true)},"change":${this.changeText(block, instance, k)}${reason === undefined ? "" : `,"action_reason":"${reason}"`}}`;
  }

  /** How many bytes one object takes in the whole file, its share of the configuration left out. */
  sizeOf(block, instance, k) {
    const { action } = this.change(block, instance, k);
    const pieces = [this.changed(block, instance, k)];
    if (action !== "delete") pieces.push(this.planned(block, instance, k));
    if (action !== "create") pieces.push(this.prior(block, instance, k));
    return pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece.next().value) + 1, 0);
  }

  changeText(block, instance, k) {
    const change = this.change(block, instance, k);
    const before =
      change.action === "create"
        ? { values: "null", sensitive: "false" }
        : this.renderer.textBefore(block, instance, k);
    let after = { values: before.values, unknown: "{}", sensitive: before.sensitive };
    if (change.action === "delete") after = { values: "null", unknown: "{}", sensitive: "false" };
    else if (change.action !== "no-op") after = this.renderer.textAfter(block, instance, k, change);
    const actions =
      change.action !== "replace" ? [change.action] : change.createFirst ? ["create", "delete"] : ["delete", "create"];
    const paths =
      change.reason === "replace_because_cannot_update" ? `,"replace_paths":[["${TYPES[block.type].forces}"]]` : "";
    return `{"actions":${json(actions)},"before":${before.values},"after":${after.values},"after_unknown":${after.unknown},"before_sensitive":${before.sensitive},"after_sensitive":${after.sensitive}${paths}}`;
  }

  /** What changed objects read: Terraform's hint for showing drift. */
  relevantAttributes() {
    const seen = new Map();
    for (const instance of this.plan.modules.flatMap((module) => module.instances)) {
      for (const block of instance.module.blocks) {
        if (block.mode === "data" || block.removed) continue;
        for (let k = 0; k < (block.keys?.length ?? 1); k++) {
          if (!["create", "update", "replace"].includes(this.change(block, instance, k).action)) continue;
          for (const ref of block.refs) {
            if (ref.attribute === null) continue;
            const whole =
              styleOf(block, ref) !== "passed" && ref.target.keys !== null && styleOf(block, ref) !== "first";
            const [at, n] = readBy(block, instance, k, ref)[0];
            const resource = whole ? addressOf({ ...ref.target, keys: null }, at, 0) : addressOf(ref.target, at, n);
            const attribute = whole ? [] : [ref.attribute];
            seen.set(`${resource} ${attribute}`, { resource, attribute });
          }
        }
      }
    }
    return [...seen.values()];
  }

  *all() {
    const variables = Object.fromEntries(
      rootVariables(this.plan).map((name) => [name, { value: VARIABLES[name].value }]),
    );
    yield `{"format_version":"1.2","terraform_version":"${VERSION}","variables":${json(variables)},"planned_values":`;
    yield* this.plannedValues();
    yield ',"resource_changes":';
    yield* this.resourceChanges();
    yield `,"output_changes":${json(this.outputs((output) => this.outputChange(output)))},"prior_state":`;
    yield* this.priorState();
    yield ',"configuration":';
    yield* configurationText(this.plan);
    const relevant = this.relevantAttributes();
    if (relevant.length > 0) yield `,"relevant_attributes":${json(relevant)}`;
    yield `,"timestamp":"2026-01-31T12:00:00Z","applyable":${this.plan.changes.size > 0},"complete":true,"errored":false}\n`;
  }
}

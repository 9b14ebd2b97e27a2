// The attribute values of one object, made anew each time they are asked for: a plan of 500 MB says them four times, and
// none of it is kept.

import { ACCOUNT, outermost, REGION, TYPES } from "./aws.mjs";
import { canBecomeUnknown, numberOf } from "./changes.mjs";
import { readBy } from "./dependencies.mjs";
import { Random } from "./random.mjs";
import { addTags } from "./text.mjs";

const GO_ESCAPES = { "<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029" };

/** JSON as Go writes it: Terraform leaves the escaping of HTML signs on. */
export function json(value) {
  const text = JSON.stringify(value);
  return /[<>&\u2028\u2029]/.test(text) ? text.replace(/[<>&\u2028\u2029]/g, (sign) => GO_ESCAPES[sign]) : text;
}

/**
 * The mask of a value as Terraform writes it for sensitive and for unknown attributes: false is left out of objects and
 * kept in lists, so an unmasked object leaves a skeleton of its collections.
 */
function mask(value) {
  if (Array.isArray(value)) return value.map(mask);
  if (value === null || typeof value !== "object") return false;
  const masked = {};
  for (const key of Object.keys(value))
    if (typeof value[key] === "object" && value[key] !== null) masked[key] = mask(value[key]);
  return masked;
}

function maskWith(values, marked) {
  const masked = mask(values);
  for (const key of marked) masked[key] = true;
  return sorted(masked);
}

function sorted(object) {
  const copy = {};
  for (const key of Object.keys(object).sort()) copy[key] = object[key];
  return copy;
}

/** A value of the same kind that is not the same. */
function changed(value) {
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  if (typeof value !== "string") return value;
  if (/^[[{]/.test(value)) return value.replace(/:[0-9a-f]{7}"/, ':0ddba11"');
  return /[0-9a-f]{8}/.test(value)
    ? value.replace(/[0-9a-f]{8}/, (digits) => [...digits].reverse().join(""))
    : `${value}-v2`;
}

export class Renderer {
  /** `unit` is the number of bytes of long text that a type with `text: 1` gets on average, per copy of its values. */
  constructor(plan, options, unit) {
    this.plan = plan;
    this.options = options;
    this.unit = unit;
  }

  change(block, instance, k) {
    return this.plan.changes.get(numberOf(block, instance, k));
  }

  identity(block, instance, k) {
    const number = numberOf(block, instance, k);
    const random = new Random(this.options.seed, 7, number);
    const place = instance.key === null ? "" : `${instance.key}-`;
    const key = block.keys === null ? "" : `-${String(block.keys[k]).replace(/[^a-z0-9]+/g, "-")}`;
    return {
      number,
      account: ACCOUNT,
      region: REGION,
      hex: random.hex(17),
      draw: random.between(0, 1 << 24),
      name: `acme-${place}${block.name.replaceAll("_", "-")}${block.module.id}${key}`,
    };
  }

  /** What an object shows to those that refer to it. */
  attribute(block, instance, k, attribute) {
    return TYPES[block.type].attributes[attribute](this.identity(block, instance, k));
  }

  readValues(block, instance, k, ref) {
    return readBy(block, instance, k, ref).map(([at, n]) => this.attribute(ref.target, at, n, ref.attribute));
  }

  /** What stands in a slot: ids of what it refers to, else something of the same kind from outside this plan. */
  slotValue(block, instance, k, slot, identity) {
    const [, type, attribute, flag] = TYPES[block.type].slots.find(([name]) => name === slot);
    const refs = block.refs.filter((ref) => ref.slot === slot);
    const values =
      refs.length > 0
        ? refs.flatMap((ref) => this.readValues(block, instance, k, ref))
        : [TYPES[type].attributes[attribute](identity)];
    return flag === "many" ? values : values[0];
  }

  tags(block, instance, k, identity, random, bytes) {
    const tags = { Environment: "prod", Name: identity.name, Release: "2025.1" };
    const left = addTags(random, tags, bytes, this.options.unicode);
    for (const ref of block.refs)
      if (ref.slot === "tags") tags[this.tagOf(ref)] = this.readValues(block, instance, k, ref)[0];
    return [sorted(tags), left];
  }

  tagOf(ref) {
    return `${ref.target.type.replace(/^(data\.)?aws_/, "")}_${ref.target.name}`;
  }

  /** All attributes as they are now. */
  values(block, instance, k) {
    const type = TYPES[block.type];
    const identity = this.identity(block, instance, k);
    const random = new Random(this.options.seed, 8, identity.number);
    const bytes = block.mode === "data" ? 0 : this.unit * type.text * (0.4 + 1.2 * random.next());
    // Tags stand there twice (tags, tags_all); types without a long text of their own have nothing but tags.
    const forTags = type.tagged ? bytes * (type.text === 1 ? 0.5 : 0.1) : 0;
    const [tags, left] = type.tagged ? this.tags(block, instance, k, identity, random, forTags) : [null, 0];
    return type.values({
      ...identity,
      random,
      tags,
      bytes: Math.max(0, bytes - 2 * forTags + 2 * left),
      id: type.attributes.id?.(identity),
      arn: type.attributes.arn?.(identity),
      attribute: (name) => type.attributes[name](identity),
      ref: (slot) => this.slotValue(block, instance, k, slot, identity),
    });
  }

  /** The attributes of an updated object that wait for something that is being replaced. */
  waiting(block, instance, k) {
    return block.refs.filter(
      (ref) =>
        canBecomeUnknown(ref) &&
        ref.target.mode === "managed" &&
        readBy(block, instance, k, ref).some(([at, n]) => this.change(ref.target, at, n)?.action === "replace"),
    );
  }

  /** `{values, unknown}` after the change: unknown ones are gone from values and true in the mask. */
  after(block, instance, k, change) {
    const type = TYPES[block.type];
    const values = this.values(block, instance, k);
    const unknown = change.action === "update" ? [] : [...type.computed];
    if (change.reason === "replace_because_cannot_update") values[type.forces] = changed(values[type.forces]);
    const nested = [];
    if (change.action === "update") {
      const waiting = this.waiting(block, instance, k);
      for (const ref of waiting)
        (ref.slot === "tags" ? nested : unknown).push(ref.slot === "tags" ? this.tagOf(ref) : outermost(ref.slot));
      if (waiting.length === 0) values.tags = { ...values.tags, Release: "2025.2" };
    }
    if (type.tagged) {
      values.tags = { ...values.tags };
      for (const tag of nested) delete values.tags[tag];
      values.tags_all = values.tags;
    }
    return this.split(values, unknown, nested);
  }

  split(values, unknown, nested) {
    const collections = mask(values);
    const known = { ...values };
    for (const key of unknown) {
      delete known[key];
      if (key in collections) collections[key] = Array.isArray(collections[key]) ? [] : {};
    }
    const marks = mask(known);
    for (const key of unknown) marks[key] = true;
    for (const key of nested.length > 0 ? ["tags", "tags_all"] : [])
      marks[key] = Object.fromEntries(nested.map((tag) => [tag, true]));
    return { known, unknown: unknown.length + nested.length > 0 ? sorted(marks) : {}, collections };
  }

  /** `{values, sensitive}` as JSON text: before the change, or of a no-op. */
  textBefore(block, instance, k) {
    const values = this.values(block, instance, k);
    return { values: json(values), sensitive: json(maskWith(values, TYPES[block.type].sensitive ?? [])) };
  }

  /** `{values, unknown, sensitive}` as JSON text: after the change. */
  textAfter(block, instance, k, change) {
    const { known, unknown, collections } = this.after(block, instance, k, change);
    for (const key of TYPES[block.type].sensitive ?? []) collections[key] = true;
    return { values: json(known), unknown: json(unknown), sensitive: json(sorted(collections)) };
  }
}

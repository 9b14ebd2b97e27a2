// What the plan is going to do: which objects are created, updated, replaced and deleted. Everything else is a no-op.

import { TYPES } from "./aws.mjs";
import { readBy } from "./dependencies.mjs";
import { Random } from "./random.mjs";

const sizeOf = (block) => block.keys?.length ?? 1;
const times = (block) => block.module.times * sizeOf(block);

/** The number of an object: of key `k` of a block in one instance of its module. */
export const numberOf = (block, instance, k) => block.first + instance.ordinal * sizeOf(block) + k;

/** Every object of a block whose key is number `from` or higher. */
function* objectsOf(block, from = 0) {
  for (const instance of block.module.instances) for (let k = from; k < sizeOf(block); k++) yield [block, instance, k];
}

/** Whether a reference turns into "known after apply" when its target is replaced, without replacing the reader too. */
export const canBecomeUnknown = (ref) =>
  ref.slot !== "depends_on" && !ref.slot.includes(".") && ref.flag !== "forces" && ref.attribute !== null;

class Changes {
  constructor(plan, options) {
    this.plan = plan;
    this.managed = plan.blocks.filter((block) => block.mode === "managed");
    // A data source that reads something replaced would itself be read during apply, and with it all that depends on it.
    this.fixed = new Set(
      plan.blocks.filter((block) => block.mode === "data").flatMap((block) => block.refs.map((ref) => ref.target)),
    );
    this.options = options;
    this.byNumber = new Map();
  }

  set(block, instance, k, change) {
    this.byNumber.set(numberOf(block, instance, k), change);
  }

  /** Whole blocks that nothing depends on: only these can be new or gone without a trace in others. */
  *loose(random) {
    for (const block of random.shuffled(this.managed)) {
      if (block.layer > 0 && block.dependents.length === 0 && block.born === 0 && !block.removed) yield block;
    }
  }

  create(count, random) {
    let left = count;
    for (const block of this.loose(random)) {
      if (left === 0) return;
      if (times(block) > left) continue;
      block.born = sizeOf(block);
      left -= times(block);
      for (const object of objectsOf(block)) this.set(...object, { action: "create" });
    }
    if (left > 0) throw new RangeError(`--creates ${count}: only ${count - left} objects can be new here`);
  }

  /** Blocks taken out of the configuration; returns how many objects that deletes. */
  remove(quota, random) {
    let left = quota;
    for (const block of this.loose(random)) {
      if (left === 0) break;
      if (times(block) > left) continue;
      block.removed = true;
      left -= times(block);
      for (const object of objectsOf(block))
        this.set(...object, { action: "delete", reason: "delete_because_no_resource_config" });
    }
    return quota - left;
  }

  /** A smaller count, or keys that left for_each: dependents keep their reference. Returns how many objects that deletes. */
  shrink(quota, random) {
    let left = quota;
    for (const block of random.shuffled(this.managed)) {
      if (left === 0) break;
      if (block.keys === null || block.born > 0 || block.removed) continue;
      const gone = Math.min(sizeOf(block) - 1, Math.floor(left / block.module.times), random.between(1, 3));
      if (gone < 1) continue;
      block.gone = gone;
      left -= gone * block.module.times;
      const reason = block.repetition === "count" ? "delete_because_count_index" : "delete_because_each_key";
      for (const object of objectsOf(block, sizeOf(block) - gone)) this.set(...object, { action: "delete", reason });
    }
    return quota - left;
  }

  replaceOne(block, instance, k, random) {
    if (block.removed || this.fixed.has(block) || this.byNumber.has(numberOf(block, instance, k))) return false;
    const draw = random.next();
    const reason =
      draw < 0.8 ? "replace_because_cannot_update" : draw < 0.92 ? "replace_because_tainted" : "replace_by_request";
    this.set(block, instance, k, { action: "replace", reason, createFirst: random.chance(0.3) });
    return true;
  }

  replace(count, random) {
    let left = count;
    const depended = this.managed.filter((block) => block.dependents.length > 0);
    // The first has something to take with it, however small the plan.
    const weight = (block) =>
      block.dependents.filter((other) => other.refs.some((ref) => ref.target === block && canBecomeUnknown(ref)))
        .length;
    const sample = random
      .shuffled(depended)
      .slice(0, 200)
      .filter((block) => weight(block) < 30)
      .sort((a, b) => weight(b) - weight(a));
    for (const block of sample)
      if (left > 0 && left === count && this.replaceOne(block, block.module.instances[0], 0, random)) left--;
    for (let tries = 0; left > 0 && tries < 30 * count; tries++) {
      const block = random.pick(random.chance(0.5) && depended.length > 0 ? depended : this.managed);
      if (this.replaceOne(block, random.pick(block.module.instances), random.between(0, sizeOf(block) - 1), random))
        left--;
    }
    for (const block of this.managed)
      for (const object of objectsOf(block)) if (left > 0 && this.replaceOne(...object, random)) left--;
    return count - left;
  }

  /** Mixes the ways in which objects end; the remainder that fits nowhere is replaced, so that the number is exact. */
  end(count, random) {
    let left = count;
    left -= this.remove(Math.floor(count * 0.15), random);
    left -= this.shrink(Math.floor(count * 0.25), random);
    left -= this.replace(left, random);
    left -= this.shrink(left, random);
    if (left > 0) throw new RangeError(`--ending ${count}: only ${count - left} objects can end here`);
  }

  /** Objects that read a replaced one directly, through an attribute that becomes unknown. */
  *readersOfReplaced() {
    for (const block of this.managed) {
      for (const ref of block.refs) {
        if (!canBecomeUnknown(ref) || ref.target.mode === "data") continue;
        for (const object of objectsOf(block)) {
          const reads = readBy(...object, ref).some(
            ([instance, k]) => this.byNumber.get(numberOf(ref.target, instance, k))?.action === "replace",
          );
          if (reads) yield object;
        }
      }
    }
  }

  /**
   * Readers of replaced objects come first, as they would in a real plan. Beyond `count` they stay no-ops, which Terraform
   * only does where the attribute they read keeps its value: the number of updates must not hang on the number of ends, or
   * plans with and without ends would differ in more than that.
   */
  update(count, random) {
    let left = count;
    const updateOne = (block, instance, k) => {
      if (left === 0 || this.byNumber.has(numberOf(block, instance, k))) return;
      this.set(block, instance, k, { action: "update" });
      left--;
    };
    if (left > 0) for (const object of this.readersOfReplaced()) updateOne(...object);
    const tagged = this.managed.filter((block) => TYPES[block.type].tagged && !block.removed);
    for (let tries = 0; left > 0 && tagged.length > 0 && tries < 30 * count; tries++) {
      const block = random.pick(tagged);
      updateOne(block, random.pick(block.module.instances), random.between(0, sizeOf(block) - 1));
    }
    if (left > 0) throw new RangeError(`--updates ${count}: only ${count - left} objects can be updated here`);
  }
}

/** Object number -> change; a number that is missing is a no-op. Marks blocks as removed, shrunk or new. */
export function decideChanges(plan, options) {
  const changes = new Changes(plan, options);
  // A generator for each kind: the same plan with nothing ending stays the same plan in all else.
  changes.create(options.creates, new Random(options.seed, 4));
  changes.end(options.ending, new Random(options.seed, 5));
  changes.update(options.updates, new Random(options.seed, 6));
  return changes.byNumber;
}

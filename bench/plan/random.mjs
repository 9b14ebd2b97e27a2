// Repeatable randomness: the same seed gives the same plan, byte for byte, on every machine.

/**
 * Mixes integers into one 32-bit seed. Every object of a plan draws from a generator of its own, seeded by its number: a plan
 * names each object in up to four places, and what was said first must be said again without having been kept.
 */
function seedOf(...parts) {
  let h = 0x811c9dc5;
  for (const part of parts) {
    h = Math.imul(h ^ part, 0x01000193);
    h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
    h ^= h >>> 13;
  }
  return h >>> 0;
}

/** A generator (mulberry32) with the few draws that are needed here. */
export class Random {
  constructor(...seed) {
    this.state = seedOf(...seed);
  }

  /** A number from 0 to less than 1. */
  next() {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** An integer from `low` to `high`, both included. */
  between(low, high) {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability) {
    return this.next() < probability;
  }

  pick(list) {
    return list[Math.floor(this.next() * list.length)];
  }

  /** Rounds up or down at random, so that the mean is kept. */
  round(value) {
    return Math.floor(value + this.next());
  }

  hex(digits) {
    let text = "";
    while (text.length < digits)
      text += Math.floor(this.next() * 4294967296)
        .toString(16)
        .padStart(8, "0");
    return text.slice(0, digits);
  }

  shuffled(list) {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.between(0, i);
      [copy[i], copy[j]] = [copy[j], copy[i]];
    }
    return copy;
  }
}

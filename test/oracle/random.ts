/** Chance that can be repeated: the same seed gives the same choices, on every machine. */

export class Random {
  private state: number;

  constructor(seed: number) {
    // Neighbouring seeds would otherwise begin alike.
    this.state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
    this.fraction();
  }

  /** From 0, below 1 (mulberry32). */
  fraction(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** From `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.fraction() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** @throws Error when there is nothing to pick */
  pick<Item>(items: readonly Item[]): Item {
    const picked = this.maybe(items);
    if (picked === undefined) throw new Error("nothing to pick from");
    return picked;
  }

  maybe<Item>(items: readonly Item[]): Item | undefined {
    return items[Math.floor(this.fraction() * items.length)];
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    const left = [...items];
    const order: Item[] = [];
    while (left.length > 0) order.push(...left.splice(Math.floor(this.fraction() * left.length), 1));
    return order;
  }

  /** One of the alternatives, each with its weight. */
  weighted<Item>(alternatives: readonly (readonly [weight: number, item: Item])[]): Item {
    let place = this.fraction() * alternatives.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, item] of alternatives) {
      place -= weight;
      if (place < 0) return item;
    }
    throw new Error("nothing to pick from");
  }
}

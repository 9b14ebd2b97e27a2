/** Numbered things in rows by a number that each has: a counting sort, so it takes as long as there are things and rows. */

/** Places from `start(row)` to `start(row + 1)` are those of one row. */
export class Rows {
  /** The things by row, within a row in the order that they came in. */
  readonly items: Int32Array;
  private readonly starts: Int32Array;

  /** `rowOf` says the row of each thing; `order` the order in which they come, that of their numbers when it is left out. */
  constructor(rowOf: ArrayLike<number>, rows: number, order?: Int32Array) {
    const size = rowOf.length;
    this.starts = new Int32Array(rows + 1);
    for (let thing = 0; thing < size; thing++) {
      const row = rowOf[thing] as number;
      this.starts[row] = (this.starts[row] as number) + 1;
    }
    // From counts to ends; filling from behind moves each end to its start.
    for (let row = 1; row <= rows; row++)
      this.starts[row] = (this.starts[row] as number) + (this.starts[row - 1] as number);
    this.items = new Int32Array(size);
    for (let place = size - 1; place >= 0; place--) {
      const thing = order === undefined ? place : (order[place] as number);
      const row = rowOf[thing] as number;
      const free = (this.starts[row] as number) - 1;
      this.starts[row] = free;
      this.items[free] = thing;
    }
  }

  /** The first place of a row. */
  start(row: number): number {
    return this.starts[row] as number;
  }
}

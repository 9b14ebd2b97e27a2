/** "Did you mean": the known word that a mistyped one is closest to. */

/** `undefined` when nothing is close enough to be what was meant. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  let best: { word: string; distance: number } | undefined;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (best === undefined || distance < best.distance) best = { word: candidate, distance };
  }
  return best && best.distance <= Math.max(1, Math.floor(word.length / 2)) ? best.word : undefined;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
function editDistance(left: string, right: string): number {
  const rows: number[][] = [Array.from({ length: right.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= left.length; row++) {
    const cells = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      const cell = (up: number, back: number): number => rows[row - up]?.[column - back] ?? Number.POSITIVE_INFINITY;
      cells.push(
        Math.min(
          cell(1, 0) + 1,
          (cells[column - 1] ?? 0) + 1,
          cell(1, 1) + (same ? 0 : 1),
          swapped ? cell(2, 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    rows.push(cells);
  }
  return rows.at(-1)?.at(-1) ?? 0;
}

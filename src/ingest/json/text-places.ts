/** All places of one text in bytes, found in one pass when somebody first asks. */

/** Where it stands for the first time between two offsets; -1 when it does not. It is looked for as written: escapes are not read. */
export type TextPlaces = (start: number, end: number) => number;

export function textPlaces(bytes: Buffer, text: string): TextPlaces {
  const wanted = Buffer.from(text);
  let places: readonly number[] | undefined;
  return (start, end) => {
    places ??= placesOf(bytes, wanted);
    const place = places[firstFrom(places, start)];
    return place !== undefined && place + wanted.length <= end ? place : -1;
  };
}

function placesOf(bytes: Buffer, wanted: Buffer): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) places.push(at);
  return places;
}

/** The index of the first number that is not below `start`. */
function firstFrom(sorted: readonly number[], start: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

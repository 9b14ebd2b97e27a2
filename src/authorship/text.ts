/** Messages to lines that can be compared: look-alike signs made plain, trailers found wherever they stand. */

/** A line `Key: value`. */
export interface Trailer {
  /** In lower case, with hyphens. */
  readonly key: string;
  readonly value: string;
  /** The line as it stands. */
  readonly line: string;
}

/** Signs that are not seen, and take part in no comparison. */
const INVISIBLE = /\p{Cf}|\p{Mn}/gu;

/** Letters of other scripts that look like Latin ones, and hyphens that look like the plain one: sign, then what it looks like. */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  "аa еe оo рp сc уy хx іi јj ѕs ԁd һh ԛq ԝw кk мm тt вb нh αa οo νv ρp ιi ɡg ӏl АA ВB ЕE НH КK МM ОO РP СC ТT ХX ІI ЅS ‐- ‒- –- —- −-"
    .split(" ")
    .map((pair) => [pair.charAt(0), pair.charAt(1)]),
);

/** Nothing but line feeds, no look-alikes, no invisible signs. */
export function plainText(text: string): string {
  const lines = text.replace(/\r\n?|[\u0085\u2028\u2029\v\f]/g, "\n");
  if (/^[\x00-\x7f]*$/.test(lines)) return lines;
  return lines
    .normalize("NFKC")
    .normalize("NFD")
    .replace(INVISIBLE, "")
    .replace(/[^\x00-\x7f]/gu, (sign) => LOOK_ALIKES.get(sign) ?? sign);
}

/** A block between two fences quotes something. A fence without its other half fences nothing. */
export function withoutQuotes(text: string): string {
  const fence = /^ {0,3}(```|~~~)[^\n]*$/gm;
  const fences = text.match(fence)?.length ?? 0;
  if (fences === 0 || fences % 2 === 1) return text;
  return text
    .split(fence)
    .filter((_, place) => place % 4 === 0)
    .join("\n");
}

const TRAILER = /^[ \t]{0,3}(?:[*+-][ \t]+)?([A-Za-z][A-Za-z0-9 _-]{1,40}?)[ \t]{0,9}:[ \t]{0,9}(\S[^\n]*)/gm;

/** Lines that look like trailers: git's own parser knows only those of the last paragraph, squashed messages have them anywhere. */
export function trailersIn(text: string): Trailer[] {
  return [...text.matchAll(TRAILER)].map(({ 0: line, 1: key = "", 2: value = "", index }) => {
    const rest = text.slice(index + line.length, index + line.length + 300);
    // A trailer may go on in an indented line: what matters there is an address.
    const folded = value.includes("@") ? undefined : /^\n[ \t]+([^\s:]*@[^\n]*)/.exec(rest)?.[1];
    const whole = folded === undefined ? value.trim() : `${value.trim()} ${folded.trim()}`;
    return { key: key.toLowerCase().replace(/[ _]/g, "-"), value: whole, line: `${key}: ${whole}` };
  });
}

/** Keys whose value is somebody who wrote; whoever reviewed or reported did not. */
const WRITERS =
  /^(co-?-?author(ed)?(-by)?|co-developed-by|(co-)?authored-by|written-by|made-by|generated-by|signed-off-by|assisted-by)$/;

export function namesWriter({ key }: Trailer): boolean {
  return WRITERS.test(key);
}

/** Everybody in `Name <address>, Name <address>`; angle brackets may be missing. */
export function peopleIn(value: string): { readonly name: string; readonly email: string }[] {
  const people: { readonly name: string; readonly email: string }[] = [];
  let from = 0;
  for (const match of value.slice(0, 2000).matchAll(/<?([^\s<>,;()]{1,64}@[^\s<>,;()]{1,190})>?/g)) {
    people.push({ name: value.slice(from, match.index).replace(/^[\s,;]+|[\s(]+$/g, ""), email: match[1] ?? "" });
    from = match.index + match[0].length;
  }
  return people.length > 0 ? people : [{ name: value.slice(0, 200).trim(), email: "" }];
}

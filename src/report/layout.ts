/** Text in columns and within a width. Widths count signs; what is coloured is measured before it is coloured. */

/** Breaks text at spaces so that no line is longer than `width`; a word that is longer is shortened. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const whole of text.split(" ")) {
    const word = shorten(whole, width);
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** Shortened in the middle, where addresses differ least. */
export function shorten(text: string, width: number): string {
  if (text.length <= width || width < 8) return text;
  const head = Math.ceil((width - 1) / 3);
  return `${text.slice(0, head)}…${text.slice(text.length - (width - 1 - head))}`;
}

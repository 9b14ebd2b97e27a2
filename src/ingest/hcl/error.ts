/** What keeps a file of source from being read: a line, and a sentence without anything of the file's own text. */
export class HclError extends Error {
  /** From 1 on. */
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.name = "HclError";
    this.line = line;
  }
}

/** Everything of the process that the command line touches, so that a test can hand in another one. */

export interface World {
  /** Opened when it is asked for: few runs read it, and opening it takes a part of a start. */
  readonly stdin: () => AsyncIterable<Buffer | string>;
  /** Whether somebody may be sitting there to answer. */
  readonly stdinIsTerminal: boolean;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly now: () => Date;
  readonly writeFile: (path: string, text: string) => void;
  /** The terminal that somebody sits at; `undefined` where output goes elsewhere, or there are no keys to press. */
  readonly terminal: () => Promise<Terminal | undefined>;
}

export interface Terminal {
  /** Where keys come from: not standard input when a plan comes from there. */
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

export interface Output {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  /** Signs in a line; absent when it is no terminal. */
  readonly columns?: number | undefined;
}

/** The door to ink and React, which take a third of a second to load: only whoever opens the explorer gets here. */

import type { Explored } from "./explored.ts";
import { frameOf } from "./frame.ts";
import { type InkKey, keysOf } from "./ink-keys.ts";
import type { Key } from "./keys.ts";
import { type Look, painted } from "./paint.ts";
import { layoutOf, type Size, type State } from "./state.ts";
import { type Spans, span } from "./text.ts";

export interface Mounting {
  readonly all: Explored;
  readonly look: Look;
  readonly input: NodeJS.ReadStream;
  /** Takes every frame whole; how it gets onto a screen is nothing of ink's. */
  readonly draw: (frame: string) => void;
  readonly pressed: (key: Key) => void;
}

export interface Mounted {
  readonly show: (state: State) => void;
  readonly unmount: () => void;
  /** Settles when it is unmounted; rejects when a frame could not be made. */
  readonly ended: Promise<unknown>;
}

/** Puts the explorer up and listens to keys. */
export async function mount({ all, look, input, draw, pressed }: Mounting, state: State): Promise<Mounted> {
  // React's development build checks what it renders, and takes longer.
  process.env["NODE_ENV"] ??= "production";
  const [{ Box, Text, render, useInput }, { createElement }] = await Promise.all([import("ink"), import("react")]);

  const heard = (text: string, key: InkKey): void => {
    for (const one of keysOf(text, key)) pressed(one);
  };
  const block = (lines: readonly Spans[]) =>
    createElement(Text, null, lines.map((line) => painted(line, look)).join("\n"));
  const Explorer = ({ shown }: { readonly shown: State }) => {
    useInput(heard);
    const { header, left, right, footer } = frameOf(all, shown);
    const { list, both } = layoutOf(shown.size);
    const between = left && right ? left.map((): Spans => [span("│", "faint")]) : undefined;
    const sides = [
      left && createElement(Box, { width: both && right ? list : "100%" }, block(left)),
      between && block(between),
      right && block(right),
    ];
    return createElement(
      Box,
      { flexDirection: "column", width: shown.size.columns },
      block(header),
      createElement(Box, { flexDirection: "row" }, ...sides),
      footer.length > 0 ? block(footer) : null,
    );
  };

  const output = frames(draw, state.size);
  // `debug`: every frame as one text, without escapes to erase the last one, whatever CI says of itself.
  const app = render(createElement(Explorer, { shown: state }), {
    stdin: input,
    stdout: output as NodeJS.WriteStream,
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  return {
    show: (next) => {
      output.columns = next.size.columns;
      output.rows = next.size.rows;
      app.rerender(createElement(Explorer, { shown: next }));
    },
    unmount: () => {
      app.unmount();
      app.cleanup();
    },
    ended: app.waitUntilExit(),
  };
}

/** As much of a stream as ink asks of one that is no terminal. */
function frames(draw: (frame: string) => void, size: Size) {
  const output = {
    ...size,
    isTTY: false,
    write: (frame: string): boolean => {
      draw(frame);
      return true;
    },
    on: () => output,
    off: () => output,
  };
  return output as typeof output & Partial<NodeJS.WriteStream>;
}

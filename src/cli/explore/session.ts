/** One sitting at a terminal: keys to states to frames, and the terminal as it was when it is over, however it ends. */

import type { Terminal, World } from "../world.ts";
import { clipboardSequence } from "./clipboard.ts";
import type { Explored } from "./explored.ts";
import { type Mounted, mount } from "./ink.ts";
import type { Key } from "./keys.ts";
import type { Look } from "./paint.ts";
import { fullScreen, printedScreen } from "./screen.ts";
import type { Effect, Size } from "./state.ts";
import { type Event, start, step } from "./step.ts";

export interface Sitting {
  /** By Ctrl-C, or because nobody is there any more. */
  readonly interrupted: boolean;
  /** Texts to be printed. */
  readonly kept: readonly string[];
}

/** @throws whatever kept a frame from being made; the terminal is as it was then too */
export async function sit(all: Explored, terminal: Terminal, look: Look, env: World["env"]): Promise<Sitting> {
  const { input, output } = terminal;
  const isPlain = env["TERM"] === "dumb";
  const screen = isPlain ? printedScreen(output) : fullScreen(output);
  let state = start(all, sizeOf(terminal, isPlain), !isPlain);
  let mounted: Mounted | undefined;
  let isStale = false;
  let leave: (interrupted: boolean) => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const left = new Promise<boolean>((resolve, reject) => {
    leave = resolve;
    fail = reject;
  });

  const carryOut = (effect: Effect): void => {
    if (effect.kind === "leave") leave(effect.interrupted);
    else if (effect.kind === "copy") output.write(clipboardSequence(effect.text, env));
    else screen.forget();
  };
  const happened = (event: Event): void => {
    const { state: next, effects } = step(all, state, event);
    state = next;
    effects.forEach(carryOut);
    if (isStale) return;
    isStale = true;
    // Keys that come together make one frame.
    queueMicrotask(() => {
      isStale = false;
      mounted?.show(state);
    });
  };
  const resized = (): void => happened({ kind: "resize", size: sizeOf(terminal, isPlain) });
  const giveBack = (): void => {
    screen.close();
    input.setRawMode(false);
  };
  const comeBack = (): void => {
    input.setRawMode(true);
    screen.open();
    resized();
  };

  const release = guard(giveBack, comeBack, fail);
  output.on("resize", resized);
  input.once("end", () => leave(true));
  try {
    screen.open();
    const pressed = (key: Key): void => happened({ kind: "key", key });
    mounted = await mount({ all, look, input, draw: screen.draw, pressed }, state);
    const interrupted = await Promise.race([left, mounted.ended.then(() => true)]);
    return { interrupted, kept: state.kept };
  } finally {
    output.off("resize", resized);
    mounted?.unmount();
    giveBack();
    release();
    input.pause();
  }
}

const USUAL: Size = { columns: 80, rows: 24 };

/** Some terminals do not know their size and say 0. Printed frames leave a line for the cursor. */
function sizeOf({ output }: Terminal, isPlain: boolean): Size {
  const rows = output.rows || USUAL.rows;
  return { columns: output.columns || USUAL.columns, rows: isPlain ? rows - 1 : rows };
}

const DEADLY = ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT"] as const;

/** Whatever ends the process, the terminal is given back first. Answers with what takes the guard away again. */
function guard(giveBack: () => void, comeBack: () => void, failed: (error: unknown) => void): () => void {
  const killed = (signal: NodeJS.Signals): void => {
    giveBack();
    release();
    // The same signal again, so that whoever started this learns what ended it.
    process.kill(process.pid, signal);
  };
  const release = (): void => {
    for (const signal of DEADLY) process.off(signal, killed);
    process.off("exit", giveBack);
    process.off("SIGCONT", comeBack);
    process.off("uncaughtException", failed);
    process.off("unhandledRejection", failed);
  };
  for (const signal of DEADLY) process.on(signal, killed);
  process.on("exit", giveBack);
  // After somebody stopped the process: the shell has had the terminal in between.
  process.on("SIGCONT", comeBack);
  process.on("uncaughtException", failed);
  process.on("unhandledRejection", failed);
  return release;
}

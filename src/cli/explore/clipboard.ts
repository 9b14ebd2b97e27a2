/** Copying through the terminal: OSC 52, which works over ssh too, where the terminal allows it. */

import type { World } from "../world.ts";

const ESC = "\u001b";

/** Source: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html, "Operating System Commands", Ps = 52. */
export function clipboardSequence(text: string, env: World["env"]): string {
  const sequence = `${ESC}]52;c;${Buffer.from(text).toString("base64")}\u0007`;
  // Multiplexers keep it for themselves, or pass on what is wrapped for them: https://github.com/tmux/tmux/wiki/FAQ.
  if (env["TMUX"]) return `${sequence}${ESC}Ptmux;${sequence.replaceAll(ESC, ESC + ESC)}${ESC}\\`;
  if (env["STY"]) return `${ESC}P${sequence}${ESC}\\`;
  return sequence;
}

/** Who is told how far a run has come: somebody at a terminal, once it has taken a while. Nobody in pipes and in CI. */

import type { OptionValues } from "./arguments.ts";
import type { ShownProgress } from "./progress-lines.ts";
import type { World } from "./world.ts";

/** A run shorter than this needs no explanation. */
const PATIENCE_MS = 1000;
/** A plan of this size takes longer than that, and most of it in one piece in which nothing can be shown. */
const LONG_BYTES = 100_000_000;

export function progressFor(values: OptionValues, world: World): ShownProgress | undefined {
  const { stderr, env, now } = world;
  if (!stderr.isTerminal || env["CI"] || values.has("quiet")) return undefined;
  const begin = now().getTime();
  let lines: ShownProgress | undefined;
  let current = "";
  let isLong = false;
  let isLoading = false;
  const isSlow = (): boolean => isLong || now().getTime() - begin >= PATIENCE_MS;
  const load = async (): Promise<void> => {
    if (isLoading) return;
    isLoading = true;
    const { progressLines } = await import("./progress-lines.ts");
    lines = progressLines(world);
    if (isSlow() && current !== "") lines.stage(current);
  };
  return {
    stage: (text) => {
      current = text;
      if (!isSlow()) return;
      if (lines === undefined) void load();
      else lines.stage(text);
    },
    // Told of large files alone: what shows progress is there before the first long piece begins.
    bytes: (done, total) => {
      isLong ||= total >= LONG_BYTES;
      if (lines === undefined) void load();
      else if (isSlow()) lines.bytes(done, total);
    },
    end: () => {
      current = "";
      lines?.end();
    },
  };
}

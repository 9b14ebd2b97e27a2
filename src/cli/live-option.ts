/** How live inputs are read: where AWS is, and who is told how far it has come. */

import { FirebreakError } from "../model/error.ts";
import { printable } from "../model/printable.ts";
import type { Progress } from "../model/progress.ts";
import type { LiveOptions } from "../sources/index.ts";
import type { OptionValues } from "./arguments.ts";
import type { World } from "./world.ts";

/** @throws FirebreakError `bad-usage` */
export function liveOption(values: OptionValues, world: World, shown?: Progress): LiveOptions {
  const endpointUrl = values.text("endpoint-url");
  // The address itself is not repeated: people put passwords into such.
  if (endpointUrl !== undefined && !/^https?:$/.test(protocolOf(endpointUrl))) {
    throw new FirebreakError("bad-usage", "--endpoint-url is no address", {
      hint: "For example: --endpoint-url http://localhost:4566",
    });
  }
  // Lines of their own would get between those that are taken away again.
  const progress = shown?.stage ?? ((text: string): void => world.stderr.write(`${printable(text)}\n`));
  return { endpointUrl, ...(!values.has("quiet") && { progress }) };
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : "";
}

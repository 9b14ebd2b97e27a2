/** Colour, width and how much to say, from the options and the terminal. */

import { runAddress } from "../hosts/index.ts";
import { FirebreakError } from "../model/error.ts";
import type { RenderOptions } from "../report/index.ts";
import type { OptionValues } from "./arguments.ts";
import { hostOf } from "./ci-host.ts";
import type { World } from "./world.ts";

/** Narrower than this no address stays legible. */
const NARROWEST = 40;

/** @throws FirebreakError `bad-usage` */
export function renderOptions(values: OptionValues, world: World): RenderOptions {
  if (values.has("quiet") && values.has("verbose"))
    throw new FirebreakError("bad-usage", "--quiet and --verbose exclude each other");
  if (values.has("color") && values.has("no-color"))
    throw new FirebreakError("bad-usage", "--color and --no-color exclude each other");
  const wanted = world.stdout.isTerminal && !world.env["NO_COLOR"] && world.env["TERM"] !== "dumb";
  return {
    color: values.has("color") || (wanted && !values.has("no-color")),
    width: world.stdout.columns ? Math.max(world.stdout.columns, NARROWEST) : undefined,
    verbosity: values.has("quiet") ? "quiet" : values.has("verbose") ? "verbose" : "normal",
    host: hostOf(values.text("host"), world),
    reportUrl: runAddress(world.env),
  };
}

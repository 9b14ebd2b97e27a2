/** The command line: one call for a run, which answers with the exit code. */

import version from "../generated/version.json" with { type: "json" };
import { FirebreakError } from "../model/error.ts";
import { type Invocation, parseArguments } from "./arguments.ts";
import { runCheck, runGraph, runVerify } from "./check-command.ts";
import { exitCodeOf, UNDECIDED } from "./exit-code.ts";
import { explain } from "./stderr.ts";
import type { World } from "./world.ts";

/** Never throws: what goes wrong is a sentence on standard error and exit code 2. */
export async function main(argv: readonly string[], world: World): Promise<number> {
  try {
    return await dispatch(argv, world);
  } catch (error) {
    return fail(error, argv, world);
  }
}

async function dispatch(argv: readonly string[], world: World): Promise<number> {
  const [first, ...rest] = argv;
  if (first === undefined || first === "--help" || first === "-h" || first === "help") {
    return (await import("./help.ts")).showHelp(first === undefined ? undefined : rest, world);
  }
  if (first === "--version" || first === "-V" || first === "version") {
    world.stdout.write(`firebreak ${version} (node ${process.version})\n`);
    return exitCodeOf("pass");
  }
  const invocation = await parseArguments(argv);
  if (invocation.values.has("help")) return (await import("./help.ts")).showHelp([invocation.command], world);
  return run(invocation, world);
}

async function run(invocation: Invocation, world: World): Promise<number> {
  switch (invocation.command) {
    case "check":
      if (invocation.values.has("watch")) return (await import("./watch-command.ts")).runWatch(invocation, world);
      return runCheck(invocation, world);
    case "verify":
      return runVerify(invocation, world);
    case "approve":
      return (await import("./approve-command.ts")).runApprove(invocation, world);
    case "completion":
      return (await import("./completion/index.ts")).runCompletion(invocation, world);
    case "author":
      return (await import("./author-command.ts")).runAuthor(invocation, world);
    case "comment":
      return (await import("./comment-command.ts")).runComment(invocation, world);
    case "explain":
      return (await import("./explain-command.ts")).runExplain(invocation, world);
    case "explore":
      return (await import("./explore-command.ts")).runExplore(invocation, world);
    case "graph":
      return runGraph(invocation, world);
    case "init":
      return (await import("./init-command.ts")).runInit(invocation, world);
    case "report":
      return (await import("./report-command.ts")).runReport(invocation, world);
    case "rules":
      return (await import("./rules-command.ts")).runRules(invocation, world);
    case "tune":
      return (await import("./tune-command.ts")).runTune(invocation, world);
    case "schema":
      return (await import("./schema-command.ts")).runSchema(invocation, world);
  }
}

function fail(error: unknown, argv: readonly string[], world: World): number {
  if (error instanceof FirebreakError) {
    explain(world, error.message, error.hint);
  } else {
    world.stderr.write(
      "firebreak: something went wrong inside firebreak, so there is no verdict\n  Run it again with --debug and report what it prints.\n",
    );
  }
  // A message of the runtime may quote what it stumbled over, so it is shown only when asked for.
  if (argv.includes("--debug") && error instanceof Error) world.stderr.write(`${error.stack}\n`);
  return UNDECIDED;
}

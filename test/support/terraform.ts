/** The real Terraform, in a folder of its own. Nothing is downloaded: configurations use the built-in provider alone. */

import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** The version on PATH; `undefined` where there is none. */
export function terraformVersion(): string | undefined {
  const { status, stdout } = spawnSync("terraform", ["version"], { env: environmentIn(tmpdir()), encoding: "utf8" });
  return status === 0 ? /v(\S+)/.exec(stdout)?.[1] : undefined;
}

/** A folder that Terraform works in: its files, its state. */
export class Workspace {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static create(): Workspace {
    return new Workspace(realpathSync(mkdtempSync(join(tmpdir(), "firebreak-oracle-"))));
  }

  write(files: Readonly<Record<string, string | Uint8Array>>): void {
    writeFiles(this.folder, files);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  read(path: string): Buffer {
    return readFileSync(this.path(path));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Once for each configuration: it installs the modules. */
  async init(): Promise<void> {
    await this.run("init");
  }

  async apply(): Promise<void> {
    await this.run("apply", "-auto-approve", "-lock=false");
  }

  /** Saves a plan as `name` in the folder. */
  async plan(name: string, args: readonly string[] = []): Promise<void> {
    await this.run("plan", "-lock=false", `-out=${name}`, ...args);
  }

  /** The JSON of a saved plan; of the state when no plan is named. */
  show(plan?: string): Promise<string> {
    return this.run("show", "-json", ...(plan === undefined ? [] : [plan]));
  }

  /** Terraform's own answer to "what depends on this": all that it would destroy together with the target, sorted. */
  async destroyedWith(target: string): Promise<string[]> {
    const events = await this.run("plan", "-json", "-destroy", "-lock=false", `-target=${target}`);
    const destroyed = events
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as PlanEvent)
      .flatMap(({ type, change }) => (type === "planned_change" && change ? change.resource.addr : []));
    return destroyed.sort();
  }

  /** @throws Error with what Terraform said */
  private run(command: string, ...args: readonly string[]): Promise<string> {
    const flags = command === "show" ? ["-no-color"] : ["-no-color", "-input=false"];
    const [json, rest] = args[0] === "-json" ? [["-json"], args.slice(1)] : [[], args];
    const line = [command, ...json, ...flags, ...rest];
    const options = { cwd: this.folder, env: environmentIn(this.folder), maxBuffer: 1 << 28 };
    return new Promise((resolve, reject) => {
      execFile("terraform", line, options, (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else
          reject(
            new Error(`terraform ${line.join(" ")} failed in ${this.folder}\n${stderr}${stdout}`, { cause: error }),
          );
      });
    });
  }
}

/** Writes files by their paths within a folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

interface PlanEvent {
  readonly type: string;
  readonly change?: { readonly resource: { readonly addr: string } };
}

/** None of the user's own settings: no TF_CLI_ARGS, no TF_VAR_, no config file, no question whether there is an update. */
function environmentIn(home: string): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"], HOME: home, TMPDIR: tmpdir(), CHECKPOINT_DISABLE: "1" };
}

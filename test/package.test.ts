/** The package as a stranger gets it: packed, installed into an empty folder, run, imported, and compiled against. */

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Json } from "./support/plan.ts";
import { repository } from "./support/repository.ts";
import { many, smallPlan } from "./support/small-plan.ts";
import { fixture, folderWith } from "./support/world.ts";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "firebreak-package-"));
const STORY = fixture("story/plan.json");

/** The AWS SDK, and what it brings along. */
const SDK_PACKAGES =
  /^(@aws-sdk|@aws-crypto|@aws|@smithy|@nodable)\/|^(tslib|bowser|fast-xml-parser|strnum|xml-naming|anynum)$/;

const PERMISSIVE = /^\(?(MIT|ISC|Apache-2\.0|0?BSD(-\d-Clause)?)\b/;
/** The runtime of compiled policies, and what it brings along. */
const OPA_PACKAGES = /^(@open-policy-agent\/opa-wasm|sprintf-js)$/;

interface Packed {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}
let packed: Packed;

/** npm as this run was started with, else the one on PATH. */
function npm(args: readonly string[], cwd: string): string {
  const script = process.env["npm_execpath"];
  const [program, ...first] = script?.endsWith(".js") ? [process.execPath, script] : ["npm"];
  const shell = program === "npm" && isWindows;
  return execFileSync(program, [...first, ...args], {
    cwd,
    shell,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}
const isWindows = process.platform === "win32";

/** Names of installed packages, scopes included. */
function packagesIn(modules: string): string[] {
  return readdirSync(modules)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) =>
      name.startsWith("@") ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
    )
    .sort();
}

/** An installed package with all that it depends on, some of it in folders of its own. */
function broughtBy(name: string, above = folder, found = new Set<string>()): ReadonlySet<string> {
  const nested = join(above, "node_modules", name);
  const path = existsSync(nested) ? nested : join(folder, "node_modules", name);
  if (found.has(path) || !existsSync(path)) return found;
  found.add(path).add(name);
  const { dependencies = {}, peerDependencies = {} } = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
  for (const inner of Object.keys({ ...dependencies, ...peerDependencies })) broughtBy(inner, path, found);
  return found;
}

function run(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const shell = isWindows && program !== process.execPath;
  return spawnSync(program, args, { cwd: folder, encoding: "utf8", shell, env: { ...process.env, ...env } });
}

beforeAll(() => {
  if (!existsSync(join(root, "dist/bin.js"))) execFileSync(process.execPath, [join(root, "scripts/build.mjs")]);
  // Scripts are left out: the build that prepack runs would take dist away from whoever uses it right now.
  const [answer] = JSON.parse(
    npm(["pack", "--ignore-scripts", "--json", "--pack-destination", folder], root),
  ) as Packed[];
  if (answer === undefined) throw new Error("npm pack packed nothing");
  packed = answer;
  writeFileSync(join(folder, "package.json"), '{"private": true}');
  npm(["install", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", `./${packed.filename}`], folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the tarball", () => {
  test("holds what is needed, and nothing else", () => {
    const top = new Set(packed.files.map(({ path }) => path.split("/")[0]));
    const expected = ["CHANGELOG.md", "LICENSE", "README.md", "dist", "package.json", "rulesets", "schema"];
    expect([...top].sort()).toEqual(expected);
    const strange = packed.files.filter(
      ({ path }) => !/\.(js|json|d\.ts|yaml|md|txt)$|^LICENSE$|^dist\/man\/firebreak\.1$/.test(path),
    );
    expect(strange).toEqual([]);
    console.info(`${packed.files.length} files, ${Math.round(packed.unpackedSize / 1024)} KiB unpacked`);
  });

  test("installs few packages, none of them with a script of its own", () => {
    const installed = packagesIn(join(folder, "node_modules"));
    const manifest: { dependencies: Json } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const ofTheSdk = installed.filter((name) => SDK_PACKAGES.test(name));
    expect(ofTheSdk).toContain("@aws-sdk/client-cloudformation");
    const ofTheExplorer = broughtBy("ink");
    const others = installed.filter(
      (name) => !ofTheSdk.includes(name) && !ofTheExplorer.has(name) && !OPA_PACKAGES.test(name),
    );
    const own = Object.keys(manifest.dependencies).filter((name) => !ofTheExplorer.has(name));
    expect(others).toEqual(["firebreak", ...own].sort());
    expect(installed.filter((name) => OPA_PACKAGES.test(name))).toHaveLength(2);
    for (const name of installed) {
      const { scripts = {}, license } = JSON.parse(
        readFileSync(join(folder, "node_modules", name, "package.json"), "utf8"),
      );
      if (!ofTheSdk.includes(name)) expect([name, license]).toEqual([name, expect.stringMatching(PERMISSIVE)]);
      if (name !== "firebreak")
        expect(Object.keys(scripts).filter((script) => /^(pre|post)?install$/.test(script))).toEqual([]);
    }
  });
});

describe("the command", () => {
  const bin = join(folder, "node_modules/.bin/firebreak");

  test("judges the story: an agent's plan fails", () => {
    const { status, stdout, stderr } = run(bin, ["check", STORY, "--actor", "agent"]);
    expect([status, stderr]).toEqual([1, ""]);
    expect(stdout).toMatch(/^FAIL {2}/);
  });

  test("loads YAML for a config, and says where it is wrong", () => {
    writeFileSync(join(folder, "mine.yaml"), "limits: {agent: {ended: 100}}\nmodes: observe");
    const { status, stdout, stderr } = run(bin, ["check", STORY, "--config", "mine.yaml"]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain('mine.yaml:2:1: unknown key "modes". Did you mean "mode"?');
  });

  test("reads standard input, prints its version, and is told by a reader that it has seen enough", () => {
    const version: string = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version;
    expect(run(bin, ["--version"]).stdout).toMatch(new RegExp(`^firebreak ${version} `));
    const script =
      'const b = require("child_process").spawn(process.execPath, process.argv.slice(1), {stdio: ["ignore", "pipe", "inherit"]}); b.stdout.once("data", () => b.stdout.destroy()); b.on("close", (code) => process.exit(code))';
    const { status, stderr } = run(process.execPath, [
      "-e",
      script,
      join(folder, "node_modules/firebreak/dist/bin.js"),
      "check",
      STORY,
      "-f",
      "json",
      "--actor",
      "agent",
    ]);
    expect([status, stderr]).toEqual([1, ""]);
  });

  test("leaves nothing behind where a report cannot be written", () => {
    const place = folderWith({ "taken/": "" });
    const { status, stdout, stderr } = run(bin, ["check", STORY, "-f", `json=${join(place, "taken")}`]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("the report cannot be written there");
    expect(readdirSync(place)).toEqual(["taken"]);
  });
});

describe("start-up", () => {
  /** Parts of the package that a run has loaded. */
  function loadedBy(...args: readonly string[]): string[] {
    const coverage = folderWith({});
    run(process.execPath, [join(folder, "node_modules/firebreak/dist/bin.js"), ...args], {
      NODE_V8_COVERAGE: coverage,
    });
    const reports = readdirSync(coverage).map((name) => readFileSync(join(coverage, name), "utf8"));
    return reports.flatMap((report) =>
      [...report.matchAll(/"url":"[^"]*dist\/cli\/([^"/]*)"/g)].map(([, name = ""]) => name),
    );
  }

  test("ink, React and the explorer are loaded by nothing but the explorer", () => {
    const coverage = folderWith({});
    run(process.execPath, [join(folder, "node_modules/firebreak/dist/bin.js"), "check", STORY], {
      NODE_V8_COVERAGE: coverage,
    });
    const [loaded = ""] = readdirSync(coverage).map((name) => readFileSync(join(coverage, name), "utf8"));
    expect(loaded).toContain("dist/bin.js");
    expect(loaded).not.toMatch(/node_modules\/(ink|react|yoga-layout)\/|explore-command/);
  });

  test("the reader of source is loaded only when there is source and something ends", () => {
    const quiet = fixture("terraform/update-in-place/plan.json");
    const [plan, stack] = [fixture("source/plan.json"), fixture("source/stack")];
    expect(loadedBy("check", quiet, "--source", stack)).not.toContain("hcl.js");
    expect(loadedBy("check", plan)).not.toContain("hcl.js");
    expect(loadedBy("check", plan, "--source", stack)).toContain("hcl.js");
  });
});

describe("the library", () => {
  test("is imported by its name", () => {
    writeFileSync(
      join(folder, "use.mjs"),
      `import { check, FirebreakError, render } from "firebreak";
       const report = await check([process.argv[2]], { actor: "agent:kiro", now: new Date(0) });
       const page = await render(report, "pretty", { color: false, verbosity: "quiet" });
       const error = await check(["/no/such.json"]).catch((thrown) => thrown);
       console.log(JSON.stringify([report.verdict, report.asOf, page.slice(0, 4), error instanceof FirebreakError, error.code]));`,
    );
    const { stdout, stderr } = run(process.execPath, ["use.mjs", STORY]);
    expect([stderr, JSON.parse(stdout)]).toEqual([
      "",
      ["fail", "1970-01-01T00:00:00Z", "FAIL", true, "unreadable-input"],
    ]);
  });

  test("reads the policy from a base, and looks for it there", () => {
    const made = repository({ "firebreak.yaml": "limits: {agent: {ended: 2}}\n" });
    writeFileSync(join(made.folder, "firebreak.yaml"), "limits: {agent: {ended: 100}}\n");
    made.git("add", "-A");
    made.commit("raise the limit");
    const library = JSON.stringify(join(folder, "node_modules/firebreak/dist/lib/index.js"));
    const script = `import { check } from ${library};
      const input = { input: "plan.json", bytes: new TextEncoder().encode(process.argv[1]) };
      const { findings } = await check([input], { base: "main", actor: "agent" });
      const error = await check([input], { base: "gone" }).catch((thrown) => thrown);
      console.log(JSON.stringify([...findings.map(({ ruleId }) => ruleId), error.code]));`;
    const plan = smallPlan({
      objects: { ...many(100, "aws_iam_policy", "keep"), ...many(3, "aws_sns_topic", "delete") },
    });
    const argv = ["--input-type=module", "-e", script, plan];
    const { stdout, stderr } = spawnSync(process.execPath, argv, { cwd: made.folder, encoding: "utf8" });
    expect([stderr, JSON.parse(stdout)]).toEqual(["", ["limit-ended", "policy-changed", "bad-config"]]);
  });

  test("hands out nothing but its doors", () => {
    const tryImport = (name: string) =>
      run(process.execPath, [
        "--input-type=module",
        "-e",
        `await import(${JSON.stringify(name)}, ${name.endsWith("json") ? '{ with: { type: "json" } }' : "{}"})`,
      ]);
    expect(tryImport("firebreak/schema/report.schema.json").status).toBe(0);
    expect(tryImport("firebreak/dist/bin.js").stderr).toContain("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });

  test("compiles for whoever uses its types, without any others", () => {
    writeFileSync(
      join(folder, "use.mts"),
      `import { check, type CheckOptions, FirebreakError, FORMATS, type FormatName, type PlanReport, render, type Report, type ReportedChange, type Verdict } from "firebreak";
       const options: CheckOptions = { actor: "agent", maxAffected: 5, rulesets: ["strict"] };
       export async function worst(bytes: Uint8Array): Promise<readonly ReportedChange[]> {
         const report: Report = await check(["plan.json", { input: "other", bytes }], options);
         const verdict: Verdict = report.verdict;
         const [first]: readonly PlanReport[] = report.plans;
         const upper: number | null | undefined = first?.totals.affected.upper;
         const format: FormatName = FORMATS[0] ?? "json";
         await render(report, format, { color: false, verbosity: "quiet" });
         if (verdict === "undecided" || upper === null) throw new FirebreakError("bad-usage", "not decided");
         return first?.changes ?? [];
       }
       // @ts-expect-error: there is no such option
       export const wrong = check([], { actors: "agent" });`,
    );
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const options = [
      "--noEmit",
      "--strict",
      "--exactOptionalPropertyTypes",
      "--module",
      "nodenext",
      "--target",
      "es2023",
      "--types",
      "",
    ];
    const { status, stdout } = run(process.execPath, [tsc, ...options, "use.mts"]);
    expect([status, stdout]).toEqual([0, ""]);
  });
});

/** Plans with the source that they were made from: a recorded saved plan, folders, and what hostile source comes to. */

import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { PlanReport, Report } from "../src/index.ts";
import { sayMissing } from "./support/corpus.ts";
import { terraformVersion, Workspace } from "./support/terraform.ts";
import { firebreak, fixture, folderWith, reportOf } from "./support/world.ts";

const PLAN = fixture("source/plan.json");
const STACK = fixture("source/stack");

/** Where each change is, as `file:line`. */
function placesIn(report: Report): Record<string, string> {
  const [plan] = report.plans;
  return Object.fromEntries((plan?.changes ?? []).map(({ address, location }) => [address, place(location)]));
}

function place(location: { readonly file: string; readonly line: number } | null | undefined): string {
  return location ? `${location.file}:${location.line}` : "nowhere";
}

function spotsOf({ blindSpots }: PlanReport, prefix: string): string[] {
  return blindSpots.filter(({ code }) => code.startsWith(prefix)).map(({ message }) => message);
}

/** Counted in the files of the fixture by hand. */
const PLACES = {
  "module.network.module.subnet[0].terraform_data.subnet": "modules/network/modules/subnet/main.tf:7",
  "module.network.module.subnet[1].terraform_data.subnet": "modules/network/modules/subnet/main.tf:7",
  // Its block is gone: the call of its module.
  "module.network.terraform_data.route": "main.tf:15",
  "module.network.terraform_data.vpc": "modules/network/main.tf:3",
  // Its block is gone, and it stood in the root module.
  "terraform_data.dropped": "nowhere",
  // The `removed` block that names it.
  "terraform_data.forgotten": "guarded.tf:19",
  'terraform_data.record["eu"]': "records.tf.json:5",
  'terraform_data.record["us"]': "records.tf.json:5",
  "terraform_data.vault": "guarded.tf:3",
};

describe.skipIf(process.platform === "win32")("a saved plan", () => {
  afterEach(() => void vi.unstubAllEnvs());

  /** Shows the recorded plan, where there is no Terraform too. */
  function savedPlan(archive: Buffer = readFileSync(fixture("source/plan.bin"))): string {
    const folder = folderWith({ tfplan: archive, "bin/terraform": `#!/bin/sh\nexec /bin/cat ${PLAN}\n` });
    chmodSync(join(folder, "bin/terraform"), 0o755);
    vi.stubEnv("PATH", join(folder, "bin"));
    return join(folder, "tfplan");
  }

  test("brings its source along", async () => {
    expect(placesIn(await reportOf([savedPlan()]))).toEqual(PLACES);
  });

  test("says where on the page", async () => {
    const { stdout } = await firebreak(["check", savedPlan(), "--actor", "agent"]);
    expect(stdout).toMatch(/module\.network\.terraform_data\.vpc .* · modules\/network\/main\.tf:3\n/);
    const explained = await firebreak(["explain", savedPlan(), "terraform_data.vault"]);
    expect(explained.stdout).toMatch(/^terraform_data\.vault .* · guarded\.tf:3\n/);
    expect(explained.stdout).toMatch(
      /module\.network\.terraform_data\.vpc is replaced.* · modules\/network\/main\.tf:3\n/,
    );
    expect(explained.stdout).toContain(
      "input refers to local.network, which is module.network.id, which is terraform_data.vpc.id",
    );
  });

  test("with a configuration that is broken is judged without it", async () => {
    const archive = readFileSync(fixture("source/plan.bin"));
    // The packed bytes of the file behind its header, which ends in its name.
    archive.fill(0xff, archive.indexOf("tfconfig/m-/main.tf") + 24, archive.indexOf("tfconfig/m-/main.tf") + 200);
    const report = await reportOf([savedPlan(archive)]);
    expect(report.plans[0]?.changes).toHaveLength(9);
    expect(spotsOf(report.plans[0] as PlanReport, "source-")).toEqual([
      "Part of the source could not be read: the configuration in the plan file is broken.",
    ]);
  });

  test("with a configuration that is too large is judged without it", async () => {
    const large = Buffer.alloc((4 << 20) + 1, "#");
    const archive = {
      tfplan: Buffer.from("x"),
      "tfconfig/modules.json": Buffer.from("[]"),
      "tfconfig/m-/main.tf": large,
    };
    const report = await reportOf([savedPlan(Buffer.from(zipSync(archive)))]);
    expect(report.plans[0]?.changes).toHaveLength(9);
    expect(spotsOf(report.plans[0] as PlanReport, "source-")).toHaveLength(1);
    expect(Object.values(placesIn(report)).every((one) => one === "nowhere")).toBe(true);
  });
});

describe("--source", () => {
  test("names the folder", async () => {
    const report = await reportOf([PLAN, "--source", "stack"], { cwd: fixture("source") });
    const below = Object.entries(PLACES).map(([address, at]) => [address, at === "nowhere" ? at : `stack/${at}`]);
    expect(placesIn(report)).toEqual(Object.fromEntries(below));
  });

  test("is the working folder when the plan was made from it", async () => {
    expect(placesIn(await reportOf([PLAN], { cwd: STACK }))).toEqual(PLACES);
    const elsewhere = await reportOf([PLAN], { cwd: join(STACK, "modules/network") });
    expect(Object.values(placesIn(elsewhere)).every((one) => one === "nowhere")).toBe(true);
    expect(spotsOf(elsewhere.plans[0] as PlanReport, "source-")).toEqual([]);
  });

  test("of another configuration is not used, and that is said", async () => {
    const report = await reportOf([PLAN, "--source", join(STACK, "modules/network")]);
    expect(Object.values(placesIn(report)).every((one) => one === "nowhere")).toBe(true);
    expect(spotsOf(report.plans[0] as PlanReport, "source-")).toEqual([
      expect.stringMatching(
        /^The source \(--source .*\) is not what this plan was made from: terraform_data\.cluster of the plan is not in it\. It was not used\.$/,
      ),
    ]);
  });

  test("that is no folder is a sentence and exit 2", async () => {
    const { code, stdout, stderr } = await firebreak(["check", PLAN, "--source", "/no/such"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^firebreak: --source \/no\/such: there is no such folder\n/);
  });

  test("adds the dependencies that only it has", async () => {
    const radius = async (argv: readonly string[]): Promise<Record<string, string>> => {
      const { plans } = await reportOf([PLAN, ...argv]);
      const vpc = plans[0]?.changes.find(({ address }) => address === "module.network.terraform_data.vpc");
      return Object.fromEntries((vpc?.blastRadius.affected ?? []).map(({ address, edge }) => [address, edge]));
    };
    const [without, having] = [await radius([]), await radius(["--source", STACK])];
    // Through a local: the state lists it, but only the source proves the instance.
    expect([without["terraform_data.vault"], having["terraform_data.vault"]]).toEqual(["state", "exact"]);
    expect(Object.keys(having)).toEqual(expect.arrayContaining(Object.keys(without)));
  });
});

describe("provisioners that run on destroy", () => {
  const spots = async (argv: readonly string[], replaced: string): Promise<string[]> => {
    const plan = JSON.parse(readFileSync(PLAN, "utf8")) as {
      readonly resource_changes: readonly { readonly address: string; readonly change: object }[];
    };
    const changes = plan.resource_changes.map((entry) =>
      entry.address === replaced ? { ...entry, change: { ...entry.change, actions: ["delete", "create"] } } : entry,
    );
    const folder = folderWith({ "plan.json": JSON.stringify({ ...plan, resource_changes: changes }) });
    const report = await reportOf([join(folder, "plan.json"), ...argv], { cwd: folder });
    return spotsOf(report.plans[0] as PlanReport, "destroy-provisioners").map((text) =>
      text.replaceAll(/[^\s(]*\/stack\//g, ""),
    );
  };

  test("are named where the source is at hand, and left open where it is not", async () => {
    expect(await spots([], "terraform_data.image")).toEqual([
      "Provisioners that run on destroy have no entry in a plan.",
    ]);
    expect(await spots(["--source", STACK], "terraform_data.cluster")).toEqual([]);
    expect(await spots(["--source", STACK], "terraform_data.image")).toEqual([
      "A provisioner runs when these are destroyed, and what it does no plan shows: terraform_data.image (main.tf:44).",
    ]);
  });
});

describe("findings", () => {
  test("about a block say where it is", async () => {
    const plan = JSON.parse(readFileSync(PLAN, "utf8")) as Record<string, unknown>;
    const checks = [{ address: { to_display: "check.reachable" }, status: "fail", instances: [] }];
    const folder = folderWith({ "plan.json": JSON.stringify({ ...plan, checks }) });
    const { findings } = await reportOf([join(folder, "plan.json"), "--source", "."], { cwd: STACK });
    expect(findings.find(({ ruleId }) => ruleId === "failing-check")?.location).toEqual({
      file: "guarded.tf",
      line: 8,
    });
  });
});

describe("source that means harm", () => {
  const stack = (): string => {
    const folder = folderWith({});
    for (const path of [
      "main.tf",
      "guarded.tf",
      "records.tf.json",
      "modules/network/main.tf",
      "modules/network/modules/subnet/main.tf",
    ]) {
      mkdirSync(join(folder, path, ".."), { recursive: true });
      writeFileSync(join(folder, path), readFileSync(join(STACK, path)));
    }
    return folder;
  };

  const deep = (open: string, close: string, count: number): string =>
    `locals { x = ${open.repeat(count)}1${close.repeat(count)} }`;

  test.each<[what: string, name: string, content: string | Buffer]>([
    ["broken syntax", "x.tf", 'resource "a" {{'],
    ["a text that does not end", "x.tf", 'locals { a = "'],
    ["a heredoc that does not end", "x.tf", "locals {\n a = <<EOT\n x"],
    ["bytes", "x.tf", Buffer.from(Array.from({ length: 999 }, (_, at) => (at * 37) % 256))],
    ["brackets 100,000 deep", "x.tf", deep("[", "]", 100_000)],
    ["parentheses 100,000 deep", "x.tf", deep("(", ")", 100_000)],
    ["templates 100,000 deep", "x.tf", deep('"${', '}"', 100_000)],
    ["blocks 100,000 deep", "x.tf", `${"a {\n".repeat(100_000)}${"}\n".repeat(100_000)}`],
    ["JSON 100,000 deep", "x.tf.json", `{"locals":{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`],
    ["JSON that is cut", "x.tf.json", '{"resource": {"a"'],
    ["JSON of something else", "x.tf.json", '["a"]'],
    ["more than source ever is", "x.tf", Buffer.alloc((4 << 20) + 1, " ")],
  ])("%s: one sentence with the file, the same verdict", async (_, name, content) => {
    const folder = stack();
    writeFileSync(join(folder, name), content);
    const [report, plain] = [await reportOf([PLAN, "--source", folder]), await reportOf([PLAN])];
    expect(spotsOf(report.plans[0] as PlanReport, "source-")).toEqual([
      expect.stringMatching(/^Part of the source could not be read: [^\n]*x\.tf(\.json)?:[^\n]*\.$/),
    ]);
    expect([report.verdict, report.plans[0]?.totals.ended]).toEqual([plain.verdict, plain.plans[0]?.totals.ended]);
    // The other files are still there.
    expect(placesIn(report)["terraform_data.vault"]).toMatch(/guarded\.tf:3$/);
  });

  test("100,000 references, loops and dynamic blocks end in time", async () => {
    const folder = stack();
    const many = (of: (at: number) => string): string => Array.from({ length: 100_000 }, (_, at) => of(at)).join("");
    writeFileSync(
      join(folder, "x.tf"),
      `locals {\n a = [${many((at) => `b.c${at}.id,`)}]\n b = "${many(() => "%{ for x in y }")}${many(() => `\${x.y}`)}"\n}\n`,
    );
    writeFileSync(join(folder, "y.tf"), `resource "a" "b" {\n${many(() => 'dynamic "c" {\n for_each = d.e\n}\n')}}\n`);
    const report = await reportOf([PLAN, "--source", folder]);
    expect(placesIn(report)["terraform_data.vault"]).toMatch(/guarded\.tf:3$/);
  }, 20_000);

  test.skipIf(process.platform === "win32")(
    "links and modules that lead out of the folder are not followed",
    async () => {
      const folder = stack();
      const outside = folderWith({ "secret.tf": 'resource "a" "outside" {}\n' });
      symlinkSync(join(outside, "secret.tf"), join(folder, "link.tf"));
      symlinkSync("/no/such/file.tf", join(folder, "nowhere.tf"));
      mkdirSync(join(folder, "folder.tf"));
      mkdirSync(join(folder, ".git"));
      writeFileSync(join(folder, "out.tf"), `module "out" {\n  source = "../${outside.split("/").at(-1)}"\n}\n`);
      const [message = ""] = spotsOf((await reportOf([PLAN, "--source", folder])).plans[0] as PlanReport, "source-");
      expect(message).toContain("folder.tf: this is no file; ");
      expect(message).toContain("link.tf: this is a link that leads out of the repository, or nowhere; ");
      expect(message).toContain("nowhere.tf: this is a link that leads out of the repository, or nowhere; and 1 more");
    },
  );

  test("a module that calls itself ends", async () => {
    const folder = stack();
    writeFileSync(join(folder, "self.tf"), 'module "self" {\n  source = "./"\n}\n');
    const [message] = spotsOf((await reportOf([PLAN, "--source", folder])).plans[0] as PlanReport, "source-");
    expect(message).toMatch(
      /^Part of the source could not be read: module\.self\.[^;]*: modules are nested too deep, or there are too many/,
    );
  });
});

const version = terraformVersion();
if (version === undefined) sayMissing("terraform");

describe.runIf(version !== undefined)("with the real Terraform", () => {
  test("a plan saved right now brings its source along", async () => {
    const workspace = Workspace.create();
    try {
      workspace.write({
        "main.tf":
          'locals {\n  id = module.a.id\n}\nmodule "a" {\n  source = "./a"\n}\nresource "terraform_data" "b" {\n  input = local.id\n}\n',
        "a/main.tf": 'module "inner" {\n  source = "./inner"\n}\noutput "id" {\n  value = module.inner.id\n}\n',
        "a/inner/main.tf":
          'resource "terraform_data" "c" {\n  lifecycle {\n    create_before_destroy = true\n  }\n}\noutput "id" {\n  value = terraform_data.c.id\n}\n',
      });
      await workspace.init();
      await workspace.apply();
      await workspace.plan("tfplan", ["-replace=module.a.module.inner.terraform_data.c"]);
      expect(placesIn(await reportOf([workspace.path("tfplan")]))).toEqual({
        "module.a.module.inner.terraform_data.c": "a/inner/main.tf:1",
        "terraform_data.b": "main.tf:7",
      });
    } finally {
      workspace.remove();
    }
  }, 60_000);
});

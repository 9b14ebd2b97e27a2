/** Configs that are wrong: every mistake at once, where it stands, and a sentence that helps. */

import { describe, expect, test } from "vitest";
import { FirebreakError } from "../../src/model/error.ts";
import { parseConfig } from "../../src/policy/config/parse.ts";
import { loadPolicy } from "../../src/policy/index.ts";

/** Each mistake as `line:column sentence`. */
async function mistakes(text: string): Promise<string[]> {
  const error = await parseConfig(text, "f.yaml").catch((thrown: unknown) => thrown);
  if (!(error instanceof FirebreakError)) throw error instanceof Error ? error : new Error("no mistake was found");
  expect(error.code).toBe("bad-config");
  return error.message.split("\n").map((line) => line.replace(/^f\.yaml:(\d+:\d+): /, "$1 "));
}

const KEYS =
  "Known: extends, mode, limits, actors, authorship, attestedHumans, humanKeys, rules, weights, environments, signOff, types, custom, rego, protected, freezes, waivers, waiverDays.";
const LIMITS = "Known: dataLoss, ended, affected, share, score";
const AUTHORS = "Known: agent, mixed, bot, human, unknown.";
const COUNT = "Expected a whole number from 0 on, or off.";
const LEVEL = "error, warning, note or off";

/** All that a waiver needs but what it is for. */
const WAIVER = 'rule: failing-check, reason: "mended in 1.4", owner: platform, expires: 2026-03-01T00:00:00Z';

/** A config, and of each mistake where it stands and words that its sentence must hold. */
const BROKEN: (readonly [config: string, ...mistakes: (readonly [place: string, ...words: string[]])[]])[] = [
  // Unknown keys, at every depth
  ["limit: {agent: {ended: 3}}", ["1:1", 'unknown key "limit". Did you mean "limits"?', KEYS]],
  ["mode: observe\nextend: strict", ["2:1", 'Did you mean "extends"?']],
  ["thresholds: {}", ["1:1", 'Did you mean "limits"?']],
  ["constructor: 1", ["1:1", 'unknown key "constructor". Known:']],
  ["__proto__: {mode: observe}", ["1:1", 'unknown key "__proto__". Known:']],
  ["limits: {agent: {deletions: 3}}", ["1:18", 'unknown limit "deletions". Did you mean "ended"?', LIMITS]],
  ["limits:\n  agent:\n    dataloss: 0", ["3:5", 'unknown limit "dataloss". Did you mean "dataLoss"?']],
  ["limits: {human: {approvals: 2}}", ["1:18", 'Did you mean "signatures"?']],
  ["limits:\n  agents: {ended: 3}", ["2:3", 'unknown author "agents". Did you mean "agent"?', AUTHORS]],
  ["actors: {robot: agent}", ["1:10", 'unknown author "robot". Did you mean "bot"?', AUTHORS]],
  ["rules: {environment-recreate: error}", ["1:9", "unknown rule", 'Did you mean "environment-recreated"?']],
  ["rules: {failing-check: {robot: error}}", ["1:25", '"robot"', 'Did you mean "bot"?']],
  [
    "rules: {failing-check: {level: error, signature: 1}}",
    ["1:39", 'unknown setting "signature". Did you mean "signatures"?'],
  ],
  ["weights: {type: {aws_db_instance: 3}}", ["1:11", 'unknown key "type". Did you mean "types"?']],
  [
    "environments: {production: {limit: {}}}",
    ["1:29", 'Did you mean "limits"? Known: match, limits, pinned, exists, ephemeral, mode.'],
  ],
  [
    "environments: {prod: {match: {tag: {}}}}",
    ["1:31", 'Did you mean "tags"? Known: tags, module, workspace, stack, path, folder, accounts.'],
  ],
  ["environments:\n  prod:\n    limits:\n      agent: {deletions: 0}", ["4:15", 'Did you mean "ended"?', LIMITS]],

  // Values of the wrong type, or out of range
  ["limits:\n  agent:\n    ended: -1", ["3:12", "limits.agent.ended", COUNT]],
  ["limits:\n  agent:\n    affected: 1.5", ["3:15", "limits.agent.affected", COUNT]],
  ["limits: {agent: {dataLoss: none}}", ["1:28", "limits.agent.dataLoss", COUNT]],
  ["limits: {agent: {ended: '5'}}", ["1:25", "limits.agent.ended", COUNT]],
  ["limits: {agent: {ended: [5]}}", ["1:25", "limits.agent.ended", COUNT]],
  ["limits: {agent: {ended: .inf}}", ["1:25", "limits.agent.ended", COUNT]],
  ["limits:\n  agent:\n    ended:", ["3:11", "limits.agent.ended", COUNT]],
  ["limits: {agent: {share: 10}}", ["1:25", "Expected 10%, 0.1 or off."]],
  ["limits: {agent: {share: 110%}}", ["1:25", "Expected 10%, 0.1 or off."]],
  ["limits: {agent: {share: -5%}}", ["1:25", "Expected 10%, 0.1 or off."]],
  ["limits: {agent: {share: ten percent}}", ["1:25", "Expected 10%, 0.1 or off."]],
  ["limits: {agent: {score: -0.5}}", ["1:25", "Expected a number from 0 on, or off."]],
  ["limits: {agent: {signatures: 0}}", ["1:30", "Expected a whole number from 1 to 20, or none."]],
  ["limits: {agent: {signatures: off}}", ["1:30", "Expected a whole number from 1 to 20, or none."]],
  ["limits: {agent: {bound: uper}}", ["1:25", 'Did you mean "upper"?', "lower, upper"]],
  ["limits: 5", ["1:9", "limits"]],
  ["limits:\n  agent: off", ["2:10", "limits.agent"]],
  ["mode: observing", ["1:7", 'Did you mean "observe"?', "enforce"]],
  ["actors: {unknown: agents}", ["1:19", 'Did you mean "agent"?']],
  ["attestedHumans: yes please", ["1:17", "attestedHumans", "true or false"]],
  ["humanKeys: [ABCD1234]", ["1:13", "humanKeys", "a list of whole fingerprints"]],
  ["extends: 3", ["1:10", "recommended, strict, observe"]],
  ["extends: [recommended, '']", ["1:24", "recommended, strict, observe"]],
  ["rules: {failing-check: fatal}", ["1:24", LEVEL]],
  ["rules: {failing-check: {agent: fatal}}", ["1:32", LEVEL]],
  ["rules: {failing-check: {agent: {signatures: 1}}}", ["1:32", "level"]],
  ["rules: {failing-check: {level: error, signatures: 0}}", ["1:51", "from 1 to 20"]],
  ["weights: {default: 0}", ["1:20", "weights.default"]],
  [
    "weights: {types: {aws_db_instance: {delete: 0}}}",
    ["1:45", "weights.types.aws_db_instance.delete", "a number above 0"],
  ],
  ["weights: {types: {aws_db_instance: {replace: 0}}}", ["1:46", "a number above 0"]],
  ["weights: {types: {aws_db_instance: {create: -1}}}", ["1:45", "a number from 0 on"]],
  ["weights: {types: {aws_db_instance: {update: 1}}}", ["1:37", 'unknown key "update". Did you mean "modify"?']],
  ["weights: {types: {aws_db_instance: {}}}", ["1:36", "a number above 0, or {delete, replace, create, modify}"]],
  ["environments: {prod: {match: {}}}", ["1:30", "environments.prod.match"]],
  ["environments: {prod: {match: {tags: {Env: []}}}}", ["1:43", "environments.prod.match.tags.Env"]],
  ["environments: {prod: {match: {workspace: ''}}}", ["1:42", "environments.prod.match.workspace"]],
  ["environments: {prod: {match: {stack: [a]}}}", ["1:38", "environments.prod.match.stack", "Expected a pattern."]],
  ["environments: {prod: {match: {folder: 1}}}", ["1:39", "environments.prod.match.folder", "Expected a pattern."]],
  ["environments: {prod: {match: {dir: envs}}}", ["1:31", 'unknown key "dir". Did you mean "folder"?']],
  ["environments: [production]", ["1:15", "environments"]],
  ["- limits", ["1:1", "a config is a mapping of keys to values, and this is a list"]],
  ["just words", ["1:1", "a config is a mapping of keys to values"]],

  ["environments: {__proto__: {exists: true}}", ["1:16", '"__proto__" is no name that can be used']],
  ["weights: {types: {__proto__: 5}}", ["1:19", '"__proto__" is no name']],
  ["limits: &a {agent: {ended: 1}}\nenvironments: {x: {limits: {<<: *a}}}", ["2:29", "merge keys (<<) are not read"]],

  // Rules of its own
  ["custom: {x: {match: {types: a}}}", ["1:13", 'needs "description"']],
  ["custom: {x: {description: short, match: {types: a}}}", ["1:27", "at least 10 signs"]],
  ["custom: {x: {description: finds something}}", ["1:13", 'speaks of every change: give it "match" or "expression"']],
  ["custom: {x: {description: finds something, match: {}}}", ["1:51", "custom.x.match"]],
  ["custom: {x: {description: finds something, match: {type: a}}}", ["1:52", 'Did you mean "types"?']],
  ["custom: {x: {description: finds something, match: {actions: destroy}}}", ["1:61", "create, update, delete"]],
  ["custom: {x: {description: finds something, match: {losses: [dat]}}}", ["1:61", 'Did you mean "data"?']],
  ["custom: {x: {description: finds something, match: {radius: 0}}}", ["1:60", "from 1 on"]],
  [
    "custom: {x: {description: finds something, match: {after: {acl: {}}}}}",
    ["1:65", "a text, a number, true, false, null"],
  ],
  ["custom: {x: {description: finds something, atMost: -1, match: {types: a}}}", ["1:52", "from 0 on"]],
  ["custom: {x: {description: finds something, level: fatal, match: {types: a}}}", ["1:51", LEVEL]],
  ["custom: {X Y: {description: finds something, match: {types: a}}}", ["1:9", "a name of small letters"]],
  ["custom: {x: {description: finds something, expression: change.tipe == 'a'}}", ["1:56", "No such key: tipe"]],

  ["rego: {x: ./p.wasm}", ["1:11", "rego.x", "a mapping"]],
  ["rego: {x: {}}", ["1:11", 'needs "policy"']],
  ["rego: {x: {bundle: p.wasm}}", ["1:12", 'unknown key "bundle"', "Known: policy, packages, digest, level, warn."]],
  ["rego: {x: {policy: p.wasm, packages: []}}", ["1:38", "a package such as main"]],
  ["rego: {x: {policy: p.wasm, packages: a-b}}", ["1:38", "a package such as main"]],
  ["rego: {x: {policy: p.wasm, digest: abc}}", ["1:36", "sha256: and 64 signs"]],
  ["rego: {x: {policy: p.wasm, warn: loud}}", ["1:34", LEVEL]],
  ["rego: {X: {policy: p.wasm}}", ["1:7", "a name of small letters"]],
  ["rego: {x: {policy: ''}}", ["1:20", "the path of a .wasm"]],

  // What the policy stands on
  ["extends: {from: ./a.yaml}", ["1:10", 'needs "digest"']],
  ["extends: [{from: ./a.yaml, digest: md5:1}]", ["1:36", "sha256: and 64 signs"]],
  ["extends: [recommended, 'https://company.example/p.yaml']", ["1:24", "is an address"]],
  ["extends: '@company'", ["1:10", "is no package"]],
  ["extends: '@company/policy@2'", ["1:10", "names a version"]],

  // What the policy protects, when nothing may end, and what may always end
  ["protected: {adresses: [a.b]}", ["1:13", 'Did you mean "addresses"?']],
  ["protected: {types: []}", ["1:20", "a pattern, or a list of these"]],
  ["protected: {tags: {Keep: true}}", ["1:26", "a text in quotes, or a list of these"]],
  ["protected: {}", ["1:12", "protected"]],
  ["freezes: [{from: 2026-12-20T00:00:00Z}]", ["1:11", 'needs "name"']],
  ["freezes: [{name: x}]", ["1:11", 'freezes.0 says no time: give "from" and "to"']],
  ["freezes: [{name: x, from: 2026-12-20}]", ["1:27", "a time with its zone"]],
  ["freezes: [{name: x, from: 2026-12-32T00:00:00Z}]", ["1:27", "does not exist"]],
  ["freezes: [{name: x, from: 2026-12-20T00:00:00Z, to: 2026-12-19T00:00:00Z}]", ["1:53", "is over before it begins"]],
  ["freezes: [{name: x, days: [friday], timeZone: UTC}]", ["1:28", 'Did you mean "fri"?']],
  ["freezes: [{name: x, days: [fri]}]", ["1:11", 'needs "timeZone"']],
  ["freezes: [{name: x, days: [fri], timeZone: Europe/Berlim}]", ["1:44", 'no time zone "Europe/Berlim"']],
  ["freezes: [{name: x, hours: 22:00-06:00, timeZone: UTC}]", ["1:28", "give two freezes"]],
  ["freezes: [{name: x, hours: 4pm, timeZone: UTC}]", ["1:28", "such as 16:00-24:00"]],
  ["freezes: [{name: x, from: 2026-12-20T00:00:00Z, timeZone: UTC}]", ["1:59", "bring their zone"]],
  ["environments: {p: {ephemeral: yes}}", ["1:31", "true or false"]],
  ["environments: {p: {ephemeral: true, match: {module: module.p}}}", ["1:31", "only a whole plan can be ephemeral"]],
  ["environments: {p: {mode: observed}}", ["1:26", 'Did you mean "observe"?']],

  // Waivers
  ["waivers: {rule: x}", ["1:10", "waivers", "a list of waivers"]],
  ["waivers:\n  - rule: limit-ended", ["2:5", 'needs "reason"']],
  [`waivers: [{${WAIVER}, adress: a.b}]`, ["1:106", 'Did you mean "address"?']],
  [`waivers: [{${WAIVER}}]`, ["1:11", 'an "address" or for a "fingerprint", and this one has neither']],
  [`waivers: [{${WAIVER}, address: a.b, fingerprint: ${"a".repeat(64)}}]`, ["1:11", "has both"]],
  [`waivers: [{${WAIVER}, fingerprint: 7c1e}]`, ["1:119", "64 signs of a plan's fingerprint"]],
  [
    `waivers: [{${WAIVER.replace("failing-check", "failing-chek")}, address: a.b}]`,
    ["1:18", 'unknown rule "failing-chek". Did you mean "failing-check"?'],
  ],
  [
    `waivers: [{${WAIVER.replace("failing-check", "expired-waiver")}, address: a.b}]`,
    ["1:18", "expired-waiver cannot be waived"],
  ],
  [`waivers: [{${WAIVER.replace("failing-check", "limit-ended")}, address: a.b}]`, ["1:113", "fingerprint"]],
  [`waivers: [{${WAIVER.replace("03-01T00:00:00Z", "03-01")}, address: a.b}]`, ["1:84", "2026-03-01T00:00:00Z"]],
  [`waivers: [{${WAIVER.replace("03-01", "02-30")}, address: a.b}]`, ["1:84", "does not exist"]],
  [`waivers: [{${WAIVER.replace("T00:00:00Z", "T00:00:00")}, address: a.b}]`, ["1:84", "its zone"]],
  [
    `waivers: [{${WAIVER.replace("mended in 1.4", "short")}, address: a.b}]`,
    ["1:41", "a sentence of at least 10 signs"],
  ],
  ["waiverDays: 1000", ["1:13", "from 1 to 366"]],

  // YAML and JSON that are broken before their meaning is looked at
  ["mode: observe\nmode: enforce", ["2:1", "unique"]],
  ["limits:\n  agent: {ended: 1, ended: 2}", ["2:21", "unique"]],
  ["limits:\n\tagent: {ended: 1}", ["2:1", "Tabs"]],
  ["limits:\n  agent: *nobody", ["2:10", "nobody"]],
  ["limits: {agent: {ended: 1}", ["1:27", "}"]],
  ["limits: !!python/object:os.system {}", ["1:9", "tag"]],
  ["limits: {}\n---\nmode: observe", ["2:1", "one document"]],
  ['{\n  "mode": "observe",\n  "limitz": {}\n}', ["3:3", 'Did you mean "limits"?']],
  ['{"mode": "observe", "mode": "enforce"}', ["1:21", "unique"]],
  ["mode: observe\r\nlimit: {}\r\n", ["2:1", 'Did you mean "limits"?']],
  ["\uFEFFmodes: observe", ["1:1", 'Did you mean "mode"?']],

  // Several at once, in the order in which they stand
  [
    "rules: {environment-gone: error}\nlimits:\n  agent: {ended: 1, deletions: 3, share: 200%}\nmod: observe",
    ["1:9", 'unknown rule "environment-gone"'],
    ["3:21", 'Did you mean "ended"?'],
    ["3:42", "Expected 10%, 0.1 or off."],
    ["4:1", 'Did you mean "mode"?'],
  ],
];

describe("a broken config", () => {
  test.each(BROKEN.map(([config, ...expected]) => ({ config, expected })))("$config", async ({ config, expected }) => {
    const found = await mistakes(config);
    expect(found.map((mistake) => mistake.split(" ")[0])).toEqual(expected.map(([place]) => place));
    expected.forEach(([, ...words], place) => {
      for (const word of words) expect(found[place]).toContain(word);
    });
  });

  test("is told in the words of its reader, not of a validator", async () => {
    const all = await Promise.all(BROKEN.map(([config]) => mistakes(config).catch(() => [])));
    const jargon = /must (be (number|integer|object|string|[<>])|match|NOT)|Known: \.|YAML\.|undefined/;
    expect(all.flat().filter((mistake) => jargon.test(mistake))).toEqual([]);
  });

  test("that is nested without end is refused", async () => {
    expect((await mistakes(`mode: ${"[".repeat(20_000)}`))[0]).toMatch(/ a config is not nested as deeply as this$/);
  });

  test("of aliases that multiply is refused before they do", async () => {
    const bomb = `limits: &a [x]\nrules: &b [${"*a, ".repeat(80)}]\nmode: [${"*b, ".repeat(80)}]`;
    expect((await mistakes(bomb)).join()).toMatch(/alias/i);
  });
});

describe("what is no mistake", () => {
  test.each(["", "# nothing yet\n", "---\n", "{}", "null\n"])("a config that says nothing: %j", async (text) => {
    expect((await parseConfig(text, "f.yaml")).config).toEqual({});
  });

  test.each<[string, object]>([
    ['{"limits": {"agent": {"ended": 0, "share": "12.5 %"}}}', { limits: { agent: { ended: 0, share: "12.5 %" } } }],
    [
      "limits: {agent: {share: 0, score: 0.5, signatures: none}}",
      { limits: { agent: { share: 0, score: 0.5, signatures: "none" } } },
    ],
    [
      "limits: &all\n  agent: {ended: off}\nenvironments: {a: {limits: *all}}",
      { limits: { agent: { ended: "off" } }, environments: { a: { limits: { agent: { ended: "off" } } } } },
    ],
    ["%YAML 1.1\n---\nmode: observe\n", { mode: "observe" }],
    ["$schema: https://example.com/config.json", { $schema: "https://example.com/config.json" }],
  ])("%j", async (text, config) => {
    expect((await parseConfig(text, "f.yaml")).config).toEqual(config);
  });
});

describe("extends", () => {
  /** What loading a config says when only these files can be read. */
  async function refusal(text: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
    const readFile = async (name: string, from?: string) => {
      if (files[name] === undefined)
        throw new FirebreakError("bad-config", `${name}, which ${from} extends, is not there`);
      return { name, text: files[name] };
    };
    const error = await loadPolicy({ config: { name: "f.yaml", text }, rulesets: [], readFile }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: "bad-config" });
    return (error as Error).message;
  }

  test("an unknown ruleset is told with its place, the likely one, and all known ones", async () => {
    const message = await refusal("mode: enforce\nextends: stirct");
    expect(message).toContain("f.yaml:2:10: ");
    expect(message).toContain('unknown ruleset "stirct". Did you mean "strict"?');
    expect(message).toContain("recommended, strict, observe");
  });

  test.each(["constructor", "__proto__", "toString"])("no ruleset is called %s", async (name) => {
    expect(await refusal(`extends: ${name}`)).toContain(`unknown ruleset "${name}"`);
  });

  test("a file that is not there is told with the file that extends it", async () => {
    expect(await refusal("extends: ./base.yaml")).toContain("./base.yaml, which f.yaml extends");
    const deep = await refusal("extends: ./base.yaml", { "./base.yaml": "extends: ./gone.yaml" });
    expect(deep).toContain("./gone.yaml, which ./base.yaml extends");
  });

  test("a mistake in an extended file is told with that file's name", async () => {
    expect(await refusal("extends: ./base.yaml", { "./base.yaml": "\nmodes: observe" })).toMatch(
      /^\.\/base\.yaml:2:1: /,
    );
  });

  test.each<[string, Record<string, string>]>([
    ["./a.yaml", { "./a.yaml": "extends: ./a.yaml" }],
    ["./a.yaml", { "./a.yaml": "extends: [recommended, ./b.yaml]", "./b.yaml": "extends: ./a.yaml" }],
  ])("a circle is told with a file in it: %s, %j", async (first, files) => {
    const message = await refusal(`extends: ${first}`, files);
    expect(message).toMatch(/^\.\/[ab]\.yaml:1:10: extends goes round in a circle: \.\/a\.yaml -> /);
  });
});

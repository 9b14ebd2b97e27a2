/** What is no plan, or no whole one, is refused in one sentence with the command that would work, and quotes no value. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bytesOf, judged, refusal } from "../support/judge.ts";
import { change, existing, type Json, plan, stateOf } from "../support/plan.ts";
import { fixture } from "../support/world.ts";

const SECRET = "hunter2-planted";
const PLAN_AND_SHOW = "Run: terraform plan -out=tfplan && terraform show -json tfplan > plan.json";
const SHOW = /terraform show -json tfplan > plan\.json/;

/** A plan with values all over; one of its two objects depends on the other one, which ends. */
const DELETED = change("aws_vpc.main", ["delete"], { change: { before: { id: SECRET } } });
const UPDATED = change("aws_subnet.a", ["update"], {
  change: { before: { cidr: SECRET }, after: { cidr: "10.0.0.0/8" } },
});
const WHOLE = JSON.stringify(
  plan([DELETED, UPDATED], {
    variables: { password: { value: SECRET } },
    prior_state: stateOf(
      existing("aws_vpc.main", [], { values: { SECRET } }),
      existing("aws_subnet.a", ["aws_vpc.main"]),
    ),
  }),
);

describe("other things than plans", () => {
  const event = (type: string, more: Json = {}): string =>
    JSON.stringify({ "@level": "info", "@message": SECRET, "@module": "terraform.ui", type, ...more });
  const hcl = `resource "aws_db_instance" "main" {\n  password = "${SECRET}"\n  tags = { "Name" = "x" }\n}\n`;
  const forPeople = `Terraform will perform the following actions:

  # aws_db_instance.main will be created
  + resource "aws_db_instance" "main" {
      + password = "${SECRET}"
    }

Plan: 1 to add, 0 to change, 0 to destroy.`;
  const coloured = forPeople.replaceAll(/^ {2}/gm, "\u001b[0m  \u001b[1m");
  test.each<[string, string | Json, RegExp]>([
    ["state, as show -json writes it", readText("dependents-cut", "before.tfstate.json"), /is a state, not a plan/],
    ["state, raw", readText("dependents-cut", "before.tfstate"), /is a state, not a plan/],
    ["an empty state, as show -json writes it", { format_version: "1.0" }, /empty state/],
    ["the event stream of plan -json", `${event("version")}\n${event("planned_change")}\n`, /`terraform plan -json`/],
    ["one event", event("change_summary", { changes: { add: 1 } }), /event stream/],
    ["provider schemas", { format_version: "1.0", provider_schemas: { [SECRET]: {} } }, /provider schemas/],
    ["nothing", "", /is empty/],
    ["a byte order mark and nothing else", "\ufeff", /is empty/],
    ["blank lines", " \r\n\t\n", /is empty/],
    ["Terraform source", hcl, /is Terraform source/],
    ["Terraform source with an empty block", `data "aws_region" "current" {}\n${hcl}`, /is Terraform source/],
    ["the plan as text for people", forPeople, /text for people/],
    ["the plan as text for people, with colour", coloured, /text for people/],
    ["the plan as text for people, with an empty map", forPeople.replace(`"${SECRET}"`, "{}"), /text for people/],
    ["no changes, as text for people", "No changes. Your infrastructure matches the configuration.", /text for people/],
    ["other JSON", { name: SECRET, version: "1.0.0" }, /JSON, but not a Terraform plan/],
    ["plans of a policy's tests", { mock: { name: JSON.parse(WHOLE) } }, /JSON, but not a Terraform plan/],
    ["only half of an envelope", { format_version: "1.2", terraform_version: "1.11.4" }, /not a plan/],
    ["plain words", `the password is ${SECRET}`, /no JSON/],
    ["zeros", "\0\0\0\0", /binary|no JSON/],
    ["one brace", "{", /no JSON/],
  ])("%s", async (_, content, sentence) => {
    const { code, message, hint } = await refusal(content);
    expect(["not-a-plan", "other-json"]).toContain(code);
    expect(message).toMatch(sentence);
    expect(hint).toBe(PLAN_AND_SHOW);
    expect(message).not.toContain(SECRET);
  });

  test.each<[string, Json, RegExp]>([
    ["a template", { Resources: { A: { SECRET } } }, /CloudFormation template/],
    ["one change of a change set", { Type: "Resource", ResourceChange: { SECRET } }, /piece of a CloudFormation/],
  ])("of CloudFormation, %s: the hint names its command", async (_, content, sentence) => {
    const { message, hint } = await refusal(content);
    expect(message).toMatch(sentence);
    expect(message).not.toContain(SECRET);
    expect(hint).toMatch(/^Run: aws cloudformation describe-change-set --include-property-values /);
  });
});

describe("cut off", () => {
  test("at every byte: truncated, and no value is quoted", async () => {
    const wrong: string[] = [];
    // The first brace alone says nothing yet.
    for (let end = 2; end < WHOLE.length; end++) {
      const { code, message, hint = "" } = await refusal(WHOLE.slice(0, end));
      const isRight = code === "truncated-json" && SHOW.test(hint) && !message.includes("hunter2");
      if (!isRight) wrong.push(`behind ${WHOLE.slice(end - 20, end)}: ${code}, ${message}`);
    }
    expect(wrong).toEqual([]);
  });

  test("the sentence says where", async () => {
    const cutBehind = async (text: string): Promise<string> =>
      (await refusal(WHOLE.slice(0, WHOLE.indexOf(text) + text.length))).message;
    expect(await cutBehind('"address":"aws_vpc')).toMatch(/stops at byte \d+, in the middle of resource_changes\[0\]$/);
    expect(await cutBehind('"cidr":"10')).toMatch(/, in the middle of resource_changes\[1\]$/);
    expect(await cutBehind('"prior_state":{"format_version"')).toMatch(/, in the middle of prior_state$/);
    expect(await cutBehind('"errored":')).toMatch(/, in the middle of errored$/);
    expect(await cutBehind('"variables":{')).toMatch(/, in the middle of variables$/);
    expect(await cutBehind('"complete":true,')).toMatch(/stops at byte [\d,]+$/);
  });

  test("at 65,536 bytes, where some consoles cut", async () => {
    const changes = Array.from({ length: 400 }, (_, index) => change(`aws_vpc.main[${index}]`, ["no-op"]));
    const large = bytesOf(plan(changes));
    expect(large.length).toBeGreaterThan(65_536);
    const { code, message } = await refusal(large.subarray(0, 65_536));
    expect(code).toBe("truncated-json");
    expect(message).toMatch(/stops at byte 65,536, in the middle of resource_changes\[\d+\]$/);
  });

  test("behind a wrapper's line", async () => {
    const text = `[command]/usr/bin/terraform show -json tfplan\n${WHOLE.slice(0, -20)}`;
    expect((await refusal(text)).code).toBe("truncated-json");
  });
});

describe("invalid JSON", () => {
  const broken = (from: string, to: string): string => {
    expect(WHOLE).toContain(from);
    return WHOLE.replace(from, () => to);
  };
  const withConfiguration = (resource: string): string =>
    broken('"configuration":{"root_module":{', `"configuration":{"root_module":{"resources":[${resource}]`);
  test.each<[string, string]>([
    ["a comma too many", broken(',"variables"', ',,"variables"')],
    ["no colon", broken('"variables":', '"variables"')],
    ["a key without quotes", broken('"variables"', "variables")],
    ["brackets that do not match", broken('"actions":["delete"]', '"actions":["delete"}')],
    ["a bracket that closes nothing", broken('"actions":["delete"]', '"actions":["delete"]]')],
    ["a bad escape in a section's name", broken('"variables"', '"variabl\\qes"')],
    ["a bad escape in the name of a field", broken('"provider_name"', '"provider\\qname"')],
    ["a bad escape in an address", broken('"aws_vpc.main"', '"aws_vpc.ma\\qin"')],
    // From here on it stands where it is read late, if at all.
    ["a bare word among the flags", broken('"errored":false', '"errored":fals')],
    ["a bare word in the attributes of what ends", broken(`{"id":"${SECRET}"}`, '{"id":hunter2}')],
    ["a bare word in the attributes of what changes", broken(`{"cidr":"${SECRET}"}`, '{"cidr":hunter2}')],
    ["a bare word among the references", withConfiguration('{"address":"aws_subnet.a","expressions":{"a":hunter2}}')],
    ["a resource of the configuration that is a text", withConfiguration('"hunter2"')],
    ["a list of dependencies that is a text", broken('"depends_on":["aws_vpc.main"]', '"depends_on":"hunter2"')],
    ["a bare word among the checks", `${WHOLE.slice(0, -1)},"checks":[hunter2]}`],
  ])("%s", async (_, text) => {
    const { code, message, hint } = await refusal(text);
    expect(code).toBe("malformed-json");
    expect(message).not.toContain("hunter2");
    expect(hint).toMatch(SHOW);
  });

  const nested = (open: string, count: number, close: string): string => open.repeat(count) + close.repeat(count);
  test.each<[string, string]>([
    ["100,000 lists in an attribute", broken(`"${SECRET}"`, nested("[", 100_000, "]"))],
    ["600 objects in an attribute", broken(`"${SECRET}"`, nested('{"":[', 600, "]}"))],
    ["100,000 lists at the top", `${WHOLE.slice(0, -1)},"x":${nested("[", 100_000, "]")}`],
    [
      "9,000 modules",
      broken('{"resources"', `{"child_modules":[${nested('{"child_modules":[', 9_000, "]}")}],"resources"`),
    ],
  ])("nested too deeply: %s", async (_, text) => {
    const { code, message } = await refusal(text);
    expect(code).toBe("malformed-json");
    expect(message).toMatch(/too deep/);
  });
});

describe("two answers to one question", () => {
  const entry = (text: string): string =>
    `{"format_version":"1.2","resource_changes":[{"mode":"managed","address":"aws_vpc.main",${text}}],"configuration":{}}`;
  test.each<[string, string, string]>([
    ["a section", `{"resource_changes":[],"format_version":"1.2","resource_changes":[]}`, "resource_changes"],
    ["a section, once with an escape", `{"resource_changes":[],"resource\\u005fchanges":[]}`, "resource_changes"],
    ["the address", entry('"address":"aws_vpc.b","change":{"actions":["no-op"]}'), "address"],
    ["the change", entry('"change":{"actions":["no-op"]},"change":{"actions":["delete"]}'), "change"],
    ["the actions", entry('"change":{"actions":["no-op"],"actions":["delete"]}'), "actions"],
    ["the actions, once with an escape", entry('"change":{"actions":["no-op"],"\\u0061ctions":["delete"]}'), "actions"],
    ["the mode", entry('"mode":"data","change":{"actions":["delete"]}'), "mode"],
    ["the mode, with capital digits", entry('"m\\u006Fde":"data","change":{"actions":["delete"]}'), "mode"],
    ["a deposed key", entry('"deposed":"a","deposed":"b","change":{"actions":["delete"]}'), "deposed"],
    [
      "a dependency list",
      `{"resource_changes":[],"prior_state":{"values":{"root_module":{"resources":[{"address":"a.b","depends_on":[],"depends_on":["a.c"]}]}}}}`,
      "depends_on",
    ],
  ])("%s given twice", async (_, text, name) => {
    expect(() => JSON.parse(text), "JSON itself lets it through").not.toThrow();
    const { code, message } = await refusal(text);
    expect(code).toBe("malformed-json");
    expect(message).toContain(`"${name}" given twice`);
  });

  test("a name with a line end in it keeps the sentence in one line", async () => {
    expect((await refusal('{"resource_changes":[],"a\\n\\u001b[2Jb":1,"a\\n\\u001b[2Jb":2}')).message).not.toContain(
      "\u001b",
    );
  });
});

describe("another shape than documented", () => {
  test.each<[string, unknown]>([
    ["an object", {}],
    ["a text", SECRET],
    ["a number", 7],
    ["true", true],
  ])("resource_changes is %s: undecided", async (_, section) => {
    const { verdict, errors } = await judged(plan([], { resource_changes: section }));
    expect(verdict).toBe("undecided");
    expect(errors).toMatchObject([{ code: "malformed-json", message: 'plan.json: "resource_changes" is not a list' }]);
  });

  test.each<[string, unknown, RegExp]>([
    ["null", null, /resource_changes\[1\]/],
    ["a text", SECRET, /resource_changes\[1\]/],
    ["a list", [], /resource_changes\[1\]/],
    ["an object without an address", { change: { actions: [SECRET] } }, /resource_changes\[1\] has no "address"/],
    ["an object whose address is a number", { address: 5 }, /resource_changes\[1\]/],
    [
      "a change whose actions are numbers",
      change("aws_vpc.b", [], { change: { actions: [5] } }),
      /resource_changes\[1\]/,
    ],
  ])("an element is %s: refused", async (_, element, where) => {
    const text = JSON.stringify({
      format_version: "1.2",
      resource_changes: [change("aws_vpc.main", ["no-op"]), element],
    });
    const { code, message, hint } = await refusal(text);
    expect(code).toBe("malformed-json");
    expect(message).toMatch(where);
    expect(message).not.toContain(SECRET);
    expect(hint).toMatch(SHOW);
  });

  test.each(["2.0", "2", "3.1", "10.0", "", "one", 2, { major: 1 }])(
    "format_version %j: undecided",
    async (version) => {
      const { verdict, errors } = await judged(plan([change("aws_vpc.main", ["delete"])], { format_version: version }));
      expect(verdict).toBe("undecided");
      expect(errors).toMatchObject([{ code: "unsupported-version", hint: expect.stringMatching(/Update firebreak/) }]);
    },
  );
});

function readText(...path: readonly string[]): string {
  return readFileSync(fixture("terraform", ...path), "utf8");
}

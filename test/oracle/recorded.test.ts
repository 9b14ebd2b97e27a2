/**
 * Scenarios of the differential test, recorded with Terraform 1.11.4, so that it also runs where there is none.
 * `RECORD_ORACLE=1 npx vitest run test/oracle/recorded.test.ts` makes them anew.
 */

import { describe, test } from "vitest";
import { compare } from "./compare.ts";
import { refuse } from "./failure.ts";
import { readRecorded, record, recordedFile } from "./recording.ts";
import { playScenario } from "./scenario.ts";

/** What each one shows, and its seed. */
const RECORDED: Readonly<Record<string, number>> = {
  "blocks-replaced": 13,
  "block-removed": 16,
  "repeated-then-cut": 33,
  "removed-without-refresh": 40,
  "module-renamed": 45,
  "keys-removed": 53,
  "destroyed-whole": 60,
  "module-instance-removed": 75,
};

if (process.env["RECORD_ORACLE"] === "1") {
  test.each(Object.entries(RECORDED))("record %s", async (name, seed) => {
    record(name, await playScenario(seed));
  });
}

describe("recorded edits of random configurations", () => {
  test.each(Object.keys(RECORDED))("%s", async (name) => {
    const scenario = readRecorded(name);
    const { disagreements } = await compare(scenario, { state: recordedFile(name, "state.json") });
    refuse(scenario, disagreements);
  });
});

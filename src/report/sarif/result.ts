/** A finding as a result of SARIF. */

import type { Report, ReportedFinding } from "../../model/report.ts";
import { forText } from "../escape.ts";
import { type IdentifiedFinding, placeOf, saidInFull } from "../findings.ts";
import { waivedText } from "../wording/policy.ts";

/** `ids` are the rules of the run, in their order there. */
export function toResult(report: Report, { finding, fingerprint }: IdentifiedFinding, ids: readonly string[]) {
  const { ruleId, level, waiver, limit, actual, signatures } = finding;
  return {
    ruleId: forText(ruleId),
    ruleIndex: ids.indexOf(ruleId),
    level,
    message: { text: forText(saidInFull(report, finding)) },
    locations: [locationOf(report, finding)],
    fingerprints: { "firebreak/v1": fingerprint },
    // GitHub tells alerts apart by this key alone; a plan is in no commit that it could hash a line of.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1` },
    // Where one result has it, its absence elsewhere would mean "not known".
    suppressions:
      waiver === null ? [] : [{ kind: "external", status: "accepted", justification: forText(waivedText(waiver)) }],
    properties: {
      ...(limit !== undefined && { limit, actual }),
      ...(signatures !== undefined && { signatures }),
    },
  };
}

function locationOf(report: Report, finding: ReportedFinding) {
  const { file, line } = placeOf(report, finding);
  const { address } = finding;
  const logical =
    address === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: forText(address), kind: "resource" }] };
  return { physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: line } }, ...logical };
}

/** A relative reference, or a file's whole address. */
export function uriOf(path: string): string {
  const visible = forText(path);
  const absolute = /^([A-Za-z]:)?\//.test(visible);
  const encoded = visible.split("/").map((step, place) => (absolute && place === 0 ? step : encodeURIComponent(step)));
  return absolute ? `file://${visible.startsWith("/") ? "" : "/"}${encoded.join("/")}` : encoded.join("/");
}

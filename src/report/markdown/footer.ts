/** The last line: what exactly was judged, by what, and where there is more. */

import type { Report } from "../../model/report.ts";
import { forCode } from "../escape.ts";
import type { RenderOptions } from "../render-options.ts";

/** Empty, or a line with an empty one before it. */
export function footer({ plans, policy, verdict, tool }: Report, folds: boolean, { reportUrl }: RenderOptions): string {
  const url = reportUrl === undefined ? undefined : linkTo(reportUrl);
  const link = url === undefined ? [] : [`[full report](${url})`];
  const [only] = plans;
  const judged =
    only && plans.length === 1 && verdict !== "pass"
      ? [forCode(only.input), `fingerprint ${forCode(only.fingerprint)}`]
      : [];
  const sources = [...new Set(policy.sources.map(({ name }) => forCode(name)))];
  const by = verdict === "pass" || sources.length === 0 ? [] : [`policy ${sources.slice(0, 5).join(", ")}`];
  const parts = [...judged, ...by, ...(verdict === "pass" ? [] : [`firebreak ${forCode(tool.version)}`]), ...link];
  if (parts.length === 0) return "";
  return folds ? `\n<sub>${parts.join(" · ")}</sub>\n` : `\n${parts.join(" · ")}\n`;
}

/** Only what is an address of a page, with every sign that could end the link written as a code. */
function linkTo(address: string): string | undefined {
  const url = URL.parse(address);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return undefined;
  return url.href.replace(/[()<>\\`|*_]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

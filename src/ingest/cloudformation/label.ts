/** Names by which people know a resource better than by its logical id. */

import { ownValue } from "../../model/values.ts";
import type { Row } from "./row.ts";

/** The CDK's construct path (`Metadata` `aws:cdk:path`), else the modules around the resource. */
export function labelOf({ constructPath, modulePath }: Row, metadata: unknown): string | undefined {
  const path = ownValue(metadata, "aws:cdk:path") ?? constructPath;
  // The last step names the CloudFormation resource within the construct, and says nothing.
  return typeof path === "string" && path !== "" ? path.replace(/\/Resource$/, "") : modulePath;
}

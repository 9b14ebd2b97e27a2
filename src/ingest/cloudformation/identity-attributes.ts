/** Attributes that are another way to name a resource: they change when it is replaced, and only then. */

/**
 * `Id` and `Arn`, also with the end of the type's own name in front (`GroupId` of a security group, `TopicArn`). What ends so
 * and belongs to something else (`StreamArn` of a table) does not count. After the primary identifiers of the resource schemas.
 */
export function changesIdentityOf(type: string, attribute: string): boolean {
  const [, owner] = /^(\w*?)(?:Id|Arn|ARN)$/.exec(attribute) ?? [];
  if (owner === undefined) return false;
  const name = type.split("::").at(-1) ?? "";
  return owner === "" || (name.endsWith(owner) && /^[A-Z]/.test(owner));
}

/** The name of the output that an attribute of a nested stack is: `Outputs.X`. */
export function isOutput(attribute: string): string | undefined {
  return attribute.startsWith("Outputs.") ? attribute.slice("Outputs.".length) : undefined;
}

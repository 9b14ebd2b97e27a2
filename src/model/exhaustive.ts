/** The end of a switch over a union: does not compile while a member is missing. */
export function exhaustive(value: never): never {
  throw new TypeError(`Not covered: ${JSON.stringify(value)}`);
}

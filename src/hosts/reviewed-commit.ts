/** For which commit somebody approved, on hosts that say only when: the one that was the last at that time. */

export interface Push {
  readonly commit: string;
  /** RFC 3339, by the host's clock. */
  readonly at: string;
}

/** `undefined` when nothing had been pushed by then, or a time cannot be read: such an approval is for no commit. */
export function commitAt(time: string | undefined, pushes: readonly Push[]): string | undefined {
  const then = Date.parse(time ?? "");
  const before = pushes.filter(({ at }) => Date.parse(at) <= then);
  const newest = before.sort((left, right) => Date.parse(right.at) - Date.parse(left.at))[0];
  return newest?.commit;
}

/** What an input cannot show. */

/** Something that the input cannot show. Reported every time, decides nothing by itself. */
export interface BlindSpot {
  /** Stable kebab-case word for programs. */
  readonly code: string;
  readonly message: string;
}

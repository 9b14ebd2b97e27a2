/** How far a run has come, for somebody who waits. Changes nothing of what comes out. */

export interface Progress {
  /** A stage begins: `reading plan.json`. Stages follow each other. */
  readonly stage: (text: string) => void;
  /** So many bytes of what the stage reads are there, of so many in all. */
  readonly bytes: (done: number, total: number) => void;
}

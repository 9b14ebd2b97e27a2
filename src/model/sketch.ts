/** A plan as somebody writes it down: what happens to each object, and no more than that takes. */

/** By address. */
export type Sketch = Readonly<Record<string, SketchedAction | SketchedChange>>;

export type SketchedAction = "keep" | "create" | "update" | "delete" | "replace" | "forget" | "move" | "import";

export interface SketchedChange {
  readonly action: SketchedAction;
  readonly before?: Attributes;
  /** On top of those before. */
  readonly after?: Attributes;
  /** Attributes that are known only after apply. */
  readonly unknown?: readonly string[];
  readonly order?: "delete-before-create" | "create-before-delete";
  /** The address before. */
  readonly from?: string;
  readonly importing?: boolean;
  readonly dependsOn?: string | readonly string[];
  /** So many alike, `NAME_1` and on. */
  readonly times?: number;
}

export type Attributes = Readonly<Record<string, unknown>>;

/** What the lexicon of destructive updates says of a type. Source: the files under `rulesets/updates/`. */

/** Rules about what an object is worth, or is open to, after a change that it may well survive. */
export const UPDATE_RULES = {
  "protection-disabled": "Protection against deletion is switched off.",
  "deletion-guard-removed": "What a deletion would have left behind, or stopped at, is given up.",
  "retention-shortened": "Backups, logs or deleted things are kept for a shorter time, or not at all.",
  "versioning-disabled": "Versioning is switched off or suspended.",
  "encryption-changed": "Encryption is switched off, or its key is another one.",
  "capacity-to-zero": "The wanted, least or greatest number of running things becomes zero.",
  "rules-removed": "Rules, listeners or routes are removed from an object that lives on.",
  "policy-narrowed": "A statement that allowed something is removed from a policy.",
  "policy-widened": "A policy allows everything, or trusts everybody, or a denial or condition is gone.",
  "access-unknown": "Who may reach an object is known only after apply.",
  "public-access": "A data store or an administration port is opened to everybody.",
  "public-endpoint": "An endpoint is opened to everybody.",
  "logging-disabled": "Logs are no longer written.",
  "monitoring-removed": "An alarm, or what it tells, is removed.",
  "expiration-added": "Data is deleted after some time, or sooner than before.",
  "blocks-removed": "A list of blocks becomes shorter.",
} as const;
export type UpdateRuleId = keyof typeof UPDATE_RULES;

/** One attribute to look at, and what must become of it for the rule to apply. */
export interface Watch {
  readonly rule: UpdateRuleId;
  /** Path such as `settings/backup_configuration/enabled`; lists on the way stand for each of their elements. */
  readonly at: string;
  /**
   * `off`: had one of `values` (default: true) and has none. `on`: has one of `values` and had none. `lowered`: a smaller
   * number or span of time. `zero`: a number that becomes 0. `changed`: was set and is another one, or none. `appears`:
   * was empty and is set. `cleared`: was set and is empty. `gone`: a block, even an empty one, no longer stands there. `fewer`: elements are gone and none took their place. `policy`: compared as an access policy.
   */
  readonly when: "off" | "on" | "lowered" | "zero" | "changed" | "appears" | "cleared" | "gone" | "fewer" | "policy";
  /** For `off` and `on`. A star in front stands for whatever comes before. */
  readonly values?: readonly (string | number | boolean)[];
  /** For `lowered`: values that mean for ever; null stands for absent too. Unless it is listed, absent may mean anything. */
  readonly forever?: readonly (string | number | null)[];
  /** Only elements of this list, of which this holds: path to values, of which null stands for absent; `set`: anything. */
  readonly only?: {
    readonly each: string;
    readonly is: Readonly<Record<string, readonly (string | boolean | null)[] | "set">>;
  };
  /** No finding while this attribute is above 0 after the change. */
  readonly unless?: string;
  /** It counts when the object is created too. */
  readonly created?: true;
  /** For `policy`: what it is to let everybody in. */
  readonly everyone?: UpdateRuleId;
}

/** Where a type says which addresses may reach which ports. */
export interface Opening {
  /** Path to the rules; absent: the object is one itself. */
  readonly rules?: string;
  /** What must hold of a rule: attribute to values, of which null stands for absent. */
  readonly where?: Readonly<Record<string, readonly (string | boolean | null)[]>>;
  /** Attributes with addresses, as a text or a list. */
  readonly sources: readonly string[];
  /** Attribute with the last address of a range whose first one is the source. */
  readonly until?: string;
  /** Attributes with the first and last port. */
  readonly from?: string;
  readonly to?: string;
  /** Attributes with ports or ranges (`20-25`, `*`), as a text or a list. None of the three: it is about a data store. */
  readonly ports?: readonly string[];
  readonly protocol?: string;
  /** Nested blocks with `ports` and `protocol`, where one rule has several. */
  readonly each?: string;
}

export interface UpdateEntry {
  readonly watch: readonly Watch[];
  readonly openings: readonly Opening[];
  /** What it comes to when such an object ends while what it belongs to lives on. */
  readonly ends?: UpdateRuleId;
}

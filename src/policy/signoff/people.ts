/** Who is who: names, accounts and keys that belong to one person, as the list of allowed signers and the team say. */

import type { AllowedSigner, Signatory } from "../../model/sign-off.ts";

export class People {
  private readonly parents = new Map<string, string>();

  /** Names of one line, one key, one member of the team are one person; so is what they share. */
  constructor(signers: readonly AllowedSigner[], team: readonly Signatory[]) {
    for (const { names, key } of signers) this.join([keyName(key), ...names]);
    for (const { login, names } of team) this.join([login, ...names]);
  }

  personWithKey(key: string): string {
    return this.personOf(keyName(key));
  }

  /** The same text for every name of one person. */
  personOf(name: string): string {
    return this.root(normalName(name));
  }

  /** Everything that the person is known by. */
  namesOf(person: string): string[] {
    return [...new Set([person, ...this.parents.keys()])].filter((name) => this.root(name) === person);
  }

  /**
   * Whether a person is somebody else than a participant; `undefined` when nobody can tell, because one of them is known by
   * accounts alone and the other by addresses alone.
   */
  isSomebodyElse(person: string, participant: readonly string[]): boolean | undefined {
    if (participant.some((name) => this.personOf(name) === person)) return false;
    const [own, other] = [this.namesOf(person), participant.map(normalName)];
    const comparable = [isAccount, isAddress].some((kind) => own.some(kind) && other.some(kind));
    return comparable ? true : undefined;
  }

  private join(names: readonly string[]): void {
    const [first = "", ...others] = names.map((name) => this.personOf(name));
    this.parents.set(first, first);
    for (const other of others) this.parents.set(other, first);
  }

  private root(name: string): string {
    const parent = this.parents.get(name);
    return parent === undefined || parent === name ? name : this.root(parent);
  }
}

/** A public key as a name. */
function keyName(key: string): string {
  return `key ${key}`;
}

/** A name without a sign for an address is taken for an account; hosts whose accounts are addresses know them as both. */
function normalName(name: string): string {
  if (name.startsWith("key ")) return name;
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/^@(?=[^@]+@)/, "");
  return plain.includes("@") ? plain : `@${plain}`;
}

function isAccount(name: string): boolean {
  return name.startsWith("@");
}

function isAddress(name: string): boolean {
  return !name.startsWith("@") && !name.startsWith("key ");
}

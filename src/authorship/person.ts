/** Authors, committers and people named in trailers, and accounts of a code host: which of them are agents or bots. */

import type { Account, Person } from "../model/evidence.ts";
import { strongestFirst } from "./marks.ts";
import { pattern, type Rule, rulesFor, type Table } from "./table.ts";
import { plainText } from "./text.ts";

/** Some program that GitHub or another host knows as one, and nobody else does. */
const UNKNOWN_BOT: Rule = { key: "[bot]", strength: "bot", weight: 0.5, basis: "documented" };

/** Commits made in the browser have GitHub as their committer: that is how they came about, not who wrote them. */
const TRANSPORT: ReadonlySet<string> = new Set(["noreply@github.com"]);

export function isTransport({ email }: Person): boolean {
  return TRANSPORT.has(email.toLowerCase());
}

/** What is known of a person: rules that match, the strongest first; none for most people. */
export function rulesOfPerson(person: Person, table: Table): readonly Rule[] {
  const email = plainText(person.email).trim().toLowerCase();
  const name = plainText(person.name).trim().slice(0, 300);
  const exact = rulesFor(table.email, email).filter((rule) => rule.name === undefined || pattern(rule.name).test(name));
  const named = table.name.filter(
    (rule) => pattern(rule.key).test(name) && (rule.address === undefined || pattern(rule.address).test(email)),
  );
  const account = noreplyAccount(email);
  const found = [
    ...exact,
    ...named,
    ...(account === undefined || exact.length > 0 ? [] : rulesOfAccount(account, table)),
  ];
  // Names are anybody's to choose: only one that no person has makes a program of them.
  if (found.length === 0 && account === undefined) found.push(...rulesOfBotName(name, table));
  return strongestFirst(found);
}

/** `12345+login@users.noreply.github.com`: an account as GitHub writes it into commits. */
export function noreplyAccount(email: string): Account | undefined {
  const [, id, login] = /^(?:(\d{1,15})\+)?([^@+\s]+)@users\.noreply\.github\.com$/i.exec(email) ?? [];
  if (login === undefined) return undefined;
  return id === undefined ? { login } : { login, id: Number(id) };
}

/** By its number where there is one, else by its login. */
export function rulesOfAccount({ login, id, type }: Account, table: Table): readonly Rule[] {
  const names = namesOf(login, type);
  const found = table.login.filter((rule) => {
    const sameLogin = names.includes(rule.key.toLowerCase());
    const sameId = id !== undefined && rule.id === id;
    // The number of github-actions goes with other logins too, and a login may have got another number since.
    if (rule.strength === "bot" || rule.strength === "reviewer")
      return sameLogin && (sameId || id === undefined || rule.id === undefined);
    return sameId || (sameLogin && rule.idOnly !== true);
  });
  if (found.length > 0) return strongestFirst(found);
  return names.some((name) => name.endsWith("[bot]")) ? [UNKNOWN_BOT] : [];
}

function rulesOfBotName(name: string, table: Table): readonly Rule[] {
  if (/\[bot\]$/i.test(name)) return rulesOfAccount({ login: name }, table);
  return table.login.filter((rule) => rule.strength === "bot" && rule.key.toLowerCase() === name.toLowerCase());
}

/** An app is written `name[bot]`, `app/name`, or `name` with the type beside it; a person may be called like its bare name. */
function namesOf(login: string, type: string | undefined): readonly string[] {
  const plain = plainText(login).trim().toLowerCase();
  const name = plain.replace(/^app\//, "").replace(/\[bot\]$/, "");
  return type === "Bot" || name !== plain ? [`${name}[bot]`, name] : [name];
}

/** What a message, a title or a body says of its author: trailers, footers, links to sessions. */

import type { Signal } from "../model/authorship.ts";
import type { Person } from "../model/evidence.ts";
import { signalOf, strongestFirst } from "./marks.ts";
import { rulesOfPerson } from "./person.ts";
import { pattern, type Rule, rulesFor, type Table } from "./table.ts";
import { namesWriter, peopleIn, plainText, type Trailer, trailersIn, withoutQuotes } from "./text.ts";

/** Longer messages are looked at this far, and at as much of their end: footers stand there. */
const MOST_READ = 1 << 20;

export interface MessageMarks {
  readonly signals: readonly Signal[];
  /** People whom it names as writers, without agents and bots. */
  readonly people: readonly Person[];
}

export function marksInMessage(message: string, source: string, table: Table): MessageMarks {
  const cut = message.length > 2 * MOST_READ ? `${message.slice(0, MOST_READ)}\n${message.slice(-MOST_READ)}` : message;
  const text = withoutQuotes(plainText(cut));
  const people: Person[] = [];
  const signals = trailersIn(text).flatMap((trailer) => {
    const rules = rulesOfTrailer(trailer, table, people);
    return rules.slice(0, 1).map((rule) => signalOf(rule, source, trailer.line));
  });
  const footers = table.text.flatMap((rule) => {
    const match = pattern(rule.key).exec(text);
    return match === null ? [] : [signalOf(rule, source, match[0])];
  });
  return { signals: distinct([...signals, ...footers]), people };
}

/** Rules that a trailer matches, the strongest first; people who are neither agents nor bots are added to `people`. */
function rulesOfTrailer(trailer: Trailer, table: Table, people: Person[]): readonly Rule[] {
  const own = rulesFor(table.trailer, trailer.key).filter(
    (rule) => rule.value === undefined || pattern(rule.value).test(trailer.value),
  );
  const persons = namesWriter(trailer) ? peopleIn(trailer.value) : [];
  const found = persons.flatMap((person) => {
    const rules = rulesOfPerson(person, table);
    if (rules.length === 0 && person.email !== "") people.push(person);
    // Who signs off or is named beside others is no bot's work for that: bots are told by the author alone.
    return rules.filter(({ strength }) => strength !== "bot" && strength !== "reviewer");
  });
  // Who only assisted did not write, whoever it is.
  const assists = trailer.key === "assisted-by";
  return strongestFirst([...own, ...found.map((rule) => (assists && isStrong(rule) ? asAssisting(rule) : rule))]);
}

function isStrong({ strength }: Rule): boolean {
  return strength === "proof" || strength === "strong";
}

function asAssisting(rule: Rule): Rule {
  return { ...rule, strength: "assisted", weight: Math.min(rule.weight, 0.8) };
}

/** The same line of many squashed commits is one piece of evidence. */
function distinct(signals: readonly Signal[]): Signal[] {
  const seen = new Map(signals.map((signal) => [`${signal.agent} ${signal.strength} ${signal.evidence}`, signal]));
  return [...seen.values()];
}

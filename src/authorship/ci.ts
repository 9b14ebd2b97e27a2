/** Who started a run and on which branch, as CI says in variables. */

import type { Signal } from "../model/authorship.ts";
import type { Account, Environment, Person } from "../model/evidence.ts";
import { ACCOUNTS, BRANCHES, PEOPLE } from "./ci-variables.ts";
import { marksOfBranch } from "./commit.ts";
import { signalOf } from "./marks.ts";
import { rulesOfAccount, rulesOfPerson } from "./person.ts";
import type { Rule, Table } from "./table.ts";

export function marksOfCi(environment: Environment, table: Table): Signal[] {
  const signal = (rules: readonly Rule[], name: string): Signal[] =>
    rules.slice(0, 1).map((rule) => signalOf(rule, "environment", name));
  return [
    ...ACCOUNTS.flatMap(([login, id]) => {
      const account = accountIn(environment, login, id);
      return account === undefined ? [] : signal(rulesOfAccount(account, table), login);
    }),
    ...PEOPLE.flatMap(([name, email]) => {
      const person: Person = { name: environment[name] ?? "", email: environment[email] ?? "" };
      return signal(rulesOfPerson(person, table), environment[email] ? email : name);
    }),
    ...BRANCHES.flatMap((name) =>
      marksOfBranch(environment[name] ?? "", "environment", table).map((mark) => ({ ...mark, evidence: name })),
    ),
  ];
}

function accountIn(environment: Environment, name: string, number: string | undefined): Account | undefined {
  const login = environment[name];
  const id = number === undefined ? undefined : environment[number];
  if (!login) return undefined;
  return id !== undefined && /^\d{1,15}$/.test(id) ? { login, id: Number(id) } : { login };
}

/** Signals to one judgement. Evidence only ever makes it stricter; what makes it milder is a claim or an attestation, and no agent in sight. */

import type { Authorship, Grade, Signal } from "../model/authorship.ts";
import { printable } from "../model/printable.ts";
import type { ActorClaim } from "./claim.ts";
import type { Collected } from "./collected.ts";
import { decides, namesAgent, strongestFirst } from "./marks.ts";

/** A judgement before it is dressed: what is reported beside it is the same for all. */
type Verdict = Pick<Authorship, "kind" | "grade" | "agent" | "confidence">;

const UNKNOWN: Verdict = { kind: "unknown", confidence: 0 };

const MOST_SIGNALS = 100;

export function judge(collected: Collected, claim: ActorClaim | undefined): Authorship {
  const { commits, others, attestations } = collected;
  const seen = [...commits.flatMap(({ signals }) => signals), ...others];
  const byAgent = judgeAgents(collected, seen, claim);
  const verdict = byAgent ?? judgeOthers(collected, seen, claim);
  const said = claim === undefined || claim.kind === "unknown" ? [] : [claimed(claim, verdict)];
  const attested = [...attestations.signatures, ...attestations.approvals];
  const signals = [...said, ...strongestFirst(seen), ...attested];
  const own = commits.filter(counts);
  return {
    ...verdict,
    signals: cut(signals),
    operators: byAgent === undefined ? [] : collected.operators.map(printable),
    ...(own.length > 0 && { commits: { total: own.length, agent: own.filter(isMarked).length } }),
  };
}

/** Merges bring lines together that others wrote; one that an agent made counts. */
function counts(commit: Collected["commits"][number]): boolean {
  return !commit.isMerge || isMarked(commit);
}

function isMarked({ signals }: Collected["commits"][number]): boolean {
  return signals.some(decides);
}

/** `undefined` where no agent took part. */
function judgeAgents(
  { commits }: Collected,
  seen: readonly Signal[],
  claim: ActorClaim | undefined,
): Verdict | undefined {
  const [best, ...rest] = strongestFirst(seen.filter(decides));
  if (best === undefined) return claim?.kind === "agent" ? agentAsClaimed(claim) : undefined;
  const agent =
    (claim?.kind === "agent" ? claim.id : undefined) ??
    [best, ...rest].find((signal) => signal.agent !== undefined)?.agent;
  const own = commits.filter(counts);
  const marked = own.filter(isMarked).length;
  // Commits without a mark beside some with one: somebody else, or the same agent without its mark.
  const others = marked > 0 && marked < own.length && own.some((commit) => !isMarked(commit) && !commit.byBot);
  const helped = best.strength === "assisted";
  return {
    kind: (helped || others) && claim?.kind !== "agent" ? "mixed" : "agent",
    grade: gradeOf(best),
    ...(agent !== undefined && { agent }),
    confidence: together([best, ...rest]),
  };
}

function gradeOf({ strength }: Signal): Grade {
  if (strength === "proof" || strength === "strong") return "proven";
  return strength === "assisted" ? "assisted" : "claimed";
}

function agentAsClaimed({ id }: ActorClaim): Verdict {
  return { kind: "agent", grade: "claimed", ...(id !== undefined && { agent: id }), confidence: 1 };
}

/** No agent took part, as far as anybody can see. */
function judgeOthers(collected: Collected, seen: readonly Signal[], claim: ActorClaim | undefined): Verdict {
  if (claim?.kind === "unknown") return UNKNOWN;
  const { signatures, approvals } = collected.attestations;
  // A hint proves nothing; but where there is one, somebody's word is not enough.
  if (seen.some(namesAgent)) return UNKNOWN;
  const bots = seen.filter(({ pointsTo }) => pointsTo === "bot");
  if (claim?.kind === "bot") return { kind: "bot", grade: "claimed", confidence: 0.5 };
  if (isBotsOwn(collected, bots)) return { kind: "bot", grade: botGrade(collected), confidence: together(bots) };
  if (signatures.length > 0) return { kind: "human", grade: "attested", confidence: together(signatures) };
  if (claim?.kind !== "human") return UNKNOWN;
  if (approvals.length > 0) return { kind: "human", grade: "attested", confidence: together(approvals) };
  return { kind: "human", grade: "claimed", confidence: 0.5 };
}

/** Every commit by a bot; where there are none, whoever opened the pull request or started the run. */
function isBotsOwn({ commits, commitsMissing, others }: Collected, bots: readonly Signal[]): boolean {
  // Anybody may have added to what a bot began.
  if (commitsMissing) return false;
  const own = commits.filter(counts);
  if (commits.length > 0) return (own.length > 0 ? own : commits).every(({ byBot }) => byBot);
  return others.some((signal) => bots.includes(signal));
}

/** Names in commits are free text: what proves an account is the host. */
function botGrade({ commits, openedByProgram }: Collected): Grade {
  const isProven = commits.length > 0 ? commits.every(({ isVerified }) => isVerified) : openedByProgram;
  return isProven ? "proven" : "claimed";
}

/** Marks of one place hang together, those of several places add up: the chance that not all of them are wrong. */
function together(signals: readonly Signal[]): number {
  const places = new Map<string, number>();
  for (const { source, weight = 0 } of signals) {
    const place = source.startsWith("commit ") ? "commit" : source;
    places.set(place, Math.max(places.get(place) ?? 0, weight));
  }
  const wrong = [...places.values()].reduce((product, weight) => product * (1 - weight), 1);
  return Math.min(0.99, Math.round((1 - wrong) * 100) / 100);
}

function claimed({ kind, id }: ActorClaim, verdict: Verdict): Signal {
  const stands = verdict.kind === kind;
  const agent = kind === "agent" && id !== undefined ? { agent: id } : {};
  return {
    source: "--actor",
    pointsTo: kind,
    ...agent,
    ...(!stands && { evidence: "does not count beside the evidence", weight: 0 }),
  };
}

/** What could not be looked at is always told; of marks there may be thousands. */
function cut(signals: readonly Signal[]): readonly Signal[] {
  const marks = signals.filter(({ source }) => source !== "repository");
  const gaps = signals.filter(({ source }) => source === "repository");
  const more = marks.length - MOST_SIGNALS;
  if (more <= 0) return [...marks, ...gaps];
  const rest: Signal = { source: "more", pointsTo: "unknown", evidence: `${more} more signals, none of them stronger` };
  return [...marks.slice(0, MOST_SIGNALS), rest, ...gaps];
}

/** Who called a turn of the market, right or wrong, and what came of it for those who listened. */
import type { Content } from '../content.ts';
import type { EventOf } from '../events.ts';
import { instrumentIn, meaningOf } from '../hearing/hear.ts';
import { changeBps } from '../market.ts';
import type { ShowState } from '../state.ts';
import { BPS } from '../vocabulary.ts';
import type { Claim, Memory, Noticed } from './fact.ts';

/** The market judges a claim so many rounds later; whoever buys within the round of the claim and the next has followed it. */
export const JUDGED_AFTER = 3;
const FOLLOWED_WITHIN = 1;
/** A smaller move proves nobody right or wrong. */
const PROOF_BPS = 250;
/** A smaller result is not worth a grudge; of the season's starting cash. */
const RESULT_BPS = 100;
/** Nobody is proved right or wrong more often. */
const BETWEEN_CALLS = 8;

/** Keeps what the line claims about an instrument, if it claims something. */
export function claimFrom(memory: Memory, state: ShowState, line: EventOf<'spoke'>, { cast }: Content): void {
  const { trader: by, text, heardBy, round } = line;
  const instrument = instrumentIn(text);
  if (state.phase !== 'episode' || instrument === null) return;
  if (memory.claims.some((claim) => claim.by === by && claim.instrument === instrument)) return;
  const { stance } = meaningOf(text, cast);
  if (stance === 0) return;
  const priceCents = state.market.priceCents[instrument];
  memory.claims.push({ round, by, instrument, stance, priceCents, heardBy: [...heardBy], followers: [] });
}

/** Somebody who heard a claim, and now buys what it praised. */
export function follow(memory: Memory, { round }: ShowState, fill: EventOf<'filled'>): void {
  if (fill.reason !== 'decision' || fill.qty <= 0) return;
  const { trader, instrument, priceCents, notionalCents } = fill;
  for (const claim of memory.claims) {
    if (claim.stance < 0 || claim.instrument !== instrument || claim.by === trader) continue;
    if (round - claim.round > FOLLOWED_WITHIN || !claim.heardBy.includes(trader)) continue;
    if (claim.followers.some((follower) => follower.trader === trader)) continue;
    claim.followers.push({ trader, priceCents, notionalCents });
  }
}

/** What somebody bought after its own praise: something else in the same breath is said and not done, and buying it after all mends that. */
export function noteDeed(
  memory: Memory,
  { trader, round, decision }: EventOf<'turnTaken'>,
  dealt: boolean,
): void {
  if (!dealt) return;
  for (const claim of memory.claims) {
    if (claim.by !== trader || claim.stance < 0) continue;
    if (decision.trade === claim.instrument) delete claim.against;
    else if (claim.round === round) claim.against = true;
  }
}

/** The verdicts that are due; these claims are done with. */
export function judgeClaims(memory: Memory, state: ShowState): Noticed[] {
  const due = memory.claims.filter((claim) => state.round - claim.round >= JUDGED_AFTER);
  memory.claims = memory.claims.filter((claim) => !due.includes(claim));
  return due.flatMap((claim) => [...verdict(memory, state, claim), ...results(state, claim)]);
}

function verdict({ facts }: Memory, state: ShowState, claim: Claim): Noticed[] {
  const { by: about, instrument, heardBy: knownBy } = claim;
  const moveBps = changeBps(claim.priceCents, state.market.priceCents[instrument]);
  if (Math.abs(moveBps) < PROOF_BPS) return [];
  const lately = facts.some(
    ({ kind, about: who, round }) =>
      (kind === 'goodCall' || kind === 'badCall') && who === about && state.round - round < BETWEEN_CALLS,
  );
  if (lately) return [];
  const kind = Math.sign(moveBps) === claim.stance ? 'goodCall' : 'badCall';
  return [{ kind, about, instrument, moveBps, knownBy: [...knownBy] }];
}

function results({ market, rules }: ShowState, claim: Claim): Noticed[] {
  const { by, instrument, heardBy, followers } = claim;
  const advice = { round: claim.round, betrayed: claim.against === true };
  return followers.flatMap(({ trader: about, priceCents, notionalCents }): Noticed[] => {
    const moveBps = changeBps(priceCents, market.priceCents[instrument]);
    const amountCents = Math.abs(Math.round((notionalCents * moveBps) / BPS));
    if (amountCents * BPS < rules.startCashCents * RESULT_BPS) return [];
    const kind = moveBps > 0 ? 'goodAdvice' : 'badAdvice';
    return [{ kind, about, by, instrument, moveBps, amountCents, advice, knownBy: [...heardBy] }];
  });
}

/**
 * What members did last, as a plain reading of their doings says, against the stakes that the bell locks. It knows nothing of
 * how the show counts them.
 */
import type { Audience } from '#show/audience/audience.ts';
import type { Pool } from '#show/ports/chips.ts';
import { must } from './violation.ts';

interface Act {
  on: boolean;
  outcome: string;
  atMs: number;
  /** The bot itself took the reaction off. */
  byBot: boolean;
}

interface Member {
  /** Done, and not told to the bot yet. */
  underWay: Act[];
  /** Done while nobody listened; read from the message later, or never. */
  missed: Act[];
  stake: { outcome: string; by: 'reaction' | 'command' } | null;
  /** Several readings are fair: whatever stands under the message, or nothing. */
  loose: boolean;
  /** Transactions that had failed when the bot was last told something; null: it never was. */
  undone: number | null;
  /** One failed between two things that it was told, so that it may have learned both from the message, as it read in the end. */
  failedAmid: boolean;
}

/** What a member did until the bell; nothing that is done later counts. */
interface AtBell {
  member: string;
  it: Member;
  /** The traders under whom the member's reactions stood. */
  standing: ReadonlySet<string>;
  wasRead: boolean;
}

/** A reading of the message has this long after a connection; then it counts as one that should have come. */
const READ_WITHIN_MS = 120_000;

export class PickChecks {
  readonly #pools = new Map<string, Map<string, Member>>();
  readonly #locked = new Set<string>();
  readonly #atBell = new Map<string, AtBell[]>();
  /** Members whose stakes were judged. */
  judged = 0;

  did(poolId: string, member: string, act: Act): void {
    if (this.#locked.has(poolId)) return;
    this.#of(poolId, member).underWay.push(act);
  }

  /** The bot was told. `own`: what the member has, with a stake; a member without chips or shut out stakes nothing. */
  told(
    poolId: string,
    member: string,
    { on, outcome, mayStake, undone }: { on: boolean; outcome: string; mayStake: boolean; undone: number },
  ): void {
    const it = this.#of(poolId, member);
    if (it.undone !== null && undone > it.undone) it.failedAmid = true;
    it.undone = undone;
    const at = it.underWay.findIndex((act) => act.on === on && act.outcome === outcome);
    const [act] = at === -1 ? [] : it.underWay.splice(at, 1);
    if (!on && act?.byBot !== true && it.missed.some((each) => each.outcome === outcome)) {
      // Picked while nobody listened and taken off again: it was read in between, or never.
      it.missed = it.missed.filter((each) => each.outcome !== outcome);
      it.loose = true;
    }
    if (on) {
      if (!mayStake) return;
      it.stake = { outcome, by: 'reaction' };
      it.loose = it.missed.length > 0;
    } else if (it.stake?.by === 'reaction' && it.stake.outcome === outcome) {
      // The bot was taking off the very reaction that the member set again.
      if (act?.byBot === true) it.loose = true;
      else it.stake = null;
    }
  }

  /** A bet by command, which the show accepted. Where the member's reaction stands under that trader, taking it off takes the bet back. */
  bet(poolId: string, member: string, outcome: string, reactionStands: boolean): void {
    const it = this.#of(poolId, member);
    it.stake = { outcome, by: reactionStands ? 'reaction' : 'command' };
    // What is still on its way may come after it.
    it.loose = it.underWay.length > 0 || it.missed.length > 0;
  }

  /**
   * The show was opened anew, and with it went what it had heard and could not store: to it, those members' picks are as if made
   * while nobody listened.
   */
  openedAnew(pool: Pool, audience: Audience, undone: number): void {
    for (const [member, it] of this.#pools.get(pool.id) ?? []) {
      const stored = audience.stakeOf(member)?.outcome;
      if (undone > (it.undone ?? 0) && stored !== it.stake?.outcome) it.loose = true;
    }
  }

  forgive(poolId: string, member: string): void {
    this.#of(poolId, member).loose = true;
    for (const each of this.#atBell.get(poolId) ?? []) if (each.member === member) each.it.loose = true;
  }

  /** Nobody listens any more, or not for a while: what was under way did not arrive. */
  missedAll(): void {
    for (const pool of this.#pools.values())
      for (const it of pool.values()) it.missed.push(...it.underWay.splice(0));
  }

  missed(poolId: string, member: string, on: boolean, outcome: string): void {
    const it = this.#of(poolId, member);
    const at = it.underWay.findIndex((act) => act.on === on && act.outcome === outcome);
    if (at !== -1) it.missed.push(...it.underWay.splice(at, 1));
  }

  /** The bell rang: to be called at the first sight of the locked pool. */
  locked(
    poolId: string,
    reactionsOf: (member: string) => ReadonlySet<string>,
    calmSinceMs: number,
    nowMs: number,
  ): void {
    if (this.#locked.has(poolId)) return;
    this.#locked.add(poolId);
    const wasRead = nowMs - calmSinceMs > READ_WITHIN_MS;
    const known = [...(this.#pools.get(poolId) ?? [])].filter(([, { underWay }]) => underWay.length === 0);
    this.#atBell.set(
      poolId,
      known.map(([member, it]) => ({ member, it, standing: reactionsOf(member), wasRead })),
    );
    this.#pools.delete(poolId);
  }

  /** Nothing is owed to the members of the locked pool any more: each has the stake that was picked last before the bell. */
  settled(pool: Pool, audience: Audience): void {
    const known = this.#atBell.get(pool.id);
    if (!known) return;
    this.#atBell.delete(pool.id);
    const stakes = new Map(audience.stakes(pool.id).map((stake) => [stake.member, stake]));
    for (const each of known) {
      if (audience.isExcluded(each.member)) continue;
      this.judged += 1;
      this.#judge(pool.id, each, stakes.get(each.member) ?? null, audience);
    }
  }

  #judge(
    poolId: string,
    { member, it, standing, wasRead }: AtBell,
    stake: { outcome: string; origin: string } | null,
    audience: Audience,
  ): void {
    const says = (what: string) => () =>
      `${what}: ${member} in ${poolId} has ${stake ? `${stake.outcome} by ${stake.origin}` : 'no stake'}, ` +
      `did last ${JSON.stringify(it.stake)}, under the message stand ${[...standing].join(', ') || 'none'}, missed ${JSON.stringify(it.missed)}`;
    const [first] = it.missed;
    if (it.missed.length > 0 || it.loose) {
      if (it.missed.length === 1 && first?.on === true && !it.loose && wasRead && standing.size === 1)
        must(
          stake ? stake.outcome === first.outcome : !ownsChips(member, audience),
          "nobody's last pick lost",
          says('read late'),
        );
      const fair =
        stake === null ||
        stake.origin === 'command' ||
        standing.has(stake.outcome) ||
        (!wasRead && (stake.outcome === it.stake?.outcome || wasPicked(it.missed, stake.outcome)));
      must(fair, "nobody's last pick lost", says('a stake on what nobody picked'));
      return;
    }
    const asItReads = it.failedAmid && stake !== null && standing.size === 1 && standing.has(stake.outcome);
    must(
      asItReads || (stake?.outcome ?? null) === (it.stake?.outcome ?? null),
      "nobody's last pick lost",
      says('another stake than the last pick'),
    );
  }

  #of(poolId: string, member: string): Member {
    const pool = this.#pools.get(poolId) ?? new Map<string, Member>();
    this.#pools.set(poolId, pool);
    const it = pool.get(member) ?? {
      underWay: [],
      missed: [],
      stake: null,
      loose: false,
      undone: null,
      failedAmid: false,
    };
    pool.set(member, it);
    return it;
  }
}

/** Whether an earlier reading may have found it, before the member changed the pick and, at times, before the bell. */
function wasPicked(missed: readonly Act[], outcome: string): boolean {
  return missed.some((act) => act.on && act.outcome === outcome);
}

/** Who has chips gets no bailout: asked without storing anything. */
export function ownsChips(member: string, audience: Audience): boolean {
  const bailout = audience.mayBailOut(member);
  return audience.stakeOf(member) !== null || (!bailout.ok && bailout.code === 'chips_left');
}

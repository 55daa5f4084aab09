/** Plays an archived season again and names the first thing that does not agree. Needs nothing but the archive, and the twin. */
import { createHash } from 'node:crypto';
import { apply } from '#core/apply.ts';
import { RULES, type Action } from '#core/actions/action.ts';
import { gainersOf } from '#core/betting/gain.ts';
import { leadBps, marginsOf } from '#core/betting/margin.ts';
import { settle } from '#core/betting/pools.ts';
import type { Close } from '#core/calm.ts';
import type { Content, Persona } from '#core/content.ts';
import type { EventOf, ShowEvent } from '#core/events.ts';
import { openMarket } from '#core/market.ts';
import type { ShowState } from '#core/state.ts';
import { playTwin } from '#core/twin.ts';
import type { Twin } from '../ports/brain.ts';
import { canonical, contentHash, stateHash } from '../hash.ts';
import { lineSchema, outcomeLines, type ArchiveLine, type PoolLine } from './archive.ts';
import { sealOf } from './seal.ts';

interface Verified {
  season: number;
  seed: number;
  seal: string;
  rounds: number;
  prices: number;
  fills: number;
  pools: number;
  payouts: number;
}

/** Something in the archive is otherwise than the season played again, or the archive is no archive. One line. */
export class DisagreementError extends Error {
  override readonly name = 'DisagreementError';
}

const disagree = (what: string): never => {
  throw new DisagreementError(what);
};

/** Who the twin is for this cast. */
export type TwinOf = (cast: readonly Persona[]) => Twin;

/** `lines` without their line breaks. Rejects with DisagreementError. */
export async function verifyArchive(
  lines: AsyncIterable<string> | Iterable<string>,
  twinOf: TwinOf,
): Promise<Verified> {
  const audit = new Audit(twinOf);
  let ended = false;
  for await (const text of lines) {
    if (ended) disagree('something follows the end');
    try {
      ended = audit.take(text);
    } catch (error) {
      if (error instanceof DisagreementError) throw error;
      // What a stranger wrote need not be what it says it is.
      disagree(
        `an archive like this cannot be played (${error instanceof Error ? error.message : String(error)})`,
      );
    }
  }
  if (!ended) disagree('the archive is cut off: its end is missing');
  return audit.found();
}

class Audit {
  readonly #twinOf: TwinOf;
  readonly #sum = createHash('sha256');
  readonly #bells = new Map<number, EventOf<'episodeClosed'>>();
  /** By how much the floor beat its twin, by episode. */
  readonly #leads = new Map<number, number>();
  /** The last close before the episode that is on, what was done since, and how its last round closed. */
  #episode: { opening: ShowState; entries: { round: number; action: Action }[]; floor: Close | null } | null =
    null;
  #lines = 0;
  #content: Content | null = null;
  #state: ShowState | null = null;
  /** What the last action must have led to, in order. */
  #expected: ArchiveLine[] = [];
  #done: Verified = { season: 0, seed: 0, seal: '', rounds: 0, prices: 0, fills: 0, pools: 0, payouts: 0 };

  constructor(twinOf: TwinOf) {
    this.#twinOf = twinOf;
  }

  /** True when this was the last line. */
  take(text: string): boolean {
    const line = this.#parse(text);
    const number = this.#lines + 1;
    if (line.line === 'end') {
      this.#flush(`line ${number}`);
      if (line.lines !== this.#lines)
        disagree(`the archive has ${this.#lines} lines, and says it has ${line.lines}`);
      if (line.sha256 !== this.#sum.digest('hex')) disagree('the checksum of the archive is another');
      return true;
    }
    this.#sum.update(`${text}\n`);
    this.#lines = number;
    if (line.line === 'season') this.#open(line);
    else if (line.line === 'action') this.#apply(line);
    else if (line.line === 'twin') this.#twin(line);
    else if (line.line === 'pool') this.#pool(line);
    else this.#compare(line);
    return false;
  }

  found(): Verified {
    return this.#done;
  }

  #parse(text: string): ArchiveLine {
    const at = `line ${this.#lines + 1}`;
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      return disagree(`${at} is not whole`);
    }
    const parsed = lineSchema.safeParse(json);
    return parsed.success ? parsed.data : disagree(`${at} is no line of an archive`);
  }

  #open({
    season,
    seed,
    salt,
    seal,
    rules,
    content: made,
    founding: begun,
  }: Extract<ArchiveLine, { line: 'season' }>): void {
    if (this.#state) disagree('a second season begins in the archive');
    const content = JSON.parse(made) as Content;
    const founding = JSON.parse(begun) as ShowState;
    const again = sealOf({
      season,
      seed,
      salt,
      contentHash: contentHash(content),
      rules,
    });
    if (again !== seal)
      disagree(`the seal is another: seed, salt, cast and rules make ${again}, the archive says ${seal}`);
    if (founding.season !== season)
      disagree(`the state at the beginning is of season ${founding.season}, not ${season}`);
    for (const [rule, value] of Object.entries(rules))
      if (Object.entries(founding.rules).some(([name, other]) => name === rule && other !== value))
        disagree(`the rule ${rule} at the beginning is another than the one that was sealed`);
    for (const { id, book } of Object.values(founding.traders))
      if (
        book.cashCents !== founding.rules.startCashCents ||
        Object.values(book.qty).some((qty) => qty !== 0)
      )
        disagree(`${id} does not begin with the starting cash`);
    if (canonical(founding.market) !== canonical(openMarket(content.market)))
      disagree('the market does not begin as its content says');
    if (
      Object.keys(founding.traders).toSorted().join() !==
      content.cast
        .map(({ id }) => id)
        .toSorted()
        .join()
    )
      disagree('those who play are others than the cast that was sealed');
    this.#content = content;
    this.#state = founding;
    this.#episode = { opening: founding, entries: [], floor: null };
    Object.assign(this.#done, { season, seed, seal });
  }

  #apply({ round, action: given }: Extract<ArchiveLine, { line: 'action' }>): void {
    const at = `round ${round}, ${given.type}`;
    this.#flush(at);
    const { action, state, content } = this.#ready(given, at);
    if (action.type === 'seedSeason' && action.seed !== this.#done.seed)
      disagree(`the season was played with seed ${action.seed}, and ${this.#done.seed} was sealed`);
    let done: ReturnType<typeof apply>;
    try {
      done = apply(state, action, content);
    } catch (error) {
      return disagree(
        `${at}: this cannot happen there (${error instanceof Error ? error.message : String(error)})`,
      );
    }
    if (action.type === 'openRound' && state.seed !== this.#done.seed)
      disagree(`the season was played with seed ${state.seed}, and ${this.#done.seed} was sealed`);
    this.#state = done.state;
    this.#follow({ round, action }, done);
    this.#expected = [...outcomeLines(action, done.events, done.state)];
    if (action.type === 'closeRound')
      this.#expected.push({ line: 'round', round: done.state.round, hash: stateHash(done.state) });
    for (const event of done.events)
      if (event.type === 'episodeClosed') this.#bells.set(event.episode, event);
  }

  #follow(
    entry: { round: number; action: Action },
    { state, events }: { state: ShowState; events: readonly ShowEvent[] },
  ): void {
    this.#episode?.entries.push(entry);
    const floor = events.find((event) => event.type === 'roundClosed');
    if (this.#episode && events.some(({ type }) => type === 'episodeClosed'))
      this.#episode.floor = floor ?? null;
    else if (floor && state.phase !== 'episode') this.#episode = { opening: state, entries: [], floor: null };
  }

  /** The twin of this program: another version may have another script. */
  #twin({ episode, leadBps: said }: Extract<ArchiveLine, { line: 'twin' }>): void {
    const at = `twin of episode ${episode}`;
    this.#flush(at);
    const played = this.#episode;
    if (!this.#content || !played?.floor) return disagree(`${at}: its episode has no closing bell there`);
    const { cast } = this.#content;
    const twin = this.#twinOf(cast);
    const since = played.opening.round + 1;
    const closes = playTwin(played.opening, played.entries, this.#content, since, (...turn) =>
      twin.decide(...turn),
    );
    const last = closes?.at(-1);
    const lead = last ? leadBps(played.opening, played.floor, last) : null;
    if (lead !== said)
      disagree(
        `${at}: the floor beat it by ${said} hundredths of a percent; the script of this version is beaten by ${lead ?? 'nothing that can be known'}`,
      );
    this.#leads.set(episode, said);
  }

  #ready(given: { type: string }, at: string): { action: Action; state: ShowState; content: Content } {
    if (!this.#state || !this.#content) return disagree('the archive does not begin with its season');
    if (!Object.hasOwn(RULES, given.type)) return disagree(`${at}: there is no such action`);
    return { action: given as Action, state: this.#state, content: this.#content };
  }

  /** A price, a fill or a round's hash, against what the season played again has at this place. */
  #compare(line: Extract<ArchiveLine, { line: 'prices' | 'fill' | 'round' }>): void {
    const expected = this.#expected.shift();
    const said = words(line);
    if (!expected) return disagree(`${said}: the season played again has nothing there`);
    if (JSON.stringify(inOrder(expected)) !== JSON.stringify(inOrder(line)))
      disagree(`${said}; the season played again: ${words(expected)}`);
    if (line.line === 'prices') this.#done.prices += Object.keys(line.cents).length;
    if (line.line === 'fill') this.#done.fills += 1;
    if (line.line === 'round') this.#done.rounds += 1;
  }

  #flush(at: string): void {
    const [missing] = this.#expected;
    // The state of a round is hashed when it was closed whole; nothing else may be left out.
    if (missing) disagree(`${at}: before it is missing: ${words(missing)}`);
  }

  #margins(line: PoolLine): string[] {
    const lead = this.#leads.get(line.episode);
    return lead === undefined ? disagree(`pool ${line.id}: its twin is not in the archive`) : marginsOf(lead);
  }

  #pool(line: PoolLine): void {
    this.#flush(`pool ${line.id}`);
    const bell = this.#bells.get(line.episode);
    if (!bell) return disagree(`pool ${line.id}: its episode has no closing bell in the archive`);
    this.#done.pools += 1;
    this.#done.payouts += line.payouts.length;
    if (line.status === 'refunded') return;
    const winners = line.about === 'gain' ? gainersOf(bell.standings, line.outcomes) : this.#margins(line);
    if (winners.toSorted().join() !== line.winners.toSorted().join())
      disagree(
        `pool ${line.id}: won by ${line.winners.join(', ')}; the season played again: ${winners.join(', ')}`,
      );
    const stakes = line.stakes.map((stake) => ({ ...stake, member: String(stake.member) }));
    const bound = new Set(line.payouts.filter((paid) => paid.bound).map(({ member }) => String(member)));
    const settled = settle(line, stakes, winners, 0, bound);
    if (settled.status !== 'settled') return disagree(`pool ${line.id}: its stakes should have gone back`);
    const paid = new Map(line.payouts.map(({ member, chips }) => [String(member), chips]));
    for (const { member, chips } of settled.payouts) {
      if (paid.get(member) !== chips)
        disagree(
          `pool ${line.id}: member ${member} was paid ${paid.get(member) ?? 0}; the rules give ${chips}`,
        );
      paid.delete(member);
    }
    for (const [member, chips] of paid)
      disagree(`pool ${line.id}: member ${member} was paid ${chips}; the rules give 0`);
    if (settled.toHouse !== line.toHouse || settled.toJackpot !== line.toJackpot)
      disagree(
        `pool ${line.id}: ${line.toHouse} to the house and ${line.toJackpot} to the jackpot; the rules give ${settled.toHouse} and ${settled.toJackpot}`,
      );
  }
}

/** Keys in one order, so that two lines with the same content are the same text. */
function inOrder(line: ArchiveLine): unknown {
  const sorted = (value: object): unknown => Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return line.line === 'prices' ? [line.round, sorted(line.cents)] : sorted(line);
}

function words(line: ArchiveLine): string {
  switch (line.line) {
    case 'prices':
      return `round ${line.round}: prices ${Object.entries(line.cents)
        .map(([instrument, cents]) => `${instrument} ${(cents / 100).toFixed(2)}`)
        .join(', ')}`;
    case 'fill':
      return `round ${line.round}: ${line.trader} ${line.qty / 10_000} ${line.instrument} at ${(line.priceCents / 100).toFixed(2)}, fee ${(line.feeCents / 100).toFixed(2)}`;
    case 'round':
      return `round ${line.round}: state ${line.hash.slice(0, 12)}`;
    default:
      return line.line;
  }
}

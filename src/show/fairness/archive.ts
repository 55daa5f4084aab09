/**
 * A season as a file that a stranger can check: a line of JSON each, what the show was made of, every action in order, what came of
 * it (prices, fills, hashes), the pools with what they paid, and a checksum of all that. Members are numbers in it, no names.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { apply } from '#core/apply.ts';
import type { Action } from '#core/actions/action.ts';
import type { Content } from '#core/content.ts';
import type { ShowEvent } from '#core/events.ts';
import type { ShowState } from '#core/state.ts';
import type { Fill } from '#core/trading/books.ts';
import { poolIdOf } from '../audience/pools.ts';
import type { ChipStore, Pool } from '../ports/chips.ts';
import type { JournalEntry } from '../ports/store.ts';
import type { SealedSeason } from './seal.ts';

const ARCHIVE_VERSION = 1;

const chips = z.int().min(0);
const shares = z.array(z.object({ member: z.int(), outcome: z.string(), chips }));

/**
 * The lines of an archive, in this order: one `season`, then `action`, `prices`, `fill`, `round` and `twin` as they happened, `pool`s,
 * one `end`.
 */
export const lineSchema = z.discriminatedUnion('line', [
  z.object({
    line: z.literal('season'),
    version: z.literal(ARCHIVE_VERSION),
    season: z.int(),
    seed: z.int(),
    salt: z.string(),
    seal: z.string(),
    rules: z.record(z.string(), z.number()),
    /** As JSON texts: they are hashed, and never looked into before the hash is met. */
    content: z.string(),
    founding: z.string(),
  }),
  z.object({ line: z.literal('action'), round: z.int(), action: z.looseObject({ type: z.string() }) }),
  z.object({ line: z.literal('prices'), round: z.int(), cents: z.record(z.string(), z.int()) }),
  z.object({
    line: z.literal('fill'),
    round: z.int(),
    trader: z.string(),
    instrument: z.string(),
    qty: z.int(),
    priceCents: z.int(),
    feeCents: z.int(),
  }),
  z.object({ line: z.literal('round'), round: z.int(), hash: z.string() }),
  /** By how much the floor beat its twin in the episode that the line before has closed. */
  z.object({ line: z.literal('twin'), episode: z.int(), leadBps: z.int() }),
  z.object({
    line: z.literal('pool'),
    id: z.string(),
    about: z.enum(['gain', 'twin']).default('gain'),
    episode: z.int(),
    outcomes: z.array(z.string()),
    seedChips: chips,
    houseChips: chips,
    stakes: shares,
    status: z.enum(['settled', 'refunded']),
    /** Of a pool whose stakes went back. */
    because: z.string().nullable(),
    winners: z.array(z.string()),
    /** `bound`: the member ran the show after the lock, and got back the stake and no more. */
    payouts: z.array(z.object({ member: z.int(), chips, bound: z.boolean().default(false) })),
    toHouse: chips,
    toJackpot: chips,
  }),
  z.object({ line: z.literal('end'), lines: z.int(), sha256: z.string() }),
]);
export type ArchiveLine = z.infer<typeof lineSchema>;
export type PoolLine = Extract<ArchiveLine, { line: 'pool' }>;

export interface SeasonSource {
  record: SealedSeason & { seal: string };
  founding: ShowState;
  content: Content;
  /** From the season's first action to its last. */
  entries: Iterable<JournalEntry>;
  /** As they were stored while the season was played. */
  hashOf: (round: number) => string | null;
  chips: Pick<ChipStore, 'pool' | 'stakes' | 'result'>;
}

/** The file's lines, each with its line break. */
export function* archiveText(source: SeasonSource): Generator<string> {
  const sum = createHash('sha256');
  let lines = 0;
  for (const line of archiveLines(source)) {
    const text = `${JSON.stringify(line)}\n`;
    sum.update(text);
    lines += 1;
    yield text;
  }
  const end: ArchiveLine = { line: 'end', lines, sha256: sum.digest('hex') };
  yield `${JSON.stringify(end)}\n`;
}

function* archiveLines({
  record,
  founding,
  content,
  entries,
  hashOf,
  chips: store,
}: SeasonSource): Generator<ArchiveLine> {
  const { season, seed, salt, seal, rules } = record;
  yield {
    line: 'season',
    version: ARCHIVE_VERSION,
    season,
    seed,
    salt,
    seal,
    rules: { ...rules },
    content: JSON.stringify(content),
    founding: JSON.stringify(founding),
  };
  const pools: string[] = [];
  let state = founding;
  for (const { round, action } of entries) {
    yield { line: 'action', round, action: { ...action } };
    const done = apply(state, action, content);
    state = done.state;
    yield* outcomeLines(action, done.events, state);
    const hash = action.type === 'closeRound' ? hashOf(state.round) : null;
    if (hash !== null) yield { line: 'round', round: state.round, hash };
    for (const event of done.events) {
      if (event.type !== 'episodeClosed') continue;
      const ofTwin = poolIdOf(event.season, event.episode, 'twin');
      pools.push(poolIdOf(event.season, event.episode), ofTwin);
      const result = store.result(ofTwin);
      if (result?.status === 'settled' && result.leadBps !== undefined)
        yield { line: 'twin', episode: event.episode, leadBps: result.leadBps };
    }
  }
  yield* poolLines(pools, store);
}

/** What an action did to prices and books, as lines. */
export function* outcomeLines(
  action: Action,
  events: readonly ShowEvent[],
  state: ShowState,
): Generator<ArchiveLine> {
  const moved = action.type === 'openRound' || action.type === 'strikeChaos';
  if (moved) yield { line: 'prices', round: state.round, cents: { ...state.market.priceCents } };
  for (const event of events) if (event.type === 'filled') yield fillLine(state.round, event);
}

function fillLine(round: number, { trader, instrument, qty, priceCents, feeCents }: Fill): ArchiveLine {
  return { line: 'fill', round, trader, instrument, qty, priceCents, feeCents };
}

function* poolLines(ids: readonly string[], store: SeasonSource['chips']): Generator<PoolLine> {
  const numbers = new Map<string, number>();
  const numberOf = (member: string): number => {
    const known = numbers.get(member) ?? numbers.size + 1;
    numbers.set(member, known);
    return known;
  };
  for (const id of ids) {
    const pool: Pool | null = store.pool(id);
    const result = store.result(id);
    if (!pool || !result) continue;
    const settled = result.status === 'settled' ? result : null;
    yield {
      line: 'pool',
      id,
      about: pool.about,
      episode: pool.episode,
      outcomes: [...pool.outcomes],
      seedChips: pool.seedChips,
      houseChips: pool.houseChips,
      stakes: store
        .stakes(id)
        .map(({ member, outcome, chips: staked }) => ({ member: numberOf(member), outcome, chips: staked })),
      status: result.status,
      because: result.status === 'refunded' ? result.because : null,
      winners: settled?.winners ?? [],
      payouts: (settled?.payouts ?? []).map(({ member, chips: paid, bound }) => ({
        member: numberOf(member),
        chips: paid,
        bound,
      })),
      toHouse: settled?.toHouse ?? 0,
      toJackpot: settled?.toJackpot ?? 0,
    };
  }
}

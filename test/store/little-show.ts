/** Two traders in two rooms, played by core for real and recorded: what the store's stories need. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Action } from '#core/actions/action.ts';
import { apply } from '#core/apply.ts';
import { foundShow } from '#core/founding.ts';
import type { Content, Persona, Regime } from '#core/content.ts';
import type { Decision } from '#core/decision.ts';
import { DEFAULT_RULES, type ShowState } from '#core/state.ts';
import type { Answer } from '#show/ports/brain.ts';
import type { Planned } from '#show/ports/outbox.ts';
import type { ShowStore } from '#show/ports/store.ts';

export const SECOND = 1_000;
export const ROUND_MS = 60 * SECOND;

/** A folder that goes when the test ends. */
export function scratch(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'open-outcry-store-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function persona(id: string, name: string, homeRoom: string): Persona {
  const leverage = { Tech: 1, Crypto: 3, Bonds: 1 };
  return {
    id,
    name,
    title: 'Trader',
    emoji: '📈',
    color: '#336699',
    persona: `You are ${name}, and this is a test of your memory.`,
    homeRoom,
    mandate: { leverage },
    obituary: `${name} has left the floor.`,
    sprite: id,
  };
}

function regime(id: string, next: string, driftBps: number): Regime {
  const model = { driftBps, volBps: 80, jumpChanceBps: 0, jumpBps: 0 };
  return {
    id,
    name: id,
    color: '#112233',
    returns: { Tech: model, Crypto: { ...model, volBps: 300 }, Bonds: model },
    weather: 'clear',
    papersFly: false,
    minRounds: 3,
    endChanceBps: 3_000,
    next: { [next]: 1 },
  };
}

const room = (id: string, name: string, x: number) => ({
  id,
  name,
  channel: id,
  topic: name,
  emoji: '🚪',
  seats: 4,
  area: { x, y: 0, width: 5, height: 5 },
});

export const CONTENT: Content = {
  cast: [persona('alex', 'Alex', 'pit'), persona('sarah', 'Sarah', 'cafe')],
  market: {
    startPriceCents: 10_000,
    impactBpsPer10k: 2,
    chaos: { regime: 'crash', gapBps: { Tech: -800, Crypto: -1_500, Bonds: 200 } },
    firstRegime: 'calm',
    regimes: [regime('calm', 'crash', 5), regime('crash', 'calm', -60)],
  },
  headlines: {
    chanceBps: 5_000,
    rumourBps: 2_000,
    wire: [{ text: 'Tech is doing well today', regimes: ['calm', 'crash'], names: 'Tech', tone: 'up' }],
    chaos: [{ text: 'Everything falls at once' }],
  },
  office: {
    width: 12,
    height: 6,
    firstSceneRoom: 'cafe',
    rooms: [room('pit', 'Pit', 0), room('cafe', 'Cafe', 6)],
  },
};

export const hashOf = (state: ShowState): string =>
  createHash('sha256').update(JSON.stringify(state)).digest('hex');

export const decided = (over: Partial<Decision> = {}): Decision => ({
  thought: 'Nobody must know that I am guessing.',
  trade: 'Crypto',
  size: 'Half',
  speech: 'Crypto it is.',
  location: 'Pit',
  ...over,
});

export const answered = (decision: Decision): Answer => ({
  decision,
  raw: JSON.stringify(decision),
  tokens: { evaluated: 300, forced: 20, sampled: 60 },
  ms: 812.4,
});

/** Plays and records; `state` is what a process that never died would hold. */
export class LittleShow {
  readonly store: ShowStore;
  state: ShowState;
  nowMs: number;

  constructor(store: ShowStore, state: ShowState, nowMs = 0) {
    this.store = store;
    this.state = state;
    this.nowMs = nowMs;
  }

  static found(store: ShowStore, seed = 7): LittleShow {
    const state = foundShow(seed, { ...DEFAULT_RULES, episodeRounds: 6, intermissionRounds: 1 }, CONTENT);
    store.found(state, 'content-1', 0);
    return new LittleShow(store, state);
  }

  /** Goes on from what the file holds, in the middle of a round too. */
  static resume(store: ShowStore): LittleShow {
    const found = store.load();
    if (found === null) throw new Error('no show to resume');
    const state = found.actions.reduce((at, { action }) => apply(at, action, CONTENT).state, found.snapshot);
    return new LittleShow(store, state, found.actions.at(-1)?.atMs ?? 0);
  }

  act(action: Action): void {
    const { state, events } = apply(this.state, action, CONTENT);
    const planned: Planned[] = events
      .filter((event) => event.type !== 'turnTaken')
      .map((event, i) => ({ place: 'tape', post: { kind: 'event', event }, afterMs: i * SECOND }));
    const answer = action.type === 'takeTurn' && action.decision ? answered(action.decision) : null;
    const hash = action.type === 'closeRound' ? hashOf(state) : null;
    this.store.record({ action, state, hash, events, planned, answer, atMs: this.nowMs });
    this.state = state;
    this.nowMs += SECOND;
  }

  /** Finishes an open round, or plays a whole one: Alex rotates, Sarah fumbles every third turn. */
  playRound(): void {
    if (!this.state.roundOpen) this.act({ type: 'openRound' });
    for (const trader of Object.values(this.state.speakers).flat()) {
      if (this.state.turnsTaken.includes(trader)) continue;
      const trade = (['Tech', 'Crypto', 'Bonds'] as const)[this.state.round % 3] ?? 'Hold';
      if (trader === 'sarah' && this.state.round % 3 === 0)
        this.act({ type: 'takeTurn', trader, decision: null, fumble: 'timeout' });
      else this.act({ type: 'takeTurn', trader, decision: decided({ trade }), fumble: null });
    }
    this.act({ type: 'closeRound' });
  }

  playRounds(count: number): void {
    for (let i = 0; i < count; i++) this.playRound();
  }
}

/** Applies the recording from its beginning: the hash after each round that it closes, and the last state. */
export function replay(store: ShowStore): { hashes: Map<number, string>; state: ShowState } {
  const { founding, entries } = store.recording();
  const hashes = new Map<number, string>();
  let state = founding;
  for (const { action } of entries) {
    state = apply(state, action, CONTENT).state;
    if (action.type === 'closeRound') hashes.set(state.round, hashOf(state));
  }
  return { hashes, state };
}

/** Plays one world headless, without audience and chaos, and writes down what the measures read. */
import { applyInPlace } from '#core/apply.ts';
import type { Content } from '#core/content.ts';
import { fumbledDecision } from '#core/decision.ts';
import type { ShowEvent } from '#core/events.ts';
import { foundShow } from '#core/founding.ts';
import type { Observation } from '#core/observation.ts';
import type { Rules, ShowState } from '#core/state.ts';
import { equityCents } from '#core/trading/books.ts';
import type { TraderId } from '#core/vocabulary.ts';
import { askOf } from './ask-of.ts';
import type { Ask, Player, Reply } from './player.ts';
import { outcomeOf, seenTurn } from './seen-turn.ts';
import type { PlayedTurn, PlayedWorld, Probe, Testimony } from './records.ts';
import { worldHash } from './world-hash.ts';

/** Asks the same turn again in other ways, before the turn itself is asked. */
export type Examiner = (
  ask: Ask,
  player: Player,
  signal: AbortSignal,
) => Promise<{ probes?: Probe[]; testimony?: Testimony[] }>;

/** Puts something into what a trader sees: it is in the show, unlike what an arm shows. */
export type Planter = (seen: { observation: Observation; floor: string }) => Observation;

export interface PlayOptions {
  seed: number;
  rules: Rules;
  content: Content;
  player: Player;
  examine?: Examiner | undefined;
  plant?: Planter | undefined;
  /** Names the program that plays, for the trace. */
  program?: string | undefined;
  signal: AbortSignal;
}

/** Resolves to null when the signal aborted it halfway. */
export async function playWorld(options: PlayOptions): Promise<PlayedWorld | null> {
  const { seed, rules, content, signal } = options;
  const startedMs = performance.now();
  const world = new World(options, foundShow(seed, rules, content));
  for (let round = 0; round < rules.episodeRounds; round += 1) {
    if (signal.aborted) return null;
    const rest = world.playRound();
    if (rest) await rest;
  }
  return signal.aborted ? null : world.end(performance.now() - startedMs);
}

class World {
  readonly #options: PlayOptions;
  readonly #turns: PlayedTurn[] = [];
  readonly #state: ShowState;

  constructor(options: PlayOptions, founding: ShowState) {
    this.#options = options;
    this.#state = founding;
  }

  /** Rooms go side by side, the speakers of one room one after another. */
  playRound(): Promise<void> | undefined {
    this.#act({ type: 'openRound' });
    const rooms = Object.keys(this.#state.speakers);
    const waiting = new Map<string, Promise<void>>();
    // Whoever answers at once speaks in the order in which those speak who all take as long: the first of every room, the second, and so on.
    for (let at = 0, going = rooms; going.length > 0; at += 1) {
      for (const room of going) {
        const later = this.#playTurn(room, at);
        if (later) waiting.set(room, later);
      }
      going = going.filter((room) => !waiting.has(room) && this.#speakerAt(room, at + 1) !== undefined);
    }
    const close = (): void => {
      if (!this.#options.signal.aborted) this.#act({ type: 'closeRound' });
    };
    if (waiting.size > 0) return Promise.all(waiting.values()).then(close);
    close();
    return undefined;
  }

  end(ms: number): PlayedWorld {
    const { seed, rules, program } = this.#options;
    // Which of two rooms was done first is no part of what happened.
    const turns = this.#turns.toSorted((a, b) => a.round - b.round || (a.trader < b.trader ? -1 : 1));
    const { market, traders } = this.#state;
    const equity = Object.values(traders).map(
      ({ id, book }) => [id, equityCents(book, market.priceCents)] as const,
    );
    return {
      turns,
      end: {
        kind: 'end',
        world: seed,
        stateHash: worldHash(turns, equity),
        equityCents: Object.fromEntries(equity),
        startCents: rules.startCashCents,
        turns: turns.length,
        ...(program !== undefined && { program }),
        ms: Math.round(ms),
      },
    };
  }

  #speakerAt(room: string, at: number): TraderId | undefined {
    return this.#state.speakers[room]?.[at];
  }

  #playRest(room: string, from: number): Promise<void> | undefined {
    for (let at = from; this.#speakerAt(room, at) !== undefined; at += 1) {
      const later = this.#playTurn(room, at);
      if (later) return later;
    }
    return undefined;
  }

  /** Without a promise where the player answers at once: headless baselines take thousands of turns a second. The promise is of the room's rest, too. */
  #playTurn(room: string, at: number): Promise<void> | undefined {
    const { player, examine, signal } = this.#options;
    const speaker = this.#speakerAt(room, at);
    if (speaker === undefined || signal.aborted) return undefined;
    const ask = this.#ask(speaker);
    const goOn = (reply: Reply, more: Awaited<ReturnType<Examiner>> = {}): Promise<void> | undefined => {
      if (signal.aborted) return undefined;
      this.#take(ask, reply, more);
      return this.#playRest(room, at + 1);
    };
    if (examine)
      return examine(ask, player, signal).then(async (more) => goOn(await player.answer(ask, signal), more));
    const reply = player.answer(ask, signal);
    if (reply instanceof Promise) return reply.then((it) => goOn(it));
    this.#take(ask, reply, {});
    return undefined;
  }

  #ask(speaker: TraderId): Ask {
    const { content, seed, plant } = this.#options;
    const ask = askOf(this.#state, speaker, content, String(seed));
    return plant ? { ...ask, observation: plant(ask) } : ask;
  }

  #take(ask: Ask, reply: Reply, more: Awaited<ReturnType<Examiner>>): void {
    const { trader, roomName } = ask.observation;
    // What was there before the turn: the state itself goes on.
    const seen = seenTurn(this.#options.seed, ask);
    const events = this.#act(
      reply.decision
        ? { type: 'takeTurn', trader, decision: reply.decision, fumble: null }
        : { type: 'takeTurn', trader, decision: null, fumble: reply.fumble },
    );
    const decision = reply.decision ?? fumbledDecision(roomName);
    this.#turns.push({
      ...seen,
      ...outcomeOf(this.#state, trader, events),
      ...more,
      decision,
      ...paid(reply),
    });
  }

  #act(action: Parameters<typeof applyInPlace>[1]): ShowEvent[] {
    return applyInPlace(this.#state, action, this.#options.content);
  }
}

function paid({ fumble, tokens, ms }: Reply) {
  return { fumble, tokens, ms };
}

/** What every part of the stage's benchmark needs: a town in its own process, a show, a stage. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { commands } from '#commands/index.ts';
import { DEFAULT_RULES, type Rules } from '#core/state.ts';
import { systemClock } from '#show/clock.ts';
import type { Brain } from '#show/ports/brain.ts';
import type { Painter } from '#show/ports/painter.ts';
import { Show } from '#show/show.ts';
import { openStage, type Stage } from '#stage/stage.ts';
import { openStore, type Store } from '#store/store.ts';
import { content } from '#test/support/floor.ts';
import { silentLog } from '#test/support/theatre.ts';
import { end, held } from '../ending.ts';
import type { Order, Told, TownAddress, TownOptions } from './town.ts';

export interface Figure {
  name: string;
  value: string;
  bar: string;
  ok: boolean;
}

export class Town {
  readonly #process: ChildProcess;
  readonly address: TownAddress;

  private constructor(child: ChildProcess, address: TownAddress) {
    this.#process = child;
    this.address = address;
  }

  static async open(options: TownOptions): Promise<Town> {
    const child = held(fork(path.join(import.meta.dirname, 'town.ts')));
    const told = await asked(child, { what: 'open', options }, 'open');
    return new Town(child, told.address);
  }

  ask(order: Omit<Extract<Order, { what: 'ask' }>, 'what'>): Promise<Extract<Told, { told: 'asked' }>> {
    return asked(this.#process, { what: 'ask', ...order }, 'asked');
  }

  react(order: Omit<Extract<Order, { what: 'react' }>, 'what'>): Promise<Extract<Told, { told: 'reacted' }>> {
    return asked(this.#process, { what: 'react', ...order }, 'reacted');
  }

  close(): Promise<void> {
    return end(this.#process);
  }
}

async function asked<K extends Told['told']>(
  child: ChildProcess,
  order: Order,
  kind: K,
): Promise<Extract<Told, { told: K }>> {
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`the town ended with exit code ${code}`);
  });
  // The race below handles a rejection; a town that ends after it has answered is not a failure.
  failed.catch(() => undefined);
  child.send(order);
  const [told] = (await Promise.race([once(child, 'message'), failed])) as [Told];
  if (told.told !== kind) throw new Error(`the town reported "${told.told}" instead of "${kind}"`);
  return told as Extract<Told, { told: K }>;
}

export function stageIn(address: TownAddress, painter: Painter): Promise<Stage> {
  return openStage({
    settings: {
      token: address.token,
      api: address.restApi,
      cdn: address.cdn,
      requestsPerSecond: Number.POSITIVE_INFINITY,
    },
    commands,
    painter,
    clock: systemClock,
    log: silentLog,
    onFatal: (message) => {
      throw new Error(message);
    },
  });
}

export interface Playing {
  show: Show;
  store: Store;
}

export function showIn(
  file: string,
  {
    brain,
    rules,
    seed = 1,
    pictures = 0,
  }: { brain?: Brain | undefined; rules?: Partial<Rules>; seed?: number; pictures?: number },
): Playing {
  const store = openStore(file);
  const show = new Show({
    content,
    rules: { ...DEFAULT_RULES, ...rules },
    seed,
    store,
    brain: brain ?? createScriptedBrain({ cast: content.cast, seed }),
    models: null,
    clock: systemClock,
    log: silentLog,
    paceMs: 0,
    turnLimitMs: 60_000,
    pictureEveryRounds: pictures,
    blocks: () => false,
  });
  if (show.status().mode === 'stopped') show.start('console');
  return { show, store };
}

export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))] ?? Number.NaN;
}

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

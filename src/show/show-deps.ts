/** What a show is given: its content and rules, who thinks, and where it is kept. */
import type { Content, Persona } from '#core/content.ts';
import type { Rules } from '#core/state.ts';
import type { Brain, ModelDesk, Twin } from './ports/brain.ts';
import type { ChipStore } from './ports/chips.ts';
import type { Clock, Log } from './ports/clock.ts';
import type { HandStore } from './ports/hand.ts';
import type { KeyValues } from './ports/key-values.ts';
import type { Outbox } from './ports/outbox.ts';
import type { StageRecord } from './ports/stage-record.ts';
import type { ShowStore } from './ports/store.ts';
import type { Schedule } from './schedule/settings.ts';

export interface ShowDeps {
  content: Content;
  /** All personas that ship, also those that play only where they are cast; the cast when left out. */
  personas?: readonly Persona[];
  rules: Rules;
  seed: number;
  /** What the seeds of later seasons come from, 64 hexadecimal digits; left out: from the seed, so that they are the same again. */
  seasonSecret?: string;
  store: {
    show: ShowStore;
    chips: ChipStore;
    hand: HandStore;
    keyValues: KeyValues;
    outbox: Outbox;
    stage: StageRecord;
  };
  brain: Brain;
  /** Plays where the brain has left nothing to see; none when left out. */
  standIn?: Brain | null | undefined;
  /** Plays every episode once more, for the card of its closing bell; none when left out. */
  twin?: Twin | null | undefined;
  /** Null where the model is fixed: the scripted brain, a server, several shows on one model. */
  models: ModelDesk | null;
  clock: Clock;
  log: Log;
  /** When the show plays, until a producer sets it; continuously when left out. */
  schedule?: Schedule | undefined;
  /** Milliseconds a round; 0 runs as fast as it can (for scripts and tests). */
  paceMs: number;
  /** How long a pool is meant to be open between two episodes; left out: for the rounds that the rules say. */
  intermissionMs?: number | undefined;
  turnLimitMs: number;
  /** Rounds from one floor picture to the next; 0 for none. */
  pictureEveryRounds: number;
  /** True for a producer's text that must not be shown. */
  blocks: (text: string) => boolean;
}

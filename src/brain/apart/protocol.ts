/** What the program and the process that thinks say to each other. */
import type { Answer, Turn } from '#show/ports/brain.ts';
import type { Fumble, TraderId } from '#core/vocabulary.ts';

/** Why a brain could not be opened: `unable`, this machine cannot run it; `mistake`, a person can mend it; else a fault. */
export type OpeningTrouble = 'unable' | 'mistake' | 'fault';

export type ToChild<Opening> =
  | { type: 'open'; opening: Opening }
  | { type: 'think'; call: number; turn: Turn }
  /** The answer is no longer wanted; the call still ends with an answer or a fumble. */
  | { type: 'abort'; call: number }
  | { type: 'close' };

export type FromChild =
  /** As soon as it is known, while the model is still being opened; again where that changes. */
  | { type: 'computes'; onGpu: boolean }
  | { type: 'opened'; label: string; leftOut: ReadonlySet<TraderId> }
  | { type: 'failed'; trouble: OpeningTrouble; message: string }
  | { type: 'answer'; call: number; answer: Answer }
  | { type: 'fumble'; call: number; code: Fumble; message: string };

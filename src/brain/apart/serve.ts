/** The other side of `openApart`: a process that opens one brain and thinks until its parent closes it or is gone. */
import { writeFileSync } from 'node:fs';
import { FumbleError, type Brain } from '#show/ports/brain.ts';
import { errorLine, errorText } from '#lib/error-text.ts';
import type { FromChild, OpeningTrouble, ToChild } from './protocol.ts';

/** When memory runs out, the system should end this process and not the show. */
const OOM_SCORE = '800';

export interface Serving<Opening> {
  /** Calls `computes` as soon as it knows whether a GPU does. */
  open: (opening: Opening, computes: (onGpu: boolean) => void) => Promise<Brain>;
  troubleOf: (error: unknown) => OpeningTrouble;
}

export function serveBrain<Opening>({ open, troubleOf }: Serving<Opening>): void {
  volunteer();
  // A terminal signals every process of the program; the parent says when this one ends.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  process.on('disconnect', () => process.exit());
  const thinking = new Map<number, AbortController>();
  let brain: Brain | null = null;
  const think = async ({ call, turn }: Extract<ToChild<Opening>, { type: 'think' }>): Promise<void> => {
    const over = new AbortController();
    thinking.set(call, over);
    try {
      if (!brain) throw new FumbleError('engine_error', 'the brain is not open');
      tell({ type: 'answer', call, answer: await brain.think(turn, over.signal) });
    } catch (error) {
      const code = error instanceof FumbleError ? error.code : 'engine_error';
      tell({ type: 'fumble', call, code, message: errorText(error) });
    } finally {
      thinking.delete(call);
    }
  };
  const begin = async (opening: Opening): Promise<void> => {
    try {
      brain = await open(opening, (onGpu) => tell({ type: 'computes', onGpu }));
      tell({ type: 'opened', label: brain.label, leftOut: brain.leftOut ?? new Set() });
    } catch (error) {
      const trouble = troubleOf(error);
      const message = trouble === 'fault' && error instanceof Error ? (error.stack ?? '') : errorLine(error);
      tell({ type: 'failed', trouble, message });
    }
  };
  process.on('message', (message: ToChild<Opening>) => {
    switch (message.type) {
      case 'open':
        return void begin(message.opening);
      case 'think':
        return void think(message);
      case 'abort':
        return thinking.get(message.call)?.abort();
      case 'close':
        return void end(brain);
      default:
        return message satisfies never;
    }
  });
}

async function end(brain: Brain | null): Promise<void> {
  try {
    await brain?.close();
  } finally {
    process.exit();
  }
}

function volunteer(): void {
  if (process.platform !== 'linux') return;
  try {
    writeFileSync('/proc/self/oom_score_adj', OOM_SCORE);
  } catch {
    // Where the system does not allow it, it chooses by itself.
  }
}

function tell(message: FromChild): void {
  if (process.connected) process.send?.(message);
}

/** Asks a brain for one turn, with a time limit: an answer, or why there is none. Never rejects. */
import { decisionSchema } from '#core/decision.ts';
import type { Fumble } from '#core/vocabulary.ts';
import { errorText } from '#lib/error-text.ts';
import { FumbleError, type Answer, type Brain, type Turn } from './ports/brain.ts';
import type { Clock } from './ports/clock.ts';

export type Thought = { ok: true; answer: Answer } | { ok: false; code: Fumble; message: string };

/** The brain's own promise may settle later than the limit: what comes late is dropped. */
export async function thinkInTime(
  brain: Brain,
  turn: Turn,
  limitMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<Thought> {
  const over = new AbortController();
  const stopped = Promise.withResolvers<Thought>();
  const stop = (code: Fumble, message: string, reason: unknown): void => {
    stopped.resolve({ ok: false, code, message });
    over.abort(reason);
  };
  const aborted = (): void => stop('aborted', 'the show stopped during the turn', signal.reason);
  const late = (): void => {
    const message = `${brain.label} gave no answer within ${limitMs} ms`;
    stop('timeout', message, new DOMException(message, 'TimeoutError'));
  };
  signal.addEventListener('abort', aborted, { once: true });
  const answered = new AbortController();
  void clock.sleep(limitMs, answered.signal).then(() => {
    if (!answered.signal.aborted) late();
  });
  try {
    if (signal.aborted) aborted();
    return await Promise.race([ask(brain, turn, over.signal), stopped.promise]);
  } finally {
    answered.abort();
    signal.removeEventListener('abort', aborted);
  }
}

async function ask(brain: Brain, turn: Turn, signal: AbortSignal): Promise<Thought> {
  try {
    const answer = await brain.think(turn, signal);
    const parsed = decisionSchema(turn.observation.rooms.map((room) => room.name)).safeParse(answer.decision);
    if (parsed.success) return { ok: true, answer };
    const issue = parsed.error.issues[0];
    return {
      ok: false,
      code: 'invalid',
      message: `${brain.label}: ${issue?.path.join('.')}: ${issue?.message}`,
    };
  } catch (error) {
    const code = error instanceof FumbleError ? error.code : 'engine_error';
    return {
      ok: false,
      code,
      message: `${brain.label}: ${errorText(error)}`,
    };
  }
}

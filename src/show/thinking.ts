/** One turn asked of a brain, with a time limit: an answer, or why there is none. Never rejects. */
import { decisionSchema } from '#core/decision.ts';
import type { Fumble } from '#core/vocabulary.ts';
import { FumbleError, type Answer, type Brain, type Turn } from './ports.ts';

export type Thought = { ok: true; answer: Answer } | { ok: false; code: Fumble; message: string };

/** The brain's own promise may settle later than the limit: what comes late is dropped. */
export async function thinkInTime(
  brain: Brain,
  turn: Turn,
  limitMs: number,
  signal: AbortSignal,
): Promise<Thought> {
  const limit = AbortSignal.timeout(limitMs);
  const over = AbortSignal.any([signal, limit]);
  let stop = (): void => undefined;
  const stopped = new Promise<Thought>((resolve) => {
    stop = () =>
      resolve(
        signal.aborted
          ? { ok: false, code: 'aborted', message: 'the show stopped during the turn' }
          : { ok: false, code: 'timeout', message: `${brain.label} gave no answer within ${limitMs} ms` },
      );
    over.addEventListener('abort', stop, { once: true });
  });
  try {
    if (over.aborted) stop();
    return await Promise.race([ask(brain, turn, over), stopped]);
  } finally {
    over.removeEventListener('abort', stop);
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
      message: `${brain.label}: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

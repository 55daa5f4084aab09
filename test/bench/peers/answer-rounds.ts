/** A brain of this project as a process that a benchmark asks: one line of JSON a round, `{"turns": [...]}`, and one back. */
import { createInterface } from 'node:readline';
import type { Brain, Turn } from '#show/ports/brain.ts';
import type { RoundTold } from './ways.ts';

interface Ready {
  ready: true;
}

/** Says `ready`, then answers until there are no more rounds, and closes the brain. */
export async function answerRounds(brain: Brain, ready: Ready): Promise<void> {
  const never = new AbortController().signal;
  const tell = (told: RoundTold | Ready): void => console.log(JSON.stringify(told));
  tell(ready);
  for await (const line of createInterface({ input: process.stdin })) {
    const { turns } = JSON.parse(line) as { turns: Turn[] };
    const began = performance.now();
    const answers = await Promise.all(turns.map((turn) => brain.think(turn, never)));
    const sum = (of: 'evaluated' | 'forced' | 'sampled'): number =>
      answers.reduce((total, { tokens }) => total + (tokens?.[of] ?? 0), 0);
    tell({
      ms: performance.now() - began,
      read: sum('evaluated'),
      forced: sum('forced'),
      sampled: sum('sampled'),
      answers: answers.map(({ raw }) => raw),
    });
  }
  await brain.close();
}

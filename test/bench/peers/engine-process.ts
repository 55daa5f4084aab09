// This project's engine in a process of its own, as the peers are: `engine-process.ts MODEL.gguf THREADS`. Reads one line of
// JSON a round, `{"turns": [...]}`, and writes one back.
import { createInterface } from 'node:readline';
import { createLlamaBrain } from '#brain/llama.ts';
import { content } from '#test/support/floor.ts';
import { silentLog } from '#test/support/theatre.ts';
import { roomNames, type ShowTurn } from '../show-turns.ts';
import type { RoundTold } from './ways.ts';

const [modelFile = '', threads = '1'] = process.argv.slice(2);
const brain = await createLlamaBrain({
  modelFile,
  cast: content.cast,
  roomNames,
  seed: 7,
  threads: Number(threads),
  log: silentLog,
});
const never = new AbortController().signal;
const tell = (told: RoundTold | { ready: true }): void => console.log(JSON.stringify(told));

tell({ ready: true });
for await (const line of createInterface({ input: process.stdin })) {
  const { turns } = JSON.parse(line) as { turns: ShowTurn[] };
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

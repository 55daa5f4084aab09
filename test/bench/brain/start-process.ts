// A start of the brain as the show has it, in a process of its own: `start-process.ts MODEL CACHE_FOLDER [THREADS]`. Without a number
// the engine chooses its threads.
import { answerRounds } from '../peers/answer-rounds.ts';
import { catalogBrain } from './catalog-brain.ts';
import type { Opened } from './warm.ts';

const [model = '', cacheDir, threads] = process.argv.slice(2);
const began = performance.now();
const brain = await catalogBrain(model, {
  cacheDir,
  threads: threads === undefined ? undefined : Number(threads),
});
const opened: Opened = { ready: true, ms: performance.now() - began, passes: brain.passes };
await answerRounds(brain, opened);

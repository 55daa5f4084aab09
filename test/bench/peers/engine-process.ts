// This project's engine in a process of its own, as the peers are: `engine-process.ts MODEL.gguf THREADS`.
import { createLlamaBrain } from '#brain/llama.ts';
import { content } from '#test/support/floor.ts';
import { silentLog } from '#test/support/theatre.ts';
import { answerRounds } from './answer-rounds.ts';

const [modelFile = '', threads = '1'] = process.argv.slice(2);
const brain = await createLlamaBrain({
  modelFile,
  cast: content.cast,
  rooms: content.office.rooms,
  seed: 7,
  threads: Number(threads),
  log: silentLog,
});
await answerRounds(brain, { ready: true });

/** The brains whose stories are told side by side: as they are shipped, or any file. */
import { fileURLToPath } from 'node:url';
import { loadCatalog, resolveModel } from '#brain/catalog.ts';
import { withCoach } from '#brain/coached.ts';
import { createLlamaBrain } from '#brain/llama.ts';
import { subjectsOf } from '#brain/prompts/subject.ts';
import { lentLine } from '#brain/scripted/coach.ts';
import { scriptedTurn } from '#brain/scripted/scripted.ts';
import type { Content } from '#core/content.ts';
import { InputError } from '#lib/input-error.ts';
import type { Brain } from '#show/ports/brain.ts';
import type { Log } from '#show/ports/clock.ts';
import type { Think } from './play.ts';

const TURN_LIMIT_MS = 120_000;
const log: Log = {
  debug() {},
  info() {},
  warn: (details, message) => console.error(message, details),
  error: (details, message) => console.error(message, details),
};

export interface OpenStoryBrain {
  think: Think;
  close: () => Promise<void>;
}

export async function openStoryBrain(
  name: string,
  { content, seed, threads }: { content: Content; seed: number; threads: number | undefined },
): Promise<OpenStoryBrain> {
  const { cast } = content;
  if (name === 'scripted')
    return {
      think: (_, observation) => Promise.resolve(scriptedTurn(observation, cast, seed)),
      close: () => Promise.resolve(),
    };
  const { kind, path, entry } = resolveModel(name, {
    modelsDir: fileURLToPath(new URL('../../../models', import.meta.url)),
    catalog: loadCatalog(),
  });
  if (kind === 'download')
    throw new InputError(`${name} is not on this machine; npm start -- --model ${name} downloads it`);
  const trainedOn = entry !== null && 'trainedOn' in entry ? entry.trainedOn : undefined;
  const coach = trainedOn === 1;
  const llama = await createLlamaBrain({
    modelFile: path,
    cast,
    rooms: content.office.rooms,
    sampler: entry?.sampler,
    thinking: entry && 'thinking' in entry ? entry.thinking : undefined,
    promptStyle: entry?.promptStyle,
    trainedOn,
    subjects: subjectsOf(content.headlines),
    seed,
    threads,
    log,
  });
  const brain = coach ? withCoach(llama, { cast, seed }) : llama;
  return {
    think: thinking(brain, coach ? (seen) => lentLine(seen, cast, seed) : () => null),
    close: () => brain.close(),
  };
}

function thinking(brain: Brain, lent: (seen: Parameters<Think>[1]) => ReturnType<typeof lentLine>): Think {
  return async (id, observation) => {
    try {
      const { decision } = await brain.think({ id, observation }, AbortSignal.timeout(TURN_LIMIT_MS));
      const line = lent(observation);
      return { decision, fact: line?.speech === decision.speech ? line.fact : null };
    } catch (error) {
      console.error(`turn ${id} is fumbled:`, error);
      return { decision: null, fact: null };
    }
  };
}

/** The brains whose stories are told side by side: as they are shipped, or any file. */
import { askedAs } from '#brain/catalog.ts';
import { withCoach } from '#brain/coached.ts';
import { createLlamaBrain } from '#brain/llama.ts';
import { subjectsOf } from '#brain/prompts/subject.ts';
import { lentLine } from '#brain/scripted/coach.ts';
import { scriptedTurn } from '#brain/scripted/scripted.ts';
import type { Content } from '#core/content.ts';
import type { Brain } from '#show/ports/brain.ts';
import { toolLog } from '../command-line.ts';
import { modelOnDisk } from '../model-on-disk.ts';
import type { Think } from './play.ts';

const TURN_LIMIT_MS = 120_000;

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
  const { file, entry } = modelOnDisk(name);
  const asked = askedAs(entry);
  const coach = asked.trainedOn === 1;
  const llama = await createLlamaBrain({
    modelFile: file,
    cast,
    rooms: content.office.rooms,
    ...asked,
    subjects: subjectsOf(content.headlines),
    seed,
    threads,
    log: toolLog,
  });
  const brain = coach ? withCoach(llama, { cast, rooms: content.office.rooms, seed }) : llama;
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

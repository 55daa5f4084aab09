/** The scripted brain with marks on its words, and with the troubles that a brain can have. */
import { turnText } from '#brain/prompts/prompt.ts';
import { FumbleError, type Answer, type Brain } from '#show/ports/brain.ts';
import type { SecretChecks } from '../checks/secrets.ts';
import { lineMark, thoughtMark } from '../checks/secrets.ts';
import type { Faults } from './faults.ts';
import type { Life } from './life.ts';

const WORDS_MAX = 110;
const SLOW_MS = 2_500;

export interface TroubledBrainDeps {
  brain: Brain;
  life: Life;
  faults: Faults;
  secrets: SecretChecks;
  /** A number that no line had before. */
  nextLine: () => number;
}

export function troubledBrain({ brain, life, faults, secrets, nextLine }: TroubledBrainDeps): Brain {
  const wait = (ms: number): Promise<void> => life.clock.sleep(ms, new AbortController().signal);
  return {
    label: brain.label,
    async think(turn, signal): Promise<Answer> {
      life.assertAlive();
      const { observation: seen } = turn;
      secrets.prompt(seen, turnText(seen));
      const nth = nextLine();
      if (faults.strike('brain stall')) return await new Promise<Answer>(() => undefined);
      if (faults.strike('brain error')) throw new FumbleError('engine_error', 'the engine broke');
      const answer = await brain.think(turn, signal);
      if (faults.strike('slow brain')) await wait(SLOW_MS);
      const { thought, speech } = answer.decision;
      const decision = {
        ...answer.decision,
        thought: `${thought.slice(0, WORDS_MAX)} ${thoughtMark(nth, seen.trader)}`,
        speech: speech === '' ? '' : `${speech.slice(0, WORDS_MAX)} ${lineMark(nth, seen.trader)}`,
      };
      if (faults.strike('brain nonsense'))
        return { ...answer, decision: { ...decision, location: 'the Moon' } };
      return { ...answer, decision };
    },
    close: () => brain.close(),
  };
}

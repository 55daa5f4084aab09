/**
 * Turns that are asked again, out of the show: with one part of the observation taken away (family D), with a line put into a
 * neighbour's mouth or a question of who knows what (family C), and once more with other luck, which says how much of a change is luck.
 */
import { keyedNumbers } from '#core/chance/keyed.ts';
import type { Observation } from '#core/observation.ts';
import { INSTRUMENTS, type Instrument } from '#core/vocabulary.ts';
import { has, hasMemory, without, withoutMemory } from '#core/without.ts';
import type { Examiner } from './play.ts';
import type { Ask } from './player.ts';
import { answerOf, quizOf } from './quiz.ts';
import type { Probe, Testimony } from './records.ts';

/** What can be taken away. `past`: the own last turns. `memory`: what the floor remembers, and how the trader stands with others. */
export const REASONS = ['news', 'prices', 'neighbour', 'book', 'past', 'memory'] as const;
export type Reason = (typeof REASONS)[number];

export interface ExamPlan {
  /** Of so many turns, one is asked again, by chance keyed by world and turn; 0: none. */
  everyTurns: number;
  ablations: boolean;
  advice: boolean;
  /** Who knows what; absent: not asked, as in reports from before there was a quiz. */
  quiz?: boolean | undefined;
  /** Whether memory is taken away, too, and with the prices what is remembered of them; absent: it was not yet. */
  memory?: boolean | undefined;
}

/** A neighbour says one of these: advice about an instrument, or nothing of the market. */
const ADVICE = (instrument: Instrument): string => `I would buy ${instrument} now, all of it.`;
const PLACEBO = 'The coffee is cold again today.';

export function examiner({
  everyTurns,
  ablations,
  advice,
  quiz = false,
  memory = false,
}: ExamPlan): Examiner {
  return async (ask, player, signal) => {
    const { observation, floor, id } = ask;
    const chance = keyedNumbers(0, `lab-exam/${floor}`, observation.round, id);
    const trades = observation.phase === 'episode' && observation.standing !== 'intern';
    if (everyTurns === 0 || chance.below(everyTurns) !== 0 || !trades) return {};
    const probes: Probe[] = [];
    const again = async (
      what: string,
      about: string | null,
      seen: Observation,
      luck?: string,
    ): Promise<void> => {
      const reply = await player.answer(
        { ...ask, ...(luck !== undefined && { luck }), observation: seen, aside: true },
        signal,
      );
      probes.push({ what, about, decision: reply.decision });
    };
    if (ablations) {
      await again('luck', null, observation, '~');
      for (const reason of REASONS) {
        if (reason === 'memory' && !memory) continue;
        const without = withoutReason(observation, reason, memory);
        if (without) await again('without', reason, without);
      }
    }
    if (advice && observation.company.length > 0) {
      const instrument = chance.pick(INSTRUMENTS);
      await again('advice', instrument, told(ask, ADVICE(instrument)));
      await again('placebo', instrument, told(ask, PLACEBO));
    }
    if (!quiz) return { probes };
    const testimony: Testimony[] = [];
    // Luck of its own, so that a quiz changes nothing of what is asked beside it.
    const luck = keyedNumbers(0, `lab-quiz/${floor}`, observation.round, id);
    for (const question of quizOf(ask, luck)) {
      const { fact, kind, truth, seen } = question;
      const { decision } = await player.answer(
        { ...ask, id: `${id}?${kind}`, observation: seen, aside: true },
        signal,
      );
      testimony.push({ fact, kind, truth, answer: decision ? answerOf(question, decision.trade) : null });
    }
    return { probes, testimony };
  };
}

/** Null where there is nothing to take away. `memory`: what is remembered of the prices goes with them. */
function withoutReason(seen: Observation, reason: Reason, memory: boolean): Observation | null {
  switch (reason) {
    case 'news':
      return has(seen, 'news') ? without(seen, 'news') : null;
    case 'prices':
      return seen.prices.every(({ roundBps }) => roundBps === 0)
        ? null
        : {
            ...without(seen, 'price'),
            ...(memory && seen.facts && { facts: seen.facts.filter(({ move }) => move === null) }),
          };
    case 'neighbour':
      return has(seen, 'line') ? without(seen, 'line') : null;
    case 'book':
      return seen.positions.length === 0
        ? null
        : { ...seen, positions: [], cashCents: seen.equityCents, gainBps: 0, episodeGainBps: 0 };
    case 'past':
      return seen.ownTurns.length === 0 ? null : { ...seen, ownTurns: [], ownLines: [] };
    case 'memory':
      return hasMemory(seen) ? withoutMemory(seen) : null;
    default:
      return reason satisfies never;
  }
}

/** The first neighbour said this just now, and nobody else waits for an answer. */
function told({ observation: seen }: Ask, said: string): Observation {
  return {
    ...seen,
    company: seen.company.map((it, at) =>
      at === 0 ? { ...it, said, unanswered: true } : { ...it, unanswered: false },
    ),
  };
}

/**
 * Chooses by what the situation changes in a model's mind. Small models answer from habit: in 24 of 24 situations one took Bonds.
 * So the mean of a few neutral situations is taken from the logarithms of the options' probabilities, and the persona's leaning
 * is put in its place (contextual calibration).
 */
import { hashText } from '#core/chance/hash-text.ts';
import { logOfSum, type Choose, type Way } from '../engine/answer/choice.ts';
import type { Leaning } from './leaning.ts';

/** The mean log-probability of each way in neutral situations, by field and `wayKey`. */
export type Habits = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** How far a situation moves a choice from the leaning: at 1, as far as it moves the model, some traders never do as they lean. */
export const FOLLOW = 0.7;

/** Names a way by its values, whatever their order. */
export const wayKey = ({ values }: Pick<Way, 'values'>): string => values.toSorted().join('\n');

/** @param chance names the turn: the same name, situation and model give the same choice */
export function calibrated(habits: Habits, leaning: Leaning, chance: string, follow = FOLLOW): Choose {
  return (field, ways) => {
    const scores = ways.map((way) => {
      const key = wayKey(way);
      const habit = habits[field]?.[key] ?? way.logProbability;
      const shares = leaning[field];
      const share = logOfSum(way.values.map((value) => Math.log(shares ? (shares.get(value) ?? 0) : 1)));
      return share + follow * (way.logProbability - habit) + gumbel(`${chance}/${field}/${key}`);
    });
    return scores.indexOf(Math.max(...scores));
  };
}

/**
 * Noise of the standard Gumbel distribution: the greatest of log-probabilities with such noise falls as the probabilities say. Each
 * way has noise of its own, so that no order matters.
 */
function gumbel(name: string): number {
  const uniform = (hashText(name) + 0.5) / 2 ** 53;
  return -Math.log(-Math.log(uniform));
}

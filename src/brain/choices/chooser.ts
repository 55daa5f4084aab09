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
/**
 * Of what is unusual in a turn's trade, in usual differences: where the thought began with what moved most, and where nothing did. What is
 * followed so far scatters the leaning, which therefore counts for more. Chosen by `npm run lines` so that both show.
 */
const FOLLOW_A_LOOK = 1.9;
const FOLLOW_NOTHING = 0.4;
const LEAN = 1.4;

/** Names a way by its values, whatever their order. */
export const wayKey = ({ values }: Pick<Way, 'values'>): string => values.toSorted().join('\n');

/** @param chance names the turn: the same name, situation and model give the same choice */
export function calibrated(habits: Habits, leaning: Leaning, chance: string, follow = FOLLOW): Choose {
  return (field, ways) => {
    return likeliest(ways, `${chance}/${field}`, (way) => {
      const habit = habits[field]?.[wayKey(way)] ?? way.logProbability;
      return shareOf(way, leaning[field]) + follow * (way.logProbability - habit);
    });
  };
}

/**
 * As a trader chooses on stage who has looked at the market, or has seen that nothing moved: more by what is before its eyes.
 * @param surprises by how many usual differences each way is likelier than usual
 */
export function looking(
  surprises: (field: string, ways: readonly Way[]) => readonly number[],
  habits: Habits,
  leaning: Leaning,
  chance: string,
  hasLooked: boolean,
): Choose {
  const unmoved = calibrated(habits, leaning, chance);
  const follow = hasLooked ? FOLLOW_A_LOOK : FOLLOW_NOTHING;
  return (field, ways) => {
    if (field !== 'trade') return unmoved(field, ways);
    const unusual = surprises(field, ways);
    return likeliest(
      ways,
      `${chance}/${field}`,
      (way, at) => LEAN * shareOf(way, leaning[field]) + follow * (unusual[at] ?? 0),
    );
  };
}

/** The logarithm of what the leaning gives a way. */
function shareOf({ values }: Way, shares: ReadonlyMap<string, number> | undefined): number {
  return logOfSum(values.map((value) => Math.log(shares ? (shares.get(value) ?? 0) : 1)));
}

function likeliest(ways: readonly Way[], chance: string, scoreOf: (way: Way, at: number) => number): number {
  const scores = ways.map((way, at) => scoreOf(way, at) + gumbel(`${chance}/${wayKey(way)}`));
  return scores.indexOf(Math.max(...scores));
}

/**
 * Noise of the standard Gumbel distribution: the greatest of log-probabilities with such noise falls as the probabilities say. Each
 * way has noise of its own, so that no order matters.
 */
function gumbel(name: string): number {
  const uniform = (hashText(name) + 0.5) / 2 ** 53;
  return -Math.log(-Math.log(uniform));
}

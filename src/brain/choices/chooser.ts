/**
 * Chooses by what the situation changes in a model's mind. Small models answer from habit: in 24 of 24 situations one took Bonds.
 * So the mean of a few neutral situations is taken from the logarithms of the options' probabilities, and the persona's leaning
 * is put in its place (contextual calibration).
 */
import { hashText } from '#core/chance/hash-text.ts';
import type { Choose, Way } from '../engine/answer/choice.ts';
import type { Leaning } from './leaning.ts';
import type { Usual } from './usual.ts';

/** The mean log-probability of each way in neutral situations, by field and `wayKey`. */
export type Habits = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** How far a situation moves a choice from the leaning: at 1, as far as it moves the model, some traders never do as they lean. */
export const FOLLOW = 0.7;
/**
 * Of what is unusual in a turn, in usual differences: for a trade where the thought began with what moved most, and where nothing
 * did; for a room. What a trade follows scatters the leaning, which therefore counts for more in the first turns, before `Usual`
 * knows what is due. Chosen by `npm run lines` so that both show.
 */
const FOLLOW_A_LOOK = 3;
const FOLLOW_NOTHING = 0.4;
const FOLLOW_TO_A_ROOM = 1;
const LEAN_TO_A_TRADE = 1.4;

/** Names a way by its values, whatever their order. */
export const wayKey = ({ values }: Pick<Way, 'values'>): string => values.toSorted().join('\n');

/** @param chance names the turn: the same name, situation and model give the same choice */
export function calibrated(habits: Habits, leaning: Leaning, chance: string, follow = FOLLOW): Choose {
  return (field, ways) =>
    likeliest(
      ways,
      `${chance}/${field}`,
      (way) => Math.log(shareOf(way, leaning[field])) + follow * beyondHabit(way, habits[field]),
    );
}

export interface StageTurn {
  usual: Usual;
  turn: { id: string; aside: boolean };
  /** Whether something moved, and the thought began with it. */
  hasLooked: boolean;
  roomName: string;
}

/**
 * As a trader chooses on stage: what it usually finds likely is taken off, too, and in the long run it buys as it leans. A small model
 * would hold what it holds and stay where it is, whatever its temperament.
 */
export function onStage(
  { usual, turn, hasLooked, roomName }: StageTurn,
  habits: Habits,
  leaning: Leaning,
  chance: string,
): Choose {
  const inGeneral = calibrated(habits, leaning, chance);
  const of = {
    trade: {
      lean: LEAN_TO_A_TRADE,
      follow: hasLooked ? FOLLOW_A_LOOK : FOLLOW_NOTHING,
      keepsShares: true,
      kindOf: wayKey,
    },
    location: {
      lean: 1,
      follow: FOLLOW_TO_A_ROOM,
      keepsShares: false,
      // Rooms whose names share a token are one way at first, and are chosen among in a second step.
      kindOf: ({ values }: Way) => (values.includes(roomName) ? 'here' : `elsewhere ${values.length}`),
    },
  };
  return (field, ways) => {
    if (field !== 'trade' && field !== 'location') return inGeneral(field, ways);
    // Where one thing alone can be done, nothing is chosen, and it says nothing of what is usual.
    if (ways.filter((way) => shareOf(way, leaning[field]) > 0).length < 2) return inGeneral(field, ways);
    const { kindOf, ...weights } = of[field];
    const groupOfThis = ways.find(({ values }) => values.includes(roomName))?.values.length ?? 0;
    const listed = {
      list: [field, groupOfThis, ...ways.map(wayKey).toSorted()].join('\n'),
      ways: ways.map((way) => ({
        kind: kindOf(way),
        likelier: beyondHabit(way, habits[field]),
        share: shareOf(way, leaning[field]),
      })),
    };
    const scores = usual.scores(turn, listed, weights);
    return likeliest(ways, `${chance}/${field}`, (_, at) => scores[at] ?? 0);
  };
}

function beyondHabit(way: Way, habits: Habits[string] | undefined): number {
  return way.logProbability - (habits?.[wayKey(way)] ?? way.logProbability);
}

/** What the leaning gives a way. */
function shareOf({ values }: Way, shares: ReadonlyMap<string, number> | undefined): number {
  return values.reduce((sum, value) => sum + (shares ? (shares.get(value) ?? 0) : 1), 0);
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

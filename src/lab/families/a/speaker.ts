/** Family A: whether a trader is known by its words, and stays who it is; whether it does what it says. */
import type { PlayedTurn } from '../../runs/records.ts';
import { INSTRUMENTS } from '#core/vocabulary.ts';
import { maskedWords, wordsOf } from '#lib/words.ts';
import { cellsByTrader, measure, ratioMeasure, ratioOf, type JudgedRow, type Measure } from '../measure.ts';
import { isName, namesOf, STANCE_WORDS, stances } from '../words.ts';

/**
 * Lines of each trader that are learned, of the worlds after the one that is tried: whoever learns from more finds more, and a row of a
 * hundred worlds is to be read beside one of twelve, which has as many.
 */
const LINES_LEARNED = 150;
/** Of one world at most so many of each, from all its rounds: a long world would be learned from its beginning alone. */
const LINES_OF_WORLD = 24;
/** Rounds for which a slope is told. */
const SLOPE_ROUNDS = 100;

/**
 * Multinomial naive Bayes over words and three-letter pieces (McCallum and Nigam, AAAI-98 workshop), names, instruments and figures
 * masked, learned for each world from those after it, the first coming after the last. By turn: whether the speaker was found.
 */
export function speakersFound(row: JudgedRow): ReadonlyMap<PlayedTurn, boolean> {
  const before = found.get(row);
  if (before) return before;
  const masked = new Set([...namesOf(row.content), ...INSTRUMENTS.flatMap(wordsOf), ...SINGULAR]);
  const worlds = row.worlds.map(({ turns }) =>
    turns.flatMap((turn): Line[] => {
      const features = featuresOf(turn.decision.speech, masked);
      return features.length === 0 ? [] : [{ turn, features }];
    }),
  );
  const taught = worlds.map((lines) => someOfEach(lines));
  const result = new Map<PlayedTurn, boolean>();
  for (const [at, lines] of worlds.entries()) {
    const guess = learned(firstOfEach([...taught.slice(at + 1), ...taught.slice(0, at)].flat()));
    for (const { turn, features } of lines) {
      const speaker = guess(features);
      if (speaker !== null) result.set(turn, speaker === turn.trader);
    }
  }
  found.set(row, result);
  return result;
}
const found = new WeakMap<JudgedRow, ReadonlyMap<PlayedTurn, boolean>>();

/** A single one is of the instrument, too. */
const SINGULAR = ['bond'];

/** Of each trader as many lines of a world as are learned from one, evenly over it. */
function someOfEach(lines: readonly Line[]): Line[] {
  return [...Map.groupBy(lines, ({ turn }) => turn.trader).values()].flatMap((own) => {
    const taken = Math.min(own.length, LINES_OF_WORLD);
    return Array.from({ length: taken }, (_, at) => own[Math.floor((at * own.length) / taken)] ?? []).flat();
  });
}

function firstOfEach(lines: readonly Line[]): Line[] {
  return [...Map.groupBy(lines, ({ turn }) => turn.trader).values()].flatMap((own) =>
    own.slice(0, LINES_LEARNED),
  );
}

function featuresOf(speech: string, masked: ReadonlySet<string>): string[] {
  return maskedWords(speech, { has: (word) => isName(word, masked) }).flatMap((word) => [
    word,
    ...Array.from({ length: Math.max(0, word.length - 2) }, (_, at) => `~${word.slice(at, at + 3)}`),
  ]);
}

interface Line {
  turn: PlayedTurn;
  features: string[];
}

function learned(lines: readonly Line[]): (features: readonly string[]) => string | null {
  const vocabulary = new Set(lines.flatMap(({ features }) => features));
  const models = [...Map.groupBy(lines, ({ turn }) => turn.trader)].map(([trader, own]) => {
    const counts = new Map<string, number>();
    let all = 0;
    for (const { features } of own)
      for (const feature of features) {
        counts.set(feature, (counts.get(feature) ?? 0) + 1);
        all += 1;
      }
    return { trader, counts, total: all + vocabulary.size };
  });
  return (features) => {
    let best: { trader: string; score: number } | null = null;
    for (const { trader, counts, total } of models) {
      let score = 0;
      for (const feature of features)
        if (vocabulary.has(feature)) score += Math.log(((counts.get(feature) ?? 0) + 1) / total);
      if (best === null || score > best.score) best = { trader, score };
    }
    return models.length < 2 ? null : (best?.trader ?? null);
  };
}

export const speaker = measure(
  {
    id: 'speaker-found',
    family: 'A',
    title: 'lines whose speaker is found by words alone',
    formula: `lines whose trader a naive Bayes of words and pieces, learned from ${LINES_LEARNED} lines of each in the worlds after, ${LINES_OF_WORLD} of a world at most, names / lines; people, rooms, instruments, their genitives and figures masked`,
    source: 'McCallum and Nigam, AAAI-98 workshop; persona consistency',
    unit: 'share',
    range: [0, 1],
    better: 'high',
    chance: 0.25,
  },
  (row) => {
    const all = speakersFound(row);
    return cellsByTrader(row, (turns) => {
      const judged = turns.flatMap((turn) => all.get(turn) ?? []);
      return { n: judged.length, value: { hits: judged.filter(Boolean).length, all: judged.length } };
    });
  },
  ratioOf,
);

/** Sums for a straight line through points. */
interface Moments {
  n: number;
  x: number;
  y: number;
  xx: number;
  xy: number;
}

export const drift = measure<Moments>(
  {
    id: 'persona-drift',
    family: 'A',
    title: 'how that share changes in a hundred rounds',
    formula: 'least squares slope of speaker found (0 or 1, as in speaker-found) over rounds, times 100',
    source: 'persona drift: Li et al., arXiv 2402.10962',
    unit: 'share a hundred rounds',
    range: [-100, 100],
    better: null,
    chance: 0,
  },
  (row) => {
    const all = speakersFound(row);
    return cellsByTrader(row, (turns) => {
      const value: Moments = { n: 0, x: 0, y: 0, xx: 0, xy: 0 };
      for (const turn of turns) {
        const hit = all.get(turn);
        if (hit === undefined) continue;
        const [x, y] = [turn.round, Number(hit)];
        value.n += 1;
        value.x += x;
        value.y += y;
        value.xx += x * x;
        value.xy += x * y;
      }
      return { n: value.n, value };
    });
  },
  (cells) => {
    const sum = (of: (moments: Moments) => number): number =>
      cells.reduce((all, { value, weight }) => all + weight * of(value), 0);
    const [n, x, y] = [sum((it) => it.n), sum((it) => it.x), sum((it) => it.y)];
    const spread = n * sum((it) => it.xx) - x * x;
    return spread <= 0 ? null : (SLOPE_ROUNDS * (n * sum((it) => it.xy) - x * y)) / spread;
  },
);

const does =
  (text: 'speech' | 'thought') =>
  (turn: PlayedTurn): { hit: number } | null => {
    const said = [...stances(turn.decision[text])].filter(([, stance]) => stance !== 0);
    if (said.length === 0 || turn.intern) return null;
    // For it: it is bought, or held already. Against it: it is not bought.
    const kept = said.every(([instrument, stance]) => {
      const buys = turn.decision.trade === instrument;
      return stance > 0 ? buys || turn.after[instrument] > HELD : !buys;
    });
    return { hit: Number(kept) };
  };
/** From this multiple of equity on, a position is one. */
const HELD = 0.05;

export const sayDo = ratioMeasure(
  {
    id: 'say-do',
    family: 'A',
    title: 'lines for or against an instrument that the trader acts by',
    formula:
      'lines with a stance where what is praised is bought or held and what is warned of is not bought / lines with a stance',
    source: `stance by a word list, of the sentence, or of the clause where it names several; the show’s hypocrisy meter. ${STANCE_WORDS}`,
    unit: 'share',
    range: [0, 1],
    better: null,
    chance: null,
  },
  does('speech'),
);

export const thinkDo = ratioMeasure(
  {
    id: 'think-do',
    family: 'A',
    title: 'thoughts for or against an instrument that the trader acts by',
    formula: 'as say-do, of thoughts',
    source: 'stance as in say-do',
    unit: 'share',
    range: [0, 1],
    better: 'high',
    chance: null,
  },
  does('thought'),
);

export const SPEAKER: readonly Measure[] = [speaker, drift, sayDo, thinkDo];

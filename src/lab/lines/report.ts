/** What the lines and choices of a played show are worth: the table of `npm run lines`. */
import type { Trade } from '#core/vocabulary.ts';
import { contentWordsOf } from '#lib/content-words.ts';
import { maskedWords, wordsOf } from '#lib/words.ts';
import { mutualBits } from './bits.ts';
import { FAULTS, faultFinder, OF_LINES, type Fault } from './faults.ts';
import { toldApart } from './told-apart.ts';
import { whoIsAnswered } from '#core/hearing/to-answer.ts';
import { situationOf, type JudgedTurn } from './turn.ts';

/** Shares are from 0 to 1, of all turns unless said otherwise. */
export interface LinesReport {
  turns: number;
  silent: number;
  /** Nobody else was in the room. Of the turns on the floor. */
  alone: number;
  /** Of the turns that had one before: in another room than that one. */
  walked: number;
  fumbled: number;
  /** Said, and without any fault of {@link OF_LINES}. */
  clean: number;
  faults: Record<Fault, number>;
  wordsALine: number;
  /** Different pairs of neighbouring words among all pairs. */
  distinct2: number;
  /** Lines whose speaker is found by words alone; null for too few lines. */
  toldApart: number | null;
  /** Of the lines that could answer somebody: those that share a content word with what was said; null for none. */
  takenUp: number | null;
  /** What a choice tells of the situation when the trader is known, and of the trader: bits beyond chance, which may be below 0. */
  bits: { situation: number; persona: number };
  trades: Record<string, Partial<Record<Trade, number>>>;
}

export interface JudgedShow {
  turns: readonly JudgedTurn[];
  /** Everything fixed that a trader was told, by trader. */
  prompts: ReadonlyMap<string, string>;
}

/** @param names what the show's words are called: names, instruments, rooms; masked before speakers are told apart */
export function linesReport(shows: readonly JudgedShow[], names: readonly string[]): LinesReport {
  const turns = shows.flatMap((show) => show.turns);
  const faultsOf = shows.flatMap((show) => {
    const find = faultFinder(show.prompts);
    return show.turns.map(find);
  });
  const share = (count: number): number => (turns.length === 0 ? 0 : count / turns.length);
  const spoken = turns.filter(({ speech }) => wordsOf(speech).length > 0);
  const masked = new Set(names.flatMap(wordsOf));
  const answering = spoken.flatMap((turn) => {
    const waiting = whoIsAnswered(turn.seen.name, turn.seen.company, turn.speech)?.said;
    return waiting === undefined || waiting === null ? [] : [{ turn, waiting }];
  });
  const faults = Object.fromEntries(
    FAULTS.map((fault) => [fault, share(faultsOf.filter((found) => found.has(fault)).length)]),
  ) as Record<Fault, number>;
  const pairs = spoken.flatMap(({ speech }) => pairsOf(wordsOf(speech)));
  const dealing = turns.filter(
    ({ seen }) => seen.phase === 'episode' && seen.standing !== 'intern' && seen.lookingBack !== true,
  );
  return {
    turns: turns.length,
    silent: share(turns.length - spoken.length),
    ...whereabouts(shows),
    fumbled: share(turns.filter(({ fumbled }) => fumbled).length),
    clean: share(
      turns.filter(
        ({ speech }, index) =>
          wordsOf(speech).length > 0 && OF_LINES.every((fault) => faultsOf[index]?.has(fault) !== true),
      ).length,
    ),
    faults,
    wordsALine:
      spoken.reduce((sum, { speech }) => sum + wordsOf(speech).length, 0) / Math.max(1, spoken.length),
    distinct2: new Set(pairs).size / Math.max(1, pairs.length),
    toldApart: toldApart(
      spoken.map(({ trader, speech }) => ({ trader, words: maskedWords(speech, masked) })),
    ),
    takenUp:
      answering.length === 0
        ? null
        : answering.filter(({ turn, waiting }) => takesUp(turn.speech, waiting)).length / answering.length,
    bits: {
      situation: mutualBits(
        dealing.map(({ seen, trade, trader }) => ({ x: situationOf(seen), y: trade, given: trader })),
      ),
      persona: mutualBits(dealing.map(({ trader, trade }) => ({ x: trader, y: trade }))),
    },
    trades: tradesOf(dealing),
  };
}

/** Nobody stands anywhere before the camera. */
function whereabouts(shows: readonly JudgedShow[]): Pick<LinesReport, 'alone' | 'walked'> {
  const byTrader = shows.flatMap(({ turns }) => {
    const onTheFloor = turns.filter(({ seen }) => seen.lookingBack !== true);
    return [...Map.groupBy(onTheFloor, ({ trader }) => trader).values()];
  });
  const alone = byTrader.flat().map(({ seen }) => seen.company.length === 0);
  const walked = byTrader.flatMap((own) =>
    own.slice(1).map(({ seen }, before) => seen.room !== own[before]?.seen.room),
  );
  const shareOf = (all: readonly boolean[]): number => all.filter(Boolean).length / Math.max(1, all.length);
  return { alone: shareOf(alone), walked: shareOf(walked) };
}

function tradesOf(turns: readonly JudgedTurn[]): LinesReport['trades'] {
  const byTrader: LinesReport['trades'] = {};
  for (const { trader, trade } of turns) {
    const own = (byTrader[trader] ??= {});
    own[trade] = (own[trade] ?? 0) + 1;
  }
  return byTrader;
}

function pairsOf(words: readonly string[]): string[] {
  return words.slice(1).map((word, index) => `${words[index]} ${word}`);
}

function takesUp(line: string, waiting: string): boolean {
  const theirs = new Set(contentWordsOf(waiting));
  return contentWordsOf(line).some((word) => theirs.has(word));
}

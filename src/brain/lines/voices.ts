/**
 * What words a trader may well say: those that its persona's file uses and the others' do not, and those of the line that it
 * answers. And what it may well think of: what the news is about, and what moved most. A small model alone lets everybody talk
 * alike, and thinks of the same things whatever happens.
 */
import { whoIsHeard } from '#core/hearing/to-answer.ts';
import type { Persona } from '#core/content.ts';
import { mostMoved } from '#core/trading/most-moved.ts';
import type { Observation } from '#core/observation.ts';
import { INSTRUMENTS, type TraderId } from '#core/vocabulary.ts';
import { contentWordsOf } from '#lib/content-words.ts';
import { wordsOf } from '#lib/words.ts';
import type { FavouredWords } from '../engine/answer/favour.ts';

/** Logits for the words that are most a persona's own, and for those of the line that is answered. */
const OWN_BIAS = 4;
const HEARD_BIAS = 3;
/** For what has just happened, in a thought: an instrument, and a word of a headline. */
const HAPPENED_BIAS = 3;
const NEWS_BIAS = 2;
/** Words of a persona that are favoured, at most: those that say most of who speaks. */
const OWN_WORDS_MAX = 240;
/** How much likelier, as a logarithm, a word of its own is from a persona than from the others; beyond `MOST` all are alike. */
const LEAST = 0.7;
const MOST = 2.5;
/** A word that a file does not hold counts as so many. */
const UNSEEN = 0.5;

export class Voices {
  readonly #own: ReadonlyMap<TraderId, FavouredWords>;
  readonly #names: ReadonlySet<string>;

  constructor(cast: readonly Persona[], rooms: readonly { name: string }[]) {
    const names = [...cast.map(({ name }) => name), ...rooms.map(({ name }) => name), ...INSTRUMENTS];
    this.#names = new Set(names.flatMap(wordsOf));
    const words = new Map(cast.map((persona) => [persona.id, this.#wordsOf(persona)]));
    this.#own = new Map(
      cast.map(({ id }) => [
        id,
        ownWords(
          words.get(id) ?? [],
          cast.flatMap((other) => (other.id === id ? [] : (words.get(other.id) ?? []))),
        ),
      ]),
    );
  }

  /** For this turn's strings, by field. Words of its last lines have had their turn. */
  for(observation: Observation): Record<string, FavouredWords> {
    const said = new Set(observation.ownLines.flatMap(wordsOf));
    const favoured = new Map<string, number>();
    for (const [word, bias] of this.#own.get(observation.trader) ?? [])
      if (!said.has(word)) favoured.set(word, bias);
    for (const word of contentWordsOf(whoIsHeard(observation.name, observation.company)?.said ?? ''))
      if (!this.#names.has(word) && !said.has(word) && !/\d/.test(word))
        favoured.set(word, Math.max(HEARD_BIAS, favoured.get(word) ?? 0));
    return { speech: favoured, thought: this.#happened(observation) };
  }

  /** What the trade hangs on is in the thought before it. */
  #happened({ phase, headlines, prices }: Observation): FavouredWords {
    const favoured = new Map<string, number>();
    for (const { text, names } of headlines) {
      for (const word of contentWordsOf(text))
        if (!this.#names.has(word) && !/\d/.test(word)) favoured.set(word, NEWS_BIAS);
      if (names !== null) favoured.set(names, HAPPENED_BIAS);
    }
    if (phase === 'intermission') return favoured;
    const most = mostMoved(prices);
    if (most) favoured.set(most.instrument, HAPPENED_BIAS);
    return favoured;
  }

  #wordsOf({ persona, examples = [], script }: Persona): string[] {
    const lines = [
      persona,
      ...examples.map(({ does }) => does.speech),
      ...Object.values(script?.says ?? {}).flat(),
      ...Object.values(script?.toward ?? {}).flat(),
    ];
    return lines
      .flatMap((line) => wordsOf(line.replace(/\{\w+\}/g, ' ')))
      .filter((word) => word.length > 2 && !/\d/.test(word) && !this.#names.has(word));
  }
}

function ownWords(own: readonly string[], others: readonly string[]): Map<string, number> {
  const counts = (words: readonly string[]): Map<string, number> => {
    const counted = new Map<string, number>();
    for (const word of words) counted.set(word, (counted.get(word) ?? 0) + 1);
    return counted;
  };
  const mine = counts(own);
  const theirs = counts(others);
  const different = new Set([...own, ...others]).size;
  const share = (count: number, of: readonly string[]): number =>
    (count + UNSEEN) / (of.length + UNSEEN * different);
  return new Map(
    [...mine]
      .map(([word, count]) => {
        const odds = Math.log(share(count, own) / share(theirs.get(word) ?? 0, others));
        return { word, odds, worth: odds * count };
      })
      .filter(({ odds }) => odds >= LEAST)
      .toSorted((one, other) => other.worth - one.worth)
      .slice(0, OWN_WORDS_MAX)
      .map(({ word, odds }) => [word, OWN_BIAS * Math.min(1, odds / MOST)]),
  );
}

/** The red button: who may press it when, and what is stored with it. */
import type { EventOf } from '#core/events.ts';
import type { Rules, ShowState } from '#core/state.ts';
import type { OwnStake } from './audience/stakes.ts';
import type { ShowStore } from './ports/store.ts';
import type { Recorder } from './recorder.ts';
import { accepted, refused, type ChaosRefusal, type Result, type TextRefusal } from './results.ts';

export const CHAOS_TEXT_MAX = 140;

export interface ChaosDeps {
  recorder: Recorder;
  store: ShowStore;
  /** True while the timetable lets the show play. */
  mayPlay: boolean;
  /** Whoever presses may hold no stake in this. Returns the one that went back. */
  exclude: () => OwnStake[];
  audit: (what: 'chaos', by: string, detail: string | null) => void;
  /** True for a producer's text that must not be shown. */
  blocks: (text: string) => boolean;
}

/** After each use the button cools down for a tenth of an episode, in rounds. */
const chaosCooldownRounds = ({ episodeRounds }: Pick<Rules, 'episodeRounds'>): number =>
  Math.max(1, Math.ceil(episodeRounds / 10));

/** The round with which a market that is shut opens: in an intermission, and behind closed doors. Null while it is open. */
export function marketOpensAtRound(
  { phase, phaseRound, round, rules }: Pick<ShowState, 'phase' | 'phaseRound' | 'round' | 'rules'>,
  mayPlay: boolean,
): number | null {
  if (phase === 'intermission') return round + Math.max(0, rules.intermissionRounds - phaseRound) + 1;
  return mayPlay ? null : round + 1;
}

/** The first round in which chaos may strike: cooled down, and with a market that is open. In the past when it may strike now. */
export function nextChaosRound(store: Pick<ShowStore, 'audits'>, state: ShowState, mayPlay: boolean): number {
  const { phase, phaseRound, round, rules } = state;
  const [last] = store.audits('chaos', 1);
  const cooled = last ? last.round + chaosCooldownRounds(rules) : 0;
  const lastOfEpisode = phase === 'episode' ? round + rules.episodeRounds - phaseRound : Infinity;
  const opensAt = cooled > lastOfEpisode ? lastOfEpisode + rules.intermissionRounds + 1 : 0;
  return Math.max(cooled, marketOpensAtRound(state, mayPlay) ?? opensAt);
}

/** A producer's own words as they may be shown, white space tidied; null stays null, for ready-made ones. */
export function producersWords(
  text: string | null,
  blocks: (text: string) => boolean,
): Result<string | null, TextRefusal> {
  return text === null ? accepted(null) : wordsOf(text, CHAOS_TEXT_MAX, blocks);
}

/** Somebody's own words as they may be shown, at most so many characters. */
export function wordsOf(
  text: string,
  most: number,
  blocks: (text: string) => boolean,
): Result<string, TextRefusal> {
  const words = text.replace(/\s+/gu, ' ').trim();
  if (words === '') return refused('text_empty');
  if (words.length > most) return refused('text_too_long', { most });
  return blocks(words) ? refused('text_blocked') : accepted(words);
}

export interface Struck {
  headline: string;
  nextAtRound: number;
  /** What came of the producer's own stakes. */
  ownStakes: OwnStake[];
}

/**
 * A catastrophic headline, a gap at once, the market in Crash; so there has to be a market. After each use the button
 * cools down for a tenth of an episode.
 */
export function strikeChaos(
  { recorder, store, mayPlay, exclude, audit, blocks }: ChaosDeps,
  by: string,
  text: string | null,
): Result<Struck, ChaosRefusal> {
  const { round } = recorder.state;
  const opensAtRound = marketOpensAtRound(recorder.state, mayPlay);
  if (opensAtRound !== null) return refused('market_shut', { rounds: opensAtRound - round });
  const checked = producersWords(text, blocks);
  if (!checked.ok) return checked;
  const words = checked.value;
  const coolAtRound = nextChaosRound(store, recorder.state, mayPlay);
  if (round < coolAtRound) return refused('cooling_down', { rounds: coolAtRound - round });
  const { events, ownStakes } = recorder.commit(() => {
    audit('chaos', by, words);
    const own = exclude();
    return { events: recorder.act({ type: 'strikeChaos', text: words }), ownStakes: own };
  });
  const struck = events.find((event): event is EventOf<'chaosStruck'> => event.type === 'chaosStruck');
  const nextAtRound = nextChaosRound(store, recorder.state, mayPlay);
  return accepted({ headline: struck?.headline.text ?? '', nextAtRound, ownStakes });
}

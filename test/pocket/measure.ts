/** What `npm run pocket:eval` counts in the turns of a brain. */
import type { Persona } from '#core/content.ts';
import type { Decision } from '#core/decision.ts';
import type { Observation } from '#core/observation.ts';
import { Prng } from '#core/chance/prng.ts';
import { hasWord } from '#core/hearing/hear.ts';
import { INSTRUMENTS } from '#core/vocabulary.ts';
import { whoIsHeard } from '#core/hearing/to-answer.ts';
import { marked, subjectIn } from './headlines.ts';

/** One turn that a brain took, and what the policy would have done. */
export interface Played {
  show: number;
  observation: Observation;
  /** What the compact prompt tells about this turn. */
  prompt: string;
  decision: Decision;
  policyTrade: string;
  policyLocation: string;
  /** The policy's trade on exact numbers and all lines, instead of the prompt's bands and one line. */
  unbandedTrade: string;
  heldOut: boolean;
}

/** A share with its count: `94.1% of 812`. */
export interface Share {
  hits: number;
  of: number;
}

export function share<T>(items: readonly T[], holds: (item: T) => boolean): Share {
  return { hits: items.filter(holds).length, of: items.length };
}

export function shareText({ hits, of }: Share): string {
  return of === 0 ? 'none' : `${((100 * hits) / of).toFixed(1)}% of ${of}`;
}

export interface Figures {
  trade: Share;
  tradeWhenItTrades: Share;
  tradeUnbanded: Share;
  location: Share;
  tradeHeldOut: Share;
  locationHeldOut: Share;
  answers: Share;
  answersShuffled: Share;
  silentWhenSpokenTo: Share;
  /** Where the news has a subject: the line or the thought names it. */
  namesSubject: Share;
  /** The same with the subjects of other turns. */
  namesSubjectShuffled: Share;
  presentNames: Share;
  notCopied: Share;
  fresh: Share;
  /** Distinct pairs of words in the first thousand lines, as a share of all pairs. */
  distinct2: number;
  lines: number;
}

const DISTINCT_LINES = 1_000;
const REPEAT_ROUNDS = 10;

export function figuresOf(
  played: readonly Played[],
  cast: readonly Persona[],
  known: ReadonlySet<string>,
): Figures {
  const mayTrade = played.filter(
    ({ observation }) => observation.phase === 'episode' && observation.standing === 'trading',
  );
  const agrees = (turn: Played) => turn.decision.trade === turn.policyTrade;
  const walks = (turn: Played) => turn.decision.location === turn.policyLocation;
  const spoken = played.filter((turn) => turn.decision.speech !== '');
  const spokenTo = played.filter(
    (turn) => whoIsHeard(turn.observation.name, turn.observation.company) !== undefined,
  );
  const answering = spokenTo.filter((turn) => turn.decision.speech !== '');
  return {
    trade: share(mayTrade, agrees),
    tradeWhenItTrades: share(
      mayTrade.filter((turn) => turn.policyTrade !== 'Hold'),
      agrees,
    ),
    tradeUnbanded: share(mayTrade, (turn) => turn.decision.trade === turn.unbandedTrade),
    location: share(played, walks),
    tradeHeldOut: share(
      mayTrade.filter((turn) => turn.heldOut),
      agrees,
    ),
    locationHeldOut: share(
      played.filter((turn) => turn.heldOut),
      walks,
    ),
    answers: share(answering, (turn) => answers(turn.decision.speech, turn.observation)),
    answersShuffled: shuffledAnswers(answering),
    silentWhenSpokenTo: share(spokenTo, (turn) => turn.decision.speech === ''),
    ...newsFigures(played),
    presentNames: share(spoken, (turn) => namesOnlyPresent(turn, cast)),
    notCopied: share(spoken, (turn) => !known.has(marked(turn.decision.speech, turn.observation))),
    fresh: share(spoken, (turn) => !saidLately(turn, spoken)),
    distinct2: distinct2(spoken.slice(0, DISTINCT_LINES).map((turn) => turn.decision.speech)),
    lines: spoken.length,
  };
}

/** The line names whoever is to be answered, or the instrument that was spoken of. */
function answers(speech: string, observation: Observation): boolean {
  const other = whoIsHeard(observation.name, observation.company);
  if (!other) return false;
  const topic = INSTRUMENTS.find((instrument) => hasWord(other.said ?? '', instrument));
  return hasWord(speech, other.name) || (topic !== undefined && hasWord(speech, topic));
}

/** The same, but each observation with a line that this trader spoke in answer to something else. */
function shuffledAnswers(turns: readonly Played[]): Share {
  const prng = new Prng(Prng.seed(1));
  return share(turns, (turn) => {
    const others = turns.filter(
      (each) => each !== turn && each.observation.trader === turn.observation.trader,
    );
    return others.length > 0 && answers(prng.pick(others).decision.speech, turn.observation);
  });
}

function newsFigures(played: readonly Played[]): Pick<Figures, 'namesSubject' | 'namesSubjectShuffled'> {
  const withNews = played.flatMap(({ decision, observation }) => {
    const subject = subjectIn(observation);
    return subject === null ? [] : [{ words: `${decision.thought} ${decision.speech}`, subject }];
  });
  const others = new Prng(Prng.seed(2)).shuffle(withNews);
  return {
    namesSubject: share(withNews, ({ words, subject }) => words.includes(subject)),
    namesSubjectShuffled: share(
      withNews.map(({ words }, index) => ({ words, subject: others[index]?.subject ?? '' })),
      ({ words, subject }) => subject !== '' && words.includes(subject),
    ),
  };
}

/** Everybody named is here, has just left, or is the speaker. */
function namesOnlyPresent({ decision, observation }: Played, cast: readonly Persona[]): boolean {
  const present = new Set([
    observation.name,
    ...observation.company.map((other) => other.name),
    ...observation.justLeft,
  ]);
  return cast.every((persona) => present.has(persona.name) || !hasWord(decision.speech, persona.name));
}

function saidLately(turn: Played, spoken: readonly Played[]): boolean {
  const { trader, round } = turn.observation;
  return spoken.some(
    (each) =>
      each.show === turn.show &&
      each.observation.trader === trader &&
      each.observation.round < round &&
      each.observation.round >= round - REPEAT_ROUNDS &&
      each.decision.speech === turn.decision.speech,
  );
}

export function distinct2(lines: readonly string[]): number {
  const pairs = lines.flatMap((line) => {
    const words = line.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
    return words.slice(1).map((word, index) => `${words[index]} ${word}`);
  });
  return pairs.length === 0 ? 0 : new Set(pairs).size / pairs.length;
}

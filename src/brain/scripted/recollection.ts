/** Which of the facts that come to mind a scripted trader speaks of, and what it is to whoever is here. Pure. */
import type { SeenFact } from '#core/memory/recall.ts';
import { numberWords } from '#core/memory/words.ts';
import type { Observation } from '#core/observation.ts';
import { RECALL_SITUATIONS, type RecallSituation } from '#core/script.ts';
import { aboutSlots, type Slots } from './fill.ts';
import type { Voice } from './voice.ts';

/** Of what the whole floor knows and is news; of other news; of what is past. In basis points a turn. */
const NEWS_BPS = 8_000;
const PRIVATE_BPS = 3_000;
const PAST_BPS = 3_200;
/** Who told it lately does not tell it again. */
export const TOLD_ROUNDS = 8;
const PUBLIC: ReadonlySet<SeenFact['kind']> = new Set([
  'marginCall',
  'bankruptcy',
  'comeback',
  'lead',
  'chaos',
]);

/** A fact that is news and that the trader has not spoken of yet, if it is inclined to. */
export function newsToTell(voice: Voice): SeenFact | null {
  const fact = untold(voice.observation).find(({ fresh }) => fresh);
  if (!fact) return null;
  return voice.prng.chance(PUBLIC.has(fact.kind) ? NEWS_BPS : PRIVATE_BPS) ? fact : null;
}

/** An old fact that crosses the trader's mind. */
export function pastToTell(voice: Voice): SeenFact | null {
  const fact = untold(voice.observation).find(({ fresh }) => !fresh);
  return fact && voice.prng.chance(PAST_BPS) ? fact : null;
}

function untold({ facts = [] }: Observation): SeenFact[] {
  return facts.filter(({ toldAgo }) => toldAgo === null || toldAgo >= TOLD_ROUNDS);
}

/** The bank that fits the fact: by whom it concerns, and whether that one is here. */
export function recallSituation(fact: SeenFact, { company }: Observation): RecallSituation {
  const { kind, part, about } = fact;
  const isHere = company.some(({ trader }) => trader === about?.trader);
  const who =
    part === 'mine' && kind === 'lead'
      ? 'lost'
      : part === 'they' && isHere && `${kind}.you` in RECALL_SITUATIONS
        ? 'you'
        : part;
  const situation = `${kind}.${who}`;
  if (!isSituation(situation)) throw new Error(`nobody speaks of ${situation}`);
  return situation;
}

function isSituation(text: string): text is RecallSituation {
  return text in RECALL_SITUATIONS;
}

export function recallSlots(fact: SeenFact, observation: Observation): Slots {
  const { move: _, ...about } = fact.instrument ? aboutSlots(fact.instrument, observation) : {};
  return {
    ...about,
    ...(fact.about && { who: fact.about.name }),
    ...(fact.by && { by: fact.by.name }),
    ...(fact.amount !== null && { amount: fact.amount }),
    ...(fact.move !== null && { percent: fact.move }),
    ...(fact.count !== null && { count: numberWords(fact.count) }),
  };
}

/**
 * What a model is told. `systemText` is fixed for a show, so that an engine can keep it cached: first what all traders
 * share, then the persona. `turnText` is what changes. It is short, and holds nothing that the observation does not hold.
 * Results are stated in words and percent: no model is asked to calculate.
 */
import type { Persona } from '#core/content.ts';
import { DECISION_KEYS, SPEECH_MAX, THOUGHT_MAX, type DecisionKey } from '#core/decision.ts';
import { whoIsHeard } from '#core/hearing/to-answer.ts';
import type { Observation, SeenPosition, SeenResult, SeenScene } from '#core/observation.ts';
import { SIZES, TRADES, type Refusal } from '#core/vocabulary.ts';
import type { KeyOrder } from '#show/ports/brain.ts';
import { factLines } from './facts.ts';
import { quoted } from './quote.ts';
import { WORDINGS, type Wording, type WordingName } from './wordings.ts';

// ------------------------------------------------------------------------------------------------ fixed part

export interface SystemText {
  /** The house rules: the same for every trader. */
  shared: string;
  /** Who this trader is. */
  persona: string;
}

/** `keyOrder` must be the order in which the answer is generated, see `answerFields`. */
export function systemText(
  persona: Persona,
  roomNames: readonly string[],
  keyOrder: KeyOrder = DECISION_KEYS,
  wording: WordingName = 'shipped',
): SystemText {
  const { before, after, key }: Wording = WORDINGS[wording];
  return {
    shared: [...before, ...keyOrder.map((name) => key[name](roomNames)), ...after].join('\n'),
    persona: persona.persona,
  };
}

export type AnswerField =
  | { name: DecisionKey; kind: 'string'; maxLength: number }
  | { name: DecisionKey; kind: 'enum'; values: readonly string[] };

/** The answer's fields in the order in which they are generated: the thought first, unless the lab asks for another order. */
export function answerFields(
  roomNames: readonly string[],
  keyOrder: KeyOrder = DECISION_KEYS,
): AnswerField[] {
  const fields: Record<DecisionKey, AnswerField> = {
    thought: { name: 'thought', kind: 'string', maxLength: THOUGHT_MAX },
    trade: { name: 'trade', kind: 'enum', values: TRADES },
    size: { name: 'size', kind: 'enum', values: SIZES },
    speech: { name: 'speech', kind: 'string', maxLength: SPEECH_MAX },
    location: { name: 'location', kind: 'enum', values: roomNames },
  };
  return keyOrder.map((key) => fields[key]);
}

// --------------------------------------------------------------------------------------------- changing part

const FLAT_BPS = 10;
const NEARLY_BROKE_BPS = -8_000;

/** This turn, for the model. Every word of it is read every turn, by each trader: what changed nothing is not here. */
export function turnText(observation: Observation): string {
  return [
    ...observation.headlines.map((headline) => `News: ${quoted(headline.text)}`),
    market(observation),
    book(observation),
    observation.bend?.told ?? '',
    scene(observation),
    ...factLines(observation),
    ...(observation.phone ? [`Somebody on the phone says: ${quoted(observation.phone.text)}`] : []),
    place(observation),
    heard(observation),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/**
 * Of this turn's text, what was told to this trader alone and not for repeating: the tip on its phone, and what it is bidden. What
 * it is to speak of is not among that: facts, and in the scene after the bell who made what.
 */
export function toldInConfidence({ phone, bend, scene: seen, lookingBack }: Observation): string[] {
  return [
    ...(phone ? [phone.text] : []),
    ...(bend ? [bend.told] : []),
    ...(seen ? [SCENE_OPENS, `${theirPlace(seen)}${SCENE_BIDS}`] : []),
    ...(lookingBack ? [CAMERA_BIDS] : []),
  ];
}

const SCENE_OPENS = 'The episode is over: you';
const SCENE_BIDS = '. Speak of that.';
const CAMERA_BIDS = 'The episode is over. You look into the camera and say what you make of what you know.';

const theirPlace = ({ won }: SeenScene): string => (won ? 'came last' : 'won it');

/** After the bell, winner and loser stand before each other. */
function scene({ scene: seen }: Observation): string {
  if (!seen) return '';
  const { won, other, own, theirs } = seen;
  const did = ({ amount, gained }: SeenResult): string => `${gained ? 'made' : 'lost'} ${amount}`;
  return `${SCENE_OPENS} ${did(own)} and ${won ? 'won it' : 'came last'}; ${other.name} ${did(theirs)} and ${theirPlace(seen)}${SCENE_BIDS}`;
}

function market({ phase, roundsLeft, prices }: Observation): string {
  if (phase === 'intermission') return 'The market is shut.';
  const moves = prices.flatMap(({ instrument, roundBps }) => {
    const move = moved(roundBps);
    return move === null ? [] : [`${instrument} ${move}`];
  });
  const bell = roundsLeft <= 1 ? ' Last round.' : roundsLeft <= 4 ? ' The bell is near.' : '';
  return `${moves.length === 0 ? 'Prices are flat' : moves.join(', ')}.${bell}`;
}

function book(observation: Observation): string {
  const { standing, gainBps, episodeGainBps, positions, equityCents } = observation;
  if (standing === 'intern') return 'You are bankrupt, the intern: no trading.';
  const held = positions.map((position) => positionText(position, equityCents));
  const today = moved(episodeGainBps);
  return [
    `You hold ${held.length === 0 ? 'cash' : held.join(', ')}${today === null ? '' : `, ${today} today`}.`,
    ...(gainBps <= NEARLY_BROKE_BPS ? ['You are nearly bankrupt.'] : []),
    ...refused(observation),
  ].join(' ');
}

function positionText({ instrument, side, valueCents }: SeenPosition, equityCents: number): string {
  if (side === 'short') return `a short in ${instrument}`;
  const share = valueCents / Math.max(1, equityCents);
  const much = share > 1.2 ? 'leveraged' : share > 0.85 ? 'all' : share > 0.4 ? 'half' : 'some';
  return `${much} ${instrument}`;
}

const REFUSAL_TEXT: Record<Refusal, string> = {
  market_shut: 'the market was shut',
  intern_cannot_trade: 'an intern cannot trade',
  no_buying_power: 'no money left for it',
  below_one_cent: 'it was too small',
  no_such_room: 'there is no such room',
  room_full: 'the room was full',
};

function refused({ ownTurns, phase }: Observation): string[] {
  const refusal = ownTurns.at(-1)?.refusal;
  if (!refusal || phase === 'intermission') return [];
  return [`Your last order was refused: ${REFUSAL_TEXT[refusal]}.`];
}

function place({ roomName, company, justLeft }: Observation): string {
  const names = (those: readonly { name: string }[]): string => those.map(({ name }) => name).join(' and ');
  const came = company.filter(({ justWalkedIn }) => justWalkedIn);
  return [
    `You are in the ${roomName}${company.length === 0 ? ', alone' : ` with ${names(company)}`}.`,
    ...(came.length === 0 ? [] : [`${names(came)} just came.`]),
    ...(justLeft.length === 0 ? [] : [`${justLeft.join(' and ')} just left.`]),
  ].join(' ');
}

/** Last, next to the answer. */
function heard({ name, company, lookingBack }: Observation): string {
  if (lookingBack) return CAMERA_BIDS;
  const other = whoIsHeard(name, company);
  return other ? `${other.name} says: ${quoted(other.said ?? '')}` : '';
}

/** `up 3%`, `down 0.4%`; null for next to nothing. Many vocabularies spend a token on every digit and every point. */
function moved(bps: number): string | null {
  if (Math.abs(bps) < FLAT_BPS) return null;
  const size = Math.abs(bps) / 100;
  const shown = size >= 1 ? Math.round(size) : Math.round(size * 10) / 10;
  return `${bps > 0 ? 'up' : 'down'} ${shown}%`;
}

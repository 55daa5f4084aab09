/**
 * Names the words in which a model is asked, so that a report can say whether they are still the same: data that are held out stay as
 * they are when the rules, the worked turns or the words of a turn change. Nothing is loaded for it.
 */
import { createHash } from 'node:crypto';
import { prefixOf, turnPrompt } from '#brain/asking.ts';
import type { ChatFrame } from '#brain/engine/template.ts';
import { allWorkedTurns } from '#brain/prompts/examples.ts';
import { answerFields } from '#brain/prompts/prompt.ts';
import type { LlamaOptions } from '#brain/llama.ts';
import type { Persona } from '#core/content.ts';
import { FACT_KINDS } from '#core/memory/fact.ts';
import { FEUD_WAYS } from '#core/memory/feud-ways.ts';
import type { SeenFact } from '#core/memory/recall.ts';
import type { Observation } from '#core/observation.ts';
import { INSTRUMENTS, REFUSALS } from '#core/vocabulary.ts';
import type { KeyOrder } from '#show/ports/brain.ts';

export interface AskedWith extends Pick<
  LlamaOptions,
  'cast' | 'rooms' | 'promptStyle' | 'trainedOn' | 'wording' | 'otherNames' | 'subjects'
> {
  keyOrder: KeyOrder;
  /** Whether it is shown worked turns. */
  examples: boolean;
}

/** What a chat template puts around the words is the model's own. */
const NO_FRAME: ChatFrame = {
  kind: 'plain',
  note: null,
  addBos: false,
  opening: (systemStart) => systemStart,
  beforeTurn: (shown) => shown.flatMap(({ sees, does }) => [sees, does]),
  turn: (userText) => userText,
};

/** The first twelve hex digits of a SHA-256 of everything that is told once, and of turns in which everything that can be told is. */
export function askedHash({ examples, otherNames, ...asked }: AskedWith): string {
  const { cast, rooms, keyOrder } = asked;
  const shown = examples ? allWorkedTurns(asked, keyOrder) : new Map();
  const asking = { ...asked, frame: NO_FRAME, shown, seed: 1 };
  const fields = answerFields(
    rooms.map(({ name }) => name),
    keyOrder,
  );
  const fixed = cast.map((persona) => prefixOf(persona, asking));
  const turns = turnsOf(asked).map((observation, nth) =>
    turnPrompt({ id: String(nth), observation }, asking),
  );
  const told = JSON.stringify([fields, fixed, turns]);
  return createHash('sha256')
    .update(otherNames?.told(told) ?? told)
    .digest('hex')
    .slice(0, 12);
}

/**
 * Turns of the first of the cast among the others: each kind of thing that a turn of the lab tells is in one of them. There nobody
 * calls, is bent, or stands before the other after the bell or before the camera.
 */
function turnsOf({ cast, rooms, subjects }: Pick<AskedWith, 'cast' | 'rooms' | 'subjects'>): Observation[] {
  const [me, ...others] = cast;
  const [here, there = here] = rooms;
  if (!me || !here || !there) return [];
  const quiet = quietTurn(me, here, rooms);
  const company = others.map(({ id: trader, name }, nth) => ({
    trader,
    name,
    said: nth === 0 ? 'What are you buying?' : null,
    unanswered: nth === 0,
    justWalkedIn: nth === 1,
    feeling: nth === 0 ? 3 : -3,
  }));
  const [other] = others;
  const about = other && { trader: other.id, name: other.name };
  const own = { trader: me.id, name: me.name };
  const [news = 'Tech is on fire.'] = subjects?.keys() ?? [];
  const changes: Partial<Observation>[] = [
    {},
    { phase: 'intermission' },
    { standing: 'intern' },
    { gainBps: -9_000, roundsLeft: 1 },
    { roundsLeft: 4, justLeft: others.map(({ name }) => name), company },
    { headlines: [{ text: news, source: 'wire', names: 'Tech', tone: 'up', round: 1 }] },
    ...[150_000, 90_000, 50_000, 10_000].map((valueCents) => holding('long', valueCents)),
    holding('short', 50_000),
    ...REFUSALS.map((refusal): Partial<Observation> => ({
      ownTurns: [{ roundsAgo: 1, trade: 'Tech', size: 'Half', refusal, gainSinceBps: 0 }],
    })),
    ...factsOf(own, about ?? own).map((fact) => ({ facts: [fact] })),
  ];
  if (about)
    for (const kind of ['feud', 'alliance'] as const)
      for (const way of FEUD_WAYS)
        for (const room of [here.id, there.id]) changes.push({ bonds: [{ ...about, kind, way, room }] });
  return changes.map((change) => ({ ...quiet, ...change }));
}

function holding(side: 'long' | 'short', valueCents: number): Partial<Observation> {
  return { positions: [{ instrument: 'Tech', side, valueCents, gainBps: 0 }] };
}

/** Of every kind: as it befell the reader, as the reader did it, as it was between others or of all; news, and older. */
function factsOf(own: NonNullable<SeenFact['about']>, other: NonNullable<SeenFact['about']>): SeenFact[] {
  const ofWhom = [
    { part: 'me', about: own, by: other },
    { part: 'mine', about: other, by: own },
    { part: 'they', about: other, by: null },
    { part: 'all', about: null, by: null },
  ] as const;
  return FACT_KINDS.flatMap((kind) =>
    ofWhom.flatMap((whose) =>
      [true, false].map((fresh): SeenFact => ({
        kind,
        ...whose,
        instrument: 'Crypto',
        amount: 'nine hundred dollars',
        move: 'four percent',
        rose: fresh,
        ...(kind === 'badAdvice' && fresh && { betrayed: true as const }),
        count: 6,
        roundsAgo: fresh ? 0 : 7,
        fresh,
        toldAgo: null,
      })),
    ),
  );
}

function quietTurn(me: Persona, here: AskedWith['rooms'][number], rooms: AskedWith['rooms']): Observation {
  return {
    trader: me.id,
    name: me.name,
    round: 1,
    phase: 'episode',
    standing: 'trading',
    roundsLeft: 12,
    room: here.id,
    roomName: here.name,
    rooms,
    headlines: [],
    prices: INSTRUMENTS.map((instrument, nth) => ({
      instrument,
      priceCents: 10_000,
      roundBps: [430, -35, 0][nth] ?? 0,
      episodeBps: [430, -35, 0][nth] ?? 0,
    })),
    equityCents: 100_000,
    gainBps: 0,
    episodeGainBps: 120,
    cashCents: 100_000,
    positions: [],
    ownTurns: [],
    ownLines: [],
    company: [],
    justLeft: [],
  };
}

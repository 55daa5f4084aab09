/**
 * What the scripted brain needs to play a persona, as a schema: temperament (how it decides) and banks of lines and
 * thoughts with slots (how it talks). Part of the persona's file, so that a new persona is one file.
 */
import { z } from 'zod';
import { INSTRUMENTS } from './vocabulary.ts';

/** A slot, and the longest text that fills it. */
export const SLOT_MAX = {
  /** Somebody in the room. */
  name: 16,
  /** Whoever just left. */
  gone: 16,
  /** The instrument that the line is about, and words that agree with its number. */
  instrument: 6,
  is: 3,
  was: 4,
  has: 4,
  /** The verb's s: `look{s}`. */
  s: 1,
  they: 4,
  them: 4,
  /** What a thought buys when its line praises something else. */
  trade: 6,
  /** A price's move this round, the trader's own gain or loss: `3%`. Never signed. */
  move: 7,
  gain: 7,
  /** The largest long position, or `cash`. */
  mine: 6,
  room: 24,
  // What the floor remembers, in words.
  /** Whom it befell or who did it, and the other one. */
  who: 16,
  by: 16,
  /** `four and a half thousand dollars`. */
  amount: 32,
  /** `twenty percent`. */
  percent: 20,
  /** `five`. */
  count: 12,
} as const;
export type Slot = keyof typeof SLOT_MAX;

const ABOUT = ['instrument', 'is', 'was', 'has', 's', 'they', 'them'] as const;

/** Situations that a line may fit, with the slots that can be filled in each. `room` can always be. */
export const SPEECH_SITUATIONS = {
  // The news and the market.
  newsUp: ABOUT,
  newsDown: ABOUT,
  newsFlat: [],
  panic: [],
  cheer: [],
  priceUp: [...ABOUT, 'move'],
  priceDown: [...ABOUT, 'move'],
  dull: [],
  closing: [],
  // The trader's own book.
  buy: ABOUT,
  bluff: ABOUT,
  hold: ['mine'],
  winning: ['gain', 'mine'],
  losing: ['gain', 'mine'],
  ruin: [],
  refused: [],
  intern: [],
  // Company.
  greet: ['name'],
  farewell: ['gone'],
  alone: ['mine'],
  mingle: [],
  askMine: ['name'],
  askView: ['name', ...ABOUT],
  askHow: ['name'],
  askChat: ['name'],
  tease: ['name'],
  // Answers to what somebody here just said.
  tellMine: ['name', 'mine'],
  likes: ['name', ...ABOUT],
  doubts: ['name', ...ABOUT],
  fine: ['name', 'mine'],
  gloomy: ['name', 'mine'],
  // Small talk: an answer to each thing that askChat may ask about, and to anything else.
  chatBack: ['name'],
  tellCoffee: ['name'],
  tellSleep: ['name'],
  tellWeekend: ['name'],
  tellLunch: ['name'],
  tellRich: ['name'],
  agree: ['name', ...ABOUT],
  disagree: ['name', ...ABOUT],
  nod: ['name'],
  scoff: ['name'],
  retort: ['name'],
  console: ['name'],
  deflate: ['name'],
  thanks: ['name'],
  // After the bell, winner and loser before each other; `amount` is what the speaker made or lost.
  sceneWin: ['name', 'amount'],
  sceneLose: ['name', 'amount'],
  // The winner lost too, only less; the loser gained too, only less.
  sceneLeast: ['name', 'amount'],
  sceneLast: ['name', 'amount'],
} as const satisfies Record<string, readonly Slot[]>;
export type SpeechSituation = keyof typeof SPEECH_SITUATIONS;

export const THOUGHT_SITUATIONS = {
  // Why it buys `instrument`.
  news: ABOUT,
  chase: [...ABOUT, 'move'],
  dip: [...ABOUT, 'move'],
  loyal: ABOUT,
  flee: ABOUT,
  herd: ['name', ...ABOUT],
  whim: ABOUT,
  // The line praises `instrument`; the money buys `trade`, or stays where it is.
  bluff: [...ABOUT, 'trade'],
  bluffHold: ABOUT,
  // Why it holds.
  wait: ['mine'],
  keep: ['mine'],
  winning: ['gain', 'mine'],
  losing: ['gain', 'mine'],
  ruin: [],
  intern: [],
  mingle: [],
  // Said to itself about somebody who is here, after the above.
  company: ['name'],
} as const satisfies Record<string, readonly Slot[]>;
export type ThoughtSituation = keyof typeof THOUGHT_SITUATIONS;

/**
 * What is said of what the floor remembers, by kind and by whom it concerns: `me` the trader itself, `mine` it did that to
 * somebody, `you` somebody who is here, `they` others, `lost` it lost the lead, `all` everybody.
 */
export const RECALL_SITUATIONS = {
  'marginCall.me': ['amount'],
  'marginCall.you': ['who', 'amount'],
  'marginCall.they': ['who', 'amount'],
  'bankruptcy.me': [],
  'bankruptcy.you': ['who'],
  'bankruptcy.they': ['who'],
  'comeback.me': ['amount'],
  'comeback.you': ['who', 'amount'],
  'comeback.they': ['who', 'amount'],
  'lead.me': ['by', 'amount'],
  'lead.lost': ['who', 'amount'],
  'lead.you': ['who', 'by', 'amount'],
  'lead.they': ['who', 'by', 'amount'],
  'chaos.all': [],
  'winningRun.me': ['count', 'amount'],
  'winningRun.you': ['who', 'count', 'amount'],
  'winningRun.they': ['who', 'count', 'amount'],
  'losingRun.me': ['count', 'amount'],
  'losingRun.you': ['who', 'count', 'amount'],
  'losingRun.they': ['who', 'count', 'amount'],
  'goodCall.me': [...ABOUT, 'percent'],
  'goodCall.you': ['who', ...ABOUT, 'percent'],
  'goodCall.they': ['who', ...ABOUT, 'percent'],
  'badCall.me': [...ABOUT, 'percent'],
  'badCall.you': ['who', ...ABOUT, 'percent'],
  'badCall.they': ['who', ...ABOUT, 'percent'],
  'goodAdvice.me': ['by', ...ABOUT, 'amount'],
  'goodAdvice.mine': ['who', ...ABOUT, 'amount'],
  'goodAdvice.they': ['who', 'by', ...ABOUT, 'amount'],
  'badAdvice.me': ['by', ...ABOUT, 'amount'],
  'badAdvice.mine': ['who', ...ABOUT, 'amount'],
  'badAdvice.they': ['who', 'by', ...ABOUT, 'amount'],
  'mocked.me': ['by'],
  'mocked.mine': ['who'],
  'mocked.they': ['who', 'by'],
  'comforted.me': ['by'],
  'comforted.mine': ['who'],
  'comforted.they': ['who', 'by'],
} as const satisfies Record<string, readonly Slot[]>;
export type RecallSituation = keyof typeof RECALL_SITUATIONS;

/** A line of a bank is at most this long when it is filled, whatever its slots hold. */
export const TEMPLATE_MAX = 140;

/** The length of a template when every choice is its longest and every slot is filled with its longest text. */
export function longestFill(template: string): number {
  const filled = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, slot: string) => 'x'.repeat(SLOT_MAX[slot as Slot] ?? 0));
  const chosen = template.replace(/\[([^\]]*)\]/g, (_, options: string) =>
    options
      .split('|')
      .reduce((longest, each) => (filled(each).length > filled(longest).length ? each : longest)),
  );
  return filled(chosen).length;
}

/** All sentences that a template with choices, `[a|b][c|d]`, can become. */
export function expansions(template: string): string[] {
  const choice = /\[([^\]]*)\]/.exec(template);
  if (!choice) return [template];
  const [whole, options = ''] = choice;
  return options
    .split('|')
    .flatMap((option) =>
      expansions(template.slice(0, choice.index) + option + template.slice(choice.index + whole.length)),
    );
}

/**
 * A bank: templates by situation, where `[a|b|c]` is one of a, b and c; `situation.Instrument` replaces them for that instrument. A situation may be missing:
 * the default lines replace it.
 */
function bankSchema(situations: Record<string, readonly Slot[]>) {
  const keys = new Set(Object.keys(situations));
  for (const [situation, slots] of Object.entries(situations)) {
    if (slots.includes('instrument'))
      for (const instrument of INSTRUMENTS) keys.add(`${situation}.${instrument}`);
  }
  return z.record(z.string(), z.array(z.string().trim().min(1)).min(1)).superRefine((bank, context) => {
    for (const [key, templates] of Object.entries(bank)) {
      if (!keys.has(key)) {
        context.addIssue({
          code: 'custom',
          path: [key],
          message: `no such situation; allowed: ${[...keys].join(', ')}`,
        });
        continue;
      }
      const situation = INSTRUMENTS.some((each) => key.endsWith(`.${each}`))
        ? key.slice(0, key.lastIndexOf('.'))
        : key;
      const allowed: readonly string[] = [...(situations[situation] ?? []), 'room'];
      templates.forEach((template, index) => {
        const path = [key, index];
        for (const [, slot] of template.matchAll(/\{(\w*)\}/g)) {
          if (slot === undefined || allowed.includes(slot)) continue;
          context.addIssue({
            code: 'custom',
            path,
            message: `slot {${slot}} is not filled here; allowed: ${allowed.join(', ')}`,
          });
        }
        const length = longestFill(template);
        if (length > TEMPLATE_MAX) {
          context.addIssue({
            code: 'custom',
            path,
            message: `${length} characters when filled; at most ${TEMPLATE_MAX}`,
          });
        }
      });
    }
  });
}

const points = z.number().min(-100).max(100);
const bps = z.number().int().min(0).max(10_000);
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower case letters, digits and dashes');

/** How the scripted brain decides: every instrument gets points, the best one that beats `patience` is bought. */
export const temperamentSchema = z.strictObject({
  /** Points that an instrument has whatever happens. */
  bias: z.strictObject({ Tech: points, Crypto: points, Bonds: points }),
  /** Points for the instrument that good news names, and that bad news names (positive: buys the dip). */
  newsUp: points,
  newsDown: points,
  /** Share of those points that a rumour gets. */
  rumourTrust: z.number().min(0).max(1),
  /** Points for each percent that it rose this round, that it fell (positive: buys the dip), and of the episode's move. */
  momentum: points,
  dip: points,
  trend: points,
  /** Points for what somebody in the room recommends; taken away for what somebody warns of. */
  herd: points,
  /** Points that Bonds get, and the others lose, when all is frightening. */
  fear: points,
  /** Points for the largest position. */
  loyalty: points,
  /** Points of pure whim, at most. */
  whim: points,
  patience: points,
  /** Points above patience from which half, and all, is bet. */
  half: points,
  allIn: points,
  /** Chance to deal where nothing calls for it; it grows by as much with each round that the trader held on, up to five times. */
  itchBps: bps.default(500),
  /** Chance to say the opposite of what is done; to talk when nothing calls for it; to walk when nothing calls for it. */
  hypocrisyBps: bps,
  talkBps: bps,
  roamBps: bps,
  /** Pull of rooms by id; a room that the office lacks is ignored. */
  rooms: z.record(id, z.number().min(0).max(100)),
  /** Where it runs when news breaks, and how often it does. */
  newsRoom: id,
  newsRunBps: bps,
  /** What it feels for others by id, -100 rival to 100 friend; whoever is not in the cast is ignored. */
  feelings: z.record(id, points),
});
export type Temperament = z.infer<typeof temperamentSchema>;

export const scriptSchema = z.strictObject({
  temperament: temperamentSchema,
  says: bankSchema(SPEECH_SITUATIONS),
  thinks: bankSchema(THOUGHT_SITUATIONS),
  /** What it says of what the floor remembers. */
  recalls: bankSchema(RECALL_SITUATIONS).default({}),
  /** Remarks to one member of the cast, by id: said only to that one's face. */
  toward: z.record(id, z.array(z.string().trim().min(1).max(TEMPLATE_MAX)).min(1)).default({}),
});
/** Templates by situation, or by `situation.Instrument`. */
export type Bank = Readonly<Record<string, readonly string[]>>;

/**
 * What the show is made of, as zod schemas of the files in data/: the cast, the market's regimes, the headlines, the
 * office. Pure: reading the files is src/app/content.ts's work. Types follow from the schemas.
 */
import { z } from 'zod';
import { SPEECH_MAX, THOUGHT_MAX } from './decision.ts';
import { FEUD_WAYS } from './memory/feud-ways.ts';
import { FACT_KINDS } from './memory/fact.ts';
import { scriptSchema, temperamentSchema } from './script.ts';
import { BENDS } from './trading/bends.ts';
import { INSTRUMENTS, SIZES, TRADES, type TraderId } from './vocabulary.ts';

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower case letters, digits and dashes');
const line = z.string().trim().min(1).max(200);
const instrument = z.enum(INSTRUMENTS);
/** One emoji, with or without the selector that makes it look like a picture. */
const emoji = z
  .string()
  .refine(
    (text) => [text, `${text}\uFE0F`].some((it) => /^\p{RGI_Emoji}$/v.test(it)),
    'must be one Unicode emoji',
  );
const perInstrument = <T extends z.ZodType>(value: T) =>
  z.strictObject({ Tech: value, Crypto: value, Bonds: value });

const percent = z.number().min(-100).max(100);

/** A worked turn: what a trader sees, and what this persona does then. A model is shown it before its own turns. */
export const exampleSchema = z.strictObject({
  sees: z.strictObject({
    /** A headline, without quotation marks. */
    news: z.string().trim().min(8).max(140).optional(),
    /** What prices did this round, in percent; left out: flat. */
    market: z.partialRecord(instrument, percent).default({}),
    /** `share` of the own money: 1 is all of it, more is leveraged, below zero is a short. */
    holds: z
      .array(
        z.strictObject({ instrument, share: z.number().min(-5).max(5), gainPercent: percent.default(0) }),
      )
      .default([]),
    todayPercent: percent.default(0),
    room: id,
    /** Who is here, by id, and the line that waits for an answer. A trader that is not in the cast: the example is left out. */
    company: z.array(z.strictObject({ trader: id, said: line.max(SPEECH_MAX).optional() })).default([]),
    /** What comes to mind; `about` and `by` as in a fact. A trader that is not in the cast: the example is left out. */
    remembers: z
      .array(
        z.strictObject({
          kind: z.enum(FACT_KINDS),
          about: id.optional(),
          by: id.optional(),
          instrument: instrument.optional(),
          dollars: z.number().int().positive().optional(),
          /** What the price did, and how many rounds it went on. */
          percent: percent.optional(),
          count: z.number().int().positive().optional(),
          roundsAgo: z.number().int().min(0).max(99),
        }),
      )
      .max(2)
      .default([]),
  }),
  does: z.strictObject({
    thought: line.max(THOUGHT_MAX),
    trade: z.enum(TRADES),
    size: z.enum(SIZES),
    speech: line.max(SPEECH_MAX),
    /** The id of a room. */
    goesTo: id,
  }),
});
export type Example = z.infer<typeof exampleSchema>;

/** How a persona introduces itself in the first round of a new show. */
const debutSchema = z.strictObject({
  thought: line.max(THOUGHT_MAX),
  line: line.max(SPEECH_MAX),
  trade: z.enum(TRADES).default('Hold'),
  size: z.enum(SIZES).default('Small'),
});

/** What is otherwise for one episode after a fall or a triumph. */
const bendSchema = z.strictObject({
  /** In place of the mandate's. */
  leverage: perInstrument(z.number().int().min(1).max(5)).optional(),
  /** Told to the brain, in the second person. */
  told: z.string().trim().min(8).max(160),
  /** For the scripted brain: in place of the same keys of the script. */
  temperament: temperamentSchema.partial().default({}),
  says: scriptSchema.shape.says.default({}),
});

/** A persona: who a trader is, what its mandate allows, how the scripted brain plays it. One file in data/cast. */
export const personaSchema = z.strictObject({
  id,
  name: z.string().regex(/^[A-Z][a-z]{1,15}$/, 'one capitalised word'),
  title: line,
  /** The same in German, for the pictures of a guild that reads in it. */
  titleDe: line.optional(),
  /** The unicode emoji that members back this trader with, as a reaction; differs from everybody else's. */
  emoji,
  /** `#rrggbb`: embeds, nameplates, curves. */
  color: z.string().regex(/^#[0-9a-f]{6}$/),
  /** Told to the brain: character in the second person, two or three sentences. */
  persona: z.string().trim().min(20).max(600),
  homeRoom: id,
  mandate: z.strictObject({
    /** Greatest exposure as a multiple of equity. `headlineLeverage` applies to what the news names. */
    leverage: perInstrument(z.number().int().min(1).max(5)),
    headlineLeverage: z.number().int().min(1).max(5).optional(),
    /** Buying `when` also sells `short` short, `ratioBps` of the notional bought. */
    overlay: z
      .strictObject({ when: instrument, short: instrument, ratioBps: z.number().int().min(1).max(10_000) })
      .optional(),
  }),
  /** How the rule bends for one episode, by what happened. */
  bends: z.partialRecord(z.enum(BENDS), bendSchema).optional(),
  /** Whether it seeks the room of somebody it has a feud with, or shuns it. Left out: it shuns. */
  feud: z.enum(FEUD_WAYS).optional(),
  obituary: line,
  /** True: it plays only where it is cast, by the setting or by a producer. */
  guest: z.literal(true).optional(),
  sprite: id,
  /**
   * One to four worked turns, each another situation, trade and size: two are shown, one of them alone, and the others stand in
   * where somebody whom these name is not in the cast. Left out: made from the phrase banks.
   */
  examples: z.array(exampleSchema).min(1).max(4).optional(),
  /** Its turn in the first scene of a new show. Left out: made from title and character. */
  debut: debutSchema.optional(),
  /** How the scripted brain plays it: temperament and phrase banks. Left out: the default voice. */
  script: scriptSchema.optional(),
});
export type Persona = z.infer<typeof personaSchema>;

const returnModelSchema = z.strictObject({
  /** Expected return a round, in basis points. */
  driftBps: z.number().min(-500).max(500),
  /** Standard deviation a round before clustering, in basis points. */
  volBps: z.number().min(0).max(2_000),
  /** Chance a round of a one-sided jump, in basis points, and its mean size (negative: down). */
  jumpChanceBps: z.number().int().min(0).max(10_000).default(0),
  jumpBps: z.number().min(-5_000).max(5_000).default(0),
});

/** What is seen through the office's windows; at night there are stars too. */
export const WEATHERS = ['clear', 'cloudy', 'rain', 'snow', 'storm', 'confetti'] as const;
export type Weather = (typeof WEATHERS)[number];

export const regimeSchema = z.strictObject({
  id,
  name: z.string().min(1).max(24),
  /** The same in German. */
  de: z.string().min(1).max(24).optional(),
  color: z.string().regex(/^#[0-9a-f]{6}$/),
  weather: z.enum(WEATHERS, { error: `must be one of ${WEATHERS.join(', ')}` }),
  /** True for a regime in which papers fly through the office. */
  papersFly: z.boolean().default(false),
  returns: perInstrument(returnModelSchema),
  /** The regime lasts at least `minRounds`; after that it ends each round with this chance, in basis points. */
  minRounds: z.number().int().min(1),
  endChanceBps: z.number().int().min(1).max(10_000),
  /** Relative weight of each regime that may follow, by id. */
  next: z.record(id, z.number().positive()),
});
export type Regime = z.infer<typeof regimeSchema>;

export const marketSchema = z
  .strictObject({
    startPriceCents: z.number().int().positive(),
    /** Price impact in basis points for each $10,000 of a round's net orders. */
    impactBpsPer10k: z.number().min(0).max(100),
    /** What the chaos button does: the regime from then on, and the gap at once, by instrument in bps. */
    chaos: z.strictObject({ regime: id, gapBps: perInstrument(z.number().min(-5_000).max(5_000)) }),
    firstRegime: id,
    regimes: z.array(regimeSchema).min(2),
  })
  .superRefine(({ regimes, firstRegime, chaos }, context) => {
    const known = regimes.map((regime) => regime.id);
    const complain = (message: string, ...path: (string | number)[]) =>
      context.addIssue({ code: 'custom', path, message });
    const named = (regime: string, ...path: (string | number)[]) => {
      if (!known.includes(regime)) complain(`no regime "${regime}"; allowed: ${known.join(', ')}`, ...path);
    };
    for (const [index, regime] of regimes.entries()) {
      for (const key of ['id', 'name'] as const) {
        if (regimes.findIndex((other) => other[key] === regime[key]) < index)
          complain(`"${regime[key]}" is taken by another regime; each needs its own`, 'regimes', index, key);
      }
    }
    for (const [index, regime] of regimes.entries()) {
      const next = Object.keys(regime.next);
      for (const each of next) named(each, 'regimes', index, 'next', each);
      if (!next.some((each) => each !== regime.id))
        complain('names no other regime; at least one must follow', 'regimes', index, 'next');
    }
    named(firstRegime, 'firstRegime');
    named(chaos.regime, 'chaos', 'regime');
  });
export type MarketContent = z.infer<typeof marketSchema>;

const headlineText = {
  text: z.string().trim().min(8).max(140),
  /** The same in German, for whoever reads in it; the traders read English. */
  de: z.string().trim().min(8).max(140).optional(),
  /** What it is about, its first words to the letter: `Robot butler`. A trader can call it by that. */
  subject: z.string().min(1).max(32).optional(),
};
const beginsWithSubject = ({ text, subject = '' }: { text: string; subject?: string | undefined }) =>
  text.startsWith(subject);
const SUBJECT_FAULT = { path: ['subject'], message: 'must be the first words of the text' };

export const headlineTemplateSchema = z
  .strictObject({
    ...headlineText,
    /** Regimes in which the wire carries it; a rumour picks from the others' headlines. */
    regimes: z.array(id).min(1),
    names: instrument.nullable(),
    /** What the text suggests for the instrument it names (or the market): up, down or nothing. */
    tone: z.enum(['up', 'down', 'flat']),
  })
  .refine(beginsWithSubject, SUBJECT_FAULT);
export type HeadlineTemplate = z.infer<typeof headlineTemplateSchema>;

export const headlinesSchema = z.strictObject({
  /** The chance that news breaks in a round, and the chance that it is a rumour, in basis points. */
  chanceBps: z.number().int().min(0).max(10_000),
  rumourBps: z.number().int().min(0).max(10_000),
  wire: z.array(headlineTemplateSchema).min(7),
  chaos: z.array(z.strictObject(headlineText).refine(beginsWithSubject, SUBJECT_FAULT)).min(1),
});
export type HeadlinesContent = z.infer<typeof headlinesSchema>;

const pixel = z.strictObject({ x: z.number().int(), y: z.number().int() });

export const roomSchema = z.strictObject({
  id,
  name: z.string().min(1).max(24),
  /** Discord channel name. */
  channel: z.string().regex(/^[a-z0-9-]{1,40}$/),
  topic: line,
  emoji,
  seats: z.number().int().min(1).max(10),
  /** Where the room lies on the floor's picture, in tiles. */
  area: z.strictObject({
    x: z.number().int(),
    y: z.number().int(),
    width: z.number().int().min(3),
    height: z.number().int().min(3),
  }),
  /** What follows is for the painter, in art pixels from the room's top left corner; sprites are in data/sprites. */
  floor: id.optional(),
  wall: id.optional(),
  /** The point in the corridor right outside the door: where footprints come in and go out. */
  door: pixel.optional(),
  /** `shows`: what the screen of the piece shows, if it has one. */
  furniture: z
    .array(pixel.extend({ sprite: id, shows: z.enum([...INSTRUMENTS, 'market', 'sky']).optional() }))
    .optional(),
  /** Where traders put their feet, at least one for each seat; without them they stand in a zigzag. */
  spots: z.array(pixel).optional(),
});
export type Room = z.infer<typeof roomSchema>;

export const officeSchema = z.strictObject({
  width: z.number().int().min(10),
  height: z.number().int().min(6),
  /** Floor between the rooms: a sprite of data/sprites/tiles.json. */
  corridor: id.optional(),
  /** Where everybody is in the first scene of a new show. Left out: the room with the most seats. */
  firstSceneRoom: id.optional(),
  /** Where an episode's winner and loser meet after the bell. Left out: the second room. */
  closingSceneRoom: id.optional(),
  rooms: z.array(roomSchema).min(2).max(10),
});
export type Office = z.infer<typeof officeSchema>;

/** Everything from data/, checked; `cast` sorted by id. */
export interface Content {
  cast: readonly Persona[];
  market: MarketContent;
  headlines: HeadlinesContent;
  office: Office;
}

export function personaOf(content: Content, id: TraderId): Persona {
  const persona = content.cast.find((candidate) => candidate.id === id);
  if (!persona) throw new Error(`trader ${id} is in the show but not in data/cast`);
  return persona;
}

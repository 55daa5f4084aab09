/**
 * What a run keeps, one JSON object a line: everything that the measures read, so that a trace can be judged again without
 * playing it again. Text is what was said; nothing is kept of members, for there are none.
 */
import { z } from 'zod';
import { FUMBLES, INSTRUMENTS, PHASES, SIZES, TRADES } from '#core/vocabulary.ts';

const instrument = z.enum(INSTRUMENTS);
const perInstrument = z.strictObject({ Tech: z.number(), Crypto: z.number(), Bonds: z.number() });
const decision = z.strictObject({
  thought: z.string(),
  trade: z.enum(TRADES),
  size: z.enum(SIZES),
  speech: z.string(),
  location: z.string(),
});

const headline = z.strictObject({
  text: z.string(),
  names: instrument.nullable(),
  tone: z.enum(['up', 'down', 'flat']),
  rumour: z.boolean(),
});

/** Somebody in the room, as this trader saw them. */
const neighbour = z.strictObject({
  trader: z.string(),
  /** On the floor, in this arm. */
  name: z.string(),
  said: z.string().nullable(),
  unanswered: z.boolean(),
  /** In the full record of the floor: when that line was said; null: nothing was. */
  saidInRound: z.number().int().nullable(),
});

/** The same turn asked again with something changed, out of the show and without effect on it. */
const probe = z.strictObject({
  what: z.string(),
  /** What a question was about: an instrument that was recommended, a reason that was taken away. */
  about: z.string().nullable(),
  decision: decision.nullable(),
});
export type Probe = z.infer<typeof probe>;

/** An answer to a question about what is known, out of character. */
const testimony = z.strictObject({
  fact: z.string(),
  kind: z.enum(['belief', 'access']),
  truth: z.boolean(),
  answer: z.boolean().nullable(),
});
export type Testimony = z.infer<typeof testimony>;

export const turnSchema = z.strictObject({
  kind: z.literal('turn'),
  world: z.number().int(),
  round: z.number().int(),
  phase: z.enum(PHASES),
  trader: z.string(),
  /** The trader's name on the floor in this arm. */
  name: z.string(),
  room: z.string(),
  intern: z.boolean(),
  regime: z.string(),
  /** Rounds since the regime began, this one left out: 0 in the round of the switch. */
  roundsInRegime: z.number().int(),
  headlines: z.array(headline),
  /** This round's moves in basis points, as seen. */
  roundBps: perInstrument,
  company: z.array(neighbour),
  /** Signed exposure as a multiple of equity, before and after the turn. */
  before: perInstrument,
  after: perInstrument,
  /** Gain of each position before the turn, in basis points of its cost; none held: null. */
  gainBps: z.strictObject({
    Tech: z.number().nullable(),
    Crypto: z.number().nullable(),
    Bonds: z.number().nullable(),
  }),
  /** Positions that the decision made smaller. */
  sold: z.array(instrument),
  equityCents: z.number().int(),
  decision,
  fumble: z.enum(FUMBLES).nullable(),
  refusals: z.array(z.string()),
  ms: z.number(),
  tokens: z.strictObject({ evaluated: z.number(), forced: z.number(), sampled: z.number() }).nullable(),
  probes: z.array(probe).optional(),
  testimony: z.array(testimony).optional(),
});
export type PlayedTurn = z.infer<typeof turnSchema>;

export const endSchema = z.strictObject({
  kind: z.literal('end'),
  world: z.number().int(),
  /** `worldHash`, hex SHA-256: the same again for the same brain, settings and seeds. */
  stateHash: z.string(),
  /** Every trader's equity at the end, in cents. */
  equityCents: z.record(z.string(), z.number().int()),
  startCents: z.number().int(),
  turns: z.number().int(),
  /** Worlds that were thought of together with it, in the order of their seeds; absent where the player thinks of one alone, and in traces of before it was told. */
  group: z.array(z.number().int()).optional(),
  /** SHA-256 of the lines before this one, as they stand in the file; absent in traces of before there was one. */
  textHash: z.string().optional(),
  /** Of the program that played it, as `programHash` has it; absent in traces of before there was one. */
  program: z.string().optional(),
  /** Wall-clock time; not part of what is compared. */
  ms: z.number(),
});
export type WorldEnd = z.infer<typeof endSchema>;

export const recordSchema = z.discriminatedUnion('kind', [turnSchema, endSchema]);

/** One world as one arm played it. */
export interface PlayedWorld {
  turns: PlayedTurn[];
  end: WorldEnd;
}

/** The words that code, database, commands and docs share. What is data (regimes, rooms, personas) is not listed here. */

export const INSTRUMENTS = ['Tech', 'Crypto', 'Bonds'] as const;
export type Instrument = (typeof INSTRUMENTS)[number];

export function perInstrument<T>(value: (instrument: Instrument) => T): Record<Instrument, T> {
  return { Tech: value('Tech'), Crypto: value('Crypto'), Bonds: value('Bonds') };
}

/** What a decision may name as its trade: an instrument to rotate into, or Hold. */
export const TRADES = [...INSTRUMENTS, 'Hold'] as const;
export type Trade = (typeof TRADES)[number];

export const SIZES = ['Small', 'Half', 'AllIn'] as const;
export type Size = (typeof SIZES)[number];

/** Share of equity that a size rotates, in basis points. */
export const SIZE_SHARE_BPS: Record<Size, number> = { Small: 2_500, Half: 5_000, AllIn: 10_000 };

/** `premiere`: a new show before its first bell; its market is open already. */
export const PHASES = ['premiere', 'intermission', 'episode'] as const;
export type Phase = (typeof PHASES)[number];

/** `trading`: may trade. `intern`: bankrupt; walks and talks, cannot trade. */
export const STANDINGS = ['trading', 'intern'] as const;
export type Standing = (typeof STANDINGS)[number];

/** Where a headline comes from. Most agree with the regime; a rumour need not; a producer's is somebody's own words. */
export const HEADLINE_SOURCES = ['wire', 'rumour', 'producer'] as const;
export type HeadlineSource = (typeof HEADLINE_SOURCES)[number];

export const FILL_REASONS = ['decision', 'rotation', 'overlay', 'margin', 'liquidation'] as const;
export type FillReason = (typeof FILL_REASONS)[number];

/** Why a decision, or a part of it, was turned into Hold or stay. Stable: the database and the show name them. */
export const REFUSALS = [
  'market_shut',
  'intern_cannot_trade',
  'no_buying_power',
  'below_one_cent',
  'no_such_room',
  'room_full',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** Why a turn has no decision. */
export const FUMBLES = ['timeout', 'invalid', 'engine_error', 'aborted'] as const;
export type Fumble = (typeof FUMBLES)[number];

/** Ids are names from the data files: lower case letters, digits, dashes. */
export type TraderId = string;
export type RoomId = string;
export type RegimeId = string;

/** Quantities are integer ten-thousandths of a unit. */
export const QTY_SCALE = 10_000;
/** Basis points in a whole. */
export const BPS = 10_000;

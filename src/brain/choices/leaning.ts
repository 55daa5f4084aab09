/**
 * What a trader tends to choose before anything speaks for anything, from its persona's file: its mandate, the instrument that its
 * description names, how readily it walks. And what it cannot choose: a shut market leaves Hold.
 */
import type { Persona } from '#core/content.ts';
import type { Observation } from '#core/observation.ts';
import { BPS, INSTRUMENTS, SIZES, type Instrument } from '#core/vocabulary.ts';

/** The share of each option, by field; an option without one is impossible. */
export type Leaning = Readonly<Record<string, ReadonlyMap<string, number>>>;

/** Leverage counts for more than nothing and for less than it multiplies. */
const LEVERAGE_POWER = 0.7;
/** An instrument that a persona's own description names is meant. */
const NAMED = 2.5;
/** What the news names, where the mandate gives leverage for it: when it is good, and when it is bad. */
const IN_GOOD_NEWS = 4;
const IN_BAD_NEWS = 0.3;
const HOLD_SHARE = 0.22;
/** Of one whose mandate is the news. */
const RESTLESS_HOLD_SHARE = 0.14;
/** How often somebody walks, in basis points: without a temperament, and at least when alone. */
const ROAM_BPS = 2_500;
const ALONE_ROAM_BPS = 5_000;

export function leaningOf(persona: Persona, observation: Observation): Leaning {
  return {
    trade: tradeShares(persona, observation),
    size: new Map(SIZES.map((size) => [size, 1 / SIZES.length])),
    location: roomShares(persona, observation),
  };
}

function tradeShares(persona: Persona, { phase, standing, headlines }: Observation): Map<string, number> {
  if (phase === 'intermission' || standing === 'intern') return new Map([['Hold', 1]]);
  const { leverage, headlineLeverage } = persona.mandate;
  const weight = (instrument: Instrument): number => {
    const named = new RegExp(`\\b${instrument}\\b`).test(persona.persona) ? NAMED : 1;
    let own = leverage[instrument] ** LEVERAGE_POWER * named;
    if (headlineLeverage === undefined) return own;
    for (const headline of headlines)
      if (headline.names === instrument) own *= headline.tone === 'down' ? IN_BAD_NEWS : IN_GOOD_NEWS;
    return own;
  };
  const hold = headlineLeverage === undefined ? HOLD_SHARE : RESTLESS_HOLD_SHARE;
  const weights = INSTRUMENTS.map((instrument) => [instrument, weight(instrument)] as const);
  const all = weights.reduce((sum, [, each]) => sum + each, 0);
  return new Map<string, number>([
    ...weights.map(([instrument, each]) => [instrument, (each / all) * (1 - hold)] as const),
    ['Hold', hold],
  ]);
}

function roomShares({ script }: Persona, { rooms, roomName, company }: Observation): Map<string, number> {
  const roamBps = Math.max(
    script?.temperament.roamBps ?? ROAM_BPS,
    company.length === 0 ? ALONE_ROAM_BPS : 0,
  );
  const others = rooms.length - 1;
  const walks = others === 0 ? 0 : roamBps / BPS;
  return new Map(rooms.map(({ name }) => [name, name === roomName ? 1 - walks : walks / others]));
}

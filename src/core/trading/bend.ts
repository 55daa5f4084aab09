/** A persona's rule bends for one episode, after a fall or a triumph, as its data say. */
import type { Persona } from '../content.ts';
import type { Bend } from './bends.ts';
import type { Standings } from './standings.ts';
import type { Trader } from './trader.ts';

/** An episode that changed an equity by this share of it was a fall or a triumph. */
const SHARE = 0.2;

/** As a closing bell rings: what bent an episode ago is straight again, and what was lost or won now bends. */
export function bendAtBell(trader: Trader, { equityCents, episodeGainCents }: Standings): void {
  delete trader.bend;
  if (trader.standing === 'intern') return;
  const share = episodeGainCents / Math.max(1, equityCents - episodeGainCents);
  if (Math.abs(share) >= SHARE) trader.bend = share > 0 ? 'triumph' : 'fall';
}

/** The persona as it is bent: its leverage, temperament and lines where the data say otherwise. */
export function bentPersona(persona: Persona, bend: Bend | undefined): Persona {
  const bent = bend === undefined ? undefined : persona.bends?.[bend];
  if (!bent) return persona;
  const { script } = persona;
  return {
    ...persona,
    mandate: { ...persona.mandate, ...(bent.leverage && { leverage: bent.leverage }) },
    ...(script && {
      script: {
        ...script,
        temperament: Object.assign({}, script.temperament, bent.temperament),
        says: { ...script.says, ...bent.says },
      },
    }),
  };
}

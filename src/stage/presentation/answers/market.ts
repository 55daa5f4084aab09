/** The market for a member's eyes: its regime, which traders are never told, and how each price has moved. */
import type { MarketRow } from '#show/views/market-rows.ts';
import type { Regime } from '#core/content.ts';
import type { ShowState } from '#core/state.ts';
import type { MessageBody } from '../message.ts';
import { arrow, colorNumber, sparkline } from '../format.ts';
import type { Wording } from '../wording.ts';

/** Columns that fit a phone. */
const SPARKS_MAX = 24;

export function marketCard(
  rows: readonly MarketRow[],
  { phase, episode, round }: Pick<ShowState, 'phase' | 'episode' | 'round'>,
  regime: Pick<Regime, 'name' | 'color'>,
  { texts, format, ...wording }: Wording,
): MessageBody {
  const { market } = texts;
  const lines = rows.map(
    ({ instrument, priceCents, roundBps, episodeBps, curveCents }) =>
      market.row({
        instrument: texts.instruments[instrument],
        price: format.money(priceCents),
        arrow: arrow(episodeBps),
        episode: format.change(episodeBps),
        round: format.change(roundBps),
      }) + `\n\`${sparkline(curveCents.slice(-SPARKS_MAX))}\``,
  );
  return {
    embeds: [
      {
        title:
          phase === 'intermission'
            ? market.shut
            : phase === 'premiere'
              ? market.premiere
              : market.open(episode),
        description: [market.regime(wording.known(regime.name)), ...lines].join('\n'),
        footer: { text: market.footer(round) },
        color: colorNumber(regime.color),
      },
    ],
  };
}

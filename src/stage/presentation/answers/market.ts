/** Prices for a member's eyes: what each was, is and became. Never the regime: that is for traders and members to guess. */
import type { MarketRow } from '#show/views/market-rows.ts';
import type { ShowState } from '#core/state.ts';
import type { MessageBody } from '../message.ts';
import { arrow, sparkline } from '../format.ts';
import type { Wording } from '../wording.ts';

const SLATE = 0x3b4252;
/** So many columns fit a phone. */
const SPARKS_MAX = 24;

export function marketCard(
  rows: readonly MarketRow[],
  { phase, episode, round }: Pick<ShowState, 'phase' | 'episode' | 'round'>,
  { texts, format }: Wording,
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
        title: phase === 'episode' ? market.open(episode) : market.shut,
        description: lines.join('\n'),
        footer: { text: market.footer(round) },
        color: SLATE,
      },
    ],
  };
}

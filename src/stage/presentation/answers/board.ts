/** The traders' leaderboard: one embed, pinned in #the-floor and shown by /leaderboard. */
import type { APIMessage } from 'discord.js';
import type { BoardRow } from '#show/results.ts';
import type { MessageBody } from '../message.ts';
import { button, buttonRows, customIds, ownButtons, row } from '../buttons.ts';
import { colorNumber } from '../format.ts';
import type { Wording } from '../wording.ts';

const SLATE = 0x3b4252;
const CARDS_MAX = 5;

/** A message of the bot is the board when it has the board's button. */
export const isBoard = (message: Pick<APIMessage, 'components'>): boolean =>
  customIds(message).some(({ name, argument }) => name === 'board' && argument === 'chips');

export function board(
  rows: readonly BoardRow[],
  season: number,
  { texts, format, ...wording }: Wording,
): MessageBody {
  const [leader] = rows;
  const lines = rows.map((row) =>
    texts.board.row({
      rank: row.rank,
      emoji: row.emoji,
      name: `${row.name}${row.bailouts > 0 ? texts.board.bailedOut : ''}${row.standing === 'intern' ? texts.board.intern : ''}`,
      equity: format.money(row.equityCents),
      gain: format.change(row.gainBps),
      episode: format.gain(row.episodeGainCents),
      drawdown: format.change(-row.maxDrawdownBps),
      trades: format.count(row.trades),
    }),
  );
  const color = leader && wording.persona(leader.trader)?.color;
  return {
    embeds: [
      {
        title: texts.board.title(season),
        description: lines.length === 0 ? texts.board.empty : lines.join('\n'),
        color: color ? colorNumber(color) : SLATE,
        ...(leader && {
          footer: {
            text: texts.board.yardsticks(
              format.change(leader.buyAndHoldBps),
              format.change(leader.bestInHindsightBps),
            ),
          },
        }),
      },
    ],
    components: [
      // A press shows a trader's card to whoever pressed, and to nobody else.
      ...buttonRows(
        rows
          .slice(0, CARDS_MAX)
          .map(({ trader, emoji, name }) => button('trader-card', trader, `${emoji} ${name}`)),
      ),
      row(button('board', 'chips', texts.board.chips), ...ownButtons(texts)),
    ],
  };
}

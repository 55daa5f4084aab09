/** Members by their chips. Names are mentions that ping nobody: no name of a member is ever stored. */
import type { MessageBody } from '../message.ts';
import { button, row } from '../buttons.ts';
import { mention } from '../mention.ts';
import type { Wording } from '../wording.ts';

export const CHIPS_LISTED = 10;
const GREEN = 0x2e8b57;

export function chipsBoard(
  wallets: readonly { member: string; chips: number }[],
  { texts, format }: Wording,
): MessageBody {
  const lines = wallets.map(({ member, chips }, index) =>
    texts.chipsBoard.row(index + 1, mention(member, texts), format.count(chips)),
  );
  return {
    embeds: [
      {
        title: texts.chipsBoard.title,
        description: lines.length === 0 ? texts.chipsBoard.empty : lines.join('\n'),
        footer: { text: texts.pool.footer },
        color: GREEN,
      },
    ],
    components: [row(button('board', 'traders', texts.chipsBoard.traders))],
  };
}

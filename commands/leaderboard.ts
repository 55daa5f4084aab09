import { ApplicationCommandOptionType } from 'discord.js';
import { defineCommand, type CommandContext } from '#stage/interactions/command.ts';
import type { MessageBody } from '#stage/presentation/message.ts';
import { button, row as buttonRow } from '#stage/presentation/buttons.ts';
import { board } from '#stage/presentation/answers/board.ts';
import {
  BOARDS,
  bluffBoard,
  calibrationBoard,
  chairBoard,
  chipsBoard,
  MEMBERS_LISTED,
  skillBoard,
  type Board,
} from '#stage/presentation/answers/member-boards.ts';
import { IN_GUILD } from './schema.ts';

export const leaderboard = defineCommand({
  schema: {
    ...IN_GUILD,
    name: 'leaderboard',
    options: [{ type: ApplicationCommandOptionType.String, name: 'board', choices: BOARDS }],
  },
  words: (texts) => texts.commands.leaderboard,
  audience: 'member',
  // A board that names members would stay in the channel after one of them deleted their data.
  answers: ({ board: which }) => ((which ?? 'traders') === 'traders' ? 'public' : 'private'),
  waitsForBell: true,
  run: (context, options) => shown(context, options.board ?? 'traders'),
  buttons: {
    board: (context, wanted) => shown(context, BOARDS.find((known) => known === wanted) ?? 'traders'),
    'trader-card': (context, trader) => traderCard(context, trader),
  },
});

async function shown(
  { show, guildContext, wording, member }: CommandContext,
  which: Board,
): Promise<MessageBody> {
  switch (which) {
    case 'traders':
      show.hand.bluffs.peekedAtAll(member);
      return await guildContext.withCard(
        board(show.board(), show.state.season, wording),
        show.gallery.equity(show.state),
        wording,
      );
    case 'chips':
      return chipsBoard(show.audience.wallets(MEMBERS_LISTED), wording);
    case 'skill':
      return skillBoard(show.audience.ranking(MEMBERS_LISTED), wording);
    case 'calibration':
      return calibrationBoard(show.audience.calibration(), wording);
    case 'chair':
      return chairBoard(show.hand.chair.ranking(MEMBERS_LISTED), wording);
    case 'bluff':
      return bluffBoard(show.hand.bluffs.ranking(MEMBERS_LISTED), wording);
    default:
      return which satisfies never;
  }
}

/** The trader as everybody may see it: about its thoughts only how long the last one was. */
async function traderCard(
  { show, guildContext, wording, member }: CommandContext,
  trader: string,
): Promise<MessageBody> {
  show.hand.bluffs.peeked(member, trader);
  const card = show.gallery.trader(show.state, trader);
  if (!card) return { content: wording.texts.refusals.confess.unknown_trader() };
  const row = show.board().filter((one) => one.trader === trader);
  const words = board(row, show.state.season, wording);
  const { emoji, name } = row[0] ?? { emoji: '', name: wording.name(trader) };
  const thought = button('confess', trader, wording.texts.confess.latest(emoji, name));
  return await guildContext.withCard({ ...words, components: [buttonRow(thought)] }, card, wording);
}

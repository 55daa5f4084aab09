import { ApplicationCommandOptionType } from 'discord.js';
import { defineCommand, type CommandContext } from '#stage/command.ts';
import type { MessageBody } from '#stage/message.ts';
import { board } from '#stage/presentation/board.ts';
import { chipsBoard, CHIPS_LISTED } from '#stage/presentation/chips-board.ts';
import { IN_GUILD } from './schema.ts';

const BOARDS = ['traders', 'chips'] as const;
type Board = (typeof BOARDS)[number];

export const leaderboard = defineCommand({
  schema: {
    ...IN_GUILD,
    name: 'leaderboard',
    options: [{ type: ApplicationCommandOptionType.String, name: 'board', choices: BOARDS }],
  },
  words: (texts) => texts.commands.leaderboard,
  audience: 'member',
  answers: 'public',
  run: (context, options) => shown(context, options.board ?? 'traders'),
  buttons: {
    board: (context, wanted) => shown(context, BOARDS.find((known) => known === wanted) ?? 'traders'),
  },
});

function shown({ show, wording }: CommandContext, which: Board): MessageBody {
  switch (which) {
    case 'traders':
      return board(show.board(), show.state.season, wording);
    case 'chips':
      return chipsBoard(show.audience.wallets(CHIPS_LISTED), wording);
    default:
      return which satisfies never;
  }
}

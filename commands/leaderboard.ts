import { defineCommand } from '#stage/command.ts';
import { board } from '#stage/presentation/board.ts';
import { IN_GUILD } from './schema.ts';

export const leaderboard = defineCommand({
  schema: {
    ...IN_GUILD,
    name: 'leaderboard',
    description: 'Who is rich, who is not, and what holding would have made',
  },
  audience: 'member',
  answers: 'public',
  run: ({ show, wording }) => board(show.board(), show.state.season, wording),
});

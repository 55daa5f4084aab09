import { defineCommand } from '#stage/command.ts';
import type { SetupResult } from '#stage/setup.ts';
import type { Texts } from '#stage/texts/index.ts';
import { FOR_PRODUCERS } from './schema.ts';

/** More lines than this would not fit a message. */
const LINES_MAX = 30;

export const setup = defineCommand({
  schema: {
    ...FOR_PRODUCERS,
    name: 'setup',
    description: 'Builds the channels of the show, and again whatever is missing',
  },
  audience: 'producer',
  answers: 'private',
  run: async ({ setUp, wording: { texts } }) => ({ content: describe(await setUp(), texts) }),
});

function describe(result: SetupResult, texts: Texts): string {
  if (!result.ok) return texts.setup.failed(result.problems.join('\n'));
  const { made, kept, problems } = result.report;
  const lines = [...problems.map(texts.setup.problem), ...made.map(texts.setup.made)];
  const more = lines.length > LINES_MAX ? ['…'] : [];
  return [texts.setup.ready(made.length, kept), ...lines.slice(0, LINES_MAX), ...more, texts.setup.next].join(
    '\n',
  );
}

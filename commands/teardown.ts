import { defineCommand } from '#stage/interactions/command.ts';
import { teardownPlan, teardownReport } from '#stage/presentation/answers/teardown.ts';
import { FOR_PRODUCERS } from './schema.ts';

/** Says what it would remove; the button under the answer does it. */
export const teardown = defineCommand({
  schema: { ...FOR_PRODUCERS, name: 'teardown' },
  words: (texts) => texts.commands.teardown,
  audience: 'producer',
  answers: 'private',
  run: async ({ guildContext, here, wording }) => teardownPlan(await guildContext.inspect(here), wording),
  buttons: {
    'tear-down': async ({ guildContext, member, wording, progress }) => {
      await progress({ content: wording.texts.teardown.removing });
      return teardownReport(await guildContext.tearDown(member, wording), wording);
    },
  },
});

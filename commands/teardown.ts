import { defineCommand } from '#stage/interactions/command.ts';
import { teardownPlan, teardownReport } from '#stage/presentation/answers/teardown.ts';
import { FOR_PRODUCERS } from './schema.ts';

/** Says what it would remove; the button under it does it. */
export const teardown = defineCommand({
  schema: { ...FOR_PRODUCERS, name: 'teardown' },
  words: (texts) => texts.commands.teardown,
  audience: 'producer',
  answers: 'private',
  run: async ({ house, here, wording }) => teardownPlan(await house.survey(here), wording),
  buttons: {
    'tear-down': async ({ house, member, wording, progress }) => {
      await progress({ content: wording.texts.teardown.removing });
      return teardownReport(await house.tearDown(member, wording), wording);
    },
  },
});

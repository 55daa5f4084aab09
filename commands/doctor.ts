import { defineCommand } from '#stage/interactions/command.ts';
import { diagnosis } from '#stage/presentation/answers/doctor.ts';
import { FOR_PRODUCERS } from './schema.ts';

export const doctor = defineCommand({
  schema: { ...FOR_PRODUCERS, name: 'doctor' },
  words: (texts) => texts.commands.doctor,
  audience: 'producer',
  answers: 'private',
  run: async ({ guildContext, here, show, wording }) =>
    diagnosis(await guildContext.inspect(here), show.status(), guildContext.language(), wording),
});

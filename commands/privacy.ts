import { defineCommand } from '#stage/interactions/command.ts';
import { privacyCard } from '#stage/presentation/answers/privacy.ts';
import { IN_GUILD } from './schema.ts';

export const privacy = defineCommand({
  schema: { ...IN_GUILD, name: 'privacy' },
  words: (texts) => texts.commands.privacy,
  audience: 'member',
  answers: 'private',
  run: ({ show, guildContext, member, wording }) =>
    privacyCard(show.dataOf(member), guildContext.bellAtMs() !== null, wording),
});

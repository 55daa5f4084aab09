import { defineCommand, type CommandContext } from '#stage/interactions/command.ts';
import type { MessageBody } from '#stage/presentation/message.ts';
import { deletionCard } from '#stage/presentation/answers/privacy.ts';
import { IN_GUILD } from './schema.ts';

export const deleteMyData = defineCommand({
  schema: { ...IN_GUILD, name: 'delete-my-data' },
  words: (texts) => texts.commands['delete-my-data'],
  audience: 'member',
  answers: 'private',
  run: ({ show, guildContext, member, wording }) =>
    deletionCard(show.dataOf(member), guildContext.bellAtMs() !== null, wording),
  buttons: { 'delete-data': (context) => deleted(context) },
});

function deleted({ show, member, wording: { texts } }: CommandContext): MessageBody {
  const forgotten = show.forget(member);
  return {
    content: forgotten.ok ? texts.privacy.deleted : texts.refusals.forget[forgotten.code](forgotten.facts),
  };
}

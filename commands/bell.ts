import { defineCommand, type CommandContext } from '#stage/interactions/command.ts';
import type { MessageBody } from '#stage/presentation/message.ts';
import { IN_GUILD } from './schema.ts';

export const bell = defineCommand({
  schema: {
    ...IN_GUILD,
    name: 'bell',
  },
  words: (texts) => texts.commands.bell,
  audience: 'member',
  answers: 'private',
  run: (context) => comeOrGo(context),
  buttons: { 'ping-me': (context) => comeOrGo(context) },
});

async function comeOrGo({ guildContext, member, wording }: CommandContext): Promise<MessageBody> {
  const { bell: texts, show } = wording.texts;
  const toggled = await guildContext.toggleBell(member);
  if (!toggled.ok) return { content: show.bell.refusals[toggled.code] };
  return { content: toggled.value ? texts.joined : texts.left };
}

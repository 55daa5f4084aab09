import { ApplicationCommandOptionType } from 'discord.js';
import { FILE_LIMITS } from '#core/casting/read.ts';
import { InputError } from '#lib/input-error.ts';
import type { Joined, Unreadable } from '#show/casting/casting.ts';
import { defineCommand, type CommandContext } from '#stage/interactions/command.ts';
import type { AttachedFile } from '#stage/interactions/attached-file.ts';
import {
  castCard,
  castChanged,
  castRefused,
  joinedWords,
  unreadable,
} from '#stage/presentation/answers/cast.ts';
import type { MessageBody } from '#stage/presentation/message.ts';
import { plainText } from '#stage/presentation/sanitise.ts';
import { suggestedTraders, traderOf } from '#stage/presentation/trader-option.ts';
import { FOR_PRODUCERS, TRADER_OPTION } from './schema.ts';

const { Subcommand, Attachment, String: Text } = ApplicationCommandOptionType;

export const cast = defineCommand({
  schema: {
    ...FOR_PRODUCERS,
    name: 'cast',
    options: [
      { type: Subcommand, name: 'list' },
      {
        type: Subcommand,
        name: 'add',
        options: [
          { type: Attachment, name: 'file' },
          { type: Text, name: 'persona', autocomplete: true, max_length: 32 },
          { type: Text, name: 'name', min_length: 2, max_length: 16 },
          { type: Text, name: 'title', max_length: 60 },
          { type: Text, name: 'emoji', max_length: 16 },
        ],
      },
      { type: Subcommand, name: 'remove', options: [TRADER_OPTION] },
    ],
  },
  words: (texts) => texts.cast.command,
  audience: 'producer',
  answers: 'private',
  run: (context, options) => {
    const { show, wording, member } = context;
    switch (options.subcommand) {
      case 'list':
        return castCard(show.casting.cast(), wording);
      case 'add':
        return add(context, options);
      case 'remove': {
        const { next } = show.casting.cast();
        const id = next.find(({ name }) => name.toLowerCase() === options.trader.toLowerCase())?.id;
        const left = show.casting.remove(id ?? traderOf(wording, options.trader), member);
        if (!left.ok) return castRefused(left, wording);
        return castChanged(wording.texts.cast.left(left.value.name), show.casting.cast(), wording);
      }
      default:
        return options satisfies never;
    }
  },
  suggest: ({ show }, typed, option) => {
    const { next, waiting } = show.casting.cast();
    return suggestedTraders(option === 'persona' ? waiting : next, typed);
  },
});

interface AddOptions {
  file: AttachedFile | null;
  persona: string | null;
  name: string | null;
  title: string | null;
  emoji: string | null;
}

async function add(context: CommandContext, options: AddOptions): Promise<MessageBody> {
  const { show, wording, member, guildContext } = context;
  const { file, persona } = options;
  const { texts } = wording;
  if ((file === null) === (persona === null)) return { content: texts.cast.fileOrPersona };
  if (persona !== null) {
    const wanted = persona.trim().toLowerCase();
    const { waiting } = show.casting.cast();
    const id = waiting.find((one) => one.id === wanted || one.name.toLowerCase() === wanted)?.id ?? wanted;
    return answer(context, show.casting.addShipped(id, member));
  }
  if (file === null) return { content: texts.cast.fileOrPersona };
  if (!/\.(?:json|png)$/iu.test(file.name))
    return unreadable({ ok: false, problem: 'neither_json_nor_png' }, wording);
  if (file.sizeBytes > FILE_LIMITS.pngBytes)
    return unreadable({ ok: false, problem: 'file_too_large' }, wording);
  let bytes: Uint8Array;
  try {
    bytes = await guildContext.download(file, FILE_LIMITS.pngBytes);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { content: texts.cast.notFetched };
  }
  const wishes = {
    name: options.name?.trim(),
    title: options.title === null ? undefined : plainText(options.title, 60),
    emoji: options.emoji?.trim(),
  };
  return answer(context, show.casting.addFile(bytes, wishes, member));
}

function answer(
  { show, wording }: CommandContext,
  joined: { ok: true; value: Joined } | Unreadable | Parameters<typeof castRefused>[0],
): MessageBody {
  if (!joined.ok) return 'code' in joined ? castRefused(joined, wording) : unreadable(joined, wording);
  return castChanged(joinedWords(joined.value, wording), show.casting.cast(), wording);
}

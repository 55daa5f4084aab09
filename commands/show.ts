import { ApplicationCommandOptionType } from 'discord.js';
import type { Result, RunRefusal, ShowStatus } from '#show/results.ts';
import { defineCommand, type CommandContext } from '#stage/command.ts';
import type { MessageBody } from '#stage/message.ts';
import { statusCard } from '#stage/presentation/status.ts';
import type { Wording } from '#stage/presentation/wording.ts';
import { redact } from '#stage/redact.ts';
import { plainText, shownText } from '#stage/sanitise.ts';
import { FOR_PRODUCERS } from './schema.ts';

/** Discord's limit for a choice's name. */
const CHOICE_MAX = 100;
const WHY_MAX = 300;
const { Subcommand, Integer, String: Text } = ApplicationCommandOptionType;

export const show = defineCommand({
  schema: {
    ...FOR_PRODUCERS,
    name: 'show',
    options: [
      { type: Subcommand, name: 'start' },
      { type: Subcommand, name: 'pause' },
      { type: Subcommand, name: 'resume' },
      { type: Subcommand, name: 'stop' },
      { type: Subcommand, name: 'status' },
      {
        type: Subcommand,
        name: 'pace',
        options: [
          {
            type: Integer,
            name: 'seconds',
            required: true,
            min_value: 3,
            max_value: 600,
          },
        ],
      },
      {
        type: Subcommand,
        name: 'model',
        options: [{ type: Text, name: 'name', required: true, autocomplete: true, max_length: 100 }],
      },
    ],
  },
  words: (texts) => texts.commands.show,
  audience: 'producer',
  answers: 'private',
  run: (context, options) => {
    const { show, wording, member } = context;
    const { texts, format } = wording;
    switch (options.subcommand) {
      case 'start':
        return answer(show.start(member), texts.show.started, wording);
      case 'pause':
        return answer(show.pause(member), texts.show.paused, wording);
      case 'resume':
        return answer(show.resume(member), texts.show.resumed, wording);
      case 'stop':
        return answer(show.stop(member), texts.show.stopped, wording);
      case 'status':
        return statusCard(show.status(), wording);
      case 'pace': {
        const pace = texts.show.seconds(format.count(options.seconds));
        return answer(show.setPace(options.seconds * 1_000, member), texts.show.paced(pace), wording);
      }
      case 'model':
        return changeModel(context, options.name);
      default:
        return options satisfies never;
    }
  },
  suggest: ({ show }, typed) => {
    const start = typed.trim().toLowerCase();
    return show
      .models()
      .filter(({ id, title }) => `${id} ${title}`.toLowerCase().includes(start))
      .map(({ id, title }) => ({ name: plainText(title, CHOICE_MAX), value: id }));
  },
});

/** Only what the catalog names: a producer in Discord must not open any other file of the machine. */
async function changeModel(
  { show, wording, member, progress }: CommandContext,
  name: string,
): Promise<MessageBody> {
  const { texts } = wording;
  const known = show.models();
  const model = known.find(({ id }) => id === name.trim());
  if (!model)
    return {
      content: known.length === 0 ? texts.refusals.model.model_is_fixed() : texts.refusals.unknownModel,
    };
  await progress({ content: texts.show.loading(shownText(model.title, CHOICE_MAX)) });
  const changed = await show.changeModel(model.id, member);
  if (changed.ok) return { ...statusCard(changed.value, wording), content: texts.show.modelChanged };
  const why = shownText(redact(String(changed.facts['why'] ?? '')), WHY_MAX);
  return { content: texts.refusals.model[changed.code](why) };
}

function answer(result: Result<ShowStatus, RunRefusal>, done: string, wording: Wording): MessageBody {
  if (!result.ok) return { content: wording.texts.refusals.run[result.code](result.facts) };
  return { ...statusCard(result.value, wording), content: done };
}

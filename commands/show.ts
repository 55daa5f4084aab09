import { ApplicationCommandOptionType } from 'discord.js';
import type { Result, RunRefusal, ShowStatus } from '#show/results.ts';
import { defineCommand } from '#stage/command.ts';
import type { MessageBody } from '#stage/message.ts';
import { statusCard } from '#stage/presentation/status.ts';
import type { Wording } from '#stage/presentation/wording.ts';
import { FOR_PRODUCERS } from './schema.ts';

const { Subcommand, Integer } = ApplicationCommandOptionType;

export const show = defineCommand({
  schema: {
    ...FOR_PRODUCERS,
    name: 'show',
    description: 'Runs the show',
    options: [
      { type: Subcommand, name: 'start', description: 'Begins, or goes on where it stopped' },
      { type: Subcommand, name: 'pause', description: 'Holds after the present round' },
      { type: Subcommand, name: 'resume', description: 'Goes on after a pause' },
      { type: Subcommand, name: 'stop', description: 'Ends for today' },
      { type: Subcommand, name: 'status', description: 'Where the show is and how it is doing' },
      {
        type: Subcommand,
        name: 'pace',
        description: 'How long a round takes',
        options: [
          {
            type: Integer,
            name: 'seconds',
            description: '3 to 600',
            required: true,
            min_value: 3,
            max_value: 600,
          },
        ],
      },
    ],
  },
  audience: 'producer',
  answers: 'private',
  run: ({ show, wording, member }, options) => {
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
      default:
        return options satisfies never;
    }
  },
});

function answer(result: Result<ShowStatus, RunRefusal>, done: string, wording: Wording): MessageBody {
  if (!result.ok) return { content: wording.texts.refusals.run[result.code](result.facts) };
  return { ...statusCard(result.value, wording), content: done };
}

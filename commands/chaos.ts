import { ApplicationCommandOptionType } from 'discord.js';
import { defineCommand, type CommandContext } from '#stage/interactions/command.ts';
import { relativeTime } from '#stage/presentation/format.ts';
import type { MessageBody } from '#stage/presentation/message.ts';
import { LINE_MAX } from '#stage/presentation/wording.ts';
import { withOwnStakes } from '#stage/presentation/answers/own-stakes.ts';
import { plainText } from '#stage/presentation/sanitise.ts';
import { FOR_PRODUCERS } from './schema.ts';

/** The show accepts this many characters; Discord enforces it while the producer types. */
const HEADLINE_MAX = 140;

export const chaos = defineCommand({
  schema: {
    ...FOR_PRODUCERS,
    name: 'chaos',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'headline',
        max_length: HEADLINE_MAX,
      },
    ],
  },
  words: (texts) => texts.commands.chaos,
  audience: 'producer',
  answers: 'private',
  run: (context, { headline }) => strike(context, headline),
  buttons: { 'chaos-now': (context) => strike(context, null) },
  forms: {
    chaos: {
      open: ({ wording: { texts } }) => {
        const { title, headline: label, hint, placeholder } = texts.panel.chaosForm;
        return {
          title,
          fields: [{ kind: 'text', name: 'headline', label, hint, placeholder, max: HEADLINE_MAX }],
        };
      },
      submit: (context, _, { headline = '' }) => strike(context, headline.trim() === '' ? null : headline),
    },
  },
});

/** Without a headline, one of the wire's. */
function strike({ show, wording, member }: CommandContext, headline: string | null): MessageBody {
  const { texts } = wording;
  // The cleaned text is stored, and the traders read it.
  const struck = show.strikeChaos(member, headline === null ? null : plainText(headline, HEADLINE_MAX));
  if (!struck.ok) {
    const why = texts.refusals.chaos[struck.code](struck.facts);
    const doorsMs = struck.code === 'market_shut' ? show.timetable.nextOpeningMs() : null;
    return { content: doorsMs === null ? why : `${why} ${texts.schedule.next(relativeTime(doorsMs))}` };
  }
  const said = texts.chaos.struck(wording.shown(wording.headline(struck.value.headline), LINE_MAX));
  const content = `${said}\n${texts.chaos.next(struck.value.nextAtRound)}`;
  return withOwnStakes({ content }, struck.value.ownStakes, wording);
}

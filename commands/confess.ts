import { ApplicationCommandOptionType, ButtonStyle, ComponentType } from 'discord.js';
import type { TraderId } from '#core/vocabulary.ts';
import type { TurnRecord } from '#show/ports.ts';
import type { Show } from '#show/show.ts';
import { defineCommand } from '#stage/command.ts';
import { customId } from '#stage/custom-id.ts';
import type { MessageBody } from '#stage/message.ts';
import { confession } from '#stage/presentation/confession.ts';
import type { Wording } from '#stage/presentation/wording.ts';
import { IN_GUILD } from './schema.ts';

/** How far the button looks back for an earlier turn. */
const LOOK_BACK_ROUNDS = 10;

export const confess = defineCommand({
  schema: {
    ...IN_GUILD,
    name: 'confess',
    description: 'Read what a trader was really thinking. Only you see it',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'trader',
        description: 'Whose thought',
        required: true,
        autocomplete: true,
        max_length: 32,
      },
      {
        type: ApplicationCommandOptionType.Integer,
        name: 'round',
        description: 'The thought of this round; the latest when left out',
        min_value: 1,
      },
    ],
  },
  audience: 'member',
  answers: 'private',
  run: ({ show, wording }, { trader, round }) => answer(show, wording, traderOf(wording, trader), round),
  suggest: ({ wording }, typed) => {
    const start = typed.trim().toLowerCase();
    return wording.content.cast
      .filter(({ name, id }) => name.toLowerCase().startsWith(start) || id.startsWith(start))
      .map(({ id, name, title, emoji }) => ({ name: `${emoji} ${name}, ${title}`, value: id }));
  },
  buttons: {
    'earlier-thought': ({ show, wording }, argument) => {
      const [trader = '', before = ''] = argument.split('/');
      const earlier = earlierRound(show, trader, Number(before));
      if (earlier === null) return { content: wording.texts.refusals.confess.no_such_round() };
      return answer(show, wording, trader, earlier);
    },
  },
});

function answer(show: Show, wording: Wording, trader: TraderId, round: number | null): MessageBody {
  const confessed = show.confess(trader, round);
  if (!confessed.ok) return { content: wording.texts.refusals.confess[confessed.code]() };
  return { ...confession(confessed.value, wording), components: [earlierButton(confessed.value, wording)] };
}

/** Typed by hand, a name is as good as an id. */
function traderOf(wording: Wording, typed: string): TraderId {
  const wanted = typed.trim().toLowerCase();
  return (
    wording.content.cast.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted)?.id ?? wanted
  );
}

function earlierRound(show: Show, trader: TraderId, before: number): number | null {
  if (!Number.isSafeInteger(before)) return null;
  for (let round = before - 1; round > 0 && round >= before - LOOK_BACK_ROUNDS; round--) {
    if (show.confess(trader, round).ok) return round;
  }
  return null;
}

function earlierButton({ trader, round }: TurnRecord, { texts }: Wording) {
  return {
    type: ComponentType.ActionRow as const,
    components: [
      {
        type: ComponentType.Button as const,
        style: ButtonStyle.Secondary as const,
        label: texts.confess.earlier,
        custom_id: customId('earlier-thought', `${trader}/${round}`),
      },
    ],
  };
}

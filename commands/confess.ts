import { ApplicationCommandOptionType } from 'discord.js';
import type { TraderId } from '#core/vocabulary.ts';
import type { TurnRecord } from '#show/ports/store.ts';
import type { Show } from '#show/show.ts';
import { defineCommand } from '#stage/interactions/command.ts';
import type { MessageBody } from '#stage/presentation/message.ts';
import { button, row } from '#stage/presentation/buttons.ts';
import { confession } from '#stage/presentation/answers/confession.ts';
import { suggestedTraders, traderOf } from '#stage/presentation/trader-option.ts';
import type { Wording } from '#stage/presentation/wording.ts';
import { IN_GUILD, TRADER_OPTION } from './schema.ts';

/** How many rounds the buttons look back or ahead for a turn: no trader pauses for longer. */
const LOOK_ROUNDS = 10;

export const confess = defineCommand({
  schema: {
    ...IN_GUILD,
    name: 'confess',
    options: [TRADER_OPTION, { type: ApplicationCommandOptionType.Integer, name: 'round', min_value: 1 }],
  },
  words: (texts) => texts.commands.confess,
  audience: 'member',
  answers: 'private',
  run: ({ show, wording }, { trader, round }) => answer(show, wording, traderOf(wording, trader), round),
  suggest: ({ wording }, typed) => suggestedTraders(wording.content.cast, typed),
  onMessage: {
    name: (texts) => texts.panel.confessOn,
    run: ({ show, wording, guildContext }, message) => {
      const line = guildContext.saidIn(message);
      return line === null
        ? { content: wording.texts.panel.notATrader }
        : answer(show, wording, line.trader, line.round);
    },
  },
  buttons: {
    confess: ({ show, wording }, trader) => answer(show, wording, trader, null),
    thought: ({ show, wording }, argument) => {
      const [trader = '', round = ''] = argument.split('/');
      return answer(show, wording, trader, Number(round));
    },
  },
});

function answer(show: Show, wording: Wording, trader: TraderId, round: number | null): MessageBody {
  const confessed = show.confess(trader, round);
  if (!confessed.ok) return { content: wording.texts.refusals.confess[confessed.code]() };
  return { ...confession(confessed.value, wording), components: pages(show, confessed.value, wording) };
}

function pages(show: Show, { trader, round }: TurnRecord, { texts }: Wording) {
  const near = Array.from({ length: LOOK_ROUNDS }, (_, index) => index + 1);
  const has = (at: number): boolean => at > 0 && at <= show.state.round && show.confess(trader, at).ok;
  const earlier = near.map((step) => round - step).find(has);
  const later = near.map((step) => round + step).find(has);
  const buttons = [
    ...(earlier === undefined ? [] : [button('thought', `${trader}/${earlier}`, texts.confess.earlier)]),
    ...(later === undefined ? [] : [button('thought', `${trader}/${later}`, texts.confess.later)]),
  ];
  return buttons.length === 0 ? [] : [row(...buttons)];
}

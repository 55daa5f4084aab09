import { ApplicationCommandOptionType } from 'discord.js';
import type { TraderId } from '#core/vocabulary.ts';
import type { TurnRecord } from '#show/ports/store.ts';
import type { Show } from '#show/show.ts';
import { defineCommand, type CommandContext } from '#stage/interactions/command.ts';
import type { MessageBody } from '#stage/presentation/message.ts';
import { button, row } from '#stage/presentation/buttons.ts';
import { handButtons } from '#stage/presentation/hand/hand.ts';
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
  run: (context, { trader, round }) => answer(context, traderOf(context.wording, trader), round),
  suggest: ({ wording }, typed) => suggestedTraders(wording.content.cast, typed),
  onMessage: {
    name: (texts) => texts.panel.confessOn,
    run: (context, message) => {
      const line = context.guildContext.saidIn(message);
      return line === null
        ? { content: context.wording.texts.panel.notATrader }
        : answer(context, line.trader, line.round);
    },
  },
  buttons: {
    confess: (context, trader) => answer(context, trader, null),
    thought: (context, argument) => {
      const [trader = '', round = ''] = argument.split('/');
      return answer(context, trader, Number(round));
    },
  },
});

function answer(
  { show, wording, member }: CommandContext,
  trader: TraderId,
  round: number | null,
): MessageBody {
  const confessed = show.confess(trader, round);
  if (!confessed.ok) return { content: wording.texts.refusals.confess[confessed.code]() };
  const { value } = confessed;
  if (value.round === show.state.round) show.hand.bluffs.peeked(member, trader);
  const missing = show.hand.missingFor(value.trader, value.round);
  return {
    ...confession(value, wording),
    components: [
      ...pages(show, value, wording),
      row(...handButtons(value.trader, value.round, missing.ok ? missing.value : null, wording)),
    ],
  };
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

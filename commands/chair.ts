import { defineCommand, type CommandContext } from '#stage/interactions/command.ts';
import { chairAnswer, lastChair } from '#stage/presentation/hand/chair.ts';
import type { MessageBody } from '#stage/presentation/message.ts';
import { suggestedTraders, traderOf } from '#stage/presentation/trader-option.ts';
import type { Chosen } from '#show/hand/chair.ts';
import { IN_GUILD, TRADER_OPTION } from './schema.ts';

export const chair = defineCommand({
  schema: { ...IN_GUILD, name: 'chair', options: [TRADER_OPTION] },
  words: (texts) => texts.chair.command,
  audience: 'member',
  answers: 'private',
  waitsForBell: ['chair-last'],
  run: (context, { trader }) => seat(context, traderOf(context.wording, trader)),
  suggest: ({ wording }, typed) => suggestedTraders(wording.content.cast, typed),
  menus: {
    'chair-trade': (context, turn, [trade = '']) => chosen(context, turn, { trade }),
    'chair-size': (context, turn, [size = '']) => chosen(context, turn, { size }),
    'chair-room': (context, turn, [location = '']) => chosen(context, turn, { location }),
  },
  buttons: {
    chair: (context, trader) => seat(context, trader),
    'chair-last': ({ show, wording, member }) => lastChair(show.hand.chair.lastJudged(member), wording),
    'chair-keep': ({ show, wording, member }, answer) => {
      show.hand.chair.agree(member, answer === 'yes');
      return { content: answer === 'yes' ? wording.texts.chair.agreed : wording.texts.chair.declined };
    },
  },
});

function seat({ show, wording, member }: CommandContext, trader: string): MessageBody {
  return chairAnswer(show.hand.chair.offer(member, trader), trader, wording);
}

function chosen({ show, wording, member }: CommandContext, turn: string, what: Chosen): MessageBody {
  const [trader = '', round = ''] = turn.split('/');
  return chairAnswer(show.hand.chair.choose(member, trader, Number(round), what), trader, wording);
}

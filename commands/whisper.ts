import { ApplicationCommandOptionType } from 'discord.js';
import { WHISPER_MAX } from '#core/betting/hand.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { BluffRefusal } from '#show/results.ts';
import { defineCommand, type CommandContext } from '#stage/interactions/command.ts';
import { aheadAnswer, bluffAnswer, bluffQuestion, bluffTooLate } from '#stage/presentation/hand/bluff.ts';
import { leakSums, pledgeAnswer, whisperAnswer, whisperForm } from '#stage/presentation/hand/hand.ts';
import { castAnswer } from '#stage/presentation/posts/votes.ts';
import type { MessageBody } from '#stage/presentation/message.ts';
import { plainText } from '#stage/presentation/sanitise.ts';
import { suggestedTraders, traderOf } from '#stage/presentation/trader-option.ts';
import { IN_GUILD, TRADER_OPTION } from './schema.ts';

/** A tip for a trader's ear; and, by buttons, the chips that have a thought read out, a vote, a guess at a bluff. */
export const whisper = defineCommand({
  schema: {
    ...IN_GUILD,
    name: 'whisper',
    options: [
      TRADER_OPTION,
      {
        type: ApplicationCommandOptionType.String,
        name: 'tip',
        required: true,
        max_length: WHISPER_MAX,
      },
    ],
  },
  words: (texts) => texts.hand.whisper.command,
  audience: 'member',
  answers: 'private',
  waitsForBell: ['pledge'],
  run: (context, { trader, tip }) => whispered(context, traderOf(context.wording, trader), tip),
  suggest: ({ wording }, typed) => suggestedTraders(wording.content.cast, typed),
  forms: {
    whisper: {
      open: ({ wording }, trader) => whisperForm(trader, wording),
      submit: (context, trader, { tip = '' }) => whispered(context, trader, tip),
    },
  },
  buttons: {
    bluff: (context, argument) => {
      const { show, wording, member } = context;
      const [trader, round] = thoughtOf(argument);
      const { bluffs } = show.hand;
      const called = bluffs.callOf(member, trader, round);
      const refusal = called ? null : bluffs.refusalOf(member, trader, round);
      if (refusal) return notThatLine(context, trader, refusal);
      const turn = show.confess(trader, round);
      if (!turn.ok) return { content: wording.texts.bluff.refusals.round_is_over() };
      return bluffQuestion(trader, round, turn.value.decision.speech, called, wording);
    },
    'bluff-call': (context, argument) => {
      const { show, wording, member } = context;
      const [trader, round, means] = thoughtOf(argument);
      const called = show.hand.bluffs.call(member, trader, round, means === 1);
      return called.ok ? bluffAnswer(called.value, wording) : notThatLine(context, trader, called.code);
    },
    'bluff-ahead': ({ show, wording, member }, argument) => {
      const [trader = '', means = ''] = argument.split('/');
      return aheadAnswer(show.hand.bluffs.callAhead(member, trader, means === '1'), wording);
    },
    vote: ({ show, wording, member }, argument) => {
      const [poolId = '', nth = '', choice = ''] = argument.split('/');
      const answer = choice === '1' ? 1 : 0;
      return castAnswer(show.hand.votes.cast(member, poolId, Number(nth), answer), answer, wording);
    },
    leak: ({ show, wording }, argument) => {
      const [trader, round] = thoughtOf(argument);
      const missing = show.hand.missingFor(trader, round);
      if (!missing.ok) return { content: wording.texts.hand.leak.refusals[missing.code](missing.facts) };
      return leakSums(trader, round, missing.value, wording);
    },
    pledge: ({ show, wording, member }, argument) => {
      const [trader, round, chips] = thoughtOf(argument);
      return pledgeAnswer(show.hand.pledge(member, trader, round, chips), trader, wording);
    },
  },
});

/** Who is too late for a line, or knows what came of it, may guess at the trader's next one. */
function notThatLine(
  { show, wording, member }: CommandContext,
  trader: TraderId,
  refusal: BluffRefusal,
): MessageBody {
  const isPlaying = show.state.traders[trader] !== undefined;
  return isPlaying && (refusal === 'round_is_over' || refusal === 'you_know')
    ? bluffTooLate(trader, refusal, show.hand.bluffs.openCallOf(member, trader), wording)
    : { content: wording.texts.bluff.refusals[refusal]() };
}

/** The cleaned text is stored, and the trader hears it. */
function whispered({ show, wording, member }: CommandContext, trader: TraderId, typed: string): MessageBody {
  const tip = plainText(typed, WHISPER_MAX);
  return whisperAnswer(show.hand.whisper(member, trader, tip), trader, tip, wording);
}

function thoughtOf(argument: string): [TraderId, number, number] {
  const [trader = '', round = '', chips = ''] = argument.split('/');
  return [trader, Number(round), Number(chips)];
}

import { ApplicationCommandOptionType } from 'discord.js';
import { STAKE_MIN } from '#core/betting/pools.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { Named } from '#show/audience/member-picks.ts';
import type { Placed } from '#show/audience/stakes.ts';
import type { Pool } from '#show/ports/chips.ts';
import type { Result, StakeRefusal } from '#show/results.ts';
import { defineCommand, type CommandContext } from '#stage/interactions/command.ts';
import { betAnswer, howMany } from '#stage/presentation/answers/bet.ts';
import type { MessageBody } from '#stage/presentation/message.ts';
import { suggestedTraders, traderOf } from '#stage/presentation/trader-option.ts';
import { IN_GUILD, TRADER_OPTION } from './schema.ts';

export const bet = defineCommand({
  schema: {
    ...IN_GUILD,
    name: 'bet',
    options: [
      TRADER_OPTION,
      { type: ApplicationCommandOptionType.Integer, name: 'amount', required: true, min_value: STAKE_MIN },
    ],
  },
  words: (texts) => texts.commands.bet,
  audience: 'member',
  answers: 'private',
  waitsForBell: true,
  run: (context, { trader, amount }) =>
    staked(context, {
      what: 'named',
      member: context.member,
      outcome: traderOf(context.wording, trader),
      chips: amount,
    }),
  suggest: ({ show, wording }, typed) => {
    const outcomes = show.audience.pool()?.outcomes ?? [];
    return suggestedTraders(
      wording.content.cast.filter(({ id }) => outcomes.includes(id)),
      typed,
    );
  },
  menus: { back: (context, poolId, [trader = '']) => sums(context, poolId, trader) },
  buttons: {
    bet: (context, argument) => {
      const [poolId = '', outcome = '', chips = ''] = argument.split('/');
      return inPool(context, poolId, () =>
        staked(context, { what: 'named', member: context.member, outcome, chips: Number(chips) }),
      );
    },
    double: (context, poolId) => double(context, poolId),
    margin: (context, argument) => {
      const [poolId = '', margin = ''] = argument.split('/');
      const { show, member } = context;
      return inPool(context, poolId, () => onTwin(context, show.audience.stakeOnTwin(member, margin)));
    },
    'take-back': (context, poolId) => inPool(context, poolId, () => takeBack(context)),
  },
});

/** What is under the message of a pool that is over does not bet in the next one. */
function inPool<T>(
  { show, wording }: CommandContext,
  poolId: string,
  act: (pool: Pool) => T,
): T | MessageBody {
  const pool = show.audience.pools.liveOne(poolId);
  return pool ? act(pool) : { content: wording.texts.stake.gone };
}

function double(context: CommandContext, poolId: string): MessageBody | Promise<MessageBody> {
  const { show, member } = context;
  return inPool(context, poolId, ({ about }) =>
    about === 'twin'
      ? onTwin(context, show.audience.double(member, about))
      : staked(context, { what: 'doubled', member }),
  );
}

function takeBack({ show: { audience }, member, wording }: CommandContext): MessageBody {
  const { texts, format } = wording;
  const { returned } = audience.unstakeOnTwin(member);
  return {
    content: returned > 0 ? texts.twin.takenBack(format.count(returned)) : texts.twin.nothingToTakeBack,
  };
}

function onTwin(context: CommandContext, placed: Result<Placed, StakeRefusal>): MessageBody {
  return told(context, placed, context.show.audience.pool('twin'));
}

function sums(context: CommandContext, poolId: string, outcome: TraderId): MessageBody {
  const { show, member, wording } = context;
  return inPool(context, poolId, () => {
    const purse = show.audience.purse(member);
    return howMany(poolId, outcome, purse, show.audience.mayBailOut(member), wording);
  });
}

async function staked(context: CommandContext, named: Named): Promise<MessageBody> {
  const placed = await context.guildContext.bet(named);
  return told(context, placed, context.show.audience.pool());
}

function told(
  { show, member, wording }: CommandContext,
  placed: Result<Placed, StakeRefusal>,
  pool: Pool | null,
): MessageBody {
  const { audience } = show;
  const returns = pool && placed.ok ? audience.pools.returnOf(pool, placed.value.stake) : 0;
  const aid = { bailout: audience.mayBailOut(member), next: show.nextPool() };
  return betAnswer(placed, returns, aid, wording);
}

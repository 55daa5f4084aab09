import { defineCommand, type CommandContext } from '#stage/interactions/command.ts';
import type { MessageBody } from '#stage/presentation/message.ts';
import { bailoutRefusal } from '#stage/presentation/answers/bailout.ts';
import { stakeAnswer, walletAnswer } from '#stage/presentation/answers/wallet.ts';
import { IN_GUILD } from './schema.ts';

export const wallet = defineCommand({
  schema: {
    ...IN_GUILD,
    name: 'wallet',
  },
  words: (texts) => texts.commands.wallet,
  audience: 'member',
  answers: 'private',
  waitsForBell: true,
  run: (context) => ownChips(context),
  buttons: {
    wallet: (context) => ownChips(context),
    'my-stake': (context, poolId) => myStake(context, poolId),
    bailout: (context, poolId) => bailOut(context, poolId),
  },
});

function ownChips({ show: { audience }, wording, member }: CommandContext): MessageBody {
  const own = {
    ...audience.wallet(member),
    record: audience.trackRecord(member),
    calibration: audience.calibration(member),
  };
  return walletAnswer(member, own, audience.mayBailOut(member), wording);
}

function myStake({ show: { audience }, wording, member }: CommandContext, poolId: string): MessageBody {
  const pool = audience.pools.liveOne(poolId);
  if (!pool) return { content: wording.texts.stake.gone };
  const stake = audience.stakeOf(member, pool.about);
  const returns = stake ? audience.pools.returnOf(pool, stake) : 0;
  const { chips } = audience.wallet(member);
  // An excluded member is not asked to place a stake.
  const held = stake ?? (audience.isExcluded(member) ? 'excluded' : null);
  return stakeAnswer(pool, held, returns, chips, audience.mayBailOut(member), wording);
}

/** The result, above what the member was looking at: the member's stake in this pool, or the wallet, as it is now. */
function bailOut(context: CommandContext, poolId: string): MessageBody {
  const { show, wording, member } = context;
  const given = show.bailOut(member);
  if (!given.ok) return { content: bailoutRefusal(given, wording) };
  const now = poolId === '' ? ownChips(context) : myStake(context, poolId);
  const said = wording.texts.bailout.given(wording.format.count(given.value.chips));
  return { ...now, content: now.content === undefined ? said : `${said}\n${now.content}` };
}

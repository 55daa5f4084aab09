import { defineCommand, type CommandContext } from '#stage/command.ts';
import type { MessageBody } from '#stage/message.ts';
import { stakeAnswer, walletAnswer } from '#stage/presentation/wallet.ts';
import { IN_GUILD } from './schema.ts';

export const wallet = defineCommand({
  schema: {
    ...IN_GUILD,
    name: 'wallet',
  },
  words: (texts) => texts.commands.wallet,
  audience: 'member',
  answers: 'private',
  run: ({ show, wording, member }) => walletAnswer(member, show.audience.wallet(member), wording),
  buttons: { 'my-stake': (context, poolId) => myStake(context, poolId) },
});

function myStake({ show, wording, member }: CommandContext, poolId: string): MessageBody {
  const { audience } = show;
  const pool = audience.pool();
  if (pool?.id !== poolId) return { content: wording.texts.stake.gone };
  const stake = audience.stakeOf(member);
  const odds = audience.odds(poolId).find((row) => row.outcome === stake?.outcome);
  return stakeAnswer(pool, stake, odds?.per100 ?? 0, audience.wallet(member).chips, wording);
}

/** A whole town bets within a minute: is every reaction taken, how soon, and is the ledger right to the chip? */
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { missingChips } from '#core/betting/ledger.ts';
import { HOUSE_CHIPS, REACTION_STAKE, WELCOME_CHIPS } from '#core/betting/pools.ts';
import { pixelPainter } from '#test/stage/rig.ts';
import { content } from '#test/support/floor.ts';
import { ms, showIn, stageIn, Town, type Figure } from './ground.ts';

const TAKEN_LIMIT_MS = 60_000;

export async function reactions(folder: string, members: number, seconds: number): Promise<Figure[]> {
  const town = await Town.open({ members, guilds: 1 });
  const stage = await stageIn(town.address, pixelPainter);
  const { show, store } = showIn(path.join(folder, 'reactions.sqlite'), {});
  const { audience } = show;
  const guildId = town.address.guildIds[0] ?? '';
  await stage.attach(guildId, show);
  await stage.setUp(guildId);
  await stage.drained(AbortSignal.timeout(30_000));
  const poolId = audience.pool()?.id ?? '';

  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const emoji = content.cast.map((persona) => persona.emoji);
  const { picks, reactions: made } = await town.react({ forMs: seconds * 1_000, emoji });
  const lastMs = performance.now();
  delay.disable();
  const wanted = new Map<string, string>();
  for (const [member, pick] of picks) {
    const outcome = content.cast.find((persona) => persona.emoji === pick)?.id;
    if (outcome !== undefined) wanted.set(member, outcome);
  }
  const wrong = (): number => {
    const standing = new Map(audience.stakes(poolId).map((stake) => [stake.member, stake.outcome]));
    return picks.filter(([member]) => standing.get(member) !== wanted.get(member)).length;
  };
  while (wrong() > 0 && performance.now() - lastMs < TAKEN_LIMIT_MS)
    await new Promise((resolve) => setTimeout(resolve, 50));
  const takenMs = performance.now() - lastMs;
  const lost = wrong();

  const pot = audience.stakes(poolId).reduce((sum, { chips }) => sum + chips, 0);
  const wallets = audience.wallets(members + 1).reduce((sum, wallet) => sum + wallet.chips, 0);
  const minted = members * WELCOME_CHIPS;
  const exact =
    audience.ledgerSum() === 0 &&
    missingChips(audience.books()) === 0 &&
    audience.books().minted === minted + HOUSE_CHIPS &&
    pot === wanted.size * REACTION_STAKE &&
    pot + wallets === minted;
  await stage.close();
  await town.close();
  store.close();
  const delayMs = Math.max(0, delay.percentile(99) / 1e6 - 1);
  return [
    {
      name: `members whose stake is wrong (of ${members}, ${made} reactions in ${seconds} s)`,
      value: String(lost),
      bar: '0',
      ok: lost === 0,
    },
    { name: 'taken after the last reaction', value: ms(takenMs), bar: '< 10,000 ms', ok: takenMs < 10_000 },
    {
      name: 'pot + wallets = chips minted',
      value: `${pot} + ${wallets} = ${pot + wallets}`,
      bar: String(minted),
      ok: exact,
    },
    { name: 'event-loop delay meanwhile, p99', value: ms(delayMs), bar: '< 50 ms', ok: delayMs < 50 },
  ];
}

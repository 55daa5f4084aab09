/** A member's own chips: private answers. */
import { walletOf, type Entry } from '#core/ledger.ts';
import type { Audience } from '#show/audience/audience.ts';
import type { Pool, Stake } from '#show/ports/chips.ts';
import type { MessageBody } from '../message.ts';
import { withBailout } from './bailout.ts';
import { relativeTime } from '../format.ts';
import type { Wording } from '../wording.ts';

type Bailout = ReturnType<Audience['mayBailOut']>;

const ENTRIES_SHOWN = 10;

export function walletAnswer(
  member: string,
  { chips, history }: { chips: number; history: readonly Entry[] },
  bailout: Bailout,
  wording: Wording,
): MessageBody {
  const { texts, format } = wording;
  const account = walletOf(member);
  const lines = history.slice(0, ENTRIES_SHOWN).map((entry) => {
    const moved = entry.legs
      .filter((leg) => leg.account === account)
      .reduce((sum, leg) => sum + leg.chips, 0);
    const gain = `${moved < 0 ? '−' : '+'}${format.count(Math.abs(moved))}`;
    return texts.wallet.entry(gain, texts.wallet.reasons[entry.reason], relativeTime(entry.atMs));
  });
  const description = [
    texts.wallet.balance(format.count(chips)),
    ...(lines.length === 0 ? [texts.wallet.empty] : lines.map((entry) => `-# ${entry}`)),
  ].join('\n');
  const embed = { title: texts.wallet.title, description, footer: { text: texts.pool.footer } };
  return withBailout({ embeds: [embed] }, bailout, null, wording);
}

export function stakeAnswer(
  pool: Pool,
  stake: Stake | 'excluded' | null,
  per100: number,
  chips: number,
  bailout: Bailout,
  wording: Wording,
): MessageBody {
  const { texts, format } = wording;
  const content = `${said()}\n${texts.stake.balance(format.count(chips))}`;
  return withBailout({ content }, bailout, pool.id, wording);

  function said(): string {
    if (stake === null)
      return pool.status === 'open' ? texts.stake.none(pool.episode) : texts.stake.tooLate(pool.episode);
    if (stake === 'excluded') return texts.refusals.stake.conflict_of_interest();
    const emoji = wording.persona(stake.outcome)?.emoji ?? '';
    return texts.stake.yours(
      format.count(stake.chips),
      emoji,
      wording.name(stake.outcome),
      format.count(per100),
    );
  }
}

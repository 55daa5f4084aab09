/** A member's own chips: private answers. */
import { skillBps, type Calibration, type TrackRecord } from '#core/betting/forecast.ts';
import { walletOf, type Entry } from '#core/betting/ledger.ts';
import type { Audience } from '#show/audience/audience.ts';
import type { Pool, Stake } from '#show/ports/chips.ts';
import type { MessageBody } from '../message.ts';
import { withBailout } from './bailout.ts';
import { outcomeNamed } from '../outcome.ts';
import { relativeTime } from '../format.ts';
import { tenth } from './member-boards.ts';
import type { Wording } from '../wording.ts';

type Bailout = ReturnType<Audience['mayBailOut']>;

const ENTRIES_SHOWN = 10;

/** Fewer forecasts in a tenth say nothing about the member. */
const CALIBRATION_FROM = 3;

/** One is no row. */
const STREAK_FROM = 2;

export interface OwnChips {
  chips: number;
  history: readonly Entry[];
  /** Null for a member without a settled stake. */
  record: TrackRecord | null;
  calibration: readonly Calibration[];
}

export function walletAnswer(
  member: string,
  { chips, history, record, calibration }: OwnChips,
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
    ...(record ? recordLines(record, calibration, wording) : []),
    ...(lines.length === 0 ? [texts.wallet.empty] : lines.map((entry) => `-# ${entry}`)),
  ].join('\n');
  const embed = { title: texts.wallet.title, description, footer: { text: texts.pool.footer } };
  return withBailout({ embeds: [embed] }, bailout, null, wording);
}

function recordLines(record: TrackRecord, calibration: readonly Calibration[], wording: Wording): string[] {
  const { texts, format } = wording;
  const { won, forecasts } = record;
  const sure = calibration
    .filter((each) => each.forecasts >= CALIBRATION_FROM)
    .map((each) => {
      const [from, to] = tenth(each, format);
      return texts.wallet.sure(from, to, format.count(each.won), format.count(each.forecasts));
    });
  return [
    `${texts.wallet.won(format.count(won), format.count(forecasts))} ${skillText(record, wording)}`,
    ...streakLines(record, wording),
    ...sure.map((line) => `-# ${line}`),
  ];
}

/** In whole percent: what rounds to none is as good. */
function skillText(record: TrackRecord, { texts: { wallet }, format }: Wording): string {
  const percent = Math.round(skillBps(record) / 100);
  const share = format.share(Math.abs(percent) * 100);
  if (percent === 0) return wallet.skill.even;
  return percent > 0 ? wallet.skill.better(share) : wallet.skill.worse(share);
}

/** Two pools settle at one bell, so that one won and one lost would each be a row at the same moment. */
function streakLines({ streak, bestStreak }: TrackRecord, { texts: { wallet }, format }: Wording): string[] {
  if (Math.abs(streak) < STREAK_FROM) return [];
  if (streak > 0) return [wallet.streak(format.count(streak), format.count(bestStreak))];
  return [wallet.dry(format.count(-streak), bestStreak < STREAK_FROM ? null : format.count(bestStreak))];
}

/** `returns`: chips that the stake would bring back as things stand. */
export function stakeAnswer(
  pool: Pool,
  stake: Stake | 'excluded' | null,
  returns: number,
  chips: number,
  bailout: Bailout,
  wording: Wording,
): MessageBody {
  const { texts, format } = wording;
  const content = `${said()}\n${texts.stake.balance(format.count(chips))}`;
  return withBailout({ content }, bailout, pool.id, wording);

  function said(): string {
    if (stake === null && pool.status === 'open')
      return pool.about === 'twin' ? texts.twin.none(pool.episode) : texts.stake.none(pool.episode);
    if (stake === null) return texts.stake.tooLate(pool.episode);
    if (stake === 'excluded') return texts.refusals.stake.conflict_of_interest();
    const { emoji, name } = outcomeNamed(stake.outcome, wording);
    return texts.stake.yours(format.count(stake.chips), emoji, name, format.count(returns));
  }
}

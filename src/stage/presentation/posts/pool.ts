/** A pool's message: the pot, each outcome's share and what 100 chips would return; later how it ended. */
import { ComponentType, type APIMessage } from 'discord.js';
import { REACTION_STAKE } from '#core/betting/pools.ts';
import type { Pool, PoolResult } from '#show/ports/chips.ts';
import type { OddsRow } from '#show/results.ts';
import { customId } from '../../interactions/custom-id.ts';
import type { MessageBody } from '../message.ts';
import { bailoutButton } from '../answers/bailout.ts';
import { button, emojiButton, menuRow, row } from '../buttons.ts';
import { mention } from '../mention.ts';
import { outcomeNamed } from '../outcome.ts';
import type { Wording } from '../wording.ts';

const GREEN = 0x2e8b57;
const SLATE = 0x3b4252;
const GOLD = 0xd4a017;
/** Payouts beyond this number are counted, not listed. */
const PAYOUTS_LISTED = 15;

/** Wins in a row that are told to everybody. */
const STREAK_TOLD = 3;

const MY_STAKE = 'my-stake';

/** The message of a live pool is recognised by its button. */
export function isOfPool({ components = [] }: APIMessage, poolId: string): boolean {
  const id = customId(MY_STAKE, poolId);
  return components.some(
    (each) =>
      each.type === ComponentType.ActionRow &&
      each.components.some((its) => 'custom_id' in its && its.custom_id === id),
  );
}

export interface PoolNotice {
  member: string;
  why: string;
  /** The member has no chips left and may have the bailout: its button is under the pool. */
  bailout: boolean;
}

/**
 * A pool that is open or locked. `notices` tell members for a while why their stakes were refused; with `calls` there is a button
 * for whoever wants to be pinged when the next one opens.
 */
export function livePool(
  pool: Pool,
  odds: readonly OddsRow[],
  notices: readonly PoolNotice[],
  wording: Wording,
  calls = false,
): MessageBody {
  const { texts } = wording;
  const open = pool.status === 'open';
  const twins = pool.about === 'twin';
  const buttons = [
    ...(notices.some(({ bailout }) => bailout) ? [bailoutButton(pool.id, wording)] : []),
    button(MY_STAKE, pool.id, texts.pool.myStake),
    ...(open ? [button('double', pool.id, texts.pool.double)] : []),
    ...(open && twins ? [button('take-back', pool.id, texts.twin.takeBack)] : []),
    ...(calls ? [button('ping-me', '', texts.bell.button)] : []),
  ];
  const said = [
    ...(open ? [twins ? texts.twin.open(REACTION_STAKE) : texts.pool.open(REACTION_STAKE)] : []),
    ...(open ? [] : [twins ? texts.twin.locked : texts.pool.locked]),
    ...(pool.houseChips > 0
      ? [(twins ? texts.twin : texts.pool).house(wording.format.count(pool.houseChips))]
      : []),
  ];
  return {
    ...(notices.length > 0 && { content: noticeLines(notices, wording).join('\n') }),
    embeds: [embed(pool, [...said, ...oddsLines(pool, odds, wording)], odds, open ? GREEN : SLATE, wording)],
    components: [
      ...(open ? [twins ? marginButtons(pool, wording) : traderMenu(pool, wording)] : []),
      row(...buttons),
    ],
  };
}

/** Whoever wants to stake another sum than a reaction does begins with the trader. */
function traderMenu(pool: Pool, wording: Wording) {
  const options = pool.outcomes.map((outcome) => {
    const emoji = wording.persona(outcome)?.emoji;
    return {
      label: wording.plain(wording.name(outcome), 100),
      value: outcome,
      ...(emoji !== undefined && { emoji: { name: emoji } }),
    };
  });
  return menuRow('back', pool.id, wording.texts.pool.back, options);
}

/** A button for each outcome: who presses stakes as much as a reaction does. */
function marginButtons(pool: Pool, wording: Wording) {
  return row(
    ...pool.outcomes.map((outcome) => {
      const { emoji, name } = outcomeNamed(outcome, wording);
      return emojiButton('margin', `${pool.id}/${outcome}`, { emoji, label: name });
    }),
  );
}

/** Members who were refused for the same reason share a line. */
function noticeLines(notices: readonly PoolNotice[], { texts }: Wording): string[] {
  const alike = Map.groupBy(notices, ({ why }) => why);
  return [...alike].map(([why, members]) => {
    const mentions = members.map(({ member }) => mention(member, texts)).join(', ');
    return `-# ${texts.pool.notice(mentions, why)}`;
  });
}

export function closedPool(
  pool: Pool,
  odds: readonly OddsRow[],
  result: PoolResult,
  wording: Wording,
): MessageBody {
  return {
    embeds: [embed(pool, resultLines(pool, odds, result, wording), odds, GOLD, wording)],
    components: [],
  };
}

function resultLines(pool: Pool, odds: readonly OddsRow[], result: PoolResult, wording: Wording): string[] {
  const { texts, format } = wording;
  if (result.status === 'refunded') {
    const { because } = result;
    if (because === 'nobody_staked') return [texts.pool.nobodyStaked];
    return [texts.pool.refunded(texts.pool.refundReasons[because])];
  }
  const winners = result.winners.map((winner) => outcomeNamed(winner, wording).name).join(', ');
  const winning = odds.filter((row) => result.winners.includes(row.outcome));
  const per100 = paidPer100(pool, odds, winning);
  const rows = winning.map((row) =>
    texts.pool.winnerRow({
      ...outcomeNamed(row.outcome, wording),
      chips: format.count(row.chips),
      per100: format.count(per100),
    }),
  );
  const listed = result.payouts
    .toSorted((a, b) => b.chips - a.chips)
    .slice(0, PAYOUTS_LISTED)
    .map(({ member, chips, streak }) =>
      texts.pool.payout(
        mention(member, texts),
        format.count(chips),
        streak >= STREAK_TOLD ? format.count(streak) : null,
      ),
    );
  const more = result.payouts.length - listed.length;
  const paid =
    listed.length === 0
      ? texts.pool.nobodyPaid
      : texts.pool.payouts(listed.join(', '), more > 0 ? format.count(more) : null);
  // Of what it gets only its own stakes come back; the rest members or the jackpot had put in.
  const staked = format.count(pool.houseChips * pool.outcomes.length);
  const house = result.toHouse > 0 ? [texts.pool.houseTook(staked, format.count(result.toHouse))] : [];
  const { leadBps } = result;
  const settled =
    leadBps === undefined ? texts.pool.settled(winners) : texts.twin.settled(format.change(leadBps));
  return [settled, ...rows, paid, ...house];
}

/** While stakes may be placed, what more chips would return; later what those return that lie there. */
function oddsLines(pool: Pool, odds: readonly OddsRow[], wording: Wording): string[] {
  const { texts, format } = wording;
  const returns = (row: OddsRow): string =>
    pool.status === 'open'
      ? texts.pool.moreReturn(format.count(row.per100))
      : texts.pool.stakedReturn(format.count(paidPer100(pool, odds, [row])));
  return odds.map((row) =>
    texts.pool.row({
      ...outcomeNamed(row.outcome, wording),
      chips: format.count(row.chips),
      share: format.share(row.shareBps),
      returns: returns(row),
      backers: format.count(row.backers),
    }),
  );
}

/** What 100 chips return that lie on these outcomes, if they win; 0 where none lie there. */
function paidPer100(pool: Pool, odds: readonly OddsRow[], winning: readonly OddsRow[]): number {
  const side = winning.reduce((sum, row) => sum + row.chips, 0);
  return side === 0 ? 0 : Math.floor((100 * potOf(pool, odds)) / side);
}

function potOf(pool: Pool, odds: readonly OddsRow[]): number {
  return odds.reduce((sum, row) => sum + row.chips, pool.seedChips);
}

function embed(
  pool: Pool,
  lines: readonly string[],
  odds: readonly OddsRow[],
  color: number,
  { texts, format }: Wording,
) {
  const pot = potOf(pool, odds);
  const potText =
    pool.seedChips > 0
      ? texts.pool.potWithJackpot(format.count(pot), format.count(pool.seedChips))
      : texts.pool.pot(format.count(pot));
  return {
    title: pool.about === 'twin' ? texts.twin.title(pool.episode) : texts.pool.title(pool.episode),
    description: [...lines, `**${potText}**`].join('\n'),
    footer: { text: texts.pool.footer },
    color,
  };
}

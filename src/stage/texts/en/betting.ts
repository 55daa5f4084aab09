/** Pools, stakes and chips, and the rules of the show. */
import type { RefundReason } from '#core/pools.ts';
import { counted } from './counted.ts';

export const betting = {
  chipsBoard: {
    title: 'Members by chips',
    row: (rank: number, mention: string, chips: string) =>
      `**${rank}.** ${mention} ${counted(chips, 'chip')}`,
    empty: 'Nobody has chips yet. React to a pool and you are the first.',
    traders: 'The traders',
  },

  pool: {
    title: (episode: number) => `Who gains most in episode ${episode}?`,
    open: (chips: number) =>
      `React with a trader's emoji to stake ${chips} chips. Take the reaction off before the opening bell and they are yours again. The last pick counts.`,
    locked: 'The bell has rung: no more stakes. Reactions from now on are not counted.',
    settled: (winners: string) => `**${winners}** gained most. Winners are paid.`,
    refunded: (why: string) => `All stakes were returned: ${why}.`,
    refundReasons: {
      cancelled: 'the pool was cancelled',
      nobody_staked: 'nobody placed one',
      nobody_backed_the_winner: 'nobody backed the winner',
      only_one_outcome_backed: 'only one trader was backed',
      message_deleted: 'this message or its reactions were deleted',
      episode_not_finished: 'the episode did not finish in time',
      bot_was_away: 'the show was off the air when the bell rang',
    } satisfies Record<RefundReason, string>,
    payouts: (list: string, more: string | null) =>
      `Paid: ${list}${more === null ? '' : ` and ${more} more`}`,
    payout: (mention: string, chips: string) => `${mention} ${chips}`,
    formerMember: 'a former member',
    nobodyPaid: 'Nobody had chips on it.',
    row: (row: {
      emoji: string;
      name: string;
      chips: string;
      share: string;
      per100: string;
      backers: string;
    }) =>
      `${row.emoji} **${row.name}** · ${row.chips} chips (${row.share}) · 100 return ${row.per100} · ${counted(row.backers, 'backer')}`,
    winnerRow: (row: { emoji: string; name: string; chips: string; per100: string }) =>
      `🥇 ${row.emoji} **${row.name}** · ${row.chips} chips backed it, 100 returned ${row.per100}`,
    pot: (chips: string) => `Pot: ${counted(chips, 'chip')}`,
    potWithJackpot: (chips: string, jackpot: string) =>
      `Pot: ${chips} chips, ${jackpot} of them from the jackpot`,
    footer: 'Play chips: no purchase, no transfer, no cash value, no prize.',
    myStake: 'My stake',
    notice: (mention: string, why: string) => `${mention}: ${why}`,
    standsWithoutReaction: (name: string) =>
      `Your stake on ${name} stands, though its reaction was just taken off. React again if you want to see it.`,
  },

  rules: {
    title: 'The rules of the show',
    lines: [
      '**Betting.** A pool opens at intermission: who gains most next episode? A reaction stakes 50 chips, or as many as you may stake if that is less. One stake per member; the last pick counts; taking the reaction off before the opening bell returns the stake.',
      '**Paying.** Winners share the whole pot in proportion to their stakes, rounded down; what rounding leaves goes to the jackpot of the next pool. Every doubtful case returns all stakes.',
      '**Chips.** Everybody begins with 1,000. A stake is at most a quarter of your chips. A member with none left gets 100, once a day, and everybody is told. No purchase, no transfer, no cash value, no prize.',
      '**Traders.** Each starts a season with $10,000. Every order costs 0.1 %, a desk $25 an episode. At $500 a trader is bankrupt and becomes the intern.',
      '**Ears.** A trader hears only who stands in the same room. Thoughts are private: `/confess` tells them to you alone.',
      '**Chaos.** Producers may break the news. Whoever does so in an episode may hold no stake in it.',
    ],
    commands: (gallery: string) =>
      `**Commands.** Discord accepts them only where you may write: in ${gallery}. Everywhere else press buttons, such as those under this card.`,
  },

  stake: {
    none: (episode: number) =>
      `You have no stake on episode ${episode} yet. React with a trader's emoji to place one.`,
    tooLate: (episode: number) =>
      `You have no stake on episode ${episode}, and its bell has rung. The next pool opens at intermission.`,
    yours: (chips: string, emoji: string, name: string, per100: string) =>
      `You staked **${chips}** chips on ${emoji} **${name}**. As it stands, 100 chips on it return ${per100}.`,
    balance: (chips: string) => `You hold **${chips}** chips that are not staked.`,
    gone: 'This pool is over. Your chips are in `/wallet`.',
  },

  bailout: {
    take: (chips: string) => `Bailout: ${chips} chips`,
    given: (chips: string) => `🤝 **${chips}** chips are yours. Everybody is told.`,
    told: (mention: string, chips: string) =>
      `🤝 ${mention} had no chips left and takes the bailout of the day, **${chips}** chips.`,
  },

  wallet: {
    title: 'Your chips',
    balance: (chips: string) => `You hold **${chips}** chips.`,
    entry: (gain: string, why: string, when: string) => `${gain} ${why} ${when}`,
    reasons: {
      welcome: 'welcome',
      bailout: 'bailout of the day',
      stake: 'staked',
      stake_returned: 'stake returned',
      payout: 'won',
      refund: 'pool returned',
      jackpot_added: 'jackpot',
      rounding_to_jackpot: 'rounding',
    },
    empty: 'Nothing has moved yet.',
  },
};

/** Pools, stakes and chips, and the rules of the show. */
import type { Margin } from '#core/betting/margin.ts';
import type { RefundReason } from '#core/betting/pools.ts';
import type { EntryReason } from '#core/betting/ledger.ts';
import { counted } from './counted.ts';

export const betting = {
  skillBoard: {
    title: 'Members by skill',
    row: (rank: number, mention: string, skill: string, won: string, forecasts: string) =>
      `**${rank}.** ${mention} ${skill} · ${won} of ${forecasts} right`,
    empty: (least: string) => `Nobody has bet in ${counted(least, 'pool')} yet: fewer are luck.`,
    about:
      'A stake is a forecast: alone with the house it would give its trader that share. Skill is how much better the forecasts were than to call all equally likely (Brier score).',
    button: 'By skill',
  },

  calibration: {
    title: 'How sure, how right',
    row: (from: string, to: string, right: string, won: string, forecasts: string) =>
      `${from} to ${to} sure: right ${right} (${won} of ${forecasts})`,
    empty: 'No pool has been settled yet.',
    about: 'All stakes of all members. Whoever is 40 % sure should be right four times in ten.',
    button: 'How sure, how right',
  },

  chipsBoard: {
    title: 'Members by chips',
    row: (rank: number, mention: string, chips: string) =>
      `**${rank}.** ${mention} ${counted(chips, 'chip')}`,
    empty: 'Nobody has chips yet. React to a pool and you are the first.',
    traders: 'The traders',
    button: 'By chips',
  },

  pool: {
    title: (episode: number) => `Who gains most in episode ${episode}?`,
    open: (chips: number) =>
      `React with a trader's emoji to stake ${chips} chips. Take the reaction off before the opening bell and they are yours again. The last pick counts. Whoever gains the most dollars between the bells wins.`,
    house: (chips: string) =>
      `The house backs every trader with ${counted(chips, 'chip')}, so every stake wins or loses.`,
    back: 'Stake another sum on…',
    double: 'Double',
    locked: 'The bell has rung: no more stakes. Reactions from now on are not counted.',
    settled: (winners: string) => `**${winners}** gained most.`,
    refunded: (why: string) => `All stakes were returned: ${why}.`,
    nobodyStaked: 'Nobody placed a stake.',
    refundReasons: {
      cancelled: 'the pool was cancelled',
      nobody_backed_the_winner: 'nobody backed the winner',
      only_one_outcome_backed: 'only one trader was backed',
      message_deleted: 'this message or its reactions were deleted',
      episode_not_finished: 'the episode did not finish in time',
      bot_was_away: 'the show was off the air when the bell rang',
      no_twin: 'what the twins would have made could not be worked out',
    } satisfies Record<Exclude<RefundReason, 'nobody_staked'>, string>,
    payouts: (list: string, more: string | null) =>
      `Paid: ${list}${more === null ? '' : ` and ${more} more`}`,
    payout: (mention: string, chips: string, streak: string | null) =>
      `${mention} ${chips}${streak === null ? '' : ` (🔥 ${streak} in a row)`}`,
    houseTook: (staked: string, chips: string) =>
      `The house had put in ${counted(staked, 'chip')} and takes ${chips}.`,
    formerMember: 'a former member',
    nobodyPaid: 'No member had chips on it, so nobody is paid.',
    row: (row: {
      emoji: string;
      name: string;
      chips: string;
      share: string;
      returns: string;
      backers: string;
    }) =>
      `${row.emoji} **${row.name}** · ${counted(row.chips, 'chip')} (${row.share}) · ${row.returns} · ${counted(row.backers, 'backer')}`,
    moreReturn: (per100: string) => `100 more return ${per100}`,
    stakedReturn: (per100: string) => `100 return ${per100}`,
    winnerRow: (row: { emoji: string; name: string; chips: string; per100: string }) =>
      `🥇 ${row.emoji} **${row.name}** · ${counted(row.chips, 'chip')} backed it, 100 returned ${row.per100}`,
    pot: (chips: string) => `Pot: ${counted(chips, 'chip')}`,
    potWithJackpot: (chips: string, jackpot: string) =>
      `Pot: ${counted(chips, 'chip')}, ${jackpot} of them from the jackpot`,
    footer: 'Play chips: no purchase, no transfer, no cash value, no prize.',
    myStake: 'My stake',
    notice: (mention: string, why: string) => `${mention}: ${why}`,
    standsWithoutReaction: (name: string) =>
      `Your stake on ${name} stands, though its reaction was just taken off. React again if you want to see it.`,
  },

  twin: {
    title: (episode: number) => `Episode ${episode}: by how much do they beat their twins?`,
    open: (chips: number) =>
      `At the closing bell the same episode is played once more, with the same luck and news, but a plain script sits in every chair: the twins. Who makes more together, and by how much? A button stakes ${chips} chips, another one moves them.`,
    house: (chips: string) => `The house backs every answer with ${counted(chips, 'chip')}.`,
    locked: 'The bell has rung: no more stakes.',
    margins: {
      'twin:far': (far: string) => `Twins, by ${far} or more`,
      'twin:near': (far: string) => `Twins, by less than ${far}`,
      'floor:near': (far: string) => `Traders, by less than ${far}`,
      'floor:far': (far: string) => `Traders, by ${far} or more`,
    } satisfies Record<Margin, (far: string) => string>,
    settled: (lead: string) => `Against their twins the traders made **${lead}**.`,
    none: (episode: number) =>
      `You have no stake on the twins of episode ${episode} yet. The buttons above place one.`,
    takeBack: 'Take back',
    takenBack: (chips: string) => `Your ${counted(chips, 'chip is', 'chips are')} back.`,
    nothingToTakeBack: 'You have no stake here that could be taken back.',
  },

  rules: {
    title: 'The rules of the show',
    lines: [
      '**Betting.** A pool opens at intermission: who gains most next episode? A reaction stakes 50 chips, or as many as you may stake if that is less; `/bet` or the menu under the pool stakes another sum, a button doubles it. One stake per member; what you did last counts; taking the reaction off before the opening bell returns the stake. Where a model plays, a second pool asks by how much the traders beat their twins: the same episode with a plain script in every chair.',
      '**Paying.** The house backs every answer with 50 chips of its own, so nobody bets alone. Winners, the house among them, share the whole pot in proportion to their stakes, rounded down; what rounding leaves goes to the jackpot of the next pool. Every doubtful case returns all stakes.',
      '**Chips.** Everybody begins with 1,000. A stake is at most a quarter of your chips, though ten are always allowed. A member with none left gets 100, once a day, and everybody is told. No purchase, no transfer, no cash value, no prize.',
      '**Traders.** Each starts a season with $10,000. Every order costs 0.1 %, a desk $25 an episode. At $500 a trader is bankrupt and becomes the intern; after one whole episode at the latest the VC office lends $5,000, and a \\* marks the trader for the season.',
      '**Ears.** A trader hears only who stands in the same room. Thoughts are private: `/confess` tells them to you alone.',
      "**Your hand.** Once an episode, `/whisper` puts a tip into a trader's ear for 100 chips. Under a confession members put chips together, and at 300 the thought is read out in the room. What was not heard or not read out by the closing bell returns; the rest goes to the jackpot. At intermission members vote on a loan for who is bankrupt and on the first headline. “Bluff?” under a line: does the trader do what it says? Once the tape has told, the guess is for the next promise. `/chair` shows what a trader saw and lets you choose in its place: the bell says who did better.",
      '**Chaos.** Producers may break the news. Whoever does so in an episode may place no stake on it: an open one returns, a locked one can only be lost.',
    ],
    commands: (gallery: string) =>
      `**Commands.** Discord accepts them only where you may write: in ${gallery}. Everywhere else press buttons, such as those under this card.`,
  },

  bet: {
    howMany: (emoji: string, name: string, own: string, most: string) =>
      `How many chips on ${emoji} **${name}**? You hold ${own}, and a stake is at most ${most}.`,
    chips: (chips: string) => counted(chips, 'chip'),
    most: (chips: string) => `All you may: ${chips}`,
    returned: (chips: string, name: string) =>
      `Your ${counted(chips, `chip on ${name} is`, `chips on ${name} are`)} back.`,
  },

  stake: {
    none: (episode: number) =>
      `You have no stake on episode ${episode} yet. React with a trader's emoji, or take the menu under the pool.`,
    tooLate: (episode: number) =>
      `You have no stake on episode ${episode}, and its bell has rung. The next pool opens before the next episode.`,
    yours: (chips: string, emoji: string, name: string, returns: string) =>
      `You staked ${counted(`**${chips}**`, 'chip')} on ${emoji} **${name}**. As it stands, that returns ${counted(returns, 'chip')} if the pick wins.`,
    balance: (chips: string) =>
      `You hold ${counted(`**${chips}**`, 'chip that is', 'chips that are')} not staked.`,
    gone: 'This pool is over. Your chips are in `/wallet`.',
  },

  bailout: {
    take: (chips: string) => `Bailout: ${chips} chips`,
    given: (chips: string) => `🤝 **${chips}** chips are yours. Everybody is told.`,
    told: (mention: string, chips: string) =>
      `🤝 ${mention} had no chips left and takes the bailout of the day, **${chips}** chips.`,
  },

  bell: {
    called: (role: string, episode: number) =>
      `🔔 ${role} Bets are open on episode ${episode}: who gains most? The opening bell ends them.`,
    button: '🔔 Ping me',
    joined: 'You are pinged when bets open, never twice within twelve hours. `/bell` again ends it.',
    left: 'You are not pinged any more.',
  },

  /** The next opening among the server's events. */
  opening: {
    name: 'Open Outcry: the market opens',
    about: (episodes: string, floor: string | null) =>
      `${counted(episodes, 'episode')} of traders who think aloud, lie and lose it all${floor === null ? '' : `, in ${floor}`}. Play chips only: stake before the bell.`,
  },

  wallet: {
    title: 'Your chips',
    balance: (chips: string) => `You hold ${counted(`**${chips}**`, 'chip')}.`,
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
      house_minted: 'the house opened',
      house_backs: 'the house backed',
      house_won: 'the house won',
      whisper: 'whispered',
      whisper_heard: 'the tip was heard',
      whisper_returned: 'nobody heard the tip',
      pledge: 'put in for a thought',
      pledge_returned: 'not enough for the thought',
      leak_paid: 'a thought was read out',
    } satisfies Record<EntryReason, string>,
    won: (won: string, pools: string) => `You won ${won} of ${counted(pools, 'pool')}.`,
    skill: {
      better: (share: string) => `Your forecasts were ${share} better than calling all equally likely.`,
      worse: (share: string) => `Your forecasts were ${share} worse than calling all equally likely.`,
      even: 'Your forecasts were as good as calling all equally likely.',
    },
    streak: (count: string, best: string) => `🔥 ${count} won in a row, ${best} at best.`,
    dry: (count: string, best: string | null) =>
      `🧊 ${count} lost in a row${best === null ? '' : `; ${best} won in a row at best`}.`,
    sure: (from: string, to: string, right: string, times: string) =>
      `${from} to ${to} sure: right ${right} of ${times} times`,
    empty: 'Nothing has moved yet.',
  },
};

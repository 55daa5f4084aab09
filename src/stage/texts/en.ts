/**
 * Every English text of the stage. A second language is a second file of the same shape. What is passed in is already
 * safe to show: names are data, lines and headlines went through the sanitiser, numbers through the formatter.
 */
import type { RefundReason } from '#core/pools.ts';
import type { AwardId } from '#show/ports.ts';
import type { Instrument, Refusal, Size } from '#core/vocabulary.ts';
import type { ForgetRefusal } from '#show/forgetting.ts';
import type { SettingsRefusal } from '#show/settings.ts';
import type {
  BailoutRefusal,
  ChaosRefusal,
  ConfessRefusal,
  ModelRefusal,
  RunRefusal,
  StakeRefusal,
} from '#show/results.ts';

type Facts = Record<string, string | number>;

/** `1 trade`, `12 trades`; `count` is formatted already. */
const counted = (count: string | number, one: string, many = `${one}s`): string =>
  `${count} ${String(count) === '1' ? one : many}`;

export const en = {
  locale: 'en',
  languages: { en: 'English', de: 'Deutsch' },

  /** Descriptions are at most 100 characters, names of options and choices 32 and 100. */
  commands: {
    help: { description: 'What this show is and what you can do here' },
    floor: { description: 'The office as it is right now. Only you see it' },
    market: { description: 'Prices and where they came from. Only you see it' },
    leaderboard: {
      description: 'Who is rich and who is not',
      options: {
        board: {
          name: 'board',
          description: 'Whose money; the traders when left out',
          choices: { traders: 'Traders, by equity', chips: 'Members, by chips' },
        },
      },
    },
    confess: {
      description: 'Read what a trader was really thinking. Only you see it',
      options: {
        trader: { name: 'trader', description: 'Whose thought' },
        round: { name: 'round', description: 'The thought of this round; the latest when left out' },
      },
    },
    wallet: { description: 'Your chips, your stake and what moved lately. Only you see it' },
    privacy: { description: 'What is stored about you' },
    'delete-my-data': { description: 'Takes you out of everything that is stored' },
    setup: {
      description: 'Shows what would be built or mended; a button builds it',
      options: {
        'producer-role': { name: 'producer-role', description: 'Members with this role are producers, too' },
        language: {
          name: 'language',
          description: 'What the show speaks in its channels',
          choices: { en: 'English', de: 'Deutsch' },
        },
      },
    },
    doctor: { description: 'Finds what is missing or not allowed, and says how to mend it' },
    show: {
      description: 'Runs the show',
      subcommands: {
        start: { description: 'Begins, or goes on where it stopped' },
        pause: { description: 'Holds after the present round' },
        resume: { description: 'Goes on after a pause' },
        stop: { description: 'Ends for today' },
        status: { description: 'Where the show is and how it is doing' },
        pace: {
          description: 'How long a round takes',
          options: { seconds: { name: 'seconds', description: '3 to 600' } },
        },
        model: {
          description: 'Changes the language model that thinks for the traders',
          options: { name: { name: 'name', description: 'Pick one from the list' } },
        },
        schedule: {
          description: 'When the show plays and how long a season is; tells what is set when all is left out',
          options: {
            plays: {
              name: 'plays',
              description: 'Round the clock, or at the times that you name',
              choices: { continuous: 'Round the clock', appointment: 'By appointment' },
            },
            at: { name: 'at', description: 'Opening times by appointment: 20:00, or 18:00 22:30' },
            days: {
              name: 'days',
              description: 'On which days it opens',
              choices: { daily: 'Every day', weekdays: 'Monday to Friday', weekend: 'Saturday and Sunday' },
            },
            episodes: { name: 'episodes', description: 'Episodes at each opening' },
            'time-zone': { name: 'time-zone', description: 'As Europe/Berlin; type a city' },
            'season-days': {
              name: 'season-days',
              description: 'A season ends after so many days; 0 for never',
            },
            'season-episodes': {
              name: 'season-episodes',
              description: 'A season ends after so many episodes; 0 for never',
            },
          },
        },
        quiet: {
          description: 'Hours without posts; the show goes on. The same hour twice takes them back',
          options: {
            from: { name: 'from', description: 'From this hour of the day, 0 to 23' },
            to: { name: 'to', description: 'Until this hour of the day, 0 to 23' },
          },
        },
      },
    },
    chaos: {
      description: 'Breaks a catastrophic headline and crashes the market',
      options: {
        headline: {
          name: 'headline',
          description: 'Your own words; a ready-made catastrophe when left out',
        },
      },
    },
    teardown: { description: 'Shows what would be removed; a button removes it' },
  },

  instruments: { Tech: 'Tech', Crypto: 'Crypto', Bonds: 'Bonds' } satisfies Record<Instrument, string>,
  /** As Discord calls them in its settings. */
  permissions: {
    ViewChannel: 'View Channels',
    SendMessages: 'Send Messages',
    EmbedLinks: 'Embed Links',
    AttachFiles: 'Attach Files',
    ReadMessageHistory: 'Read Message History',
    AddReactions: 'Add Reactions',
    ManageWebhooks: 'Manage Webhooks',
    ManageChannels: 'Manage Channels',
    PinMessages: 'Pin Messages',
    ManageMessages: 'Manage Messages',
  },

  category: 'Open Outcry',
  places: {
    floor: { name: 'the-floor', topic: 'The office from above, and who leads.' },
    tape: { name: 'the-tape', topic: 'News, prices, fills, compliance, obituaries.' },
    betting: { name: 'betting-window', topic: 'Back a trader with a reaction. Play chips only.' },
    'green-room': { name: 'green-room', topic: 'Producers only: press the buttons here.' },
  },

  room: {
    leaves: (name: string, room: string) => `${name} leaves for the ${room}.`,
    walksIn: (name: string, room: string) => `${name} walks in from the ${room}.`,
    fumbled: (name: string) => `${name} stares into space.`,
    leaked: (name: string, thought: string) =>
      `📢 A private thought of **${name}** is read out: “${thought}”`,
  },

  tape: {
    headline: (text: string) => `📰 **${text}**`,
    prices: (prices: string) => `-# ${prices}`,
    price: (instrument: string, price: string, change: string, arrow: string) =>
      `${instrument} ${price} ${arrow} ${change}`,
    deal: (name: string, size: string, instrument: string, fills: string) =>
      `💼 **${name}** rotates ${size} into ${instrument}: ${fills}`,
    sizes: { Small: 'a small part', Half: 'half', AllIn: 'everything' } satisfies Record<Size, string>,
    bought: (qty: string, instrument: string, price: string) => `buys ${qty} ${instrument} @ ${price}`,
    sold: (qty: string, instrument: string, price: string) => `sells ${qty} ${instrument} @ ${price}`,
    and: ', ',
    forced: (name: string, fills: string) => `🧯 **${name}**, by order of the margin desk, ${fills}`,
    compliance: (name: string, why: string) => `🚫 Compliance blocked **${name}**: ${why}.`,
    refusals: {
      market_shut: 'the market is shut',
      intern_cannot_trade: 'interns cannot trade',
      no_buying_power: 'no buying power left',
      below_one_cent: 'the order is worth less than a cent',
      no_such_room: 'there is no such room',
      room_full: 'that room is full',
    } satisfies Record<Refusal, string>,
    marginCall: (name: string, equity: string, exposure: string) =>
      `⚠️ Margin call for **${name}**: ${equity} holds up ${exposure}. Positions are cut.`,
    liquidated: (name: string, equity: string) =>
      `🪓 **${name}** is sold out by the margin desk. ${equity} left.`,
    obituaryTitle: (name: string) => `🪦 ${name} is bankrupt`,
    obituaryFooter: (equity: string) =>
      `${equity} left. The desk is cleared; from now on it is coffee and copies.`,
    bailedOut: (name: string, loan: string) =>
      `🤝 **${name}** is bailed out with a loan of ${loan}, and is marked * this season.`,
    chaosTitle: '⚡ Chaos',
    seasonOpened: (season: number) => `🏁 Season ${season} opens. Everybody starts from the same cash.`,
    seasonClosedTitle: (season: number) => `🏆 Season ${season} is over`,
    episodeOpenedTitle: (episode: number) => `🔔 Opening bell: episode ${episode}`,
    episodeOpened: (rounds: number) => `${rounds} rounds to the closing bell.`,
    episodeClosedTitle: (episode: number) => `🔔 Closing bell: episode ${episode}`,
    intermission: (rounds: number) =>
      `☕ Intermission. The market is shut for ${rounds} rounds, and the betting window is open.`,
    standing: (rank: number, emoji: string, name: string, equity: string, gain: string) =>
      `${rank}. ${emoji} **${name}** ${equity} (${gain})`,
  },

  withheld: '[withheld by Compliance]',

  signalLost: {
    title: '📡 Signal lost',
    body: (lines: string, from: string, to: string) =>
      `${counted(lines, 'line')} between ${from} and ${to} could not be shown in time. The show went on; this is where it is now.`,
  },

  quietHours: {
    title: '🌙 Quiet hours',
    body: (lines: string, from: string, to: string) =>
      `${counted(lines, 'line')} between ${from} and ${to} stayed unshown. The show went on; this is where it is now.`,
  },

  floor: {
    caption: (season: number, episode: number, round: number) =>
      `-# Season ${season} · episode ${episode} · round ${round}`,
    alt: (round: number, rooms: string, board: string) => `The office in round ${round}. ${rooms} ${board}`,
    roomAlt: (room: string, names: string) => `${room}: ${names}.`,
    nobody: 'nobody',
    price: (instrument: string, price: string, change: string) => `${instrument} ${price} (${change})`,
    textTitle: (round: number) => `The floor, round ${round}`,
    textFooter: 'The picture could not be drawn this time.',
  },

  /** Alt texts of cards and charts; `lines` are sentences made below. */
  cards: {
    prices: (from: number, to: number, lines: string) =>
      `Chart of prices from round ${from} to ${to}. ${lines}`,
    equity: (season: number, lines: string) => `Chart of everybody's equity in season ${season}. ${lines}`,
    recap: (episode: number, lines: string) => `Recap of episode ${episode} with a chart of equity. ${lines}`,
    awards: (season: number, lines: string) => `The awards of season ${season}. ${lines}`,
    trader: (name: string, title: string, lines: string) => `Card of ${name}, ${title}. ${lines}`,
    moved: (name: string, value: string, change: string) => `${name} at ${value} (${change}).`,
    gained: (name: string, value: string, change: string) => `${name} made ${value} (${change}).`,
    chaos: (rounds: string) => `Chaos in round ${rounds}.`,
    bankrupt: (name: string, rounds: string) => `${name} went bankrupt in round ${rounds}.`,
    best: (name: string, what: string, gain: string) => `Best deal: ${name}, ${what}, ${gain}.`,
    worst: (name: string, what: string, gain: string) => `Worst deal: ${name}, ${what}, ${gain}.`,
    award: (award: string, name: string, value: string) => `${award}: ${name} with ${value}.`,
    awardNames: {
      most_money: 'Most money',
      deepest_fall: 'Deepest fall',
      most_trades: 'Most trades',
      longest_streak: 'Most episodes won in a row',
      most_talkative: 'Most words spoken',
      most_hypocritical: 'Said one thing, bought another',
    } satisfies Record<AwardId, string>,
    hidden: 'The last thought is blacked out.',
  },

  board: {
    title: (season: number) => `Leaderboard · season ${season}`,
    row: (row: {
      rank: number;
      emoji: string;
      name: string;
      equity: string;
      gain: string;
      episode: string;
      drawdown: string;
      trades: string;
    }) =>
      `**${row.rank}.** ${row.emoji} **${row.name}** ${row.equity} (${row.gain})\n` +
      `-# this episode ${row.episode} · deepest fall ${row.drawdown} · ${counted(row.trades, 'trade')}`,
    intern: ' · intern',
    bailedOut: '\\*',
    yardsticks: (hold: string, best: string) => `Buy and hold ${hold} · best choice in hindsight ${best}`,
    empty: 'Nobody has a book yet.',
    chips: 'Members by chips',
  },

  chipsBoard: {
    title: 'Members by chips',
    row: (rank: number, mention: string, chips: string) =>
      `**${rank}.** ${mention} ${counted(chips, 'chip')}`,
    empty: 'Nobody has chips yet. React to a pool and you are the first.',
    traders: 'The traders',
  },

  market: {
    open: (episode: number) => `The market · episode ${episode}`,
    shut: 'The market is shut',
    row: (row: { instrument: string; price: string; arrow: string; episode: string; round: string }) =>
      `**${row.instrument}** ${row.price} ${row.arrow} ${row.episode} this episode, ${row.round} this round`,
    footer: (round: number) => `Round ${round}. What drives it is for you to guess.`,
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
  },

  rules: {
    title: 'The rules of the show',
    lines: [
      '**Betting.** A pool opens at intermission: who gains most next episode? A reaction stakes 50 chips, or less if that is more than you may. One stake a member; the last pick counts; taking the reaction off before the opening bell returns it.',
      '**Paying.** Winners share the whole pot in proportion to their stakes, rounded down; what rounding leaves goes to the jackpot of the next pool. Every doubtful case returns all stakes.',
      '**Chips.** Everybody begins with 1,000. A stake is at most a quarter of your chips. Who has none left gets 100, once a day, and everybody is told. No purchase, no transfer, no cash value, no prize.',
      '**Traders.** Each starts a season with $10,000. Every order costs 0.1 %, a desk $25 an episode. At $500 a trader is bankrupt and becomes the intern.',
      '**Ears.** A trader hears only who stands in the same room. Thoughts are private: `/confess` tells them to you alone.',
      '**Chaos.** Producers may break the news. Whoever does so in an episode holds no stake in it.',
    ],
  },

  stake: {
    none: (episode: number) =>
      `You have no stake on episode ${episode} yet. React with a trader's emoji to place one.`,
    yours: (chips: string, emoji: string, name: string, per100: string) =>
      `You staked **${chips}** chips on ${emoji} **${name}**. As it stands, 100 chips on it return ${per100}.`,
    balance: (chips: string) => `You hold **${chips}** chips beside it.`,
    gone: 'This pool is over. Your chips are in `/wallet`.',
  },

  bailout: {
    take: (chips: string) => `Bailout: ${chips} chips`,
    given: (chips: string) => `🤝 **${chips}** chips are yours. Everybody is told.`,
    told: (mention: string, chips: string) =>
      `🤝 ${mention} had no chips left and takes the bailout of the day: **${chips}** chips.`,
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

  confess: {
    title: (emoji: string, name: string, round: number) => `${emoji} ${name}, round ${round}`,
    thought: 'Thought',
    said: 'Said',
    did: 'Did',
    silence: 'nothing',
    hold: 'Held.',
    trade: (size: string, instrument: string) => `${size} into ${instrument}`,
    sizes: { Small: 'a small part', Half: 'half', AllIn: 'everything' },
    blocked: (why: string) => `Compliance refused it: ${why}.`,
    fumbled: 'No thought came: the trader stared into space.',
    noThought: 'An empty mind.',
    where: (room: string) => `in the ${room}`,
    earlier: 'Earlier thought',
    later: 'Later thought',
    footer: 'For your eyes only. The other traders never learn it.',
  },

  chaos: {
    struck: (headline: string) => `⚡ It is out: **${headline}**. The market is in free fall.`,
    next: (round: number) => `The button works again in round ${round}.`,
  },

  show: {
    started: 'The show is running.',
    paused: 'The show is paused. `/show resume` goes on from the same round.',
    resumed: 'The show goes on.',
    stopped: 'The show is stopped. `/show start` begins again where it stopped.',
    loading: (model: string) =>
      `⏳ Loading **${model}**. The show goes on meanwhile; a download can take minutes.`,
    modelChanged: 'Another model thinks from the next turn on.',
    paced: (pace: string) => `A round opens every ${pace} now.`,
    seconds: (count: string) => `${count} s`,
    title: 'The show',
    modes: { stopped: 'stopped', paused: 'paused', running: 'running' },
    phases: { intermission: 'intermission', episode: 'episode' },
    status: (status: {
      mode: string;
      season: number;
      episode: number;
      phase: string;
      phaseRound: number;
      phaseRounds: number;
      round: number;
    }) =>
      `**${status.mode}** · season ${status.season}, episode ${status.episode}, ${status.phase} ${status.phaseRound}/${status.phaseRounds} (round ${status.round})`,
    pace: (pace: string) => `A round every ${pace}`,
    brain: (label: string) => `Thinking: ${label}`,
    turns: (turns: string, fumbles: string) => `${counted(turns, 'turn')}, ${fumbles} fumbled`,
    waiting: (posts: string) => `${counted(posts, 'post')} still to be shown`,
  },

  schedule: {
    title: 'When the show plays',
    continuous: 'Round the clock, whenever it runs.',
    appointment: (episodes: string, times: string) =>
      `By appointment: ${counted(episodes, 'episode')} at ${times}.`,
    daily: 'every day',
    next: (when: string) => `The doors open ${when}.`,
    timeZone: (name: string) => `Time zone: ${name}.`,
    seasonDays: (days: string) => `A season ends after ${counted(days, 'day')}, with a closing bell.`,
    seasonNotByDays: 'No season ends by days.',
    seasonEpisodes: (episodes: string) => `A season ends after ${counted(episodes, 'episode')}.`,
    seasonNotByEpisodes: 'No season ends by the number of its episodes.',
    quiet: (from: string, to: string) => `Quiet from ${from} to ${to}: nothing is posted, the show goes on.`,
    neverQuiet: 'No quiet hours.',
  },

  setup: {
    title: 'Setting up Open Outcry',
    intro: 'Nothing is touched before you press the button. Run it again at any time: what stands is kept.',
    willMake: 'Will be made',
    nothingToMake: 'Nothing: everything stands.',
    stands: 'Stands already',
    standing: (channels: string, voices: string, rules: boolean) =>
      `${counted(channels, 'channel')}, ${counted(voices, 'voice')} of traders${rules ? ', the rule card' : ''}`,
    allowed: 'Permissions',
    allAllowed: '✅ I may do all that I need.',
    settings: 'Settings',
    settled: (language: string, role: string | null) =>
      `Language: ${language}. Producers: whoever may manage the server${role === null ? '' : `, and ${role}`}.`,
    leftAlone: 'Left alone',
    stranger: (name: string) => `#${name} is not mine: I make one of my own.`,
    build: 'Build',
    buildAgain: 'Check again',
    mend: 'Mend',
    building: '🔨 Building. It takes a minute or two: Discord lets me make webhooks only slowly.',
    ready: (made: number, kept: number) => `The stage stands: ${made} things built, ${kept} already there.`,
    made: (what: string) => `🔨 ${what}`,
    problem: (what: string) => `❗ ${what}`,
    refused: (what: string, why: string) =>
      `Discord refused ${what}: ${why}. Mend that, then run \`/setup\` again.`,
    letRoleIn: (role: string, channel: string) =>
      `I cannot let ${role} into #${channel}. Channel settings → Permissions → add the role: View Channel and Send Messages.`,
    portraitMissing: (name: string, why: string) =>
      `No portrait for ${name} (${why}). Run \`/setup\` again later.`,
    next: 'Run `/show start` to ring the first bell.',
    failed: (why: string) => `The stage could not be built. ${why}`,
    missing: (where: string, permissions: string, fix: string) =>
      `In **${where}** I lack **${permissions}**. ${fix}`,
    fixServer: 'Server settings → Roles → my role: switch it on, then run `/setup` again.',
    fixChannel:
      'Channel settings → Permissions → my role: allow it. Or delete the channel, or give me Manage Roles, and run `/setup` again.',
    fixByButton: 'The button mends that.',
    exposed: (channel: string, fix: string) =>
      `Everybody can see **${channel}**, which is for producers. ${fix}`,
    fixExposed: 'Channel settings → Permissions → @everyone: deny View Channel.',
    mended: (what: string) => `🔧 ${what}`,
    mendedOwn: (channel: string, permissions: string) => `${channel}: I have ${permissions} again`,
    sealed: (channel: string) => `${channel}: for producers only again`,
    server: 'this server',
    channel: (name: string) => `#${name}`,
    channelFor: (name: string, topic: string) => `#${name} · ${topic}`,
    category: (name: string) => `category ${name}`,
    webhook: (name: string, room: string) => `${name} in the ${room}`,
    voices: (names: string, room: string) => `voices in the ${room}: ${names}`,
    ruleCard: 'the pinned rule card',
  },

  doctor: {
    titleWell: '🩺 All is well',
    titleIll: (count: string) => `🩺 ${counted(count, 'thing')} to mend`,
    well: 'Every channel, voice and permission is there.',
    noPortrait: (name: string, room: string) => `🖼️ ${name} has no portrait in the ${room}.`,
    unpinned: '📌 The rule card is not pinned.',
    backlog: (posts: string) =>
      `📮 ${posts} posts wait. Discord may be slow, or a channel is closed to me: what is old is folded into one card.`,
    hint: (what: string) => `-# Welcome, not needed: ${what}`,
    footer: (mode: string, posts: string) => `The show is ${mode}; ${counted(posts, 'post')} waiting`,
  },

  teardown: {
    title: 'Taking the stage down',
    intro:
      'These go for good, with every message in them. The show stops, open stakes return, and chips and standings stay stored.',
    willGo: (what: string) => `🗑️ ${what}`,
    confirm: 'Remove all of it',
    nothing: 'Nothing of mine stands here. `/setup` builds it.',
    removing: '🧹 Removing.',
    gone: (what: string) => `🗑️ ${what}`,
    done: (count: number) => `The stage is down: ${counted(count, 'thing')} removed. The show is stopped.`,
    stayed: (what: string, why: string, isCategory: boolean) =>
      `${what} stayed (${why}). ${isCategory ? 'Delete it by hand.' : 'Give me Manage Channels there, or delete it by hand.'}`,
    categoryInUse: (name: string, others: number) =>
      `category ${name} stayed: ${counted(others, 'channel')} in it ${others === 1 ? 'is' : 'are'} not mine.`,
    next: '`/setup` builds it again. To be rid of me, remove me in Server settings → Integrations.',
  },

  privacy: {
    title: 'What is stored',
    lines: [
      '**Stored:** your Discord id with your chips, your stakes and their history; if you produce, what you did and when.',
      '**Not stored:** your name, your messages, your reactions elsewhere. I cannot read messages, and nothing leaves this machine but what you see in Discord.',
      '**For how long:** until you delete it with `/delete-my-data`. When I am removed from a server, all of its show goes after 30 days.',
    ],
    aboutYou: 'About you:',
    nothing: 'Nothing is stored about you.',
    chips: (chips: string) => `a wallet with ${counted(chips, 'chip')} and its history.`,
    acts: (acts: string) => `${counted(acts, 'entry', 'entries')} in the producers' log.`,
    deletionTitle: 'Delete your data?',
    deletion:
      'Your id is taken out of wallets, stakes, results and logs. The sums stay, under no name. Your chips are lost, and nobody can bring them back.',
    confirm: 'Delete my data',
    deleted: 'Done. Nothing that is stored names you any more. If you bet again, you begin anew.',
  },

  help: {
    title: 'Open Outcry',
    intro:
      'Four traders with small minds share an office. Each hears only who stands in the same room, and says one thing while thinking another. Watch the rooms, read the tape, back a trader, hear a confession.',
    commands: 'Commands',
    command: (name: string, what: string) => `\`/${name}\` ${what}`,
    producers: 'For producers',
    rules: 'The rules',
    footer: 'Names, prices and money are made up. The traders are language models and often wrong.',
  },

  refusals: {
    bailout: {
      chips_left: () => 'You still have chips: the bailout is for who has none.',
      stake_running: () => 'Your chips ride on this pool. The bailout is for who has nothing left after it.',
      bailed_out_today: (when: string) => `The bailout of the day is spent. There is one again ${when}.`,
    } satisfies Record<BailoutRefusal, (when: string) => string>,
    chaos: {
      show_not_running: () => 'The show is not running. `/show start` first.',
      cooling_down: (facts: Facts) =>
        `The button is still hot: it works again in ${counted(facts['rounds'] ?? 1, 'round')}.`,
      text_too_long: (facts: Facts) =>
        `That headline is too long: ${facts['most'] ?? 140} characters at most.`,
      text_blocked: () => 'That headline is on the blocklist (links, invites, slurs). Word it differently.',
      text_empty: () => 'Nothing readable is left of that headline. Use plain words, or leave it out.',
    } satisfies Record<ChaosRefusal, (facts: Facts) => string>,
    confess: {
      unknown_trader: () => 'No trader has that name. Pick one from the list.',
      no_thought_yet: () => 'That trader has not had a turn yet. Try again after the next round.',
      no_such_round: () =>
        'That trader had no turn in that round. Leave the round out for the latest thought.',
    } satisfies Record<ConfessRefusal, (facts: Facts) => string>,
    forget: {
      nothing_known: () => 'Nothing is stored about you.',
      stake_is_open: (facts: Facts) =>
        `You have a stake on episode ${facts['episode'] ?? ''}. Take your reaction off the pool first, then run \`/delete-my-data\` again.`,
      stake_is_locked: (facts: Facts) =>
        `Your stake rides on episode ${facts['episode'] ?? ''}. Run \`/delete-my-data\` again after its closing bell.`,
      excluded_from_pool: (facts: Facts) =>
        `You ran the show while the pool of episode ${facts['episode'] ?? ''} was on, so you must not bet in it. Run \`/delete-my-data\` again after its closing bell.`,
    } satisfies Record<ForgetRefusal, (facts: Facts) => string>,
    model: {
      model_is_fixed: () =>
        'This show has no model to change: it thinks with the scripted brain or a server. The operator sets that with `BRAIN`.',
      model_is_changing: () =>
        'Another model is being loaded. `/show status` tells which one thinks; try again then.',
      model_failed: (why: string) => `That model could not be loaded, and the one before goes on: ${why}`,
    } satisfies Record<ModelRefusal, (why: string) => string>,
    schedule: {
      unknown_time_zone: () => 'There is no such time zone. Type a city and pick one from the list.',
      bad_opening_time: (facts: Facts) =>
        `Opening times are written as 20:00, up to ${facts['most'] ?? 21} of them with spaces between.`,
      no_opening_times: () => 'By appointment it needs a time: give one with `at`, as 20:00.',
      setting_out_of_range: (facts: Facts) =>
        `That must be between ${facts['least'] ?? 1} and ${facts['most'] ?? 1}.`,
    } satisfies Record<SettingsRefusal, (facts: Facts) => string>,
    unknownModel: 'I do not know that model. Pick one from the list that opens while you type.',
    producerRoleForAll: 'Everybody has that role, so everybody would be a producer. Pick another one.',
    run: {
      already_running: () => 'The show is running already. `/show status` tells where it is.',
      not_running: () => 'The show is not running. `/show start` starts it.',
      not_paused: () => 'The show is not paused. `/show status` tells where it is.',
      pace_out_of_range: (facts: Facts) =>
        `A round takes between ${facts['leastSeconds'] ?? 3} and ${facts['mostSeconds'] ?? 600} seconds.`,
    } satisfies Record<RunRefusal, (facts: Facts) => string>,
    stake: {
      no_open_pool: () => 'No pool is open: the next one opens at intermission.',
      unknown_outcome: () => 'That trader is not in this pool. Pick one whose emoji is under it.',
      stake_too_small: (facts: Facts) =>
        `A stake is at least ${facts['least'] ?? 1} chip. Name a larger one.`,
      stake_too_large: (facts: Facts) =>
        `A stake is at most a quarter of your chips, ${facts['most'] ?? 0} now.`,
      not_enough_chips: (facts: Facts) =>
        `That takes more chips than the ${facts['chips'] ?? 0} you hold. Stake less; \`/wallet\` shows what you have.`,
      no_chips_left: () => 'You have no chips left. The bailout gets you going again, once a day.',
      conflict_of_interest: () =>
        'Whoever causes chaos or runs the show in an episode holds no stake in it. The next pool is open to you.',
    } satisfies Record<StakeRefusal, (facts: Facts) => string>,
  },

  errors: {
    noShow: 'This server has no show yet. Somebody with **Manage Server** can run `/setup`.',
    producersOnly: 'Only producers can do that: members with **Manage Server** or the producer role.',
    stale: 'This button is from an earlier time and no longer works. Run the command again for a fresh one.',
    elsewhere: 'I work only in a server that has invited me.',
    stillWorking:
      'This takes longer than Discord waits for an answer. It goes on; `/show status` and `/doctor` tell how it went.',
    unknownCommand: 'I do not know that command any more. Reload Discord (Ctrl+R) to refresh the list.',
    failed: (reference: string) =>
      `Something broke on my side; nothing was lost. Try again, and if it persists tell a producer to look for \`${reference}\` in the log.`,
    discord: (what: string) => `Discord refused that: ${what}`,
  },
};

export type Texts = typeof en;

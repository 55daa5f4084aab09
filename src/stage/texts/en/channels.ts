/** What is shown in the channels: rooms, tape, floor, board, cards. */
import type { Refusal, Size } from '#core/vocabulary.ts';
import type { AwardId } from '#show/ports/card-views.ts';
import { counted } from './counted.ts';

export const channels = {
  category: 'Open Outcry',
  /** What this is, in one line. */
  tagline: (traders: number) =>
    `${traders} AI traders, one office, play money: read along, bet chips on them, cause chaos.`,

  places: {
    floor: { name: 'the-floor', topic: 'The office from above, and who leads.' },
    tape: { name: 'the-tape', topic: 'News, prices, fills, compliance, obituaries.' },
    betting: { name: 'betting-window', topic: 'Back a trader with a reaction. Play chips only.' },
    gallery: {
      name: 'the-gallery',
      topic: 'Talk about the show, and type its commands; /help lists them.',
    },
    'green-room': { name: 'green-room', topic: 'Producers only: press the buttons here.' },
  },

  room: {
    leaves: (name: string, room: string) => `${name} leaves for the ${room}.`,
    walksIn: (name: string, room: string) => `${name} walks in from the ${room}.`,
    came: (name: string, from: string | null) =>
      from === null ? `${name} has come in` : `${name} has come in from the ${from}`,
    left: (name: string, to: string) => `${name} has left for the ${to}`,
    scene: (winner: string, gain: string, loser: string, loss: string) =>
      `The bell has rung. ${winner} (${gain}) and ${loser} (${loss}) have to share this sofa.`,
    fumbled: (name: string) => `${name} stares into space.`,
    leaked: (name: string, thought: string) =>
      `📢 A private thought of **${name}** is read out: “${thought}”`,
  },

  tape: {
    headline: (text: string) => `📰 **${text}**`,
    prices: (prices: string) => `-# ${prices}`,
    price: (instrument: string, price: string, change: string, arrow: string) =>
      `${instrument} ${price} ${arrow}\u00A0${change}`,
    deal: (name: string, size: string, instrument: string, fills: string) =>
      `💼 **${name}** rotates ${size} into ${instrument}: ${fills}`,
    sizes: { Small: 'a small part', Half: 'half', AllIn: 'everything' } satisfies Record<Size, string>,
    bought: (qty: string, instrument: string, price: string) => `buys ${qty} ${instrument} @ ${price}`,
    /** A short, bought back. */
    covered: (qty: string, instrument: string, price: string) => `covers ${qty} ${instrument} @ ${price}`,
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
    premiereTitle: '🎬 A new show',
    premiere: (traders: number, rounds: number) =>
      `${traders} traders share one office and one habit: other people's money, all of it made up. The market is live. The first bell rings in ${counted(rounds, 'round')}; until then, bet on who will gain most.`,
    episodeOpenedTitle: (episode: number) => `🔔 Opening bell: episode ${episode}`,
    episodeOpened: (rounds: number) => `${counted(rounds, 'round')} to the closing bell.`,
    episodeClosedTitle: (episode: number) => `🔔 Closing bell: episode ${episode}`,
    gain: (rank: number, emoji: string, name: string, gain: string, equity: string) =>
      `${rank}. ${emoji} **${name}** ${gain} (now ${equity})`,
    fortune: (rank: number, emoji: string, name: string, equity: string) =>
      `${rank}. ${emoji} **${name}** ${equity}`,
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
      `${counted(lines, 'line was', 'lines were')} not shown between ${from} and ${to}. The show went on; this is where it is now.`,
  },

  floor: {
    caption: (season: number, episode: number, round: number) =>
      `-# Season ${season} · episode ${episode} · round ${round}`,
    premiere: (season: number, round: number) => `-# Season ${season} · premiere · round ${round}`,
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
    chaosCost: (name: string, sum: string) => `It cost ${name} ${sum}.`,
    chaosMade: (name: string, sum: string) => `It made ${name} ${sum}.`,
    chaosSpared: (name: string) => `It changed nothing for ${name}.`,
    twinMade: (name: string, gain: string) => `Played by the script, ${name} would have made ${gain}.`,
    bankrupt: (name: string, rounds: string) => `${name} went bankrupt in round ${rounds}.`,
    best: (name: string, what: string, gain: string) =>
      `Best call: ${name}, ${what}, ${gain} against not dealing.`,
    worst: (name: string, what: string, gain: string) =>
      `Worst call: ${name}, ${what}, ${gain} against not dealing.`,
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
    yardsticks: (hold: string, best: string) =>
      `Bought once and held, without leverage: all in equal parts ${hold} · the best of them, or cash, ${best}`,
    empty: 'Nobody has a book yet.',
    chips: 'Members by chips',
  },

  market: {
    open: (episode: number) => `The market · episode ${episode}`,
    premiere: 'The market · premiere',
    shut: 'The market is shut',
    button: 'The market',
    row: (row: { instrument: string; price: string; arrow: string; episode: string; round: string }) =>
      `**${row.instrument}** ${row.price} ${row.arrow}\u00A0${row.episode} this episode, ${row.round} this round`,
    regime: (name: string) => `Regime: **${name}**`,
    footer: (round: number) => `Round ${round}. The traders are not told the regime.`,
  },
};

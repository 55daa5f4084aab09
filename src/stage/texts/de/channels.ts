/** In German: see ../en/channels.ts. */
import { counted } from '../counted.ts';
import type { channels as english } from '../en/channels.ts';

export const channels: typeof english = {
  category: 'Open Outcry',
  tagline: (traders) =>
    `${traders} KI-Händler, ein Büro, Spielgeld: Lies mit, setze Chips auf sie, stifte Chaos.`,

  places: {
    floor: { name: 'das-parkett', topic: 'Das Büro von oben, und wer führt.' },
    tape: { name: 'der-ticker', topic: 'Nachrichten, Kurse, Abschlüsse, Compliance, Nachrufe.' },
    betting: { name: 'wettschalter', topic: 'Setze mit einer Reaktion auf einen Händler. Nur Spielchips.' },
    gallery: {
      name: 'die-galerie',
      topic: 'Redet über die Show, und tippt ihre Befehle: /help zählt sie auf.',
    },
    'green-room': { name: 'regieraum', topic: 'Nur für die Regie: Hier drückt ihr die Knöpfe.' },
  },

  room: {
    leaves: (name, room) => `${name} geht: ${room}.`,
    walksIn: (name, room) => `${name} kommt herein, aus: ${room}.`,
    came: (name, from) =>
      from === null ? `${name} ist jetzt hier` : `${name} ist jetzt hier (vorher: ${from})`,
    left: (name, to) => `${name} ist gegangen (${to})`,
    scene: (winner, gain, loser, loss) =>
      `Die Glocke hat geläutet. ${winner} (${gain}) und ${loser} (${loss}) müssen sich dieses Sofa teilen.`,
    fumbled: (name) => `${name} starrt ins Leere.`,
    leaked: (name, thought) => `📢 Ein geheimer Gedanke von **${name}** wird verlesen: „${thought}“`,
  },

  tape: {
    headline: (text) => `📰 **${text}**`,
    prices: (prices) => `-# ${prices}`,
    price: (instrument, price, change, arrow) => `${instrument} ${price} ${arrow}\u00A0${change}`,
    deal: (name, size, instrument, fills) => `💼 **${name}** schichtet ${size} um in ${instrument}: ${fills}`,
    sizes: { Small: 'einen kleinen Teil', Half: 'die Hälfte', AllIn: 'alles' },
    bought: (qty, instrument, price) => `kauft ${qty} ${instrument} zu ${price}`,
    covered: (qty, instrument, price) => `deckt ${qty} ${instrument} zu ${price} ein`,
    sold: (qty, instrument, price) => `verkauft ${qty} ${instrument} zu ${price}`,
    and: ', ',
    forced: (name, fills) => `🧯 **${name}**, auf Anordnung der Margin-Abteilung: ${fills}`,
    compliance: (name, why) => `🚫 Compliance hat **${name}** gestoppt: ${why}.`,
    refusals: {
      market_shut: 'der Markt ist geschlossen',
      intern_cannot_trade: 'Praktikanten dürfen nicht handeln',
      no_buying_power: 'keine Kaufkraft mehr',
      below_one_cent: 'die Order ist weniger als einen Cent wert',
      no_such_room: 'diesen Raum gibt es nicht',
      room_full: 'dieser Raum ist voll',
    },
    marginCall: (name, equity, exposure) =>
      `⚠️ Margin Call für **${name}**: ${equity} tragen ${exposure}. Positionen werden gekürzt.`,
    liquidated: (name, equity) =>
      `🪓 **${name}** wird von der Margin-Abteilung glattgestellt. Es bleiben ${equity}.`,
    obituaryTitle: (name) => `🪦 ${name} ist pleite`,
    obituaryFooter: (equity) =>
      `Es bleiben ${equity}. Der Schreibtisch ist geräumt; ab jetzt gibt es Kaffee und Kopien.`,
    bailedOut: (name, loan) =>
      `🤝 **${name}** wird mit einem Kredit über ${loan} gerettet und trägt diese Saison ein *.`,
    chaosTitle: '⚡ Chaos',
    seasonOpened: (season) => `🏁 Saison ${season} beginnt. Alle starten mit dem gleichen Geld.`,
    seasonClosedTitle: (season) => `🏆 Saison ${season} ist vorbei`,
    premiereTitle: '🎬 Eine neue Show',
    premiere: (traders, rounds) =>
      `${traders} Händler teilen sich ein Büro und eine Leidenschaft: fremdes Geld, alles ausgedacht. Der Markt ist offen. In ${counted(rounds, 'Runde', 'Runden')} läutet die erste Glocke; setze bis dahin, wer am meisten gewinnt.`,
    episodeOpenedTitle: (episode) => `🔔 Eröffnungsglocke: Folge ${episode}`,
    episodeOpened: (rounds) => `${counted(rounds, 'Runde', 'Runden')} bis zur Schlussglocke.`,
    episodeClosedTitle: (episode) => `🔔 Schlussglocke: Folge ${episode}`,
    gain: (rank, emoji, name, gain, equity) => `${rank}. ${emoji} **${name}** ${gain} (jetzt ${equity})`,
    fortune: (rank, emoji, name, equity) => `${rank}. ${emoji} **${name}** ${equity}`,
  },

  withheld: '[von Compliance zurückgehalten]',

  signalLost: {
    title: '📡 Signal verloren',
    body: (lines, from, to) =>
      `${counted(lines, 'Zeile konnte', 'Zeilen konnten')} nicht rechtzeitig gezeigt werden (von ${from} bis ${to}). Die Show ging weiter; hier ist sie jetzt.`,
  },

  quietHours: {
    title: '🌙 Ruhezeit',
    body: (lines, from, to) =>
      `${counted(lines, 'Zeile wurde', 'Zeilen wurden')} nicht gezeigt (von ${from} bis ${to}). Die Show ging weiter; hier ist sie jetzt.`,
  },

  floor: {
    caption: (season, episode, round) => `-# Saison ${season} · Folge ${episode} · Runde ${round}`,
    premiere: (season, round) => `-# Saison ${season} · Premiere · Runde ${round}`,
    alt: (round, rooms, board) => `Das Büro in Runde ${round}. ${rooms} ${board}`,
    roomAlt: (room, names) => `${room}: ${names}.`,
    nobody: 'niemand',
    price: (instrument, price, change) => `${instrument} ${price} (${change})`,
    textTitle: (round) => `Das Parkett, Runde ${round}`,
    textFooter: 'Das Bild ließ sich diesmal nicht malen.',
  },

  cards: {
    prices: (from, to, lines) => `Kurse von Runde ${from} bis ${to}. ${lines}`,
    equity: (season, lines) => `Vermögen aller in Saison ${season}. ${lines}`,
    recap: (episode, lines) => `Rückblick auf Folge ${episode} mit den Vermögen als Kurven. ${lines}`,
    awards: (season, lines) => `Die Preise der Saison ${season}. ${lines}`,
    trader: (name, title, lines) => `Karte von ${name}, ${title}. ${lines}`,
    moved: (name, value, change) => `${name} bei ${value} (${change}).`,
    gained: (name, value, change) => `${name} machte ${value} (${change}).`,
    chaos: (rounds) => `Chaos in Runde ${rounds}.`,
    chaosCost: (name, sum) => `Es kostete ${name} ${sum}.`,
    chaosMade: (name, sum) => `Es brachte ${name} ${sum}.`,
    chaosSpared: (name) => `Es änderte nichts für ${name}.`,
    twinMade: (name, gain) => `Nach dem Skript gespielt, hätte ${name} ${gain} gemacht.`,
    bankrupt: (name, rounds) => `${name} ging bankrott in Runde ${rounds}.`,
    best: (name, what, gain) => `Beste Entscheidung: ${name}, ${what}, ${gain} gegenüber Nichtstun.`,
    worst: (name, what, gain) => `Schlechteste Entscheidung: ${name}, ${what}, ${gain} gegenüber Nichtstun.`,
    award: (award, name, value) => `${award}: ${name} mit ${value}.`,
    awardNames: {
      most_money: 'Meistes Geld',
      deepest_fall: 'Tiefster Fall',
      most_trades: 'Meiste Orders',
      longest_streak: 'Meiste Folgen nacheinander gewonnen',
      most_talkative: 'Meiste Worte',
      most_hypocritical: 'Das eine gesagt, das andere gekauft',
    },
    hidden: 'Der letzte Gedanke ist geschwärzt.',
  },

  board: {
    title: (season) => `Rangliste · Saison ${season}`,
    row: (row) =>
      `**${row.rank}.** ${row.emoji} **${row.name}** ${row.equity} (${row.gain})\n` +
      `-# diese Folge ${row.episode} · tiefster Fall ${row.drawdown} · ${counted(row.trades, 'Order', 'Orders')}`,
    intern: ' · Praktikum',
    bailedOut: '\\*',
    yardsticks: (hold, best) =>
      `Einmal gekauft und gehalten, ohne Hebel: alles zu gleichen Teilen ${hold} · das Beste davon, oder Bargeld, ${best}`,
    empty: 'Noch hat niemand ein Buch.',
    chips: 'Mitglieder nach Chips',
  },

  market: {
    open: (episode) => `Der Markt · Folge ${episode}`,
    premiere: 'Der Markt · Premiere',
    shut: 'Der Markt ist geschlossen',
    button: 'Der Markt',
    row: (row) =>
      `**${row.instrument}** ${row.price} ${row.arrow}\u00A0${row.episode} diese Folge, ${row.round} diese Runde`,
    regime: (name) => `Marktlage: **${name}**`,
    footer: (round) => `Runde ${round}. Die Händler erfahren die Marktlage nicht.`,
  },
};

/** In German: see ../en/chair.ts. */
import { counted } from '../counted.ts';
import type { chair as english } from '../en/chair.ts';

export const chair: typeof english = {
  chair: {
    command: {
      description: 'Setz dich auf einen Stuhl: sieh, was der Händler sieht, und wähle an seiner Stelle',
      options: { trader: { name: 'händler', description: 'Wessen Stuhl' } },
    },
    button: (name) => `🪑 Stuhl von ${name}`,
    title: (emoji, name, round) => `🪑 ${emoji} Der Stuhl von ${name}, Runde ${round}`,
    intro: 'Das ist alles, was es in diesem Zug zu sehen gab. Was würdest du tun?',
    news: (text) => `📰 „${text}“`,
    noNews: '📰 Keine Nachrichten.',
    price: (instrument, price, round, episode) =>
      `${instrument} ${price} · ${round} in dieser Runde · ${episode} seit der Glocke`,
    equity: (sum, season, episode) =>
      `Vermögen ${sum} · ${season} in dieser Saison · ${episode} seit der Glocke`,
    cash: (sum) => `Bar ${sum}`,
    long: (instrument, value, gain) => `gekauft: ${instrument} ${value} (${gain})`,
    short: (instrument, value, gain) => `leer verkauft: ${instrument} ${value} (${gain})`,
    place: (room, names) => `📍 ${room}, mit ${names}`,
    alone: (room) => `📍 ${room}, allein`,
    said: (name, line) => `💬 ${name}: „${line}“`,
    phone: (tip) => `☎️ Jemand am Telefon: „${tip}“`,
    roundsLeft: (rounds) => `⏳ ${counted(rounds, 'Runde', 'Runden')} bis zur Glocke, diese mitgezählt`,
    before: (list) => `Zuvor: ${list}`,
    turn: (ago, what) => `vor ${ago}: ${what}`,
    held: 'gehalten',
    remembered: 'Was in den Sinn kommt:',
    facts: {
      marginCall: (who) => `${who}: Nachschuss verlangt`,
      bankruptcy: (who) => `${who}: pleite`,
      comeback: (who) => `${who}: mit einem Kredit zurück`,
      lead: (who, other) => `${who} hat ${other} die Führung genommen`,
      chaos: () => 'das Chaos traf den Markt',
      winningRun: (who) => `${who} gewinnt und gewinnt`,
      losingRun: (who) => `${who} verliert und verliert`,
      goodCall: (who) => `${who} lag richtig`,
      badCall: (who) => `${who} lag falsch`,
      goodAdvice: (who, other) => `${who} hörte auf ${other} und gewann`,
      badAdvice: (who, other) => `${who} hörte auf ${other} und verlor`,
      mocked: (who, other) => `${other} verspottete ${who}`,
      comforted: (who, other) => `${other} war nett zu ${who}`,
    },
    everybody: 'alle',
    ago: (rounds) => (rounds <= 0 ? 'eben erst' : `vor ${counted(rounds, 'Runde', 'Runden')}`),
    grudge: (name, how) => `Groll gegen ${name} (${how} von 3).`,
    liking: (name, how) => `Sympathie für ${name} (${how} von 3).`,
    came: (name) => `${name} kam gerade herein.`,
    left: (name) => `${name} ging gerade.`,
    trade: 'Handeln …',
    hold: 'Halten',
    into: (instrument) => `In ${instrument}`,
    size: 'Wie viel …',
    sizes: { Small: 'Ein Viertel', Half: 'Die Hälfte', AllIn: 'Alles' },
    room: 'Und dann nach …',
    chosen: (what, room) =>
      `**Deine Wahl: ${what}; danach: ${room}.** Du kannst sie ändern, bis die nächste Runde öffnet. Was sie brachte, sagt die Schlussglocke.`,
    unchosen: 'Wähle einen Handel, und deine Wahl steht. In der Show ändert sie nichts.',
    consentAsk:
      'Dürfen deine Entscheidungen ohne deinen Namen aufbewahrt werden, um Menschen mit Modellen zu vergleichen? Gefragt wird einmal.',
    yes: 'Ja, behaltet sie',
    no: 'Nein',
    agreed: 'Danke. Sie bleiben ohne deinen Namen.',
    declined: 'Sie werden nicht aufbewahrt.',
    thisRounds: 'Stuhl dieser Runde',
    last: 'Mein letzter Stuhl',
    lastTitle: (emoji, name, round) => `🪑 ${emoji} Der Stuhl von ${name}, Runde ${round}`,
    you: (what, sum) => `Du: ${what}, **${sum}** bis zur Glocke.`,
    it: (name, what, sum) => `${name} selbst: ${what}, **${sum}**.`,
    won: (name) => `Du hast ${name} geschlagen.`,
    lost: (name) => `${name} hat dich geschlagen.`,
    even: 'Unentschieden.',
    every: 'Was jede Wahl gebracht hätte, gehalten bis zur Glocke:',
    row: (what, sum) => `${sum} mit „${what}“`,
    noneYet: 'Noch hat keine Schlussglocke über einen Stuhl von dir geurteilt.',
    told: (sat, beat) =>
      `🪑 ${counted(sat, 'Entscheidung', 'Entscheidungen')} auf fremden Stühlen, davon besser als die Händler: ${beat}.`,
    board: {
      title: 'Wer die Händler schlägt',
      button: 'Auf dem Stuhl',
      row: (rank, mention, beat, sat, ahead) =>
        `**${rank}.** ${mention} ${beat} von ${sat} · ${ahead} gegen die Händler`,
      empty: 'Noch saß niemand bis zur Glocke auf einem Stuhl: `/chair`.',
      about:
        'Entscheidungen an Stelle eines Händlers gegen seine eigenen, beide gehalten bis zur Schlussglocke.',
    },
    refusals: {
      unknown_trader: () => 'So heißt kein Händler. Nimm einen aus der Liste.',
      market_shut: () => 'Der Markt ist geschlossen. Nach der Eröffnungsglocke sind die Stühle wieder frei.',
      intern_cannot_trade: () =>
        'Dort ist gerade ein Praktikum, zu entscheiden gibt es nichts. Nimm einen anderen Stuhl.',
      no_turn_yet: () => 'Da wird in dieser Runde noch gedacht. Versuch es gleich noch einmal.',
      round_is_over: () => 'Diese Runde ist vorbei. Setz dich auf den Stuhl der laufenden.',
      chaos_struck: () =>
        'Seit diesem Zug ist Chaos ausgebrochen, und hinterher ist man klüger. Nimm in der nächsten Runde Platz.',
      no_such_choice: () => 'Diese Wahl gibt es nicht. Nimm eine aus den Menüs.',
    },
  },
};

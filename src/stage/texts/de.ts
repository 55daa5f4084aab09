/** Every German text of the stage: see en.ts, whose shape it has. */
import type { Texts } from './en.ts';

/** `1 Order`, `12 Orders`; `count` is formatted already. */
const counted = (count: string | number, one: string, many: string): string =>
  `${count} ${String(count) === '1' ? one : many}`;

export const de: Texts = {
  locale: 'de',
  languages: { en: 'English', de: 'Deutsch' },

  commands: {
    help: { description: 'Was diese Show ist und was du hier tun kannst' },
    floor: { description: 'Das Büro, wie es gerade aussieht. Nur du siehst es' },
    market: { description: 'Die Kurse und woher sie kommen. Nur du siehst es' },
    leaderboard: {
      description: 'Wer reich ist und wer nicht',
      options: {
        board: {
          name: 'tafel',
          description: 'Wessen Geld; ohne Angabe das der Händler',
          choices: { traders: 'Händler, nach Vermögen', chips: 'Mitglieder, nach Chips' },
        },
      },
    },
    confess: {
      description: 'Lies, was ein Händler wirklich dachte. Nur du siehst es',
      options: {
        trader: { name: 'händler', description: 'Wessen Gedanke' },
        round: { name: 'runde', description: 'Der Gedanke dieser Runde; ohne Angabe der letzte' },
      },
    },
    wallet: { description: 'Deine Chips, dein Einsatz und was sich zuletzt bewegt hat. Nur du siehst es' },
    privacy: { description: 'Was über dich gespeichert ist' },
    'delete-my-data': { description: 'Nimmt dich aus allem heraus, was gespeichert ist' },
    setup: {
      description: 'Zeigt, was gebaut oder repariert würde; ein Knopf baut es',
      options: {
        'producer-role': { name: 'regie-rolle', description: 'Wer diese Rolle hat, führt auch Regie' },
        language: {
          name: 'sprache',
          description: 'Was die Show in ihren Kanälen spricht',
          choices: { en: 'English', de: 'Deutsch' },
        },
      },
    },
    doctor: { description: 'Findet, was fehlt oder nicht erlaubt ist, und sagt, wie es wieder geht' },
    show: {
      description: 'Führt die Show',
      subcommands: {
        start: { description: 'Beginnt, oder macht weiter, wo sie aufhörte' },
        pause: { description: 'Hält nach der laufenden Runde an' },
        resume: { description: 'Macht nach einer Pause weiter' },
        stop: { description: 'Schluss für heute' },
        status: { description: 'Wo die Show steht und wie es ihr geht' },
        pace: {
          description: 'Wie lange eine Runde dauert',
          options: { seconds: { name: 'sekunden', description: '3 bis 600' } },
        },
        model: {
          description: 'Wechselt das Sprachmodell, das für die Händler denkt',
          options: { name: { name: 'name', description: 'Wähle eines aus der Liste' } },
        },
        schedule: {
          description: 'Wann die Show spielt und wie lang eine Saison ist; ohne Angaben sagt es, was gilt',
          options: {
            plays: {
              name: 'spielt',
              description: 'Rund um die Uhr, oder zu den Zeiten, die du nennst',
              choices: { continuous: 'Rund um die Uhr', appointment: 'Nach Termin' },
            },
            at: { name: 'um', description: 'Öffnungszeiten nach Termin: 20:00, oder 18:00 22:30' },
            days: {
              name: 'tage',
              description: 'An welchen Tagen sie öffnet',
              choices: { daily: 'Jeden Tag', weekdays: 'Montag bis Freitag', weekend: 'Samstag und Sonntag' },
            },
            episodes: { name: 'folgen', description: 'Folgen bei jeder Öffnung' },
            'time-zone': { name: 'zeitzone', description: 'Wie Europe/Berlin; tippe eine Stadt' },
            'season-days': {
              name: 'saison-tage',
              description: 'Eine Saison endet nach so vielen Tagen; 0 für nie',
            },
            'season-episodes': {
              name: 'saison-folgen',
              description: 'Eine Saison endet nach so vielen Folgen; 0 für nie',
            },
          },
        },
        quiet: {
          description: 'Stunden ohne Beiträge; die Show geht weiter. Zweimal dieselbe Stunde hebt sie auf',
          options: {
            from: { name: 'von', description: 'Ab dieser Stunde des Tages, 0 bis 23' },
            to: { name: 'bis', description: 'Bis zu dieser Stunde des Tages, 0 bis 23' },
          },
        },
      },
    },
    chaos: {
      description: 'Bringt eine katastrophale Schlagzeile und lässt den Markt abstürzen',
      options: {
        headline: {
          name: 'schlagzeile',
          description: 'Deine eigenen Worte; ohne Angabe eine fertige Katastrophe',
        },
      },
    },
    teardown: { description: 'Zeigt, was entfernt würde; ein Knopf entfernt es' },
  },

  instruments: { Tech: 'Tech', Crypto: 'Krypto', Bonds: 'Anleihen' },
  permissions: {
    ViewChannel: 'Kanäle ansehen',
    SendMessages: 'Nachrichten senden',
    EmbedLinks: 'Links einbetten',
    AttachFiles: 'Dateien anhängen',
    ReadMessageHistory: 'Nachrichtenverlauf anzeigen',
    AddReactions: 'Reaktionen hinzufügen',
    ManageWebhooks: 'WebHooks verwalten',
    ManageChannels: 'Kanäle verwalten',
    PinMessages: 'Nachrichten anpinnen',
    ManageMessages: 'Nachrichten verwalten',
  },

  category: 'Open Outcry',
  places: {
    floor: { name: 'das-parkett', topic: 'Das Büro von oben, und wer führt.' },
    tape: { name: 'der-ticker', topic: 'Nachrichten, Kurse, Abschlüsse, Compliance, Nachrufe.' },
    betting: { name: 'wettschalter', topic: 'Setze mit einer Reaktion auf einen Händler. Nur Spielchips.' },
    'green-room': { name: 'regieraum', topic: 'Nur für die Regie: Hier drückt ihr die Knöpfe.' },
  },

  room: {
    leaves: (name, room) => `${name} geht: ${room}.`,
    walksIn: (name, room) => `${name} kommt herein, aus: ${room}.`,
    fumbled: (name) => `${name} starrt ins Leere.`,
    leaked: (name, thought) => `📢 Ein geheimer Gedanke von **${name}** wird verlesen: „${thought}“`,
  },

  tape: {
    headline: (text) => `📰 **${text}**`,
    prices: (prices) => `-# ${prices}`,
    price: (instrument, price, change, arrow) => `${instrument} ${price} ${arrow} ${change}`,
    deal: (name, size, instrument, fills) => `💼 **${name}** schichtet ${size} um in ${instrument}: ${fills}`,
    sizes: { Small: 'einen kleinen Teil', Half: 'die Hälfte', AllIn: 'alles' },
    bought: (qty, instrument, price) => `kauft ${qty} ${instrument} zu ${price}`,
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
    episodeOpenedTitle: (episode) => `🔔 Eröffnungsglocke: Folge ${episode}`,
    episodeOpened: (rounds) => `${counted(rounds, 'Runde', 'Runden')} bis zur Schlussglocke.`,
    episodeClosedTitle: (episode) => `🔔 Schlussglocke: Folge ${episode}`,
    intermission: (rounds) =>
      `☕ Pause. Der Markt ist für ${counted(rounds, 'Runde', 'Runden')} geschlossen, der Wettschalter ist offen.`,
    standing: (rank, emoji, name, equity, gain) => `${rank}. ${emoji} **${name}** ${equity} (${gain})`,
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
      `${counted(lines, 'Zeile blieb', 'Zeilen blieben')} ungezeigt (von ${from} bis ${to}). Die Show ging weiter; hier ist sie jetzt.`,
  },

  floor: {
    caption: (season, episode, round) => `-# Saison ${season} · Folge ${episode} · Runde ${round}`,
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
    bankrupt: (name, rounds) => `${name} ging bankrott in Runde ${rounds}.`,
    best: (name, what, gain) => `Bestes Geschäft: ${name}, ${what}, ${gain}.`,
    worst: (name, what, gain) => `Schlechtestes Geschäft: ${name}, ${what}, ${gain}.`,
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
    yardsticks: (hold, best) => `Kaufen und halten ${hold} · beste Wahl im Nachhinein ${best}`,
    empty: 'Noch hat niemand ein Buch.',
    chips: 'Mitglieder nach Chips',
  },

  chipsBoard: {
    title: 'Mitglieder nach Chips',
    row: (rank, mention, chips) => `**${rank}.** ${mention} ${counted(chips, 'Chip', 'Chips')}`,
    empty: 'Noch hat niemand Chips. Reagiere auf einen Topf, und du bist die Nummer eins.',
    traders: 'Die Händler',
  },

  market: {
    open: (episode) => `Der Markt · Folge ${episode}`,
    shut: 'Der Markt ist geschlossen',
    row: (row) =>
      `**${row.instrument}** ${row.price} ${row.arrow} ${row.episode} diese Folge, ${row.round} diese Runde`,
    footer: (round) => `Runde ${round}. Was ihn treibt, musst du selbst erraten.`,
  },

  pool: {
    title: (episode) => `Wer gewinnt in Folge ${episode} am meisten?`,
    open: (chips) =>
      `Reagiere mit dem Emoji eines Händlers und setze ${chips} Chips. Nimm die Reaktion vor der Eröffnungsglocke weg, und sie gehören wieder dir. Die letzte Wahl zählt.`,
    locked: 'Die Glocke hat geläutet: keine Einsätze mehr. Reaktionen zählen ab jetzt nicht.',
    settled: (winners) => `**${winners}** hat am meisten gewonnen. Die Gewinne sind ausgezahlt.`,
    refunded: (why) => `Alle Einsätze sind zurück: ${why}.`,
    refundReasons: {
      cancelled: 'der Topf wurde abgesagt',
      nobody_staked: 'es gab keinen',
      nobody_backed_the_winner: 'niemand hat richtig gesetzt',
      only_one_outcome_backed: 'alle haben auf denselben gesetzt',
      message_deleted: 'diese Nachricht oder ihre Reaktionen wurden gelöscht',
      episode_not_finished: 'die Folge wurde nicht rechtzeitig fertig',
      bot_was_away: 'die Show war nicht auf Sendung, als die Glocke läutete',
    },
    payouts: (list, more) => `Ausgezahlt: ${list}${more === null ? '' : ` und ${more} weitere`}`,
    payout: (mention, chips) => `${mention} ${chips}`,
    formerMember: 'ein früheres Mitglied',
    nobodyPaid: 'Niemand hatte Chips darauf.',
    row: (row) =>
      `${row.emoji} **${row.name}** · ${row.chips} Chips (${row.share}) · 100 bringen ${row.per100} · ${row.backers} dafür`,
    winnerRow: (row) =>
      `🥇 ${row.emoji} **${row.name}** · ${row.chips} Chips lagen darauf, 100 brachten ${row.per100}`,
    pot: (chips) => `Topf: ${counted(chips, 'Chip', 'Chips')}`,
    potWithJackpot: (chips, jackpot) => `Topf: ${chips} Chips, davon ${jackpot} aus dem Jackpot`,
    footer: 'Spielchips: kein Kauf, keine Weitergabe, kein Geldwert, kein Preis.',
    myStake: 'Mein Einsatz',
    notice: (mention, why) => `${mention}: ${why}`,
  },

  rules: {
    title: 'Die Regeln der Show',
    lines: [
      '**Wetten.** In der Pause öffnet ein Topf: Wer gewinnt in der nächsten Folge am meisten? Eine Reaktion setzt 50 Chips, oder weniger, wenn du so viel nicht darfst. Ein Einsatz pro Mitglied; die letzte Wahl zählt; wer die Reaktion vor der Eröffnungsglocke wegnimmt, bekommt ihn zurück.',
      '**Auszahlen.** Wer richtig lag, teilt sich den ganzen Topf nach Einsatz, abgerundet; was übrig bleibt, kommt in den Jackpot des nächsten Topfs. In jedem Zweifelsfall gehen alle Einsätze zurück.',
      '**Chips.** Alle beginnen mit 1.000. Ein Einsatz ist höchstens ein Viertel deiner Chips. Wer keine mehr hat, bekommt einmal am Tag 100, und alle erfahren davon. Kein Kauf, keine Weitergabe, kein Geldwert, kein Preis.',
      '**Händler.** Jeder beginnt eine Saison mit 10.000 $. Jede Order kostet 0,1 %, ein Schreibtisch 25 $ pro Folge. Bei 500 $ ist ein Händler pleite und macht ein Praktikum.',
      '**Ohren.** Ein Händler hört nur, wer im selben Raum steht. Gedanken sind geheim: `/confess` verrät sie nur dir.',
      '**Chaos.** Die Regie darf für Nachrichten sorgen. Wer das in einer Folge tut, hält darin keinen Einsatz.',
    ],
  },

  stake: {
    none: (episode) =>
      `Du hast noch keinen Einsatz auf Folge ${episode}. Reagiere mit dem Emoji eines Händlers.`,
    yours: (chips, emoji, name, per100) =>
      `Du hast **${chips}** Chips auf ${emoji} **${name}** gesetzt. So, wie es steht, bringen 100 Chips darauf ${per100}.`,
    balance: (chips) => `Daneben hast du **${chips}** Chips.`,
    gone: 'Dieser Topf ist vorbei. Deine Chips sind in `/wallet`.',
  },

  bailout: {
    take: (chips) => `Rettung: ${chips} Chips`,
    given: (chips) => `🤝 **${chips}** Chips gehören dir. Alle erfahren davon.`,
    told: (mention, chips) =>
      `🤝 ${mention} hatte keine Chips mehr und nimmt die Rettung des Tages: **${chips}** Chips.`,
  },

  wallet: {
    title: 'Deine Chips',
    balance: (chips) => `Du hast **${chips}** Chips.`,
    entry: (gain, why, when) => `${gain} ${why} ${when}`,
    reasons: {
      welcome: 'Willkommen',
      bailout: 'Rettung des Tages',
      stake: 'gesetzt',
      stake_returned: 'Einsatz zurück',
      payout: 'gewonnen',
      refund: 'Topf zurück',
      jackpot_added: 'Jackpot',
      rounding_to_jackpot: 'Rundung',
    },
    empty: 'Noch hat sich nichts bewegt.',
  },

  confess: {
    title: (emoji, name, round) => `${emoji} ${name}, Runde ${round}`,
    thought: 'Gedacht',
    said: 'Gesagt',
    did: 'Getan',
    silence: 'nichts',
    hold: 'Gehalten.',
    trade: (size, instrument) => `${size} in ${instrument}`,
    sizes: { Small: 'Einen kleinen Teil', Half: 'Die Hälfte', AllIn: 'Alles' },
    blocked: (why) => `Compliance hat es abgelehnt: ${why}.`,
    fumbled: 'Kein Gedanke kam: Der Händler starrte ins Leere.',
    noThought: 'Ein leerer Kopf.',
    where: (room) => `(${room})`,
    earlier: 'Früherer Gedanke',
    later: 'Späterer Gedanke',
    footer: 'Nur für deine Augen. Die anderen Händler erfahren es nie.',
  },

  chaos: {
    struck: (headline) => `⚡ Es ist heraus: **${headline}**. Der Markt ist im freien Fall.`,
    next: (round) => `Der Knopf geht wieder in Runde ${round}.`,
  },

  show: {
    started: 'Die Show läuft.',
    paused: 'Die Show macht Pause. `/show resume` macht in derselben Runde weiter.',
    resumed: 'Die Show geht weiter.',
    stopped: 'Die Show ist beendet. `/show start` beginnt wieder, wo sie aufhörte.',
    loading: (model) =>
      `⏳ **${model}** wird geladen. Die Show geht solange weiter; ein Download kann Minuten dauern.`,
    modelChanged: 'Ab dem nächsten Zug denkt ein anderes Modell.',
    paced: (pace) => `Jetzt beginnt alle ${pace} eine Runde.`,
    seconds: (count) => `${count} s`,
    title: 'Die Show',
    modes: { stopped: 'beendet', paused: 'in Pause', running: 'auf Sendung' },
    phases: { intermission: 'Pause', episode: 'Folge' },
    status: (status) =>
      `**${status.mode}** · Saison ${status.season}, Folge ${status.episode}, ${status.phase} ${status.phaseRound}/${status.phaseRounds} (Runde ${status.round})`,
    pace: (pace) => `Alle ${pace} eine Runde`,
    brain: (label) => `Es denkt: ${label}`,
    turns: (turns, fumbles) => `${counted(turns, 'Zug', 'Züge')}, ${fumbles} verpatzt`,
    waiting: (posts) => `${counted(posts, 'Beitrag wartet', 'Beiträge warten')} noch`,
  },

  schedule: {
    title: 'Wann die Show spielt',
    continuous: 'Rund um die Uhr, solange sie läuft.',
    appointment: (episodes, times) => `Nach Termin: ${counted(episodes, 'Folge', 'Folgen')} um ${times}.`,
    daily: 'jeden Tag',
    next: (when) => `Die Türen öffnen ${when}.`,
    timeZone: (name) => `Zeitzone: ${name}.`,
    seasonDays: (days) => `Eine Saison endet nach ${counted(days, 'Tag', 'Tagen')}, mit einer Schlussglocke.`,
    seasonNotByDays: 'Keine Saison endet nach Tagen.',
    seasonEpisodes: (episodes) => `Eine Saison endet nach ${counted(episodes, 'Folge', 'Folgen')}.`,
    seasonNotByEpisodes: 'Keine Saison endet nach der Zahl ihrer Folgen.',
    quiet: (from, to) => `Ruhe von ${from} bis ${to}: Nichts wird gezeigt, die Show geht weiter.`,
    neverQuiet: 'Keine Ruhezeiten.',
  },

  setup: {
    title: 'Open Outcry einrichten',
    intro:
      'Nichts geschieht, bevor du den Knopf drückst. Du kannst es jederzeit wiederholen: Was steht, bleibt stehen.',
    willMake: 'Wird gebaut',
    nothingToMake: 'Nichts: Alles steht.',
    stands: 'Steht schon',
    standing: (channels, voices, rules) =>
      `${counted(channels, 'Kanal', 'Kanäle')}, ${counted(voices, 'Stimme', 'Stimmen')} der Händler${rules ? ', die Regelkarte' : ''}`,
    allowed: 'Berechtigungen',
    allAllowed: '✅ Ich darf alles, was ich brauche.',
    settings: 'Einstellungen',
    settled: (language, role) =>
      `Sprache: ${language}. Regie: wer den Server verwalten darf${role === null ? '' : ` und ${role}`}.`,
    leftAlone: 'Bleibt unberührt',
    stranger: (name) => `#${name} ist nicht von mir: Ich baue einen eigenen Kanal.`,
    build: 'Bauen',
    buildAgain: 'Noch einmal prüfen',
    mend: 'Reparieren',
    building: '🔨 Ich baue. Das dauert ein, zwei Minuten: Discord lässt mich Webhooks nur langsam anlegen.',
    ready: (made, kept) => `Die Bühne steht: ${made} neu gebaut, ${kept} schon da.`,
    made: (what) => `🔨 ${what}`,
    problem: (what) => `❗ ${what}`,
    refused: (what, why) =>
      `Discord hat ${what} abgelehnt: ${why}. Behebe das und rufe \`/setup\` noch einmal auf.`,
    letRoleIn: (role, channel) =>
      `Ich kann ${role} nicht in #${channel} lassen. Kanaleinstellungen → Berechtigungen → Rolle hinzufügen: Kanal ansehen und Nachrichten senden.`,
    portraitMissing: (name, why) =>
      `Kein Porträt für ${name} (${why}). Rufe \`/setup\` später noch einmal auf.`,
    next: 'Mit `/show start` läutet die erste Glocke.',
    failed: (why) => `Die Bühne ließ sich nicht bauen. ${why}`,
    missing: (where, permissions, fix) => `In **${where}** fehlt mir **${permissions}**. ${fix}`,
    fixServer: 'Servereinstellungen → Rollen → meine Rolle: einschalten, dann `/setup` noch einmal aufrufen.',
    fixChannel:
      'Kanaleinstellungen → Berechtigungen → meine Rolle: erlauben. Oder den Kanal löschen, oder mir „Rollen verwalten“ geben, und `/setup` noch einmal aufrufen.',
    fixByButton: 'Der Knopf behebt das.',
    exposed: (channel, fix) => `Alle können **${channel}** sehen, und das ist nur für die Regie. ${fix}`,
    fixExposed: 'Kanaleinstellungen → Berechtigungen → @everyone: „Kanal ansehen“ verbieten.',
    mended: (what) => `🔧 ${what}`,
    mendedOwn: (channel, permissions) => `${channel}: Ich darf wieder ${permissions}`,
    sealed: (channel) => `${channel}: wieder nur für die Regie`,
    server: 'diesem Server',
    channel: (name) => `#${name}`,
    channelFor: (name, topic) => `#${name} · ${topic}`,
    category: (name) => `Kategorie ${name}`,
    webhook: (name, room) => `${name} (${room})`,
    voices: (names, room) => `Stimmen (${room}): ${names}`,
    ruleCard: 'die angepinnte Regelkarte',
  },

  doctor: {
    titleWell: '🩺 Alles in Ordnung',
    titleIll: (count) => `🩺 ${counted(count, 'Sache', 'Sachen')} zu reparieren`,
    well: 'Jeder Kanal, jede Stimme und jede Berechtigung ist da.',
    noPortrait: (name, room) => `🖼️ ${name} hat kein Porträt (${room}).`,
    unpinned: '📌 Die Regelkarte ist nicht angepinnt.',
    backlog: (posts) =>
      `📮 ${posts} Beiträge warten. Vielleicht ist Discord langsam, oder ein Kanal ist mir verschlossen: Was alt ist, wird zu einer Karte gefaltet.`,
    hint: (what) => `-# Willkommen, nicht nötig: ${what}`,
    footer: (mode, posts) => `Die Show ist ${mode}; ${counted(posts, 'Beitrag wartet', 'Beiträge warten')}`,
  },

  teardown: {
    title: 'Die Bühne abbauen',
    intro:
      'Das alles geht für immer, mit jeder Nachricht darin. Die Show endet, offene Einsätze gehen zurück, Chips und Stände bleiben gespeichert.',
    willGo: (what) => `🗑️ ${what}`,
    confirm: 'Alles entfernen',
    nothing: 'Hier steht nichts von mir. `/setup` baut es.',
    removing: '🧹 Ich räume auf.',
    gone: (what) => `🗑️ ${what}`,
    done: (count) =>
      `Die Bühne ist abgebaut: ${counted(count, 'Sache', 'Sachen')} entfernt. Die Show ist beendet.`,
    stayed: (what, why, isCategory) =>
      `${what} ist noch da (${why}). ${isCategory ? 'Lösche sie von Hand.' : 'Gib mir dort „Kanäle verwalten“, oder lösche den Kanal von Hand.'}`,
    categoryInUse: (name, others) =>
      `Kategorie ${name} ist noch da: ${others === 1 ? 'Ein Kanal darin ist' : `${others} Kanäle darin sind`} nicht von mir.`,
    next: '`/setup` baut sie wieder auf. Ganz los wirst du mich unter Servereinstellungen → Integrationen.',
  },

  privacy: {
    title: 'Was gespeichert ist',
    lines: [
      '**Gespeichert:** deine Discord-ID mit deinen Chips, deinen Einsätzen und deren Verlauf; wenn du Regie führst, was du wann getan hast.',
      '**Nicht gespeichert:** dein Name, deine Nachrichten, deine Reaktionen anderswo. Nachrichten kann ich nicht lesen, und nichts verlässt diesen Rechner, was du nicht in Discord siehst.',
      '**Wie lange:** bis du es mit `/delete-my-data` löschst. Werde ich von einem Server entfernt, ist nach 30 Tagen alles von seiner Show gelöscht.',
    ],
    aboutYou: 'Über dich:',
    nothing: 'Über dich ist nichts gespeichert.',
    chips: (chips) => `eine Geldbörse mit ${counted(chips, 'Chip', 'Chips')} und ihr Verlauf.`,
    acts: (acts) => `${counted(acts, 'Eintrag', 'Einträge')} im Protokoll der Regie.`,
    deletionTitle: 'Deine Daten löschen?',
    deletion:
      'Deine ID verschwindet aus Geldbörsen, Einsätzen, Ergebnissen und Protokollen. Die Summen bleiben, ohne Namen. Deine Chips sind verloren, und niemand kann sie zurückholen.',
    confirm: 'Meine Daten löschen',
    deleted: 'Erledigt. Nichts Gespeichertes nennt dich noch. Wenn du wieder wettest, fängst du neu an.',
  },

  help: {
    title: 'Open Outcry',
    intro:
      'Vier Händler mit kleinem Verstand teilen sich ein Büro. Jeder hört nur, wer im selben Raum steht, und sagt das eine, während er das andere denkt. Beobachte die Räume, lies den Ticker, setze auf einen Händler, höre eine Beichte.',
    commands: 'Befehle',
    command: (name, what) => `\`/${name}\` ${what}`,
    producers: 'Für die Regie',
    rules: 'Die Regeln',
    footer: 'Namen, Kurse und Geld sind erfunden. Die Händler sind Sprachmodelle und irren oft.',
  },

  refusals: {
    bailout: {
      chips_left: () => 'Du hast noch Chips: Die Rettung ist für alle, die keine mehr haben.',
      stake_running: () =>
        'Deine Chips laufen in diesem Topf mit. Die Rettung ist für alle, denen danach nichts bleibt.',
      bailed_out_today: (when) => `Die Rettung des Tages ist verbraucht. Die nächste gibt es ${when}.`,
    },
    chaos: {
      show_not_running: () => 'Die Show läuft nicht. Erst `/show start`.',
      cooling_down: (facts) =>
        `Der Knopf ist noch heiß: Er geht in ${counted(facts['rounds'] ?? 1, 'Runde', 'Runden')} wieder.`,
      text_too_long: (facts) => `Diese Schlagzeile ist zu lang: höchstens ${facts['most'] ?? 140} Zeichen.`,
      text_blocked: () =>
        'Diese Schlagzeile steht auf der Sperrliste (Links, Einladungen, Beleidigungen). Sag es anders.',
      text_empty: () =>
        'Von dieser Schlagzeile bleibt nichts Lesbares. Nimm einfache Worte, oder lass sie weg.',
    },
    confess: {
      unknown_trader: () => 'So heißt kein Händler. Wähle einen aus der Liste.',
      no_thought_yet: () => 'Dieser Händler war noch nicht dran. Versuch es nach der nächsten Runde.',
      no_such_round: () =>
        'Dieser Händler war in jener Runde nicht dran. Lass die Runde weg und lies den letzten Gedanken.',
    },
    forget: {
      nothing_known: () => 'Über dich ist nichts gespeichert.',
      stake_is_open: (facts) =>
        `Du hast einen Einsatz auf Folge ${facts['episode'] ?? ''}. Nimm erst deine Reaktion vom Topf und rufe dann \`/delete-my-data\` noch einmal auf.`,
      stake_is_locked: (facts) =>
        `Dein Einsatz läuft in Folge ${facts['episode'] ?? ''} mit. Rufe \`/delete-my-data\` nach der Schlussglocke noch einmal auf.`,
      excluded_from_pool: (facts) =>
        `Du hast Regie geführt, während der Topf von Folge ${facts['episode'] ?? ''} lief, und darfst darin nicht setzen. Rufe \`/delete-my-data\` nach der Schlussglocke noch einmal auf.`,
    },
    model: {
      model_is_fixed: () =>
        'Diese Show hat kein Modell zu wechseln: Sie denkt mit dem Skript-Gehirn oder einem Server. Der Betreiber legt das mit `BRAIN` fest.',
      model_is_changing: () =>
        'Gerade wird ein anderes Modell geladen. `/show status` sagt, welches denkt; versuch es dann.',
      model_failed: (why) => `Dieses Modell ließ sich nicht laden, das bisherige macht weiter: ${why}`,
    },
    schedule: {
      unknown_time_zone: () => 'Diese Zeitzone gibt es nicht. Tippe eine Stadt und wähle aus der Liste.',
      bad_opening_time: (facts) =>
        `Öffnungszeiten schreibt man wie 20:00, bis zu ${facts['most'] ?? 21} davon mit Leerzeichen dazwischen.`,
      no_opening_times: () => 'Nach Termin braucht es eine Zeit: Gib sie mit `um` an, etwa 20:00.',
      setting_out_of_range: (facts) =>
        `Das muss zwischen ${facts['least'] ?? 1} und ${facts['most'] ?? 1} liegen.`,
    },
    unknownModel: 'Dieses Modell kenne ich nicht. Wähle eines aus der Liste, die beim Tippen aufgeht.',
    producerRoleForAll: 'Diese Rolle haben alle, also würden alle Regie führen. Wähle eine andere.',
    run: {
      already_running: () => 'Die Show läuft schon. `/show status` sagt, wo sie steht.',
      not_running: () => 'Die Show läuft nicht. `/show start` startet sie.',
      not_paused: () => 'Die Show macht keine Pause. `/show status` sagt, wo sie steht.',
      pace_out_of_range: (facts) =>
        `Eine Runde dauert zwischen ${facts['leastSeconds'] ?? 3} und ${facts['mostSeconds'] ?? 600} Sekunden.`,
    },
    stake: {
      no_open_pool: () => 'Kein Topf ist offen: Der nächste öffnet in der Pause.',
      unknown_outcome: () =>
        'Dieser Händler ist nicht in diesem Topf. Wähle einen, dessen Emoji darunter steht.',
      stake_too_small: (facts) =>
        `Ein Einsatz ist mindestens ${counted(facts['least'] ?? 1, 'Chip', 'Chips')}. Nenne einen größeren.`,
      stake_too_large: (facts) =>
        `Ein Einsatz ist höchstens ein Viertel deiner Chips, jetzt ${facts['most'] ?? 0}.`,
      not_enough_chips: (facts) =>
        `Das sind mehr als die ${facts['chips'] ?? 0} Chips, die du hast. Setze weniger; \`/wallet\` zeigt sie dir.`,
      no_chips_left: () =>
        'Du hast keine Chips mehr. Die Rettung bringt dich wieder ins Spiel, einmal am Tag.',
      conflict_of_interest: () =>
        'Wer in einer Folge Chaos stiftet oder Regie führt, hält darin keinen Einsatz. Der nächste Topf steht dir offen.',
    },
  },

  errors: {
    noShow: 'Dieser Server hat noch keine Show. Wer **Server verwalten** darf, kann `/setup` aufrufen.',
    producersOnly: 'Das darf nur die Regie: wer **Server verwalten** darf oder die Regie-Rolle hat.',
    stale:
      'Dieser Knopf stammt aus früherer Zeit und geht nicht mehr. Rufe den Befehl noch einmal auf, dann bekommst du einen neuen.',
    elsewhere: 'Ich arbeite nur in einem Server, der mich eingeladen hat.',
    stillWorking:
      'Das dauert länger, als Discord auf eine Antwort wartet. Es geht weiter; `/show status` und `/doctor` sagen, was daraus wurde.',
    unknownCommand:
      'Diesen Befehl kenne ich nicht mehr. Lade Discord neu (Strg+R), dann stimmt die Liste wieder.',
    failed: (reference) =>
      `Bei mir ist etwas kaputtgegangen; verloren ist nichts. Versuch es noch einmal, und wenn es bleibt, soll die Regie im Protokoll nach \`${reference}\` suchen.`,
    discord: (what) => `Discord hat das abgelehnt: ${what}`,
  },
};

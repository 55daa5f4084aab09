/** In German: see ../en/refusals.ts. */
import { counted } from '../counted.ts';
import type { refusals as english } from '../en/refusals.ts';

export const refusals: typeof english = {
  refusals: {
    bailout: {
      chips_left: () => 'Du hast noch Chips: Die Rettung ist für alle, die keine mehr haben.',
      stake_running: () =>
        'Deine Chips laufen in diesem Topf mit. Die Rettung ist für alle, denen danach nichts bleibt.',
      bailed_out_today: (when) => `Die Rettung des Tages ist verbraucht. Die nächste gibt es ${when}.`,
    },
    chaos: {
      show_not_running: () => 'Die Show läuft nicht. Erst `/show start`.',
      show_paused: () => 'Die Show macht Pause. Erst `/show resume`.',
      market_shut: (facts) =>
        `Der Markt ist zu: Da ist nichts, was abstürzen könnte. Der Knopf geht wieder, wenn er öffnet, in ${counted(facts['rounds'] ?? 1, 'Runde', 'Runden')}.`,
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
      model_is_shared: () =>
        'Mehrere Server teilen sich das Modell, deshalb kann es keiner von ihnen wechseln. Wer den Bot betreibt, legt es mit `MODEL` fest.',
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
      already_paused: () => 'Die Show macht schon Pause. `/show resume` lässt sie weitergehen.',
      not_running: () => 'Die Show läuft nicht. `/show start` startet sie.',
      not_paused: () => 'Die Show macht keine Pause. `/show status` sagt, wo sie steht.',
      pace_out_of_range: (facts) =>
        `Eine Runde dauert zwischen ${facts['leastSeconds'] ?? 3} und ${facts['mostSeconds'] ?? 600} Sekunden.`,
    },
    stake: {
      no_open_pool: () => 'Gerade ist kein Topf offen.',
      unknown_outcome: () =>
        'Dieser Händler ist nicht in diesem Topf. Wähle einen, dessen Emoji darunter steht.',
      stake_too_small: (facts) =>
        `Ein Einsatz ist mindestens ${counted(facts['least'] ?? 1, 'Chip', 'Chips')}. Nenne einen größeren.`,
      stake_too_large: (facts) =>
        `Ein Einsatz ist höchstens ein Viertel deiner Chips oder 10: jetzt ${facts['most'] ?? 0}.`,
      not_enough_chips: (facts) =>
        `Das ist mehr, als du hast: ${counted(facts['chips'] ?? 0, 'Chip', 'Chips')}, samt denen in diesem Topf. Höchstens ${facts['most'] ?? 0} davon darfst du setzen.`,
      nothing_to_double: () =>
        'Du hast keinen Einsatz, den du verdoppeln könntest. Reagiere erst mit dem Emoji eines Händlers.',
      no_answer_to_double: () =>
        'Du hast hier keinen Einsatz, den du verdoppeln könntest. Drück erst eine der Antworten unter dem Topf.',
      unclear_pick: () =>
        'Du hast mehrmals reagiert, während ich weg war, und ich weiß nicht, was zuletzt kam. Darum zählt nichts davon. Nimm deine Reaktionen weg und reagiere neu.',
      no_chips_left: () =>
        'Du hast keine Chips mehr. Die Rettung bringt dich wieder ins Spiel, einmal am Tag.',
      conflict_of_interest: () =>
        'Wer in einer Folge Chaos stiftet oder Regie führt, darf darin keinen Einsatz halten. Der nächste Topf steht dir offen.',
    },
  },

  errors: {
    noShow: 'Dieser Server hat noch keine Show. Wer **Server verwalten** darf, kann `/setup` aufrufen.',
    away: 'Die Show ist gleich wieder da. Verloren ist nichts; versuch es dann noch einmal.',
    awayBecause: (why, when) =>
      `Die Show ist nicht auf Sendung: ${why}${when === null ? '' : ` Der nächste Versuch kommt ${when}.`} Verloren ist nichts.`,
    noStage:
      'Es gibt keine Kanäle, in denen gespielt wird. Rufe erst `/setup` auf, dann noch einmal das hier.',
    bellToCome: (when) =>
      `Die Folge ist entschieden, und die Schlussglocke sagt, wie: ${when}. Frag noch einmal, wenn der Ticker sie gemeldet hat.`,
    producersOnly: 'Das darf nur die Regie: wer **Server verwalten** darf oder die Regie-Rolle hat.',
    stale:
      'Dieser Knopf stammt aus früherer Zeit und geht nicht mehr. Rufe den Befehl noch einmal auf, dann bekommst du einen neuen.',
    elsewhere: 'Ich arbeite nur auf einem Server, der mich eingeladen hat.',
    stillWorking:
      'Das dauert länger, als Discord auf eine Antwort wartet. Es geht weiter; `/show status` und `/doctor` sagen, was daraus wurde.',
    unknownCommand:
      'Diesen Befehl kenne ich nicht mehr. Lade Discord neu (Strg+R), dann stimmt die Liste wieder.',
    failed: (reference) =>
      `Bei mir ist etwas kaputtgegangen; verloren ist nichts. Versuch es noch einmal, und wenn es bleibt, soll die Regie im Protokoll nach \`${reference}\` suchen.`,
    discord: (why, cure) => `Das hat Discord abgelehnt: ${why}. ${cure}`,
  },

  cures: {
    10003: 'Den Kanal gibt es nicht mehr.',
    10008: 'Die Nachricht gibt es nicht mehr.',
    10015: 'Den Webhook gibt es nicht mehr.',
    30003: 'In dem Kanal ist so viel angepinnt, wie Discord erlaubt: Nimm etwas ab.',
    30007:
      'Der Kanal hat 15 Webhooks, mehr erlaubt Discord nicht: Kanaleinstellungen → Integrationen → Webhooks: Lösche welche.',
    30013: 'Der Server hat 500 Kanäle, mehr erlaubt Discord nicht: Lösche welche.',
    30032: 'Ich habe hier so viele Befehle, wie Discord erlaubt.',
    30034: 'Discord nimmt heute keine neuen Befehle mehr an: Warte bis morgen.',
    50001:
      'Ich sehe ihn nicht: Kanaleinstellungen → Berechtigungen → meine Rolle: „Kanäle ansehen“ erlauben.',
    50013:
      'Mir fehlt dort eine Berechtigung, oder ich soll geben, was ich nicht habe: `/doctor` nennt, was ich brauche. Servereinstellungen → Rollen → meine Rolle.',
    50024: 'Diese Art von Kanal kann ich nicht benutzen: Mach ihn zum Textkanal, oder lösche ihn.',
    50035:
      'Discord nimmt einen Namen oder die Zahl der Kanäle nicht an: In eine Kategorie passen 50, und manche Wörter sind verboten.',
    50074:
      'Discord braucht diesen Kanal für die Community: Servereinstellungen → Community → Übersicht: Wähle einen anderen Kanal für die Regeln und für die Neuigkeiten.',
    60003:
      'Dieser Server verlangt von Moderatoren die Zwei-Faktor-Authentifizierung, und bei einem Bot vom Besitzer seiner Anwendung: Wem meine im Developer Portal gehört, der muss sie unter Benutzereinstellungen → Mein Account einschalten.',
    otherwise: 'Behebe das.',
  },
};

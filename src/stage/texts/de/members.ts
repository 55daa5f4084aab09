/** In German: see ../en/members.ts. */
import { counted } from '../counted.ts';
import type { members as english } from '../en/members.ts';

export const members: typeof english = {
  confess: {
    title: (emoji, name, round) => `${emoji} ${name}, Runde ${round}`,
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
    latest: (emoji, name) => `${emoji} Letzter Gedanke: ${name}`,
    earlier: 'Früherer Gedanke',
    later: 'Späterer Gedanke',
    footer: 'Nur für deine Augen. Die anderen Händler erfahren es nur, wenn ihr es vorlesen lasst.',
  },

  privacy: {
    title: 'Was gespeichert ist',
    lines: [
      '**Gespeichert:** deine Discord-ID mit deinen Chips, deinen Einsätzen, Tipps, Beiträgen, Stimmen, Vermutungen und Entscheidungen auf dem Stuhl, was daraus wurde und was sich bewegt hat; wenn du Regie führst, was du wann getan hast.',
      '**Nicht gespeichert:** dein Name, deine Nachrichten, deine Reaktionen anderswo. Nachrichten kann ich nicht lesen. Nichts verlässt diesen Rechner, was du nicht in Discord siehst; denken die Händler auf einem anderen Rechner, liest der mit, was sie hören: auch deine Tipps, ohne deinen Namen.',
      '**Wie lange:** bis du es mit `/delete-my-data` löschst. Dann bleibt ein Prüfwert, der niemanden nennt und nur sagt: war schon da; stündliche und tägliche Kopien von davor sind nach höchstens sieben Spieltagen ersetzt. Werde ich von einem Server entfernt, ist nach 30 Tagen alles von seiner Show gelöscht.',
    ],
    aboutYou: 'Über dich:',
    nothing: 'Über dich ist nichts gespeichert.',
    chips: (chips) => `Eine Geldbörse mit ${counted(chips, 'Chip', 'Chips')} und ihr Verlauf.`,
    wallet: 'Eine Geldbörse und ihr Verlauf.',
    hand: 'Was du neben dem Wetten getan hast: Tipps, Chips unter Gedanken, Stimmen, Vermutungen, Entscheidungen auf dem Stuhl.',
    acts: (acts) => `${counted(acts, 'Eintrag', 'Einträge')} im Protokoll der Regie.`,
    deletionTitle: 'Deine Daten löschen?',
    deletion:
      'Deine ID verschwindet aus Geldbörsen, Einsätzen, Ergebnissen und Protokollen. Die Summen bleiben, ohne Namen. Deine Chips sind verloren, und niemand kann sie zurückholen. Ein Prüfwert, der niemanden nennt, bleibt, damit es das Willkommen und die Rettung des Tages nur einmal gibt.',
    confirm: 'Meine Daten löschen',
    deleted:
      'Erledigt. In der Show nennt dich nichts mehr; Kopien von davor noch, bis sie nach höchstens sieben Spieltagen ersetzt sind. Du kannst wieder wetten, aber ein zweites Willkommen gibt es nicht: Bei null hilft die Rettung des Tages.',
  },

  help: {
    title: 'Open Outcry',
    intro: (traders) =>
      `${traders} Händler mit kleinem Verstand teilen sich ein Büro. Jeder hört nur, wer im selben Raum steht, und sagt das eine, während er das andere denkt. Beobachte die Räume, lies den Ticker, setze auf einen Händler, höre eine Beichte.`,
    commands: 'Befehle',
    command: (name, what) => `\`/${name}\` ${what}`,
    producers: 'Für die Regie',
    rules: 'Die Regeln',
    footer:
      'Namen, Kurse und Geld sind erfunden. Die Händler spielt ein Sprachmodell oder ein schlichtes Drehbuch, und sie irren oft.',
  },
};

/** In German: see ../en/why.ts. */
import { counted } from '../counted.ts';
import type { why as english } from '../en/why.ts';

export const why: typeof english = {
  why: {
    command: {
      description: 'Fragt einen Händler noch einmal und lässt je eines weg. Nur du siehst es',
      options: {
        trader: { name: 'händler', description: 'Wessen letzter Handel; wurde nur gehalten: der letzte Zug' },
      },
    },
    button: 'Warum?',
    begun: (name, seconds) =>
      `${name} wird noch einmal gefragt, etwa ${counted(seconds, 'Sekunde', 'Sekunden')}. Die Züge der Show gehen vor.`,
    title: (emoji, name, round) => `❓ ${emoji} Warum ${name} das tat, Runde ${round}`,
    did: (what) => `Getan: **${what}**.`,
    heldSince: (round) =>
      `Seitdem wurde nur gehalten, also geht es um Runde ${round}, die letzte, in der ein Handel gewählt wurde.`,
    again: (what) => `Noch einmal gefragt, mit allem: ${what}. Daran wird das Folgende gemessen.`,
    hold: 'halten',
    trade: (size, instrument) => `${size} in ${instrument}`,
    without: {
      news: 'ohne die Nachrichten',
      line: 'ohne das, was andere sagten',
      price: 'ohne die Kurse',
      memory: 'ohne Gedächtnis',
    },
    things: {
      news: 'den Nachrichten',
      line: 'dem, was andere sagten',
      price: 'den Kursen',
      memory: 'dem Gedächtnis',
    },
    other: (bar, without, what) => `${bar} ${without} dagegen: **${what}**`,
    words: (bar, without) => `${bar} ${without}: derselbe Handel in anderen Worten`,
    same: (bar, without) => `${bar} ${without}: genau dasselbe`,
    absent: (bar, without) => `${bar} ${without}: davon gab es nichts`,
    silent: (bar, without) => `${bar} ${without}: es kam keine Antwort`,
    hungOn: (things) => `**Es hing an ${things}.**`,
    onNothing: '**Es hing an keinem davon allein.** Nimm eines weg, und der Handel bleibt derselbe.',
    and: ' und ',
    footer: 'Derselbe Kopf mit demselben Glück, nebenbei gefragt: Nichts davon bleibt im Gedächtnis.',
    refusals: {
      unknown_trader: () => 'So heißt kein Händler. Nimm einen aus der Liste.',
      no_turn_yet: () =>
        'Dort gab es noch keinen Zug, nach dem man fragen könnte. Versuch es nach der nächsten Runde.',
      too_many_ask: () => 'Mehrere Mitglieder fragen schon. Versuch es in einer Minute.',
      no_time: () =>
        'Die Show, oder wer vor dir gefragt hat, brauchte ihre Köpfe die ganze Zeit. Versuch es später.',
    },
  },
};

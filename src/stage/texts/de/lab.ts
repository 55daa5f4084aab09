/** In German: see ../en/lab.ts. */
import { counted } from '../counted.ts';
import type { lab as english } from '../en/lab.ts';

export const lab: typeof english = {
  lab: {
    title: (name) => `Im Labor: ${name}`,
    none: (brain) =>
      `Das Labor hat ${brain} auf diesem Rechner noch nicht gemessen. Wer die Show betreibt, kann es: \`npm run lab -- --help\` sagt, wie.`,
    worlds: (worlds, rounds, turns) =>
      `${counted(worlds, 'Welt', 'Welten')} zu ${counted(rounds, 'Runde', 'Runden')}, ${counted(turns, 'Zug', 'Züge')}, ohne Publikum. Eine Welt ist für alle dieselbe.`,
    split: {
      shipped: 'Gespielt mit den Händlern und Nachrichten dieser Show.',
      heldOut: 'Gespielt mit Händlern und Nachrichten, denen es nie begegnet war.',
    },
    trained: 'Es wurde auf genau dieser Welt trainiert und steht darum außer Konkurrenz.',
    apart: (more, less, alike) =>
      [
        ...(more === '' ? [] : [`Es verschenkt sicher weniger als ${more}.`]),
        ...(less === '' ? [] : [`Es verschenkt sicher mehr als ${less}.`]),
        `${more === '' && less === '' ? 'Nach dem, was es verschenkt, ist es' : 'Es ist'} von ${counted(alike, 'Strategie, die neben ihm spielt,', 'Strategien, die neben ihm spielen,')} nicht zu unterscheiden.`,
      ].join(' '),
    plain: {
      'speaker-found': (times, chance) =>
        `Wer spricht, lässt sich in ${times} von 100 Fällen allein an den Worten erkennen (durch Zufall in ${chance}).`,
      contingency: (times, chance) =>
        `Antworten passen in ${times} von 100 Fällen zu dem, was gesagt wurde (durch Zufall in ${chance}).`,
    },
    figures: {
      regret: 'Verschenkt gegenüber dem Besten, was das Mandat erlaubt, Basispunkte je Runde',
      'lag-gain': 'Runden, um die es zu einem neuen Regime eher passt als zu denen anderer Welten',
      contingency: 'Antworten passen zu dem, worauf sie antworten',
      'speaker-found': 'Man hört, wer spricht',
      repeats: 'Eigene Sätze noch einmal gesagt',
    },
    figure: (title, value, range, chance) =>
      `**${value}**${range === null ? '' : ` (${range})`} · ${title}${chance === null ? '' : `; durch Zufall ${chance}`}`,
    range: (low, high) => `${low} bis ${high}`,
    control: (covered, of) =>
      `Noch einmal mit anderem Glück gespielt: bei ${covered} von ${counted(of, 'Maß', 'Maßen')} kein Unterschied zu sich selbst gefunden.`,
    footer: (command) => `In Klammern: wo es mit 95 % liegt. Wiederholen: ${command}`,
  },
};

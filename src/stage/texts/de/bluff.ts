/** In German: see ../en/bluff.ts. */
import { counted } from '../counted.ts';
import type { bluff as english } from '../en/bluff.ts';

export const bluff: typeof english = {
  bluff: {
    button: 'Bluff?!',
    ask: (name, line) =>
      `${name} sagt: „${line}“ Was sagt das Geschäft in eben diesem Zug? Du hast einen Tipp, bis der Ticker es verrät.`,
    means: '🤝 Ist ernst gemeint',
    bluffs: '🃏 Ist ein Bluff',
    called: (name, call) =>
      `${name}: **${call}**. Der Ticker verrät es, wenn die Runde vorbei ist; richtig bringt einen Punkt, falsch kostet einen.`,
    right: (name, call) => `${name}: Du sagtest **${call}**, und du lagst richtig.`,
    wrong: (name, call) => `${name}: Du sagtest **${call}**, und du lagst falsch.`,
    ahead: {
      ask: (name) =>
        `Oder rate voraus: Meint ${name} das nächste Versprechen ernst, das erste, dessen Geschäft du noch nicht kennen kannst?`,
      called: (name, call) =>
        `${name}, nächstes Versprechen: **${call}**. Richtig bringt einen Punkt, falsch kostet einen; „Bluff?!“ unter diesem Satz sagt, wie es ausging.`,
    },
    told: (called, right) =>
      `🃏 ${counted(called, 'Mal wurde', 'Mal wurde')} ein Bluff vermutet oder verneint, ${right} richtig.`,
    board: {
      title: 'Wer die Händler durchschaut',
      button: 'Beim Bluff',
      row: (rank, mention, rating, points, right, all) =>
        `**${rank}.** ${mention} ${rating} · ${counted(points, 'Punkt', 'Punkte')} · ${right} von ${all} richtig`,
      empty:
        'In dieser Saison hat noch niemand geraten: „Bluff?!“ steht unter Sätzen, die etwas versprechen.',
      about: 'Eine Elo-Zahl je Saison: Wer richtig liegt, nimmt dem Händler Punkte ab, und umgekehrt.',
    },
    refusals: {
      no_such_line: () => 'Dieser Satz verspricht nichts, was ein Geschäft zeigen könnte.',
      round_is_over: () => 'Diese Runde ist vorbei, der Ticker hat es verraten. Rate bei einem neueren Satz.',
      called_already: () => 'Bei diesem Satz hast du schon geraten. Ein Tipp je Satz.',
      you_know: () => 'Du hast in dieser Runde nachgesehen, was getan wurde; das wäre kein Raten.',
    },
  },
};

/** In German: see ../en/story.ts. */
import { counted } from '../counted.ts';
import type { story as english } from '../en/story.ts';

const IN_MOMENTS = ['', ' in einem Moment', ' in zwei Momenten', ' in drei Momenten'];

export const story: typeof english = {
  story: {
    openTitle: (episode) => `🎬 Folge ${episode}`,
    previously: 'Was bisher geschah:',
    wonAndLost: (winner, gain, loser, loss) =>
      `${winner} gewann den Tag (${gain}), ganz hinten lag ${loser} (${loss}).`,
    fell: (names) => `Und in die Pleite ging: ${names}.`,
    recalled: (question, answer) => `${question} ${answer}.`,
    question: 'Die Frage:',
    questions: {
      survive: (name) => `Entgeht ${name} der Pleite?`,
      loan: (name, sum) => `Macht ${name}, zurück mit einem Kredit von ${sum}, etwas daraus?`,
      climb: (name, sum) => `Klettert ${name} wieder über ${sum}?`,
      streak: (name, times) => `Gewinnt ${name} zum ${times}. Mal in Folge?`,
      repay: (name, sum) => `Holt ${name} die ${sum} vom letzten Mal zurück?`,
      overtake: (name, rival) => `Kommt ${name} an ${rival} vorbei?`,
      milestone: (name, sum) => `Kommt ${name} über ${sum}?`,
      winner: 'Wer liegt vorn, wenn die Glocke läutet?',
    },
    yes: 'Ja',
    no: 'Nein',
    leads: (first, gain, second, secondGain) => `${first} führt (${gain}) vor ${second} (${secondGain}).`,
    halfTime: '⏱️ **Halbzeit.**',
    lastRounds: (rounds) => `⏳ **Noch ${counted(rounds, 'Runde', 'Runden')} bis zur Glocke.**`,
    missing: (sum) => `Es fehlen ${sum}.`,
    yesSoFar: 'So, wie es steht: ja.',
    firstCall: (name, size, instrument) =>
      `📞 **Der erste Griff zum Hörer:** ${name} steckt ${size} in ${instrument}.`,
    next: (question) => `🎬 **Nächste Folge:** ${question}`,
    endTitle: (episode, moments) => `🎞️ Folge ${episode}${IN_MOMENTS[moments] ?? ''}`,
    answered: (question, answer) => `**${question}** ${answer}.`,
    firstCallWas: (name, instrument, change) =>
      `Der erste Abschluss, ${name} in ${instrument}: ${change} bis zur Glocke.`,
    link: 'ansehen',
    looksBack: (name, line) => `> 🎥 ${name} dazu: „${line}“`,
    moments: {
      swing: (m) => `🎢 **Der Ausschlag:** ${m['name']}, ${m['sum']} in einer einzigen Runde.`,
      burn: (m) => `🔥 **Der Seitenhieb:** ${m['name']} zu ${m['other']}: „${m['line']}“`,
      betrayal: (m) =>
        `🗡️ **Der Verrat:** ${m['name']} lobte ${m['instrument']} und tat etwas anderes; ${m['other']} glaubte es, und das kostete ${m['sum']}.`,
      fall: (m) => `🪦 **Der Fall:** ${m['name']} ist pleite.`,
      call: (m) =>
        `🎯 **Der Treffer:** ${m['name']} in ${m['instrument']}, ${m['sum']} bis zur Glocke gegenüber Nichtstun.`,
      blunder: (m) =>
        `🤦 **Der Fehlgriff:** ${m['name']} in ${m['instrument']}, ${m['sum']} bis zur Glocke gegenüber Nichtstun.`,
    },
    left: {
      call: (m) =>
        `🎯 **Der Treffer:** ${m['name']} rechtzeitig ${m['left']}, ${m['sum']} bis zur Glocke gegenüber Nichtstun.`,
      blunder: (m) =>
        `🤦 **Der Fehlgriff:** ${m['name']} zu früh ${m['left']}, ${m['sum']} bis zur Glocke gegenüber Nichtstun.`,
    },
    outOf: {
      long: (instrument) => `raus aus ${instrument}`,
      short: (instrument) => `raus aus einem Leerverkauf von ${instrument}`,
    },
    nothing: 'Ein ruhiger Tag. Niemand wird sich an ihn erinnern, auch das ist ein Erfolg.',
    crown: (name, sum) => `👑 Die Krone geht an **${name}** mit ${sum}.`,
    spoon: (name, sum) => `🥄 Der Holzlöffel geht an **${name}** mit ${sum}.`,
    arcs: {
      phoenix: (m) =>
        `**${m['name']}** war tot und kam wieder: pleite in Folge ${m['fell']}, am Ende ${m['end']}.`,
      fallen: (m) =>
        `**${m['name']}** ging in Folge ${m['fell']} pleite und beendet die Saison beim Kaffeekochen.`,
      icarus: (m) =>
        `**${m['name']}** flog in Folge ${m['peakEpisode']} auf ${m['peak']} und landete bei ${m['end']}.`,
      diver: (m) =>
        `**${m['name']}** war in Folge ${m['lowEpisode']} bei ${m['low']} und tauchte wieder auf: ${m['end']}.`,
      riser: (m) => `**${m['name']}** stieg und behielt es: ${m['end']}, ${m['wins']} gewonnen.`,
      slider: (m) => `**${m['name']}** rutschte die ganze Saison, höflich: ${m['end']}.`,
      steady: (m) => `**${m['name']}** kam nirgendwohin, mit großer Disziplin: ${m['end']}.`,
    },
    wins: (count) => (count === 0 ? 'keine Folge' : counted(count, 'Folge', 'Folgen')),
  },
};

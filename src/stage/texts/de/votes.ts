/** In German: see ../en/votes.ts. */
import type { votes as english } from '../en/votes.ts';

export const votes: typeof english = {
  votes: {
    title: (episode) => `🗳️ Ihr entscheidet, vor Folge ${episode}`,
    about: 'Eine Stimme je Frage, bis zur Eröffnungsglocke; deine letzte zählt.',
    over: 'Die Glocke hat geläutet, die Stimmen sind gezählt.',
    headline: (first, second) => `**Welche Schlagzeile läuft zuerst?**\n🅰️ „${first}“\n🅱️ „${second}“`,
    bailout: (name) =>
      `**Bekommt ${name} einen Kredit und handelt wieder?** Sonst leiht das VC Office nach einer ganzen Folge im Praktikum.`,
    first: '🅰️ Die erste',
    second: '🅱️ Die zweite',
    yes: (name) => `🤝 Kredit für ${name}`,
    no: (name) => `☕ ${name} kocht Kaffee`,
    cast: (what, first, second) => `Deine Stimme: **${what}**. Es steht ${first} zu ${second}.`,
    lent: (name, yes, no) => `🗳️ Abgestimmt, ${yes} zu ${no}: Kredit für ${name}.`,
    coffee: (name, yes, no) => `🗳️ Abgestimmt, ${no} zu ${yes}: ${name} kocht Kaffee.`,
    ran: (text, more, less) => `🗳️ Mit ${more} zu ${less} läuft zuerst: „${text}“`,
    tieLoan: (name, each) => `🗳️ ${each} zu ${each} beim Kredit für ${name}: Das VC Office entscheidet.`,
    tieHeadline: (each) => `🗳️ ${each} zu ${each} bei der Schlagzeile: Es läuft, was kommt.`,
    refusals: {
      vote_is_over: () =>
        'Die Glocke hat geläutet, die Stimmen sind gezählt. Die nächste Abstimmung kommt in der Pause.',
      no_such_vote: () => 'Diese Abstimmung gibt es nicht mehr.',
    },
  },
};

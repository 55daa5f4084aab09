/** What members ask for: confessions, help, their data. */
import { counted } from './counted.ts';

export const members = {
  confess: {
    title: (emoji: string, name: string, round: number) => `${emoji} ${name}, round ${round}`,
    said: 'Said',
    did: 'Did',
    silence: 'nothing',
    hold: 'Held.',
    trade: (size: string, instrument: string) => `${size} into ${instrument}`,
    sizes: { Small: 'a small part', Half: 'half', AllIn: 'everything' },
    blocked: (why: string) => `Compliance refused it: ${why}.`,
    fumbled: 'No thought came: the trader stared into space.',
    noThought: 'An empty mind.',
    where: (room: string) => `in the ${room}`,
    latest: (emoji: string, name: string) => `${emoji} ${name}'s last thought`,
    earlier: 'Earlier thought',
    later: 'Later thought',
    footer: 'For your eyes only. The other traders learn of it only if members leak it.',
  },

  privacy: {
    title: 'What is stored',
    lines: [
      '**Stored:** your Discord id with your chips, your stakes, tips, pledges, votes, guesses and choices from a chair, how they went and what moved; if you produce, what you did and when.',
      '**Not stored:** your name, your messages, your reactions elsewhere. I cannot read messages. Nothing leaves this machine but what you see in Discord; where the traders think on another machine, it reads what they hear: your tips, too, without your name.',
      '**For how long:** until you delete it with `/delete-my-data`. Then only a hash stays, which names nobody and says "was here"; hourly and daily copies made before are replaced within seven days of play. 30 days after I am removed from a server, all of its show is deleted.',
    ],
    aboutYou: 'About you:',
    nothing: 'Nothing is stored about you.',
    chips: (chips: string) => `A wallet with ${counted(chips, 'chip')} and its history.`,
    wallet: 'A wallet and its history.',
    hand: 'What you did beside betting: tips, chips under thoughts, votes, guesses, choices from a chair.',
    acts: (acts: string) => `${counted(acts, 'entry', 'entries')} in the producers' log.`,
    deletionTitle: 'Delete your data?',
    deletion:
      'Your id is taken out of wallets, stakes, results and logs. The sums stay, under no name. Your chips are lost, and nobody can bring them back. A hash that names nobody stays, so that nobody gets the welcome or the bailout of the day twice.',
    confirm: 'Delete my data',
    deleted:
      'Done. Nothing in the show names you any more; copies made before do until they are replaced, within seven days of play. You can bet again, but there is no second welcome: at zero there is the bailout of the day.',
  },

  help: {
    title: 'Open Outcry',
    intro: (traders: number) =>
      `${traders} traders with small minds share an office. Each hears only who stands in the same room, and says one thing while thinking another. Watch the rooms, read the tape, back a trader, hear a confession.`,
    commands: 'Commands',
    command: (name: string, what: string) => `\`/${name}\` ${what}`,
    producers: 'For producers',
    rules: 'The rules',
    footer:
      'Names, prices and money are made up. A language model or a plain script plays the traders, and is often wrong.',
  },
};

/** A fair show: seals of seasons. */
export const fairness = {
  seal: {
    sealed: (season: number, seal: string) =>
      `🔏 Season ${season} is sealed: \`${seal}\`. This fixes its world, cast and rules; what opens it is posted at its end.`,
    opened: (season: number, seed: number, salt: string, seal: string) =>
      `🔓 Season ${season} is opened: seed \`${seed}\`, salt \`${salt}\`, seal \`${seal}\`.`,
    archived:
      'Whoever runs the show has its archive as a file; `npm run verify -- ARCHIVE` plays it again and checks every price, fill and payout.',
    notArchived: 'Its content was changed while it was on, so it has no archive.',
  },
};

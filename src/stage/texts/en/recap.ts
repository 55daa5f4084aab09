/** An episode told again. */

export const recap = {
  recap: {
    command: {
      description: 'What happened in an episode, with links to where it happened',
      options: { episode: { name: 'episode', description: 'Of this season; the last one if left out' } },
    },
    thread: (season: number, episode: number, question: string | null) =>
      `Season ${season}, episode ${episode}${question === null ? '' : `: ${question}`}`,
    title: (season: number, episode: number) => `🎞️ Season ${season}, episode ${episode}`,
    row: (rank: number, name: string, gain: string, equity: string) =>
      `**${rank}.** ${name} ${gain} · ${equity}`,
    none: 'There is no such episode to tell yet. The next closing bell ends one.',
  },
};

/** In German: see ../en/recap.ts. */
import type { recap as english } from '../en/recap.ts';

export const recap: typeof english = {
  recap: {
    command: {
      description: 'Was in einer Folge geschah, mit Links dorthin, wo es geschah',
      options: { episode: { name: 'folge', description: 'Aus dieser Saison; ohne Angabe die letzte' } },
    },
    thread: (season, episode, question) =>
      `Saison ${season}, Folge ${episode}${question === null ? '' : `: ${question}`}`,
    title: (season, episode) => `🎞️ Saison ${season}, Folge ${episode}`,
    row: (rank, name, gain, equity) => `**${rank}.** ${name} ${gain} · Vermögen ${equity}`,
    none: 'Von so einer Folge gibt es noch nichts zu erzählen. Die nächste Schlussglocke beendet eine.',
  },
};

/** The plots of a report, as cards that the painter draws: bars with intervals, a row each. */
import type { BenchmarkCard } from '#show/ports/card-views.ts';
import type { Report } from './schema.ts';

const PLOTTED = ['regret', 'lag', 'lag-gain', 'contingency', 'speaker-found'] as const;
const TITLE_MAX = 60;

export function plotsOf(report: Report): { id: string; card: BenchmarkCard }[] {
  const trained = new Set(
    report.rows.filter(({ card }) => card.trainedOnTheWorld).map(({ card }) => nameOf(card)),
  );
  return PLOTTED.flatMap((id) => {
    const about = report.measures.find((measure) => measure.id === id);
    const rows = report.rows.flatMap(({ card, figures }) => {
      const figure = figures.find(({ measure }) => measure === id);
      if (!figure || figure.estimate === null) return [];
      const { estimate, interval } = figure;
      return [
        {
          name: nameOf(card),
          value: estimate,
          low: interval?.low ?? null,
          high: interval?.high ?? null,
          control: card.kind === 'baseline' || card.isControl,
        },
      ];
    });
    if (!about || rows.length === 0) return [];
    const sorted = rows.toSorted(
      (a, b) =>
        Number(trained.has(a.name)) - Number(trained.has(b.name)) ||
        (about.better === 'low' ? a.value - b.value : b.value - a.value),
    );
    return [
      {
        id,
        card: {
          kind: 'benchmark',
          title: about.title.slice(0, TITLE_MAX),
          subtitle: `${report.plan.worlds} worlds of ${report.plan.rounds} rounds, 95 % intervals`,
          unit: '',
          plot: { as: 'bars', valueTitle: about.unit, rows: sorted },
        },
      },
    ];
  });
}

const nameOf = ({ name, trainedOnTheWorld }: Report['rows'][number]['card']): string =>
  trainedOnTheWorld ? `${name} (trained on it)` : name;

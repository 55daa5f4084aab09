/** The plots of a report, as cards that the painter draws: bars with intervals, a row each. */
import type { BenchmarkCard } from '#show/ports/card-views.ts';
import { bestFirst, figureOf, labelOf } from './order.ts';
import type { Report } from './schema.ts';

/** With titles that a picture has room for. */
const PLOTTED = {
  regret: 'Gain given away',
  lag: 'Rounds until its position fits a new regime',
  'lag-gain': 'Rounds by which it fits a regime sooner than others',
  contingency: 'Answers that fit the line they answer',
  'speaker-found': 'Speakers found by words alone',
};

export function plotsOf(report: Report): { id: string; card: BenchmarkCard }[] {
  return Object.entries(PLOTTED).flatMap(([id, title]) => {
    const about = report.measures.find((measure) => measure.id === id);
    if (!about) return [];
    const rows = bestFirst(report.rows, about).flatMap((row) => {
      const { estimate = null, interval = null } = figureOf(row, id) ?? {};
      if (estimate === null) return [];
      return [
        {
          name: labelOf(row),
          value: estimate,
          low: interval?.low ?? null,
          high: interval?.high ?? null,
          control: row.card.kind === 'baseline' || row.card.isControl,
        },
      ];
    });
    if (rows.length === 0) return [];
    return [
      {
        id,
        card: {
          kind: 'benchmark',
          title,
          subtitle: `${report.plan.worlds} worlds of ${report.plan.rounds} rounds, 95 % intervals`,
          unit: '',
          plot: { as: 'bars', valueTitle: about.unit, rows },
        },
      },
    ];
  });
}

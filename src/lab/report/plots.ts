/** The plots of a report, as cards that the painter draws: bars with intervals, a row each. */
import type { BenchmarkCard } from '#show/ports/card-views.ts';
import { bestFirst, figureOf, labelOf } from './order.ts';
import type { Report } from './schema.ts';

const PLOTTED = ['regret', 'lag', 'lag-gain', 'contingency', 'speaker-found'] as const;
const TITLE_MAX = 60;

export function plotsOf(report: Report): { id: string; card: BenchmarkCard }[] {
  return PLOTTED.flatMap((id) => {
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
          title: about.title.slice(0, TITLE_MAX),
          subtitle: `${report.plan.worlds} worlds of ${report.plan.rounds} rounds, 95 % intervals`,
          unit: '',
          plot: { as: 'bars', valueTitle: about.unit, rows },
        },
      },
    ];
  });
}

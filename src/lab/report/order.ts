/** Rows as a reader is to see them: best first, and behind them what was trained on the world, which stands outside the rank. */
import type { Figure, Report } from './schema.ts';

type Row = Report['rows'][number];
type About = Pick<Report['measures'][number], 'id' | 'better'>;

export function figureOf({ figures }: Row, id: string): Figure | undefined {
  return figures.find(({ measure }) => measure === id);
}

/** By one measure; a row without an estimate is the last of its kind. */
export function bestFirst(rows: readonly Row[], { id, better }: About): Row[] {
  const worth = (row: Row): number => {
    const estimate = figureOf(row, id)?.estimate ?? null;
    return estimate === null ? Number.POSITIVE_INFINITY : better === 'low' ? estimate : -estimate;
  };
  return rows.toSorted(
    (a, b) => Number(a.card.trainedOnTheWorld) - Number(b.card.trainedOnTheWorld) || worth(a) - worth(b),
  );
}

/** Where there is little room. */
export function labelOf({ card }: Row): string {
  return card.trainedOnTheWorld ? `${card.name} (trained on it)` : card.name;
}

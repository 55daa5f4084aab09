/** Before a run: how small a difference so many worlds can show. */
import { BY_MISTAKE, criticalOf } from '../statistics/difference.ts';
import type { Report } from './schema.ts';

/** A difference is seen four times in five, at 5 % by mistake, two-sided, as the report judges one measure alone. */
const POWER = 0.8;

export interface Detectable {
  measure: string;
  unit: string;
  difference: number;
}

/**
 * For each measure the difference that `worlds` show with a power of 80 % where luck is as large as it was between two rows of a past
 * run: the standard error of that comparison times what luck reaches and what power asks for beyond (J. Cohen, Statistical Power
 * Analysis, 1988). Two arms of one brain share far more of their luck than a brain and a policy do, so what is to be told apart decides
 * which comparison tells. More worlds make that part of the error smaller that lies between worlds; the traders stay as many. Leaves out
 * what the past run cannot tell.
 * @param against the row that the past run's brain was set against; null: its null control
 */
export function detectable(
  past: Report,
  { measures, worlds, against }: { measures: readonly string[]; worlds: number; against: string | null },
): Detectable[] {
  const comparison = past.comparisons.find(({ other }) =>
    against === null
      ? past.rows.some(({ card }) => card.isControl && card.name === other)
      : other === against,
  );
  if (!comparison) return [];
  const { differences, worlds: before, traders } = comparison;
  return measures.flatMap((id) => {
    const { error = null, ofTraders = null } = differences.find(({ measure }) => measure === id) ?? {};
    const unit = past.measures.find((measure) => measure.id === id)?.unit;
    if (error === null || ofTraders === null || unit === undefined) return [];
    const left = ofTraders + ((1 - ofTraders) * before) / worlds;
    const clusters = { worlds, traders };
    const luck = { ofTraders: left === 0 ? 1 : ofTraders / left };
    const errors =
      criticalOf(BY_MISTAKE, luck, clusters) +
      // One side: beyond it on either side lies twice as much.
      criticalOf(2 * (1 - POWER), luck, clusters);
    return [{ measure: id, unit, difference: error * Math.sqrt(left) * errors }];
  });
}

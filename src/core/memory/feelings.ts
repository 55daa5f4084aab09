/** A grudge or a liking between two traders: it follows from what one knows of the other, and fades as that is forgotten. */
import type { ShowState } from '../state.ts';
import type { TraderId } from '../vocabulary.ts';
import { knows, LASTING, type Fact } from './fact.ts';

/** The worst grudge is minus this, the greatest liking this. */
export const FEELING_MAX = 3;

/** What `from` feels for `toward`: a whole number from -3, a grudge, to 3, a liking. */
export function feelingBetween(state: ShowState, from: TraderId, toward: TraderId): number {
  if (from === toward) return 0;
  let sum = 0;
  for (const fact of state.memory?.facts ?? []) {
    const felt = weight(fact, from, toward);
    if (felt === 0 || !knows(fact, from)) continue;
    const left = 1 - (state.round - fact.round) / LASTING[fact.kind].kept;
    sum += felt * Math.max(0, left);
  }
  return Math.max(-FEELING_MAX, Math.min(FEELING_MAX, Math.round(sum)));
}

function weight({ kind, about, by }: Fact, from: TraderId, toward: TraderId): number {
  const mine = about === from && by === toward;
  const theirs = by === from && about === toward;
  switch (kind) {
    case 'mocked':
      return mine ? -1.5 : 0;
    case 'comforted':
      return mine ? 1.5 : 0;
    case 'badAdvice':
      return mine ? -3 : 0;
    case 'goodAdvice':
      return mine ? 2.5 : theirs ? 1 : 0;
    case 'lead':
      return theirs ? -1.5 : 0;
    case 'goodCall':
      return about === toward ? 0.8 : 0;
    case 'badCall':
      return about === toward ? -0.6 : 0;
    default:
      return 0;
  }
}

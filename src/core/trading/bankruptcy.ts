import { BPS } from '../vocabulary.ts';

/** Bankrupt at or under this equity. */
export function bankruptCents(rules: { startCashCents: number; bankruptBps: number }): number {
  return (rules.startCashCents * rules.bankruptBps) / BPS;
}

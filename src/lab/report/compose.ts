/** A report from what was played. */
import { createHash } from 'node:crypto';
import type { Content } from '#core/content.ts';
import { MEASURES } from '../families/all.ts';
import type { JudgedRow } from '../families/measure.ts';
import type { PlayedWorld } from '../runs/records.ts';
import type { WorldPlan } from '../worlds/world.ts';
import type { RowCard } from './card.ts';
import { compared, figuresOf } from './judge.ts';
import type { Report } from './schema.ts';

export interface Row {
  card: RowCard;
  worlds: readonly PlayedWorld[];
}

export function judgedRow(content: Content, worlds: readonly PlayedWorld[]): JudgedRow {
  return { content, worlds: worlds.map(({ turns, end }) => ({ seed: end.world, turns })) };
}

/** The hash that the same row, played again, must meet. */
export function rowHash(worlds: readonly PlayedWorld[]): string {
  const hash = createHash('sha256');
  for (const { end } of worlds) hash.update(`${end.world} ${end.stateHash}\n`);
  return hash.digest('hex');
}

/**
 * Every row with its figures; every arm and the null control against the first row of a brain, which is the one that is asked
 * about. Baselines are read by their own figures.
 */
export function composeReport(
  rows: readonly Row[],
  options: { content: Content; plan: WorldPlan; card: Report['card'] },
): Report {
  const judged = rows.map(({ card, worlds }) => ({
    name: card.name,
    card,
    row: judgedRow(options.content, worlds),
    hash: rowHash(worlds),
    turns: worlds.reduce((sum, { turns }) => sum + turns.length, 0),
  }));
  const asked = judged.find(({ card }) => card.kind === 'brain');
  const others = asked ? judged.filter((it) => it !== asked && it.card.kind === 'brain') : [];
  return {
    format: 'open-outcry-lab-1',
    card: options.card,
    plan: options.plan,
    measures: MEASURES.map(({ id, family, title, formula, source, unit, range, better, chance }) => ({
      id,
      family,
      title,
      formula,
      source,
      unit,
      range: [...range] as [number, number],
      better,
      chance,
    })),
    rows: judged.map(({ card, turns, hash, row }) => ({ card, turns, hash, figures: figuresOf(row) })),
    comparisons: asked ? others.map((other) => compared(asked, other)) : [],
  };
}

/** A report from what was played. */
import { createHash } from 'node:crypto';
import type { Content } from '#core/content.ts';
import { measuresOf } from '../families/all.ts';
import type { JudgedRow, Measure } from '../families/measure.ts';
import type { PlayedWorld } from '../runs/records.ts';
import type { WorldPlan } from '../worlds/world.ts';
import type { RowCard } from './card.ts';
import { compared, figuresOf } from './judge.ts';
import { REPORT_FORMAT, type Report } from './schema.ts';

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

/** A row of a report, from what was played. */
export function toldRow(
  card: RowCard,
  worlds: readonly PlayedWorld[],
  row: JudgedRow,
  measures: readonly Measure[],
): Report['rows'][number] {
  const turns = worlds.reduce((sum, world) => sum + world.turns.length, 0);
  const programs = [...new Set(worlds.flatMap(({ end }) => end.program ?? []))].toSorted();
  return {
    card,
    turns,
    hash: rowHash(worlds),
    ...(programs.length > 0 && { programs }),
    figures: figuresOf(row, undefined, measures),
  };
}

/**
 * Which rows a report sets against each other: the first row of a brain, which is the one that is asked about, against every other row,
 * baselines among them. Arms with another persona have no worked turns either, so they are set against the row without those, where
 * the run has it.
 */
export function pairsOf<T extends { card: RowCard }>(rows: readonly T[]): { one: T; other: T }[] {
  const asked = rows.find(({ card }) => card.kind === 'brain');
  if (asked === undefined) return [];
  const plain = rows.find(({ card }) => card.arm === 'no-worked-turns') ?? asked;
  return rows
    .filter((row) => row !== asked)
    .map((other) => ({
      one: other.card.arm.endsWith('-persona') && !other.card.isControl ? plain : asked,
      other,
    }));
}

/** What a report says of its measures. */
export function toldMeasures(measures: readonly Measure[]): Report['measures'] {
  return measures.map(({ id, family, title, formula, source, unit, range, better, chance }) => ({
    id,
    family,
    title,
    formula,
    source,
    unit,
    range: [...range] as [number, number],
    better,
    chance,
  }));
}

export function composeReport(
  rows: readonly Row[],
  options: { content: Content; plan: WorldPlan; card: Report['card'] },
): Report {
  const measures = measuresOf(options.card.families);
  const named = rows.map(({ card, worlds }) => ({
    name: card.name,
    card,
    worlds,
    row: judgedRow(options.content, worlds),
  }));
  return {
    format: REPORT_FORMAT,
    card: options.card,
    plan: options.plan,
    measures: toldMeasures(measures),
    rows: named.map(({ card, worlds, row }) => toldRow(card, worlds, row, measures)),
    comparisons: pairsOf(named).map(({ one, other }) => compared(one, other, undefined, measures)),
  };
}

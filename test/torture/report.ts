/** What many seeds came to: a table for people. */
import { FAULT_KINDS } from './sim/faults.ts';
import type { Played } from './play.ts';

const YEAR_MS = 365.25 * 86_400_000;

export function table(played: readonly Played[], seconds: number): string {
  const sum = (of: (each: Played) => number): number => played.reduce((total, each) => total + of(each), 0);
  const struck = new Map<string, number>(FAULT_KINDS.map((kind) => [kind, 0]));
  for (const each of played)
    for (const fault of each.struck) {
      const kind = fault.slice(0, fault.lastIndexOf('@'));
      struck.set(kind, (struck.get(kind) ?? 0) + 1);
    }
  const rows: [string, string][] = [
    ...[...struck].map(([kind, times]): [string, string] => [kind, String(times)]),
    ['', ''],
    ['faults', String(sum(({ struck }) => struck.length))],
    ['events', String(sum(({ counts }) => counts.events))],
    ['statements', String(sum(({ counts }) => counts.statements))],
    ['requests', String(sum(({ counts }) => counts.requests))],
    ['starts of the bot', String(sum(({ counts }) => counts.starts))],
    ['rounds', String(sum(({ counts }) => counts.rounds))],
    ['messages in Discord', String(sum(({ counts }) => counts.messages))],
    ["members' picks judged", String(sum(({ counts }) => counts.picks))],
    ['checks', String(sum(({ counts }) => counts.checks))],
    ['seeds', String(played.length)],
    ['simulated server-years', (sum(({ simulatedMs }) => simulatedMs) / YEAR_MS).toFixed(2)],
    ['violations', String(played.filter(({ violation }) => violation !== null).length)],
    ['seconds', seconds.toFixed(0)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value.padStart(10)}`).join('\n');
}

/** A failing seed, small, and how to play it again. */
export function failure({ seed, violation, struck }: Played, rounds: number): string {
  const only = struck.map((fault) => `--only '${fault}'`).join(' ');
  return [
    `seed ${seed}: ${violation?.message ?? ''}`,
    `  the faults that it takes: ${struck.join(', ') || 'none'}`,
    `  npm run torture -- --seed ${seed} --rounds ${rounds} ${only || '--only none'}`,
    ...(violation?.log.slice(-8) ?? []).map((line) => `    ${line.slice(0, 220)}`),
  ].join('\n');
}

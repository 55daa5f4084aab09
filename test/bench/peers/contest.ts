/** All ways of asking one model, loaded at once and measured in turns. A peer that breaks is told and left out; the others go on. */
import { setTimeout as sleep } from 'node:timers/promises';
import { under, type Load } from '../load.ts';
import type { ShowTurn } from '../show-turns.ts';
import { PeerBroken, tellSkipped } from './broken.ts';
import { ENGINE, residentMiB, type Row } from './report.ts';
import type { PeerWay } from './ways.ts';

export interface Entrant {
  name: string;
  /** Rejects with PeerBroken. */
  open: (threads: number) => Promise<PeerWay>;
}

/** A way with its number of threads, loaded and waiting. */
export interface Contestant {
  name: string;
  threads: number;
  way: PeerWay;
}

/**
 * Loads each entrant once for each number of threads. One that cannot be loaded with each of them is not in the contest: it could not
 * be compared at its better number. Rejects with PeerBroken where it is this engine: without it nothing is compared.
 */
export async function enter(
  entrants: readonly Entrant[],
  threadCounts: readonly number[],
): Promise<Contestant[]> {
  let entered: Contestant[] = [];
  const broken = new Set<string>();
  for (const threads of threadCounts) {
    for (const { name, open } of entrants) {
      if (broken.has(name)) continue;
      try {
        entered.push({ name, threads, way: await open(threads) });
      } catch (error) {
        tellBroken({ name, threads }, 'as it was loaded', error);
        broken.add(name);
        entered = await without(entered, name);
      }
    }
  }
  return entered;
}

export interface Contest {
  rounds: number;
  loads: readonly Load[];
  /** The turns of each load of each round, one after another; the first round, which warms up, is beyond `rounds`. */
  turns: readonly (readonly ShowTurn[])[];
  /** How long a round may take before its contestant counts as broken. Default: ten minutes. */
  roundLimitMs?: number;
}

const ROUND_LIMIT_MS = 600_000;

/**
 * Everything takes turns, so that a minute in which the machine is slow is slow for all. Only who finished every round has rows.
 * Closes all. Rejects with PeerBroken where it is this engine that broke.
 */
export async function measure(contestants: readonly Contestant[], contest: Contest): Promise<Row[]> {
  const { rounds, loads, turns, roundLimitMs = ROUND_LIMIT_MS } = contest;
  let still = [...contestants];
  const rows = new Map<Contestant, Map<Load, Row>>(
    contestants.map((contestant) => [
      contestant,
      new Map(loads.map((load) => [load, row(contestant, load)])),
    ]),
  );
  for (let round = 0; round <= rounds; round++) {
    for (const [at, load] of loads.entries()) {
      const asked = turns[round * loads.length + at] ?? [];
      await under(load, async () => {
        for (const contestant of still) {
          // Its other number of threads broke a moment ago.
          if (!still.includes(contestant)) continue;
          try {
            const told = await within(roundLimitMs, contestant.way.round(asked));
            const its = rows.get(contestant)?.get(load);
            if (!its) continue;
            if (round > 0) its.rounds.push(told);
            its.residentMiB = residentMiB(contestant.way.pid);
          } catch (error) {
            const when = round === 0 ? 'as it warmed up' : `in round ${round} of ${rounds}, so it has no row`;
            tellBroken(contestant, when, error);
            still = await without(still, contestant.name);
          }
        }
      });
    }
    console.error(round === 0 ? 'warmed up' : `round ${round} of ${rounds}`);
  }
  for (const { way } of still) await way.close();
  return loads.flatMap((load) => still.flatMap((contestant) => rows.get(contestant)?.get(load) ?? []));
}

function row({ name, threads }: Contestant, load: Load): Row {
  return { way: name, threads, load, rounds: [], residentMiB: null };
}

/** Rejects with PeerBroken where it takes longer: one that hangs would keep all others waiting. */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = sleep(limitMs, null, { signal: over.signal }).then(() => {
    throw new PeerBroken(
      `did not answer within ${limitMs / 1000} s`,
      'take a smaller model, or look what its process waits for',
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}

/** Throws what is no peer's breaking, and what this engine broke by. */
function tellBroken({ name, threads }: Omit<Contestant, 'way'>, when: string, error: unknown): void {
  if (!(error instanceof PeerBroken) || name === ENGINE) throw error;
  tellSkipped(
    name,
    `with ${threads} thread${threads === 1 ? '' : 's'}, ${when}: ${error.message}`,
    error.cure,
  );
}

async function without(contestants: readonly Contestant[], name: string): Promise<Contestant[]> {
  for (const each of contestants) if (each.name === name) await each.way.close();
  return contestants.filter((each) => each.name !== name);
}

/**
 * `npm run torture -- [--seeds 200] [--from 1] [--rounds 30] [--seed N [--only FAULT]...]`: simulated months of shows under
 * faults, a seed at a time on every core. A failing seed is made small and printed; `--seed` plays one again. Exit code 1 after a
 * violation.
 */
import { fork } from 'node:child_process';
import os from 'node:os';
import { readArguments, wholeNumber, wrong } from '#test/support/arguments.ts';
import { playSeed, type Played } from './play.ts';
import { failure, table } from './report.ts';
import { shrink } from './shrink.ts';
import { FAULT_KINDS } from './sim/faults.ts';

const USAGE =
  'npm run torture -- [--seeds 200] [--from 1] [--rounds 30] [--seed N [--only FAULT]...] [--first-failure]';

interface Task {
  seed: number;
  rounds: number;
}

async function main(): Promise<void> {
  const values = readArguments(USAGE, {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '30' },
    seed: { type: 'string' },
    only: { type: 'string', multiple: true },
    'first-failure': { type: 'boolean', default: false },
  });
  const number = (name: 'seeds' | 'from' | 'rounds' | 'seed'): number =>
    wholeNumber(USAGE, name, values[name] ?? '', name === 'seeds' || name === 'rounds' ? 1 : 0);
  const rounds = number('rounds');
  const sinceMs = performance.now();
  const played: Played[] = [];
  if (values.seed === undefined) {
    const seeds = Array.from({ length: number('seeds') }, (_, nth) => number('from') + nth);
    played.push(...(await playMany(seeds, rounds, values['first-failure'])));
  } else played.push(await playSeed({ seed: number('seed'), rounds, only: onlyOf(values.only) }));
  const failed = played.filter(({ violation }) => violation !== null);
  const [first] = failed.toSorted((a, b) => a.seed - b.seed);
  if (first) {
    const small = await shrink(first, (only) => playSeed({ seed: first.seed, rounds, only }));
    console.log(failure(small, rounds));
    if (failed.length > 1) console.log(`also failing: ${failed.map(({ seed }) => seed).join(', ')}`);
  }
  console.log(table(played, (performance.now() - sinceMs) / 1_000));
  process.exitCode = failed.length === 0 ? 0 : 1;
}

/** A mistyped fault would strike nothing, and the seed would seem to be sound. */
function onlyOf(faults: readonly string[] | undefined): readonly string[] | null {
  for (const fault of faults ?? []) {
    const kind = FAULT_KINDS.find((each) => fault.startsWith(`${each}@`));
    if (fault !== 'none' && (kind === undefined || !/^\d+$/u.test(fault.slice(kind.length + 1))))
      wrong(
        USAGE,
        `flag --only: "none", or a fault as a failing seed prints it ("answer lost@12"), not "${fault}"`,
      );
  }
  return faults ?? null;
}

/** In processes of their own: a seed keeps one core busy. */
async function playMany(seeds: readonly number[], rounds: number, untilFailure: boolean): Promise<Played[]> {
  const waiting = [...seeds];
  const played: Played[] = [];
  const workers = Array.from({ length: Math.min(os.availableParallelism(), seeds.length) }, async () => {
    const worker = fork(import.meta.filename, ['--worker'], { serialization: 'advanced' });
    try {
      for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
        const answer = Promise.withResolvers<Played>();
        const ended = (code: number | null): void =>
          answer.reject(new Error(`seed ${seed} ended its process with ${code}`));
        worker.once('message', (message) => answer.resolve(message as Played));
        worker.once('exit', ended);
        worker.send({ seed, rounds } satisfies Task);
        const each = await answer.promise;
        worker.off('exit', ended);
        played.push(each);
        if (untilFailure && each.violation !== null) waiting.length = 0;
      }
    } finally {
      worker.kill();
    }
  });
  await Promise.all(workers);
  return played;
}

function work(): void {
  process.on('message', (task) => {
    void playSeed(task as Task).then((played) => process.send?.(played));
  });
}

if (process.argv.includes('--worker')) work();
else await main();

/**
 * `npm run paint -- [--seed 7] [--rounds 30] --out DIR`: plays a show with the scripted brain and writes the pictures of its
 * floor, a GIF and a PNG a round. Exit codes: 0 done, 2 cannot be done.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openPainter } from '#paint/painter.ts';
import type { Log } from '#show/ports.ts';
import { loadContent } from './content.ts';
import { rehearse } from './rehearsal.ts';

const USAGE = 'npm run paint -- [--seed 7] [--rounds 30] --out DIR';
const ROUNDS_MAX = 10_000;

const log: Log = {
  debug() {},
  info() {},
  warn: (details, message) => console.error(message, details),
  error: (details, message) => console.error(message, details),
};

interface Wanted {
  seed: number;
  rounds: number;
  out: string;
}

/** What is asked for, or the line that says what is wrong. */
function wanted(): Wanted | string {
  try {
    const { values } = parseArgs({
      options: { seed: { type: 'string' }, rounds: { type: 'string' }, out: { type: 'string' } },
    });
    const [seed, rounds] = [Number(values.seed ?? 7), Number(values.rounds ?? 30)];
    if (!Number.isSafeInteger(seed) || seed < 0) return '--seed takes a whole number from 0 up';
    if (!Number.isInteger(rounds) || rounds < 1 || rounds > ROUNDS_MAX)
      return `--rounds takes 1 to ${ROUNDS_MAX}`;
    return values.out ? { seed, rounds, out: path.resolve(values.out) } : 'no folder was named';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function paint({ seed, rounds, out }: Wanted): Promise<void> {
  const content = loadContent();
  mkdirSync(out, { recursive: true });
  const painter = openPainter({ office: content.office, cast: content.cast, log });
  const signal = new AbortController().signal;
  try {
    for (const view of await rehearse(content, seed, rounds, log)) {
      const name = path.join(out, `floor-r${String(view.round).padStart(3, '0')}`);
      writeFileSync(`${name}.gif`, await painter.round(view, signal));
      writeFileSync(`${name}.png`, await painter.floor(view, signal));
    }
  } finally {
    await painter.close();
  }
  console.log(`${rounds} rounds of seed ${seed} are in ${out}`);
}

const order = wanted();
if (typeof order === 'string') {
  console.error(`${order}; usage: ${USAGE}`);
  process.exitCode = 2;
} else {
  try {
    await paint(order);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  }
}

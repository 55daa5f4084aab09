/**
 * `npm run paint -- [--seed 7] [--rounds 30] [--chaos ROUND] [--plots FILE] --out DIR`: plays a show with the scripted brain
 * and writes its pictures: a GIF and a PNG of the floor for each round, its cards, and the lab's plots of a file. `--chaos`
 * strikes after that round. Exit codes: 0 done, 2 cannot be done.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openPainter } from '#paint/painter.ts';
import { readPlots } from '#paint/plot-file.ts';
import type { BenchmarkCard, CardView } from '#show/ports/card-views.ts';
import type { Log } from '#show/ports/clock.ts';
import { loadContent } from '#app/content.ts';
import { errorText } from '#lib/error-text.ts';
import { playSampleShow } from './sample-show.ts';

const USAGE = 'npm run paint -- [--seed 7] [--rounds 30] [--chaos ROUND] [--plots FILE] --out DIR';
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
  chaosAfterRound: number | undefined;
  plots: BenchmarkCard[];
  out: string;
}

/** What is asked for, or a line that says what is wrong. */
function wanted(): Wanted | string {
  try {
    const { values } = parseArgs({
      options: {
        seed: { type: 'string' },
        rounds: { type: 'string' },
        chaos: { type: 'string' },
        plots: { type: 'string' },
        out: { type: 'string' },
      },
    });
    const [seed, rounds] = [Number(values.seed ?? 7), Number(values.rounds ?? 30)];
    if (!Number.isSafeInteger(seed) || seed < 0) return '--seed takes a whole number from 0 up';
    if (!Number.isInteger(rounds) || rounds < 1 || rounds > ROUNDS_MAX)
      return `--rounds takes 1 to ${ROUNDS_MAX}`;
    const chaosAfterRound = values.chaos === undefined ? undefined : Number(values.chaos);
    if (chaosAfterRound !== undefined && !(Number.isInteger(chaosAfterRound) && chaosAfterRound >= 1))
      return '--chaos takes the number of a round';
    if (values.out === undefined) return 'no folder was named';
    const plots =
      values.plots === undefined ? [] : readPlots(readFileSync(values.plots, 'utf8'), values.plots);
    return { seed, rounds, chaosAfterRound, plots, out: path.resolve(values.out) };
  } catch (error) {
    return errorText(error);
  }
}

async function paint({ seed, rounds, chaosAfterRound, plots, out }: Wanted): Promise<void> {
  const content = loadContent();
  mkdirSync(out, { recursive: true });
  const painter = openPainter({ office: content.office, cast: content.cast, log });
  const signal = new AbortController().signal;
  const cards = plots.map((view, index): [string, CardView] => [`plot-${index + 1}`, view]);
  try {
    const card = (name: string, view: CardView) => cards.push([name, view]);
    for (const view of await playSampleShow(content, seed, rounds, log, { chaosAfterRound, card })) {
      const name = path.join(out, `floor-r${String(view.round).padStart(3, '0')}`);
      writeFileSync(`${name}.gif`, await painter.round(view, signal));
      writeFileSync(`${name}.png`, await painter.floor(view, signal));
    }
    for (const [name, view] of cards)
      writeFileSync(path.join(out, `${name}.png`), await painter.card(view, signal));
  } finally {
    await painter.close();
  }
  console.log(`${rounds} rounds of seed ${seed} and ${cards.length} cards are in ${out}`);
}

const order = wanted();
if (typeof order === 'string') {
  console.error(`${order}; usage: ${USAGE}`);
  process.exitCode = 2;
} else {
  try {
    await paint(order);
  } catch (error) {
    console.error(errorText(error));
    process.exitCode = 2;
  }
}

/**
 * `npm run paint -- [--seed 7] [--rounds 30] [--chaos ROUND] [--plots FILE] --out DIR`: plays a show with the scripted brain
 * and writes its pictures: a GIF and a PNG of the floor for each round, its cards, and the lab's plots of a file. `--chaos`
 * strikes after that round. Exit codes: 0 done, 1 a fault of the program,
 * 2 cannot be done.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { openPainter } from '#paint/painter.ts';
import { readPlots } from '#paint/plot-file.ts';
import type { BenchmarkCard, CardView } from '#show/ports/card-views.ts';
import { loadContent } from '#app/content.ts';
import { sayWhy } from '#app/exit.ts';
import { readTextFile } from '#lib/text-file.ts';
import { makeOutFolder, toolArguments, toolLog } from './command-line.ts';
import { playSampleShow } from './sample-show.ts';

const USAGE = 'npm run paint -- [--seed 7] [--rounds 30] [--chaos ROUND] [--plots FILE] --out DIR';
const ROUNDS_MAX = 10_000;

interface Wanted {
  seed: number;
  rounds: number;
  chaosAfterRound: number | undefined;
  plots: BenchmarkCard[];
  out: string;
}

/** What the command line asks for. Throws InputError, or ExitError for --help. */
function wanted(): Wanted {
  const { flags, refuse, count } = toolArguments(USAGE, {
    seed: 'N',
    rounds: 'N',
    chaos: 'ROUND',
    plots: 'FILE',
    out: 'DIR',
  });
  const seed = count('seed', 7, 0);
  const rounds = Number(flags.get('rounds') ?? 30);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > ROUNDS_MAX)
    throw refuse(`--rounds takes 1 to ${ROUNDS_MAX}`);
  const chaos = flags.get('chaos');
  const chaosAfterRound = chaos === undefined ? undefined : Number(chaos);
  if (chaosAfterRound !== undefined && !(Number.isInteger(chaosAfterRound) && chaosAfterRound >= 1))
    throw refuse('--chaos takes the number of a round');
  const [out, plots] = [flags.get('out'), flags.get('plots')];
  if (out === undefined) throw refuse('no folder was named');
  return {
    seed,
    rounds,
    chaosAfterRound,
    plots: plots === undefined ? [] : readPlots(readTextFile(plots), plots),
    out: path.resolve(out),
  };
}

async function paint({ seed, rounds, chaosAfterRound, plots, out }: Wanted): Promise<void> {
  const content = loadContent();
  makeOutFolder(out);
  const painter = openPainter({ office: content.office, cast: content.cast, log: toolLog });
  const signal = new AbortController().signal;
  const cards = plots.map((view, index): [string, CardView] => [`plot-${index + 1}`, view]);
  try {
    const card = (name: string, view: CardView) => cards.push([name, view]);
    for (const view of await playSampleShow(content, seed, rounds, toolLog, { chaosAfterRound, card })) {
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

try {
  await paint(wanted());
} catch (error) {
  sayWhy(error);
}

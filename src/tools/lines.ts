/**
 * `npm run lines -- [--model NAME|FILE,…] [--arms NAME,…] [--rounds 60] [--seeds 3] [--first-seed 1001] [--threads N] [--samples 0]
 * [--samplers "temperature=0.6 minP=0.1,…"] [--sheet FILE]`: plays shows headless and prints what their lines and choices are
 * worth, models side by side.
 * Exit codes: 0 done, 1 a fault of the program, 2 cannot be done.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sayWhy } from '#app/exit.ts';
import { loadContent } from '#app/content.ts';
import type { Content } from '#core/content.ts';
import { toolArguments } from './command-line.ts';
import { ARMS, isArm, type Arm } from './lines/arms.ts';
import { playForLines, type PlayedShow } from './lines/play.ts';
import { readingSheet } from './lines/sheet.ts';
import { triedSampler, type SamplerChanges, type TriedSampler } from './lines/samplers.ts';
import { linesTable } from './lines/table.ts';
import { linesReport } from '#lab/lines/report.ts';

const USAGE =
  'npm run lines -- [--model NAME|FILE,NAME|FILE] [--arms NAME,NAME] [--rounds 60] [--seeds 3] [--first-seed 1001] [--threads N] [--samplers "temperature=0.6 minP=0.1,shipped"] [--samples 0] [--sheet FILE]';
const ARMS_TOLD = Object.entries(ARMS).map(([name, { title }]) => `\n  ${name.padEnd(18)} ${title}`);
/** Seeds that nothing was tuned on begin here. */
const FIRST_SEED = 1_001;

interface Wanted {
  models: string[];
  arms: Arm[];
  samplers: TriedSampler[];
  rounds: number;
  seeds: number[];
  threads: number | undefined;
  samples: number;
  sheet: string | undefined;
}

/** What the command line asks for. Throws InputError, or ExitError for --help. */
function wanted(): Wanted {
  const known = {
    model: 'NAME|FILE,NAME|FILE',
    arms: 'NAME,NAME',
    samplers: 'SETTINGS,SETTINGS',
    rounds: 'N',
    seeds: 'N',
    'first-seed': 'N',
    threads: 'N',
    samples: 'N',
    sheet: 'FILE',
  };
  const help = `\narms:${ARMS_TOLD.join('')}`;
  const { flags, refuse, count, listed, threads } = toolArguments(USAGE, known, { help });
  const arms = listed('arms', 'shipped').map((arm) => {
    if (isArm(arm)) return arm;
    throw refuse(`--arms knows no "${arm}"; allowed: ${Object.keys(ARMS).join(', ')}`);
  });
  const samplers = listed('samplers', 'shipped').map((asked) => {
    const tried = triedSampler(asked);
    if (typeof tried === 'string') throw refuse(`--samplers does not know ${tried}`);
    return tried;
  });
  const first = count('first-seed', FIRST_SEED, 0);
  return {
    models: listed('model', 'pocket'),
    arms,
    samplers,
    rounds: count('rounds', 60, 1),
    seeds: Array.from({ length: count('seeds', 3, 1) }, (_, index) => first + index),
    threads: threads(),
    samples: count('samples', 0, 0),
    sheet: flags.get('sheet'),
  };
}

interface Column {
  title: string;
  model: string;
  arm: Arm;
  sampler: SamplerChanges;
  shows: PlayedShow[];
}

function columnsOf({ models, arms, samplers }: Wanted): Column[] {
  return models.flatMap((model) => {
    const name = path.basename(model, '.gguf');
    // Without weights there is nothing to leave out.
    if (model === 'scripted')
      return [{ title: name, model, arm: 'shipped' as const, sampler: {}, shows: [] }];
    return arms.flatMap((arm) =>
      samplers.map(({ title, changes }) => ({
        title: [name, arm === 'shipped' ? '' : ARMS[arm].title, title]
          .filter((part) => part !== '')
          .join(', '),
        model,
        arm,
        sampler: changes,
        shows: [],
      })),
    );
  });
}

/** World by world, so that what else a machine has to do weighs on all columns alike. */
async function playAll(
  columns: readonly Column[],
  { content, seeds, rounds, threads, kept }: Wanted & { content: Content; kept: string },
): Promise<void> {
  for (const seed of seeds) {
    for (const { model, arm, sampler, shows } of columns) {
      const cacheDir = path.join(kept, `${path.basename(model)}-${arm}`);
      shows.push(await playForLines({ content, model, arm, sampler, seed, rounds, threads, cacheDir }));
    }
  }
}

async function main(): Promise<void> {
  const asked = wanted();
  const content = loadContent();
  const names = [
    ...content.cast.map(({ name }) => name),
    ...content.office.rooms.map(({ name }) => name),
    'Tech',
    'Crypto',
    'Bonds',
  ];
  const columns = columnsOf(asked);
  const kept = mkdtempSync(path.join(tmpdir(), 'open-outcry-lines-'));
  try {
    await playAll(columns, { ...asked, content, kept });
  } finally {
    rmSync(kept, { recursive: true, force: true });
  }
  const reports = columns.map(({ title, shows }) => ({ title, report: linesReport(shows, names), shows }));
  console.log(linesTable(reports));
  for (const { title, shows } of columns) {
    const said = shows.flatMap(({ turns }) => turns);
    const every = Math.max(1, Math.floor(said.length / Math.max(1, asked.samples)));
    if (asked.samples > 0) console.log(`\n${title}`);
    for (let index = 0; index < Math.min(asked.samples, said.length); index++) {
      const turn = said[index * every];
      if (turn)
        console.log(`  r${turn.round} ${turn.trader}: ${turn.speech || '(silence)'}  [${turn.thought}]`);
    }
  }
  if (asked.sheet !== undefined) {
    const { sheet, key } = readingSheet(columns);
    writeFileSync(asked.sheet, sheet);
    writeFileSync(`${asked.sheet}.key`, key);
    console.log(`\nthe reading sheet is ${asked.sheet}, and which model said what is ${asked.sheet}.key`);
  }
}

try {
  await main();
} catch (error) {
  sayWhy(error);
}

/**
 * `npm run lab -- [--brain scripted | --model FILE|NAME] [--worlds 34] …`: the behavioural benchmark. `compare A.json B.json`,
 * `read REPORT`, `repeat REPORT` use what it left, `humans SHOW` what members decided in a show; `--help` lists the rest. Exit codes: 0 done, 1 a fault of the program or a
 * hash or a figure that was not met, 2 cannot be done, 130 stopped.
 */
import path from 'node:path';
import { EXIT, ExitError, sayWhy } from '#app/exit.ts';
import { worldPlan, FIRST_SEED, QUICK_WORLDS, ROUNDS } from '#lab/worlds/world.ts';
import { toolArguments } from './command-line.ts';
import { loadOf, planLines, powerLine } from './lab/plan-lines.ts';
import { FAMILIES, type Family } from '#lab/families/measure.ts';
import { reportJsonSchema } from '#lab/report/schema.ts';
import { FAMILY_TITLES, terminalTable } from '#lab/report/text.ts';
import { compareReports } from './lab/compare.ts';
import { readBlind } from './lab/read.ts';
import { repeatReport } from './lab/repeat.ts';
import {
  ARMS,
  YARDSTICKS,
  baselineRows,
  brainRows,
  isArm,
  isYardstick,
  examOf,
  isModel,
  refusalOf,
  type ArmName,
} from './lab/rows.ts';
import { rowAhead, usualThreads } from './lab/pace.ts';
import { humansRow } from './lab/humans.ts';
import { atOnceOf, playRun } from './lab/run.ts';
import { splitContent, splitName, SPLITS } from './lab/split.ts';
import { writeReport } from './lab/write-report.ts';

const FLAGS = {
  brain: 'scripted',
  model: 'FILE|NAME',
  arms: 'NAME,NAME',
  families: 'a,b,c,d',
  worlds: 'N',
  rounds: 'N',
  'first-seed': 'N',
  'at-once': 'N',
  threads: 'N',
  exam: 'N',
  'exam-all': '',
  split: 'held-out',
  out: 'FOLDER',
  'data-dir': 'FOLDER',
  'no-baselines': '',
  'no-control': '',
  'no-plots': '',
};
const USAGE = `npm run lab -- [compare A.json B.json | read REPORT [SHEET SHEET] | repeat REPORT | humans SHOW | schema] [--brain scripted | --model FILE|NAME] ${Object.entries(
  FLAGS,
)
  .slice(2)
  .map(([name, value]) => `[--${name}${value === '' ? '' : ` ${value}`}]`)
  .join(' ')}`;

const EXAM_EVERY = 12;
/** Worlds that a model plays at once where nobody says: their turns share the passes over its weights. */
const MODEL_WORLDS = 4;

const FAMILIES_TOLD = Object.fromEntries(
  FAMILIES.map((family) => [family.toLowerCase(), { what: FAMILY_TITLES[family].slice('A. '.length) }]),
);

const listed = (title: string, named: Readonly<Record<string, { what: string }>>): string =>
  [`${title}:`, ...Object.entries(named).map(([name, { what }]) => `  ${name.padEnd(18)} ${what}`)].join(
    '\n',
  );

async function main(): Promise<void> {
  const { flags, words, refuse, count, ...asked } = toolArguments(USAGE, FLAGS, {
    wordsAllowed: true,
    help: `\n--exam N: of so many turns one is asked again; 0: none (default ${EXAM_EVERY})\n${listed('families of measures', FAMILIES_TOLD)}\n${listed('arms', ARMS)}\n${listed('rows that play in every run', YARDSTICKS)}`,
  });
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const threads = asked.threads();
  const [verb, ...rest] = words;
  if (verb === 'compare') return console.log(compareReports(rest));
  if (verb === 'read') return console.log(readBlind(rest));
  if (verb === 'humans') {
    const [show, ...more] = rest;
    if (show === undefined || more.length > 0) throw refuse('humans takes one show');
    return console.log(humansRow(show, flags.get('data-dir')));
  }
  if (verb === 'repeat') {
    const [file, ...more] = rest;
    if (file === undefined || more.length > 0) throw refuse('repeat takes one report');
    const options = { model: flags.get('model'), threads, signal: stop.signal, say: console.log };
    const same = await repeatReport(file, options);
    if (stop.signal.aborted) throw new ExitError('stopped before all rows were played again', EXIT.atOnce);
    if (!same) process.exitCode = EXIT.fault;
    return;
  }
  if (verb === 'schema') return console.log(JSON.stringify(reportJsonSchema(), null, 2));
  if (verb !== undefined) throw refuse(`"${verb}" is nothing that the lab does`);
  if (flags.has('model') && flags.has('brain')) throw refuse('either --brain or --model plays, not both');
  const player = flags.get('model') ?? flags.get('brain') ?? 'scripted';
  if (isYardstick(player)) throw refuse(`${player} is a baseline, and those play in every run`);
  const named = asked.listed('arms', armsOf(player, flags.has('model')).join(',')).map((arm): ArmName => {
    if (isArm(arm)) return arm;
    throw refuse(`--arms knows no "${arm}"; allowed: ${Object.keys(ARMS).join(', ')}`);
  });
  const arms = [...new Set(named)];
  const families = familiesOf(asked.listed('families', FAMILIES.join(',')), refuse);
  const split = SPLITS.find((name) => name === (flags.get('split') ?? 'shipped'));
  if (split === undefined) throw refuse(`--split takes one of ${SPLITS.join(', ')}`);
  const content = splitContent(split);
  const plan = worldPlan(content, {
    firstSeed: count('first-seed', FIRST_SEED, 0),
    worlds: count('worlds', QUICK_WORLDS, 2),
    rounds: count('rounds', ROUNDS, 2),
  });
  const title = path.basename(player, '.gguf');
  const rows = [
    ...(flags.has('no-baselines') ? [] : baselineRows()),
    ...brainRows(player, title, arms, {
      control: !flags.has('no-control'),
      examAll: flags.has('exam-all'),
    }),
  ];
  const folder = path.resolve(
    flags.get('out') ??
      `data/lab/runs/${title}-${plan.worlds}x${plan.rounds}${split === 'shipped' ? '' : `-${split}`}`,
  );
  const refusal = rows.map(refusalOf).find((it) => it !== null);
  if (refusal !== undefined) throw refuse(refusal);
  const exam = examOf(count('exam', EXAM_EVERY, 0), families);
  const usual = isModel({ player }) ? Math.min(MODEL_WORLDS, plan.worlds) : 1;
  const atOnce = count('at-once', atOnceOf(folder) ?? usual, 1);
  const load = loadOf(plan, rows.map(rowAhead), {
    traders: content.cast.length,
    exam,
    threads: threads ?? usualThreads(),
    atOnce,
  });
  for (const line of planLines(plan, load)) console.log(line);
  console.log(powerLine(plan, load, families));
  const played = await playRun({
    content,
    plan,
    rows,
    folder,
    threads,
    atOnce,
    exam,
    signal: stop.signal,
  });
  if (played === null)
    throw new ExitError(`stopped; the same command goes on from the traces in ${folder}`, EXIT.atOnce);
  const report = await writeReport(played, {
    content,
    plan,
    folder,
    command: `npm run lab -- ${process.argv
      .slice(2)
      .map((word) => (path.isAbsolute(word) ? path.basename(word) : word))
      .join(' ')}`,
    exam,
    atOnce,
    plots: !flags.has('no-plots'),
    split: splitName(split),
  });
  console.log(`\n${terminalTable(report)}\n\nthe report is ${path.join(folder, 'report.md')}`);
}

/** What a brain is read against where nobody says. */
function armsOf(player: string, isOfModel: boolean): ArmName[] {
  const arms: ArmName[] = isOfModel ? ['full', 'no-worked-turns'] : ['full', 'deaf', 'blind'];
  return arms.filter((arm) => refusalOf({ player, arm }) === null);
}

/** In their order, each once; undefined for all of them. */
function familiesOf(listed: readonly string[], refuse: (complaint: string) => Error): Family[] | undefined {
  const asked = new Set(listed.map((name) => name.toUpperCase()));
  const chosen = FAMILIES.filter((family) => asked.delete(family));
  const [unknown] = asked;
  if (unknown !== undefined)
    throw refuse(
      `--families knows no "${unknown.toLowerCase()}"; allowed: ${FAMILIES.join(', ').toLowerCase()}`,
    );
  return chosen.length === FAMILIES.length ? undefined : chosen;
}

try {
  await main();
} catch (error) {
  sayWhy(error);
}

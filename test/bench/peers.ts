// How long a round of four turns takes here and with what people use instead, on one model file, asked the same turns of a
// show that was played:
//
//   npm run bench:peers -- --model FILE [--rounds 7] [--threads 1,2] [--loads quiet,busy] [--python FILE] [--llama-server FILE]
//   npm run bench:peers -- --model FILE --remote [--rounds 10] [--threads 1]
//
// The peers are llama-cpp-python asked as the seed asks it, and llama-server with four slots. They are asked as their users ask
// them: a schema without lengths, natural ends, the same limit of tokens. All of them are loaded at once and take turns, round
// by round; `busy` keeps one core occupied by another process. What is not installed, or breaks, is
// skipped, loudly, and the others are measured.
//
// --remote plays a show on the remote brain against both servers, and counts what it fumbles and what is wrong with its lines.
import { existsSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import path from 'node:path';
import { readArguments, wrong } from '#test/support/arguments.ts';
import { endOnSignals } from './ending.ts';
import { findPeers } from './peers/find.ts';
import { LOADS } from './load.ts';
import { enter, measure, type Entrant } from './peers/contest.ts';
import { playRemote } from './peers/remote.ts';
import { ENGINE, ratios, table } from './peers/report.ts';
import { engineWay, seedWay, slotsWay } from './peers/ways.ts';
import { showTurns } from './show-turns.ts';

const USAGE = `npm run bench:peers -- --model FILE [--rounds 7] [--threads 1,2] [--loads quiet,busy] [--python FILE] [--llama-server FILE]
npm run bench:peers -- --model FILE --remote [--rounds 10] [--threads 1]`;
const values = readArguments(USAGE, {
  model: { type: 'string' },
  remote: { type: 'boolean', default: false },
  rounds: { type: 'string' },
  threads: { type: 'string', default: [...new Set([1, availableParallelism()])].join(',') },
  loads: { type: 'string', default: LOADS.join(',') },
  python: { type: 'string' },
  'llama-server': { type: 'string' },
});

if (values.model === undefined || !existsSync(values.model))
  wrong(USAGE, `${values.model ?? 'no model'}: not there; --model FILE takes a GGUF that every way can load`);
const threadCounts = values.threads.split(',').map(Number);
if (!threadCounts.every((count) => Number.isInteger(count) && count > 0))
  wrong(USAGE, `--threads ${values.threads}: give whole numbers, as 1,2`);
const loads = LOADS.filter((load) => values.loads.split(',').includes(load));
if (loads.length !== values.loads.split(',').length)
  wrong(USAGE, `--loads ${values.loads}: give ${LOADS.join(',')}, or one of them`);
if (values.rounds !== undefined && !/^[1-9]\d*$/.test(values.rounds))
  wrong(USAGE, `--rounds ${values.rounds}: give a whole number`);

const SEED = 7;
const ROUNDS = 7;
const REMOTE_ROUNDS = 10;

async function bench(modelFile: string): Promise<void> {
  const rounds = Number(values.rounds ?? ROUNDS);
  const { python, llamaServer } = findPeers({ python: values.python, llamaServer: values['llama-server'] });
  console.log(`load average at the start: ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`);
  const entrants: Entrant[] = [{ name: ENGINE, open: (threads) => engineWay(modelFile, threads) }];
  if (python !== null)
    entrants.push({ name: "the seed's stack", open: (threads) => seedWay(python, modelFile, threads) });
  if (llamaServer !== null)
    entrants.push({
      name: 'llama-server, four slots',
      open: (threads) => slotsWay(llamaServer, modelFile, threads),
    });
  const contestants = await enter(entrants, threadCounts);
  // Nobody is asked the same turns twice: a cache would know them.
  const turns = await showTurns((rounds + 1) * loads.length, SEED);
  const rows = await measure(contestants, { rounds, loads, turns });
  console.log(
    `\n${path.basename(modelFile)}, four turns a round, medians of ${rounds} rounds; tokens are means a turn`,
  );
  console.log(table(rows));
  const compared = ratios(rows);
  if (compared.length === 0) return;
  console.log('\neach at its own better number of threads, this engine is');
  for (const line of compared) console.log(`  ${line}`);
}

async function remote(modelFile: string, threads: number): Promise<boolean> {
  const peers = findPeers({ python: values.python, llamaServer: values['llama-server'] });
  const rounds = Number(values.rounds ?? REMOTE_ROUNDS);
  return playRemote(peers, { modelFile, threads, rounds, seed: SEED });
}

endOnSignals();
const fine = values.remote
  ? await remote(values.model, threadCounts[0] ?? 1)
  : await bench(values.model).then(() => true);
process.exit(fine ? 0 : 1);

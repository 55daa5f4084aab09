// Whether a model plays for long as it does at first: 500 turns of a show, killed twice in between and started again.
//
//   npm run bench:soak -- [--model FILE|NAME] [--turns 500] [--threads N] [--kills 2]
//
// All rounds of a stretch are asked again in the next one with other seeds, so stretches can be compared: what grows in the
// table grows with time. Fails when a turn fumbles or breaks its JSON, when memory or passes a turn have grown at the end, or when
// a start does not meet its prefixes.
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { decisionSchema } from '#core/decision.ts';
import type { Observation } from '#core/observation.ts';
import { anything, content, Floor } from '#test/support/floor.ts';
import { readArguments, wholeNumber, wrong } from '#test/support/arguments.ts';
import { catalogBrain, modelFileOf } from './brain/catalog-brain.ts';
import { end } from './ending.ts';
import { relay } from './soak/relay.ts';
import { faultsOf, notJudged, STRETCH_ROUNDS, sum, type Round } from './soak/verdict.ts';

const PLAYER = 'as-player';
const USAGE = 'npm run bench:soak -- [--model FILE|NAME] [--turns 500] [--threads N] [--kills 2]';
const values = readArguments(USAGE, {
  model: { type: 'string', default: 'pocket' },
  turns: { type: 'string', default: '500' },
  threads: { type: 'string', default: '1' },
  kills: { type: 'string', default: '2' },
  [PLAYER]: { type: 'boolean', default: false },
});
const turns = wholeNumber(USAGE, 'turns', values.turns, 1);
const threads = wholeNumber(USAGE, 'threads', values.threads, 1);
const kills = wholeNumber(USAGE, 'kills', values.kills, 0);
const rounds = Math.ceil(turns / content.cast.length);
// Before and after each kill a round is played.
if (kills >= rounds)
  wrong(USAGE, `flag --kills: fewer than rounds, and ${turns} turns are ${rounds} of those, not "${kills}"`);
const TURN_LIMIT_MS = 600_000;
const MEGABYTE = 1024 * 1024;

/** What the player says of itself: when it is ready, and after every round. */
interface Report extends Omit<Round, 'player'> {
  round: number;
  sampled: number;
  milliseconds: number;
}

if (values[PLAYER]) await play();
else {
  await modelFileOf(USAGE, values.model);
  process.exitCode = await soak();
}

/** The model in a process of its own: plays the rounds that it is sent, until it is killed. */
async function play(): Promise<void> {
  const folder = process.env['SOAK_CACHE'];
  const started = performance.now();
  const brain = await catalogBrain(values.model, { cacheDir: folder, threads });
  const roomNames = content.office.rooms.map((room) => room.name);
  const schema = decisionSchema(roomNames);
  const observed = roundsOfObservations();
  const report = (part: Partial<Report>): void => {
    const nothing = { round: -1, turns: 0, fumbles: 0, broken: 0, passes: 0, sampled: 0, milliseconds: 0 };
    process.send?.({ ...nothing, rssBytes: process.memoryUsage.rss(), ...part } satisfies Report);
  };
  process.on('disconnect', () => process.exit());
  process.on('message', (round: number) => void playRound(round));
  report({ passes: brain.passes, milliseconds: performance.now() - started });

  async function playRound(round: number): Promise<void> {
    const observations = observed[round % STRETCH_ROUNDS] ?? [];
    const passesBefore = brain.passes;
    const begun = performance.now();
    const answers = await Promise.allSettled(
      observations.map((observation) =>
        brain.think(
          { id: `soak:${round}:${observation.trader}`, observation },
          AbortSignal.timeout(TURN_LIMIT_MS),
        ),
      ),
    );
    const given = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    report({
      round,
      turns: answers.length,
      fumbles: answers.length - given.length,
      broken: given.filter(({ raw }) => !isDecision(raw, schema)).length,
      passes: brain.passes - passesBefore,
      sampled: given.reduce((sum, { tokens }) => sum + (tokens?.sampled ?? 0), 0),
      milliseconds: performance.now() - begun,
    });
  }
}

function isDecision(raw: string, schema: ReturnType<typeof decisionSchema>): boolean {
  try {
    return schema.safeParse(JSON.parse(raw)).success;
  } catch {
    return false;
  }
}

/** What every trader sees in the rounds of one show; the same each time. */
function roundsOfObservations(): Observation[][] {
  const seen: Observation[] = [];
  const floor = new Floor({ seed: 5, rules: { episodeRounds: 10, intermissionRounds: 2 } });
  floor.play(STRETCH_ROUNDS, anything(5), (observation) => seen.push(observation));
  const traders = content.cast.length;
  return Array.from({ length: STRETCH_ROUNDS }, (_, round) =>
    seen.slice(round * traders, (round + 1) * traders),
  );
}

/** Returns the exit code. */
async function soak(): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'soak-'));
  const killAfter = new Set(
    Array.from({ length: kills }, (_, index) => Math.round((rounds * (index + 1)) / (kills + 1)) - 1),
  );
  const starts: Report[] = [];
  let child: ChildProcess | undefined;
  let stopped = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stopped = true;
      child?.kill('SIGKILL');
    });
  }
  const players = {
    start: async (): Promise<ChildProcess | null> => {
      child = startPlayer(folder);
      const ready = await next(child);
      if (!ready) return null;
      starts.push(ready);
      console.log(startLine(starts));
      return child;
    },
    play: async (player: ChildProcess, round: number): Promise<(Report & Round) | null> => {
      player.send(round);
      const report = await next(player);
      return report ? { ...report, player: starts.length } : null;
    },
    kill: end,
  };
  const played = await relay(players, { rounds, killAfter, isStopped: () => stopped }).finally(() => {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  print(played);
  if (stopped) {
    console.log('stopped before the end');
    return 143;
  }
  const missed = starts.slice(1).filter(({ passes }) => passes > 0).length;
  const faults = [
    ...(played.length < rounds ? [`the player ended by itself in round ${played.length + 1}`] : []),
    ...(missed > 0 ? [`${missed} of ${starts.length - 1} later starts read a prefix again`] : []),
    ...faultsOf(played),
  ];
  for (const line of notJudged(played)) console.log(`not judged: ${line}`);
  for (const line of faults) console.log(line);
  return faults.length === 0 ? 0 : 1;
}

function startPlayer(folder: string): ChildProcess {
  const args = [`--${PLAYER}`, '--model', values.model, '--threads', values.threads];
  return fork(fileURLToPath(import.meta.url), args, { env: { ...process.env, SOAK_CACHE: folder } });
}

/** The player's next report; undefined when it has ended. */
async function next(child: ChildProcess): Promise<Report | undefined> {
  const { promise, resolve } = Promise.withResolvers<Report | undefined>();
  const onMessage = (report: Report): void => resolve(report);
  const onExit = (): void => resolve(undefined);
  child.once('message', onMessage).once('exit', onExit);
  if (child.exitCode !== null || child.signalCode !== null) resolve(undefined);
  try {
    return await promise;
  } finally {
    child.off('message', onMessage).off('exit', onExit);
  }
}

function startLine(starts: readonly Report[]): string {
  const { milliseconds, passes, rssBytes } = starts.at(-1) ?? { milliseconds: 0, passes: 0, rssBytes: 0 };
  const seconds = (milliseconds / 1000).toFixed(1);
  return `start ${starts.length}: ${seconds} s, ${passes} passes, ${Math.round(rssBytes / MEGABYTE)} MB`;
}

function print(played: readonly Report[]): void {
  console.log(
    `\n${'turns'.padStart(11)} fumbles broken JSON passes/turn sampled/turn s/round  RSS MB (start, end)`,
  );
  for (let at = 0; at < played.length; at += STRETCH_ROUNDS) {
    const stretch = played.slice(at, at + STRETCH_ROUNDS);
    const asked = sum(stretch, 'turns');
    const first = sum(played.slice(0, at), 'turns') + 1;
    const megabytes = [stretch[0], stretch.at(-1)].map((report) =>
      Math.round((report?.rssBytes ?? 0) / MEGABYTE),
    );
    console.log(
      [
        `${first}-${first + asked - 1}`.padStart(11),
        String(sum(stretch, 'fumbles')).padStart(7),
        String(sum(stretch, 'broken')).padStart(11),
        (sum(stretch, 'passes') / asked).toFixed(2).padStart(11),
        (sum(stretch, 'sampled') / asked).toFixed(1).padStart(12),
        (sum(stretch, 'milliseconds') / stretch.length / 1000).toFixed(2).padStart(7),
        `  ${megabytes.join(', ')}`,
      ].join(' '),
    );
  }
}

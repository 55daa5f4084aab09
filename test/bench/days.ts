/**
 * `npm run bench:days -- [--days 7] [--members 20] [--model NAME] [--threads N] [--folder DIR]`: a show at its full pace of 12 s,
 * without the waiting: what its process and its files hold after each simulated day. Without a model the scripted brain plays.
 * Members stake in every episode, posts count as shown, seasons are archived as they end, and every night tidies up. With a folder
 * a week may be played in parts: whatever ended it, the next call goes on with the show where it stood. Fails when memory, the
 * write-ahead log, handles or timers grow from a process's second day on; the slope of what is kept for ever is told.
 */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Archivist } from '#app/archive/archivist.ts';
import { ROUNDS_KEPT } from '#app/upkeep/nightly.ts';
import { content } from '#test/support/floor.ts';
import { readArguments } from '#test/support/arguments.ts';
import { silentLog } from '#test/support/theatre.ts';
import { catalogBrain, modelFileOf } from './brain/catalog-brain.ts';
import { endOnSignals, temporaryFolder } from './ending.ts';
import { showIn } from './stage/ground.ts';

const ROUNDS_A_DAY = 7_200;
const ROUNDS_AT_ONCE = 24;
const STAKE = 10;
const MIB = 2 ** 20;
/** What may differ from one day to the next without being growth. */
const MEMORY_ROOM = 1.15;

setFlagsFromString('--expose-gc');
/** So that what is left is what is held. */
const collectGarbage = runInNewContext('gc') as () => void;

const usage = 'npm run bench:days -- [--days 7] [--members 20] [--model NAME] [--threads N] [--folder DIR]';
const values = readArguments(usage, {
  days: { type: 'string', default: '7' },
  members: { type: 'string', default: '20' },
  model: { type: 'string' },
  threads: { type: 'string' },
  folder: { type: 'string' },
});
if (values.model !== undefined) await modelFileOf(usage, values.model);
endOnSignals();
const folder = values.folder ?? temporaryFolder('days-bench');
mkdirSync(folder, { recursive: true });
const threads = values.threads === undefined ? undefined : Number(values.threads);
const brain =
  values.model === undefined ? undefined : await catalogBrain(values.model, { cacheDir: folder, threads });
const members = Array.from({ length: Number(values.members) }, (_, nth) => `1000000000000000${nth + 10}`);
const file = path.join(folder, 'show.sqlite');
const { show, store } = showIn(file, { brain });
const archivist = new Archivist(show, store, silentLog);

interface Day {
  day: number;
  /** Counts the calls that it took: what a process holds is compared with what it held before. */
  process: number;
  databaseMib: number;
  archivesMib: number;
  logMib: number;
  memoryMib: number;
  /** Of it, what the program itself holds; the rest is the engine's, SQLite's and the allocator's. */
  heapMib: number;
  handles: number;
}

const mib = (of: string): number => (statSync(of, { throwIfNoEntry: false })?.size ?? 0) / MIB;

function archivesMib(): number {
  const archives = path.join(folder, 'archives');
  const files = statSync(archives, { throwIfNoEntry: false }) ? readdirSync(archives) : [];
  return files.reduce((sum, name) => sum + mib(path.join(archives, name)), 0);
}

/** As a stage that Discord never refuses anything. */
function showPosts(): void {
  const { outbox } = store;
  for (const place of outbox.places()) {
    const ids = outbox.waiting(place, 10_000).map(({ id }) => id);
    outbox.sending(ids);
    outbox.sent(ids, String(show.state.round));
  }
}

function stakeAll(): void {
  const pool = show.audience.pool();
  if (pool?.status !== 'open') return;
  for (const [nth, member] of members.entries()) {
    if (show.audience.stakeOf(member)) continue;
    const trader = content.cast[(nth + show.state.round) % content.cast.length];
    if (trader) show.audience.stake(member, trader.id, STAKE);
  }
}

const daysFile = path.join(folder, 'days.jsonl');

function daysBefore(): Day[] {
  if (!existsSync(daysFile)) return [];
  const lines = readFileSync(daysFile, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Day);
}

function tell({ day, ...now }: Day): void {
  console.log(
    `${String(day).padStart(3)}  ${String(now.process).padStart(7)}  ${now.databaseMib.toFixed(1).padStart(5)} MiB  ` +
      `${now.logMib.toFixed(1).padStart(4)} MiB  ${now.archivesMib.toFixed(1).padStart(5)} MiB  ` +
      `${now.memoryMib.toFixed(0).padStart(4)} MiB  ${now.heapMib.toFixed(1).padStart(5)} MiB  ${now.handles}`,
  );
}

/** What grew within one process, a line each. */
function growth([, second, ...later]: readonly Day[]): string[] {
  const last = later.at(-1);
  if (!second || !last) return [];
  const grown = (['memoryMib', 'heapMib', 'logMib', 'handles'] as const).filter(
    (what) => last[what] > second[what] * MEMORY_ROOM + 1,
  );
  return grown.map((what) => `${what} grew from ${second[what]} to ${last[what]}`);
}

const days = daysBefore();
const nth = (days.at(-1)?.process ?? 0) + 1;
console.log('day  process   database   its log   archives   memory   its heap   handles and timers');
for (const before of days) tell(before);
if (show.state.round > days.length * ROUNDS_A_DAY)
  console.log(`goes on after round ${show.state.round} of the show`);
for (let day = days.length + 1; day <= Number(values.days); day++) {
  while (show.state.round < day * ROUNDS_A_DAY) {
    await show.run(new AbortController().signal, ROUNDS_AT_ONCE);
    showPosts();
    stakeAll();
    await archivist.writeDue();
  }
  store.prune({ keepRounds: ROUNDS_KEPT });
  collectGarbage();
  const now: Day = {
    day,
    process: nth,
    databaseMib: mib(file),
    archivesMib: archivesMib(),
    logMib: mib(`${file}-wal`),
    memoryMib: process.memoryUsage.rss() / MIB,
    heapMib: process.memoryUsage().heapUsed / MIB,
    handles: process.getActiveResourcesInfo().length,
  };
  days.push(now);
  appendFileSync(daysFile, `${JSON.stringify(now)}\n`);
  tell(now);
}
store.close();

const [, second] = days;
const last = days.at(-1);
if (second && last && days.length > 2) {
  const aDay = (what: 'databaseMib' | 'archivesMib'): string =>
    ((last[what] - second[what]) / (days.length - 2)).toFixed(2);
  console.log(
    `from the second day on the database grows by ${aDay('databaseMib')} MiB a day, the archives by ${aDay('archivesMib')}`,
  );
}
const grown = [...new Set(days.map((each) => each.process))].flatMap((each) =>
  growth(days.filter((day) => day.process === each)),
);
for (const line of grown) console.error(line);
process.exitCode = grown.length === 0 ? 0 : 1;

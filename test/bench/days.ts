/**
 * `npm run bench:days -- [--days 7] [--members 20] [--model NAME]`: a show at its full pace of 12 s, without the waiting: what its
 * process and its files hold after each simulated day. Without a model the scripted brain plays. Members stake in every episode,
 * posts count as shown, seasons are archived as they end, and every night tidies up. Fails when memory, the write-ahead log,
 * handles or timers grow from the second day on; the slope of what is kept for ever is told.
 */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Archivist } from '#app/archive/archivist.ts';
import { ROUNDS_KEPT } from '#app/upkeep/nightly.ts';
import { content } from '#test/support/floor.ts';
import { readArguments } from '#test/support/arguments.ts';
import { silentLog } from '#test/support/theatre.ts';
import { catalogBrain } from './brain/catalog-brain.ts';
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

const values = readArguments('npm run bench:days -- [--days 7] [--members 20] [--model NAME]', {
  days: { type: 'string', default: '7' },
  members: { type: 'string', default: '20' },
  model: { type: 'string' },
});
endOnSignals();
const folder = temporaryFolder('days-bench');
const brain = values.model === undefined ? undefined : await catalogBrain(values.model, { cacheDir: folder });
const members = Array.from({ length: Number(values.members) }, (_, nth) => `1000000000000000${nth + 10}`);
const file = path.join(folder, 'show.sqlite');
const { show, store } = showIn(file, { brain });
const archivist = new Archivist(show, store, silentLog);

interface Day {
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

const days: Day[] = [];
console.log('day   database   its log   archives   memory   its heap   handles and timers');
for (let day = 1; day <= Number(values.days); day++) {
  for (let rounds = 0; rounds < ROUNDS_A_DAY; rounds += ROUNDS_AT_ONCE) {
    await show.run(new AbortController().signal, ROUNDS_AT_ONCE);
    showPosts();
    stakeAll();
    await archivist.writeDue();
  }
  store.prune({ keepRounds: ROUNDS_KEPT });
  collectGarbage();
  const now: Day = {
    databaseMib: mib(file),
    archivesMib: archivesMib(),
    logMib: mib(`${file}-wal`),
    memoryMib: process.memoryUsage.rss() / MIB,
    heapMib: process.memoryUsage().heapUsed / MIB,
    handles: process.getActiveResourcesInfo().length,
  };
  days.push(now);
  console.log(
    `${String(day).padStart(3)}  ${now.databaseMib.toFixed(1).padStart(5)} MiB  ${now.logMib.toFixed(1).padStart(4)} MiB  ${now.archivesMib.toFixed(1).padStart(5)} MiB  ` +
      `${now.memoryMib.toFixed(0).padStart(4)} MiB  ${now.heapMib.toFixed(1).padStart(5)} MiB  ${now.handles}`,
  );
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
  const grown = (['memoryMib', 'heapMib', 'logMib', 'handles'] as const).filter(
    (what) => last[what] > second[what] * MEMORY_ROOM + 1,
  );
  for (const what of grown) console.error(`${what} grew from ${second[what]} to ${last[what]}`);
  process.exitCode = grown.length === 0 ? 0 : 1;
}

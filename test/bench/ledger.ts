// How many stakes the ledger takes, and whether a long ledger costs more than a short one:
//
//   npm run bench:ledger -- [--stakes 20000] [--members 1000] [--at 1000,10000,100000,1000000] [--burst 100]
//
// The real path: members' picks in bursts, as a rush of reactions or commands comes, through the queue of the stage, the one
// door to the show's transactions and the chip store, to a SQLite file on the disk that is flushed at every commit. Rows are
// the legs of ledger entries, all of them made by stakes.
import path from 'node:path';
import Database from 'better-sqlite3';
import { missingChips } from '#core/betting/ledger.ts';
import type { LearnedOf } from '#show/audience/member-picks.ts';
import { StakeQueue } from '#stage/betting/stake-queue.ts';
import { content } from '#test/support/floor.ts';
import { readArguments } from '#test/support/arguments.ts';
import { endOnSignals, temporaryFolder } from './ending.ts';
import { showIn } from './stage/ground.ts';

const STAKES_A_SECOND = 5_000;
/** How much more a stake may cost with the longest ledger than with the shortest. */
const DEARER = 1.25;

const values = readArguments(
  'npm run bench:ledger -- [--stakes 20000] [--members 1000] [--at 1000,10000,100000,1000000] [--burst 100]',
  {
    stakes: { type: 'string', default: '20000' },
    members: { type: 'string', default: '1000' },
    at: { type: 'string', default: '1000,10000,100000,1000000' },
    burst: { type: 'string', default: '100' },
  },
);
const stakes = Number(values.stakes);
const members = Number(values.members);
const burst = Number(values.burst);
if (members % burst !== 0 || stakes % burst !== 0) throw new Error('bursts must fill --members and --stakes');
const lengths = values.at.split(',').map(Number);

endOnSignals();
const file = path.join(temporaryFolder('bench-ledger'), 'ledger.sqlite');
const { show, store } = showIn(file, {});
const queue = new StakeQueue({
  take: (learned) => show.audience.picks.take(learned),
  tell: ({ why }) => {
    throw new Error(`a stake was refused: ${why.code}`);
  },
  named: () => {},
  stored: () => {},
  failed: () => {},
  log: { debug() {}, info() {}, warn() {}, error: (details) => console.error(details) },
});

let made = 0;
/** Members stake one after another, each once in a pool; then the pool is returned, and the next one opens. */
function stake(count: number): number {
  let timedMs = 0;
  for (let done = 0; done < count; done += burst) {
    if (made % members === 0) nextPool();
    const picks = Array.from({ length: burst }, pick);
    const beganMs = performance.now();
    for (const each of picks) queue.add(each);
    queue.flush();
    timedMs += performance.now() - beganMs;
  }
  return timedMs / count;
}

function pick(): LearnedOf {
  const outcome = content.cast[made % content.cast.length]?.id ?? '';
  const member = `member-${made % members}`;
  made += 1;
  return { member, what: 'added', outcome };
}

function nextPool(): void {
  const { pools } = show.audience;
  const pool = show.audience.pool();
  if (pool) pools.refund(pool.id, 'cancelled');
  pools.open(
    1,
    (pool?.episode ?? 0) + 1,
    'gain',
    content.cast.map(({ id }) => id),
  );
}

console.log(`${members} members, bursts of ${burst}, ${stakes} stakes at each length of the ledger`);
let missed = 0;
const costs: number[] = [];
for (const rows of lengths) {
  while (ledgerRows() < rows)
    stake(Math.max(burst, burst * Math.floor(Math.min(20_000, (rows - ledgerRows()) / 4) / burst)));
  const at = ledgerRows();
  const costMs = stake(stakes);
  costs.push(costMs);
  const aSecond = 1_000 / costMs;
  const ok = aSecond >= STAKES_A_SECOND;
  if (!ok) missed += 1;
  console.log(
    `  from ${at.toLocaleString('en')} rows: ${(costMs * 1_000).toFixed(0)} µs a stake, ${aSecond.toFixed(0)} a second   bar ${STAKES_A_SECOND}   ${ok ? 'ok' : 'MISSED'}`,
  );
}
const dearer = (costs.at(-1) ?? 0) / (costs[0] ?? 1);
if (dearer > DEARER) missed += 1;
console.log(
  `  the longest against the shortest: ${dearer.toFixed(2)} times   bar ${DEARER}   ${dearer > DEARER ? 'MISSED' : 'ok'}`,
);
const missing = missingChips(show.audience.books()) + show.audience.ledgerSum();
if (missing !== 0) missed += 1;
console.log(`  chips missing at the end: ${missing}   bar 0   ${missing === 0 ? 'ok' : 'MISSED'}`);
store.close();
process.exit(missed === 0 ? 0 : 1);

function ledgerRows(): number {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare<[], number>('SELECT count(*) FROM ledger_legs').pluck().get() ?? 0;
  } finally {
    db.close();
  }
}

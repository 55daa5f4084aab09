import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShowNews } from '#show/show.ts';
import { theatre, type Theatre } from '#test/support/theatre.ts';

const rules = { intermissionRounds: 1, episodeRounds: 3 };
const diskFull = (): never => {
  throw new Error('disk full');
};

/** From here on the disk takes no key-values; what was written of an open transaction is undone with it. */
function fillDisk({ show }: Theatre): void {
  show.keyValues.set = diskFull;
}

test('a show whose start could not be stored has not started', (t) => {
  const staged = theatre(t, { rules, started: false });
  fillDisk(staged);
  assert.throws(() => staged.show.start('p'), /disk full/);
  assert.equal(staged.show.status().mode, 'stopped');
  assert.deepEqual(staged.store.show.audits('start', 5), []);
  assert.equal(staged.show.audience.pool(), null);
});

test('a pace that could not be stored does not count', (t) => {
  const staged = theatre(t, { rules, paceMs: 60_000 });
  fillDisk(staged);
  assert.throws(() => staged.show.setPace(30_000, 'p'), /disk full/);
  assert.equal(staged.show.status().paceMs, 60_000);
  assert.deepEqual(staged.store.show.audits('pace', 5), []);
});

test('a mode is never stored without its entry in the audit log, nor a pace', (t) => {
  const { show, store } = theatre(t, { rules, started: false });
  store.show.audit = diskFull;
  assert.throws(() => show.start('p'), /disk full/);
  assert.equal(show.status().mode, 'stopped');
  assert.equal(show.keyValues.get('mode'), null);
  assert.equal(show.audience.pool(), null);
  assert.throws(() => show.setPace(30_000, 'p'), /disk full/);
  assert.equal(show.keyValues.get('pace-ms'), null);
});

test('nobody hears of a stake whose transaction failed, and everybody of one that was stored, once it was', (t) => {
  const { show } = theatre(t, { rules });
  const told: { news: ShowNews; stored: boolean }[] = [];
  show.subscribe((news) => told.push({ news, stored: show.audience.stakeOf('ann') !== null }));
  const cutShort = () =>
    show.audience.together(() => {
      show.audience.stake('ann', 'alice');
      throw new Error('the power went');
    });
  assert.throws(cutShort, /the power went/);
  assert.deepEqual(told, []);
  assert.equal(show.audience.stakeOf('ann'), null);

  let within = 0;
  show.audience.together(() => {
    show.audience.stake('ann', 'alice');
    show.audience.stake('bob', 'mike');
    within = told.length;
  });
  assert.equal(within, 0, 'while the transaction is open nothing is told');
  assert.deepEqual(
    told.map(({ news, stored }) => ['pool' in news, stored]),
    [
      [true, true],
      [true, true],
    ],
  );
});

test('of two movements in one transaction the one that failed is undone alone, and only the other is told of', (t) => {
  const { show } = theatre(t, { rules });
  const told: ShowNews[] = [];
  show.subscribe((news) => told.push(news));
  show.audience.together(() => {
    show.audience.stake('ann', 'alice');
    try {
      show.audience.together(() => {
        show.audience.stake('bob', 'mike');
        throw new Error('not this one');
      });
    } catch {
      // Bob's own misfortune.
    }
  });
  assert.equal(told.length, 1);
  assert.equal(show.audience.stakeOf('ann')?.outcome, 'alice');
  assert.equal(show.audience.stakeOf('bob'), null);
});

test('a schedule that could not be stored opens no gate and wakes nobody', (t) => {
  const { show, store } = theatre(t, {
    rules,
    schedule: {
      mode: 'appointment',
      openings: [{ at: '20:00', days: ['mon'] }],
      episodesPerOpening: 1,
      seasonDays: null,
      timeZone: 'UTC',
    },
  });
  assert.equal(show.audience.pool(), null);
  store.show.audit = diskFull;
  assert.throws(() => show.timetable.change({ mode: 'continuous' }, 'p'), /disk full/);
  assert.equal(show.timetable.isOpen(), false);
  assert.equal(show.audience.pool(), null);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_RECORD, type TrackRecord } from '#core/betting/forecast.ts';
import { betAnswer } from '#stage/presentation/answers/bet.ts';
import { walletAnswer } from '#stage/presentation/answers/wallet.ts';
import { wordingFor } from '#stage/presentation/wording.ts';
import { textsFor } from '#stage/texts/index.ts';
import { content } from '#test/support/floor.ts';

const wording = wordingFor(content, textsFor('en'));

function wallet(record: Partial<TrackRecord>): string {
  const own = { chips: 950, history: [], record: { ...NO_RECORD, ...record }, calibration: [] };
  const answer = walletAnswer('1', own, { ok: false, code: 'chips_left', facts: {} }, wording);
  return answer.embeds?.[0]?.description ?? '';
}

test('a row begins at two: one pool won and one lost at the same bell are none', () => {
  const one = { forecasts: 2, won: 1, bestStreak: 1 };
  for (const streak of [1, -1]) assert.doesNotMatch(wallet({ ...one, streak }), /in a row/u);
  assert.match(wallet({ ...one, streak: -2 }), /🧊 2 lost in a row\.\n/u);
  assert.match(
    wallet({ ...one, streak: -2, bestStreak: 3 }),
    /🧊 2 lost in a row; 3 won in a row at best\./u,
  );
  assert.match(wallet({ ...one, streak: 2, bestStreak: 2 }), /🔥 2 won in a row/u);
});

test('what forecasts were worth is said in plain words', () => {
  const settled = { forecasts: 3, won: 1, evenPpm: 750_000 };
  assert.match(
    wallet({ ...settled, brierPpm: 1_043_250 }),
    /You won 1 of 3 pools\. Your forecasts were 39\u00A0% worse than calling all equally likely\./u,
  );
  assert.match(wallet({ ...settled, brierPpm: 600_000 }), /were 20\u00A0% better than calling/u);
  assert.match(wallet({ ...settled, brierPpm: 751_000 }), /were as good as calling/u);
});

test('a bet that comes too late is told one time at which the next pool opens', () => {
  const late = { ok: false, code: 'no_open_pool', facts: {} } as const;
  const bailout = { ok: false, code: 'chips_left', facts: {} } as const;
  const next = { with: 'closingBell', rounds: 13, aboutMs: 120_000 } as const;
  assert.match(
    betAnswer(late, 0, { bailout, next }, wording).content ?? '',
    /after the closing bell, <t:120:R>\.$/u,
  );
});

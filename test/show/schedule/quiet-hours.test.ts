import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeyValues } from '#show/ports/key-values.ts';
import { quietHours, quietUntilMs, setQuietHours } from '#show/schedule/quiet-hours.ts';
import { openStore } from '#store/store.ts';

const at = (text: string): number => Date.parse(text);
const NIGHT = { fromHour: 23, toHour: 7, timeZone: 'Europe/Berlin' };
const until = (text: string, hours = NIGHT): string | null => {
  const endMs = quietUntilMs(hours, at(text));
  return endMs === null ? null : new Date(endMs).toISOString();
};

function memory(t: { after: (work: () => void) => void }): KeyValues {
  const store = openStore(':memory:');
  t.after(() => store.close());
  return store.keyValues;
}

test('a night begins and ends by the local clock', () => {
  assert.equal(until('2026-01-10T21:59:59Z'), null);
  assert.equal(until('2026-01-10T22:00:00Z'), '2026-01-11T06:00:00.000Z');
  assert.equal(until('2026-01-11T05:59:59.999Z'), '2026-01-11T06:00:00.000Z');
  assert.equal(until('2026-01-11T06:00:00Z'), null);
});

test('the nights when clocks change are as long as they are', () => {
  assert.equal(until('2026-03-28T22:30:00Z'), '2026-03-29T05:00:00.000Z');
  assert.equal(until('2026-10-24T21:30:00Z'), '2026-10-25T06:00:00.000Z');
});

test('hours within one day, and a zone of half an hour', () => {
  const lunch = { fromHour: 12, toHour: 13, timeZone: 'Asia/Kolkata' };
  assert.equal(until('2026-06-01T06:29:00Z', lunch), null);
  assert.equal(until('2026-06-01T06:30:00Z', lunch), '2026-06-01T07:30:00.000Z');
});

test('a show without the setting is never quiet; what makes no sense is refused', (t) => {
  const keyValues = memory(t);
  assert.equal(quietUntilMs(quietHours(keyValues), 0), null);
  setQuietHours(keyValues, NIGHT);
  assert.deepEqual(quietHours(keyValues), NIGHT);
  assert.throws(() => setQuietHours(keyValues, { ...NIGHT, fromHour: 24 }), /24 is not an hour/u);
  assert.throws(() => setQuietHours(keyValues, { ...NIGHT, toHour: 23 }), /no length/u);
  assert.throws(() => setQuietHours(keyValues, { ...NIGHT, timeZone: 'Moon/Tranquility' }), RangeError);
  setQuietHours(keyValues, null);
  assert.equal(quietHours(keyValues), null);
});

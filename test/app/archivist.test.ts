import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { Archivist } from '#app/archive/archivist.ts';
import type { Log } from '#show/ports/clock.ts';
import { theatre, type Theatre } from '#test/support/theatre.ts';

/** A show whose first season is over, with who archives it, what went wrong, and whether the archive is there. */
async function seasonOver(
  t: TestContext,
): Promise<Theatre & { archivist: Archivist; failed: string[]; isArchived: () => boolean }> {
  const rules = { episodeRounds: 1, intermissionRounds: 1, seasonEpisodes: 1 };
  const played = theatre(t, { rules, onDisk: true });
  await played.play(3);
  assert.equal(played.show.state.season, 2);
  const failed: string[] = [];
  const log: Log = { debug() {}, info() {}, warn() {}, error: (_, message) => failed.push(message) };
  const { dir, name } = path.parse(played.store.file);
  const file = path.join(dir, 'archives', `${name}.season-1.jsonl.gz`);
  return {
    ...played,
    archivist: new Archivist(played.show, played.store, log),
    failed,
    isArchived: () => existsSync(file),
  };
}

test('a season whose row cannot be read costs its archive until it can be, and never the show', async (t) => {
  const { store, archivist, failed, isArchived } = await seasonOver(t);
  const row = store.keyValues.get('season:1');
  assert.ok(row !== null);
  store.keyValues.set('season:1', row.slice(0, -9));
  await archivist.writeDue();
  assert.equal(failed.length, 1);
  store.keyValues.set('season:1', row);
  await archivist.writeDue();
  assert.ok(isArchived());
  assert.equal(failed.length, 1);
});

test('a tick that comes while the show closes does not end the process', async (t) => {
  const { store, archivist } = await seasonOver(t);
  const ticks = [archivist.writeDue(), archivist.writeDue()];
  store.close();
  await Promise.all(ticks);
});

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { apply } from '#core/apply.ts';
import type { Content } from '#core/content.ts';
import { stateHash } from '#show/hash.ts';
import { openStore } from '#store/store.ts';
import { temporaryFolder } from '#test/support/rig.ts';

/**
 * 32 rounds that version 0.1.0 recorded, with the content that it played: three episodes over a season's end, two strikes of
 * chaos, fumbles, stakes. What a later version stores or computes otherwise must not change what was recorded.
 */
const fixture = (name: string): Buffer =>
  gunzipSync(
    readFileSync(fileURLToPath(new URL(`../fixtures/show-of-version-1.${name}.gz`, import.meta.url))),
  );

test('a show that an earlier version recorded is opened, and its replay meets the hash of every round', (t) => {
  const file = path.join(temporaryFolder(t), 'show.sqlite');
  writeFileSync(file, fixture('sqlite'));
  const content = JSON.parse(fixture('content.json').toString()) as Content;
  const store = openStore(file);
  t.after(() => store.close());
  const { founding, entries } = store.show.recording();
  const met: number[] = [];
  let state = founding;
  const hashes = new Map(store.show.roundHashes().map(({ round, hash }) => [round, hash]));
  for (const { action } of entries) {
    ({ state } = apply(state, action, content));
    if (action.type !== 'closeRound') continue;
    assert.equal(stateHash(state), hashes.get(state.round), `round ${state.round}`);
    met.push(state.round);
  }
  assert.equal(met.length, 32);
  assert.equal(store.chips.ledgerSum(), 0);
});

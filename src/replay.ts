/**
 * `npm run replay -- SHOW [--data-dir FOLDER]`: applies a recorded show's actions again and compares the state's hash after
 * every round. SHOW is a name in the data folder or a path. Exit codes: 0 the same, 1 a difference, 2 cannot be replayed.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { apply } from '#core/apply.ts';
import { equityCents } from '#core/books.ts';
import type { ShowState } from '#core/state.ts';
import { contentHash, stateHash } from '#show/hash.ts';
import { openStore, StoreError, type Store } from '#store/store.ts';
import { ContentError, loadContent } from './content.ts';

function fail(line: string): never {
  console.error(line);
  process.exit(2);
}

function main(): void {
  const file = locate();
  let store: Store;
  try {
    store = openStore(file);
  } catch (error) {
    if (error instanceof StoreError) fail(error.message);
    throw error;
  }
  try {
    process.exitCode = replay(store) ? 0 : 1;
  } finally {
    store.close();
  }
}

function locate(): string {
  let name: string | undefined;
  let folder = process.env['DATA_DIR'] || 'data/shows';
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { 'data-dir': { type: 'string' } },
    });
    name = positionals[0];
    folder = values['data-dir'] ?? folder;
    if (positionals.length > 1) fail(`replay takes one show, not ${positionals.length}`);
  } catch (error) {
    fail(
      `${error instanceof Error ? error.message : String(error)}; usage: npm run replay -- SHOW [--data-dir FOLDER]`,
    );
  }
  if (name === undefined) fail('no show was named; usage: npm run replay -- SHOW [--data-dir FOLDER]');
  const file = [name, path.join(folder, `${name}.sqlite`)].find((candidate) => existsSync(candidate));
  return file ?? fail(`no show "${name}" in ${path.resolve(folder)}; name a file, or a show that is there`);
}

/** True when every recorded hash was met. */
function replay(store: Store): boolean {
  const content = loadContent();
  const { founding, contentHash: recordedWith, entries } = store.show.recording();
  if (recordedWith !== contentHash(content)) {
    fail('data/ has changed since this show began; check out the data/ it was played with, then replay');
  }
  const expected = new Map(store.show.roundHashes().map(({ round, hash }) => [round, hash]));
  let state: ShowState = founding;
  let same = 0;
  const different: number[] = [];
  for (const { action } of entries) {
    ({ state } = apply(state, action, content));
    const hash = action.type === 'closeRound' ? expected.get(state.round) : undefined;
    if (hash === undefined) continue;
    if (hash === stateHash(state)) same += 1;
    else different.push(state.round);
  }
  for (const trader of Object.values(state.traders)) {
    console.log(
      `${trader.id.padEnd(16)} ${(equityCents(trader.book, state.market.priceCents) / 100).toFixed(2)}`,
    );
  }
  if (different.length > 0) console.log(`first difference: round ${different[0]}`);
  console.log(`${same} rounds the same, ${different.length} different; state ${stateHash(state)}`);
  return different.length === 0;
}

try {
  main();
} catch (error) {
  if (error instanceof ContentError) fail(error.message);
  throw error;
}

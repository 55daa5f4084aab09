import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { systemClock } from '#show/clock.ts';
import { ExitError } from '#app/exit.ts';
import { Lifecycle } from '#app/lifecycle.ts';
import { readSettings, type ShardRange } from '#app/settings.ts';
import { isOfShard, manageShards, ownShard, shardOf } from '#app/shards.ts';
import { temporaryFolder } from '#test/support/rig.ts';
import { silentLog } from '#test/support/theatre.ts';

/** A shard's process that writes each life down, as `SHARDS/SHARD_COUNT`, and lives it as told. */
function manage(t: TestContext, life: string, shards: ShardRange = { first: 0, last: 0, of: 1 }) {
  const folder = temporaryFolder(t);
  const diary = path.join(folder, 'diary');
  const file = path.join(folder, 'shard.mjs');
  writeFileSync(diary, '');
  writeFileSync(
    file,
    `import { appendFileSync, readFileSync } from 'node:fs';
     const { SHARDS, SHARD_COUNT } = process.env;
     appendFileSync(process.argv[2], SHARDS + '/' + SHARD_COUNT + '\\n');
     const lives = readFileSync(process.argv[2], 'utf8').split('\\n').length - 1;
     ${life}`,
  );
  const lifecycle = new Lifecycle();
  t.after(() => lifecycle.end());
  const over = manageShards({
    token: 'a.b.c',
    shards,
    file,
    args: [diary],
    lifecycle,
    clock: { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms / 10, signal) },
    log: silentLog,
  });
  const lives = () => readFileSync(diary, 'utf8').trimEnd().split('\n');
  return { lifecycle, over, lives };
}

const UNTIL_TOLD = `process.on('message', (message) => { if (message === 'open-outcry:stop') process.exit(0); });`;

test('a shard that dies is started again; when the program is to end, it is told and ends', async (t) => {
  const { lifecycle, over, lives } = manage(t, `if (lives === 1) process.exit(1); ${UNTIL_TOLD}`);
  while (lives().length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  // Long enough that the second life listens.
  await new Promise((resolve) => setTimeout(resolve, 300));
  lifecycle.end();
  await over;
  assert.deepEqual(lives(), ['0/1', '0/1']);
});

test("a shard runs under the same engine's flags as its manager", async (t) => {
  const flag = '--max-semi-space-size=8';
  process.execArgv.push(flag);
  t.after(() => process.execArgv.splice(process.execArgv.lastIndexOf(flag), 1));
  const { over, lifecycle } = manage(t, `process.exit(process.execArgv.includes('${flag}') ? 3 : 2);`);
  await over;
  await assert.rejects(
    lifecycle.hold(() => Promise.resolve()),
    (error) => error instanceof ExitError && error.code === 3,
  );
});

test('an exit code that only a person can mend ends all, and is passed on', async (t) => {
  const { lifecycle, over, lives } = manage(t, 'process.exit(3);');
  await over;
  assert.equal(lifecycle.stop.aborted, true);
  assert.equal(lives().length, 1);
  await assert.rejects(
    lifecycle.hold(() => Promise.resolve()),
    (error) => error instanceof ExitError && error.code === 3,
  );
});

test('bad input ends all where no other shard runs with the same settings; where one does, the shard is tried again', async (t) => {
  const two = { first: 0, last: 1, of: 2 };
  const passes = manage(t, `if (SHARDS === '1' && lives < 4) process.exit(2); ${UNTIL_TOLD}`, two);
  while (passes.lives().length < 4) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(passes.lifecycle.stop.aborted, false);
  assert.deepEqual(passes.lives().toSorted(), ['0/2', '1/2', '1/2', '1/2']);
  // Long enough that the last life listens.
  await new Promise((resolve) => setTimeout(resolve, 300));
  passes.lifecycle.end();
  await passes.over;
  const all = manage(t, 'process.exit(2);', two);
  await all.over;
  await assert.rejects(
    all.lifecycle.hold(() => Promise.resolve()),
    (error) => error instanceof ExitError && error.code === 2,
  );
});

test('bad input ends all, too, where each shard meets it while another is starting', async (t) => {
  // The first shard dies once the second has begun a life as well, and the second once the first has begun its next.
  const life = `${UNTIL_TOLD}
    if (lives > 6) process.exit(3);
    const livesOf = (shard) => readFileSync(process.argv[2], 'utf8').split('\\n').filter((life) => life[0] === shard).length;
    const [other, more] = SHARDS === '0' ? ['1', 0] : ['0', 1];
    const nth = livesOf(SHARDS) + more;
    setInterval(() => livesOf(other) >= nth && process.exit(2), 10);`;
  const { lifecycle, over, lives } = manage(t, life, { first: 0, last: 1, of: 2 });
  await over;
  assert.deepEqual(lives(), ['0/2', '1/2', '0/2']);
  await assert.rejects(
    lifecycle.hold(() => Promise.resolve()),
    (error) => error instanceof ExitError && error.code === 2,
  );
});

test('a shard whose manager died while the shard was still starting ends', async (t) => {
  const file = path.join(temporaryFolder(t), 'shard.mjs');
  const source = (name: string): string => JSON.stringify(import.meta.resolve(`../../src/app/${name}`));
  writeFileSync(
    file,
    `import { heedManager } from ${source('shards.ts')};
     import { Lifecycle } from ${source('lifecycle.ts')};
     while (process.connected) await new Promise((resolve) => setTimeout(resolve, 5));
     const lifecycle = new Lifecycle();
     heedManager(lifecycle);
     process.exit(lifecycle.stop.aborted ? 0 : 1);`,
  );
  const shard = fork(file);
  shard.disconnect();
  const [code] = await once(shard, 'exit');
  assert.equal(code, 0);
});

test('a machine that has a range of the shards runs those, and says of how many they are', async (t) => {
  const { lifecycle, over, lives } = manage(t, UNTIL_TOLD, { first: 5, last: 5, of: 32 });
  while (lives()[0] === '') await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise((resolve) => setTimeout(resolve, 300));
  lifecycle.end();
  await over;
  assert.deepEqual(lives(), ['5/32']);
});

test('DISCORD_SHARDS is a number for one machine, and a range for one of several', () => {
  const shardsOf = (text: string) => {
    const read = readSettings([], { DISCORD_SHARDS: text });
    return read.ok === true ? read.settings.discordShards : null;
  };
  assert.deepEqual(shardsOf('4'), { first: 0, last: 3, of: 4 });
  assert.deepEqual(shardsOf('8-15/32'), { first: 8, last: 15, of: 32 });
  assert.equal(shardsOf('auto'), 'auto');
  for (const wrong of ['0', '3-2/8', '0-8/8', '0-7', '0-1/1001', '-1/2', 'all'])
    assert.equal(shardsOf(wrong), null, wrong);
});

test('guilds are dealt to shards as Discord deals them', () => {
  assert.equal(shardOf('41771983423143937', 16), Number((41771983423143937n >> 22n) % 16n));
  assert.equal(shardOf('41771983423143937', 1), 0);
  const own = shardOf('41771983423143937', 16);
  assert.ok(isOfShard('41771983423143937', { id: own, count: 16 }));
  assert.ok(!isOfShard('41771983423143937', { id: own + 1, count: 16 }));
  assert.ok(!isOfShard('backlot', { id: 0, count: 1 }), 'no guild is called so');
  assert.deepEqual(ownShard({ SHARDING_MANAGER: 'true', SHARDS: '3', SHARD_COUNT: '8' }), {
    id: 3,
    count: 8,
  });
  assert.equal(ownShard({}), null);
});

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '#test/support/rig.ts';
import { launch, run, until } from '#test/support/process.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';

const lastLine = (text: string) => text.trimEnd().split('\n').at(-1) ?? '';
const play = (...args: string[]) =>
  run('src/main.ts', ['--pace', '0', '--brain', 'scripted', '--port', '0', ...args]);

test('ten rounds as fast as they go: one line of JSON, exit 0, the same hash for the same seed', async () => {
  const [first, second] = await Promise.all([
    play('--rounds', '10', '--seed', '7'),
    play('--rounds', '10', '--seed', '7'),
  ]);
  assert.equal(first.code, 0, first.err);
  const report = JSON.parse(lastLine(first.out)) as Record<string, unknown>;
  assert.equal(report['rounds'], 10);
  assert.equal(report['turns'], 40);
  assert.equal(report['fumbles'], 0);
  assert.equal(report['ledgerSum'], 0);
  assert.ok(Number(report['linesPosted']) >= 10 && Number(report['picturesPosted']) >= 5);
  assert.deepEqual(Object.keys(report['equity'] as object), ['alex', 'alice', 'mike', 'sarah']);
  assert.equal(
    report['stateHash'],
    (JSON.parse(lastLine(second.out)) as Record<string, unknown>)['stateHash'],
  );
});

test('rounds are played on the backlot with a token in .env too, and one line says so', async (t) => {
  const folder = temporaryFolder(t);
  // Where whoever uses the token would fail at once.
  writeFileSync(path.join(folder, '.env'), 'DISCORD_TOKEN=a.b.c\nDISCORD_API=http://127.0.0.1:9/api\n');
  const args = ['--rounds', '2', '--pace', '0', '--brain', 'scripted', '--port', '0'];
  const ended = await run('src/main.ts', args, { cwd: folder });
  assert.equal(ended.code, 0, ended.err);
  assert.equal(ended.err, '--rounds plays on the local backlot: DISCORD_TOKEN is not used this time.\n');
  assert.equal((JSON.parse(lastLine(ended.out)) as { rounds: number }).rounds, 2);
});

test('nobody names a brain: the model that ships with the project plays, and fumbles nothing', async () => {
  const ended = await run('src/main.ts', ['--rounds', '10', '--pace', '0', '--port', '0', '--seed', '7']);
  assert.equal(ended.code, 0, ended.err);
  const report = JSON.parse(lastLine(ended.out)) as Record<string, unknown>;
  assert.deepEqual([report['brain'], report['turns'], report['fumbles']], ['pocket', 40, 0]);
});

test('a show with a name goes on where it was, and its replay meets every hash', async (t) => {
  const folder = temporaryFolder(t);
  const on = ['--show', 'matinee', '--data-dir', folder, '--seed', '5'];
  assert.equal((await play('--rounds', '4', ...on)).code, 0);
  const more = await play('--rounds', '4', ...on);
  assert.equal((JSON.parse(lastLine(more.out)) as { turns: number }).turns, 32);
  const replayed = await run('src/tools/replay.ts', ['matinee', '--data-dir', folder]);
  assert.equal(replayed.code, 0, replayed.err);
  assert.match(replayed.out, /8 rounds the same, 0 different/);
  writeFileSync(path.join(folder, '.env'), `DATA_DIR=${folder}\n`);
  const byFile = await run('src/tools/replay.ts', ['matinee'], { cwd: folder });
  assert.equal(byFile.out, replayed.out, 'the tools read .env, as the program does');
  const whole = await play('--rounds', '8', '--seed', '5');
  const hash = (JSON.parse(lastLine(whole.out)) as { stateHash: string }).stateHash;
  assert.ok(replayed.out.includes(hash), 'two halves are the whole');
});

test('a recorded episode is printed to be read: prices, news, lines, thoughts, the bell', async (t) => {
  const folder = temporaryFolder(t);
  const on = ['--show', 'matinee', '--data-dir', folder];
  assert.equal((await play('--rounds', '16', '--episode-rounds', '4', '--seed', '5', ...on)).code, 0);
  const read = (...args: string[]) =>
    run('src/tools/transcript.ts', ['matinee', '--data-dir', folder, ...args]).then(({ code, out, err }) => {
      assert.equal(code === 0 ? err : out, '');
      return { code, text: code === 0 ? out : err };
    });
  const whole = await read();
  assert.match(whole.text, /OPENING BELL of episode 1\n[\s\S]*CLOSING BELL of episode 1\n[\s\S]*episode 2/);
  const { text } = await read('--episode', '2');
  assert.match(text, /^\nOPENING BELL of episode 2\n/);
  assert.equal(text.match(/^Round \d+ · Tech \d+\.\d\d \([+-]/gm)?.length, 4);
  assert.equal(text.match(/^ {2}(Alex|Alice|Mike|Sarah) +in /gm)?.length, 16);
  assert.equal(text.match(/^ {9}\(.+\) (holds|(Tech|Crypto|Bonds) (Small|Half|AllIn))/gm)?.length, 16);
  assert.match(text, /CLOSING BELL of episode 2\n( {2}\w+ +\$\d+\.\d\d \([+-]\$\d+\.\d\d\)\n){4}$/);
  assert.match(
    (await read('--episode', '9')).text,
    /^episode 9 is not in the recording: it was not played yet/,
  );
  assert.match((await read('--episode', 'one')).text, /--episode: "one" is not allowed/);
});

test('bad flags and variables are named with what is allowed, exit code 2', async () => {
  const ended = await run('src/main.ts', ['--pace', 'fast'], { env: { EPISODE_ROUNDS: '0' } });
  assert.equal(ended.code, 2);
  assert.match(ended.err, /flag --pace: "fast" is not allowed; give 0, or whole seconds from 3 to 600/);
  assert.match(ended.err, /variable EPISODE_ROUNDS: "0"/);
  assert.equal((await run('src/main.ts', ['--help'])).code, 0);
  const models = await run('src/main.ts', ['--models']);
  assert.deepEqual([models.code, models.err], [0, '']);
  assert.match(models.out, /^\* pocket +12 MB/m);
});

test('another seed for a show that has one, and a damaged database, are said in one line', async (t) => {
  const folder = temporaryFolder(t);
  const on = ['--rounds', '1', '--show', 'mine', '--data-dir', folder];
  assert.equal((await play(...on, '--seed', '1')).code, 0);
  const other = await play(...on, '--seed', '2');
  assert.equal(other.code, 2);
  assert.match(other.err, /begun with seed 1/);
  writeFileSync(path.join(folder, 'broken.sqlite'), 'not a database, but long enough to look at'.repeat(50));
  const broken = await play('--rounds', '1', '--show', 'broken', '--data-dir', folder);
  assert.equal(broken.code, 2);
  assert.equal(broken.err.trim().split('\n').length, 1, broken.err);
});

test('killed in the middle, the show goes on and the recording is whole', async (t) => {
  const folder = temporaryFolder(t);
  const on = ['--show', 'killed', '--data-dir', folder, '--seed', '4'];
  const killed = await run('src/main.ts', ['--pace', '0', '--port', '0', '--rounds', '100000', ...on], {
    killWhen: /Playing/,
  });
  assert.equal(killed.code, null);
  assert.equal((await play('--rounds', '3', ...on)).code, 0);
  const replayed = await run('src/tools/replay.ts', ['killed', '--data-dir', folder]);
  assert.equal(replayed.code, 0, replayed.err);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`rounds as fast as they go still hear ${signal}: the round in hand is the last, one line says so, and the show goes on later`, async (t) => {
    const on = ['--show', 'told', '--data-dir', temporaryFolder(t), '--seed', '4'];
    const args = ['--pace', '0', '--brain', 'scripted', '--port', '0', '--rounds', '100000', ...on];
    const told = launch(t, 'src/main.ts', args, {});
    await until(() => told.out.includes('Playing'));
    told.signal(signal);
    let code: number | null | undefined;
    void told.ended.then((ended) => (code = ended.code));
    await until(() => code !== undefined);
    assert.equal(code, 130, told.err);
    assert.match(told.err, /^Told to end before all rounds were played\. A show with a name [^\n]*\n$/);
    assert.match(told.out, /^Playing [^\n]*\n$/);
    assert.equal((await play('--rounds', '1', ...on)).code, 0);
    const replayed = await run('src/tools/replay.ts', on.slice(1, 4));
    assert.match(replayed.out, / 0 different/);
  });
}

test('a signal while the model is still being loaded ends a run of rounds as one in the midst of them does', async (t) => {
  const model = writeRandomModel(path.join(temporaryFolder(t), 'any.gguf'));
  const told = launch(
    t,
    'src/main.ts',
    ['--model', model, '--rounds', '100000', '--pace', '0', '--port', '0'],
    {},
  );
  await until(() => told.out.includes('loading'));
  told.signal('SIGINT');
  assert.equal((await told.ended).code, 130, told.err);
  assert.match(told.err, /^Told to end before all rounds were played\. [^\n]*\n$/);
});

test('a model file that is missing, cut short or no GGUF is one clear line and exit code 2', async (t) => {
  const folder = temporaryFolder(t);
  const whole = writeRandomModel(path.join(folder, 'whole.gguf'));
  const cut = path.join(folder, 'cut.gguf');
  writeFileSync(cut, readFileSync(whole).subarray(0, 200_000));
  const text = path.join(folder, 'text.gguf');
  writeFileSync(text, 'Dear model, please trade well.');
  for (const [file, why] of [
    [path.join(folder, 'none.gguf'), /none\.gguf/],
    [cut, /truncated|ends|short|cut/i],
    [text, /GGUF/],
  ] as const) {
    const ended = await run('src/main.ts', ['--rounds', '1', '--pace', '0', '--port', '0'], {
      env: { BRAIN: 'llama', MODEL: file },
    });
    assert.equal(ended.code, 2, ended.err);
    assert.equal(ended.err.trim().split('\n').length, 1, ended.err);
    assert.match(ended.err, why);
  }
});

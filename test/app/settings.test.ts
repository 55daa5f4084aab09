import assert from 'node:assert/strict';
import { test } from 'node:test';
import { helpText, readSettings } from '#app/settings.ts';

test('without flags and variables a show opens on the backlot with the model that ships with the project', () => {
  const read = readSettings([], {});
  assert.ok(read.ok === true);
  assert.deepEqual(
    [read.settings.brain, read.settings.model, read.settings.brainIsChosen],
    ['llama', 'pocket', false],
  );
  assert.deepEqual([read.settings.paceSeconds, read.settings.port], [12, 4040]);
});

test('a flag wins over its variable; an empty variable is none', () => {
  const read = readSettings(['--pace', '5', '--seed=9'], { PACE: '20', PORT: '' });
  assert.ok(read.ok === true);
  assert.deepEqual([read.settings.paceSeconds, read.settings.seed, read.settings.port], [5, 9, 4040]);
});

test('everything bad is named at once, with what is allowed', () => {
  const read = readSettings(['--pase', '3', '--seed', 'x', '--port'], { EPISODE_ROUNDS: '1' });
  assert.ok(read.ok === false);
  assert.match(read.complaints.join('\n'), /--pase: unknown; allowed are --rounds/);
  assert.match(read.complaints.join('\n'), /flag --seed: "x" is not allowed; give a whole number from 0/);
  assert.match(read.complaints.join('\n'), /flag --port: a value is missing/);
  assert.match(
    read.complaints.join('\n'),
    /variable EPISODE_ROUNDS: "1" is not allowed; give a whole number from 2 to 1000/,
  );
});

test('a bad token is named without being shown', () => {
  const read = readSettings([], { DISCORD_TOKEN: 'hunter2' });
  assert.ok(read.ok === false);
  assert.match(read.complaints[0] ?? '', /DISCORD_TOKEN/);
  assert.doesNotMatch(read.complaints[0] ?? '', /hunter2/);
});

test('llama without a model plays the shipped one; a model alone means llama; a server needs its address', () => {
  const llama = readSettings(['--brain', 'llama'], {});
  assert.ok(llama.ok === true && llama.settings.model === 'pocket' && llama.settings.brainIsChosen);
  const alone = readSettings([], { MODEL: 'x.gguf' });
  assert.ok(alone.ok === true && alone.settings.brain === 'llama' && alone.settings.model === 'x.gguf');
  const remote = readSettings(['--brain', 'remote'], {});
  assert.ok(remote.ok === false);
  assert.match(remote.complaints[0] ?? '', /--brain-url/);
});

test('the help lists every flag and the exit codes', () => {
  assert.match(helpText(), /--pace SECONDS[\s\S]*--episode-rounds[\s\S]*\[DISCORD_TOKEN\][\s\S]*Exit codes/);
});

import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { loadEnvFile } from '#app/env-file.ts';
import { InputError } from '#lib/input-error.ts';
import { temporaryFolder } from '#test/support/rig.ts';

type Env = Record<string, string | undefined>;

/** What a settings file with this content sets. */
function set(t: TestContext, content: string | Buffer, env: Env = {}): Env {
  const file = path.join(temporaryFolder(t), '.env');
  writeFileSync(file, content);
  loadEnvFile(env, file);
  return env;
}

const FILE = 'DISCORD_TOKEN=abc.def.ghi\r\nPACE=20\r\n';

test('a settings file from Windows sets all that it says, its first line too', (t) => {
  for (const content of [
    `\uFEFF${FILE}`,
    Buffer.from(`\uFEFF${FILE}`, 'utf16le'),
    Buffer.from(`\uFEFF${FILE}`, 'utf16le').swap16(),
    FILE.replaceAll('\r\n', '\r'),
  ])
    assert.deepEqual(set(t, content), { DISCORD_TOKEN: 'abc.def.ghi', PACE: '20' });
});

test('quotes, export, spaces, remarks and values of several lines are read as shells read them', (t) => {
  const content = [
    '# Settings',
    '',
    'export DISCORD_TOKEN="abc.def.ghi"   ',
    "  TIME_ZONE = 'Europe/Berlin'",
    'PACE=20   # seconds',
    'MODEL=',
    'HF_TOKEN="one',
    'two"',
  ].join('\n');
  assert.deepEqual(set(t, content), {
    DISCORD_TOKEN: 'abc.def.ghi',
    TIME_ZONE: 'Europe/Berlin',
    PACE: '20',
    MODEL: '',
    HF_TOKEN: 'one\ntwo',
  });
});

test('what is set already stays, also when it is set to nothing; a file that is not there sets nothing', (t) => {
  assert.deepEqual(set(t, FILE, { DISCORD_TOKEN: '' }), { DISCORD_TOKEN: '', PACE: '20' });
  const env: Env = {};
  loadEnvFile(env, path.join(temporaryFolder(t), '.env'));
  assert.deepEqual(env, {});
});

test('a line that sets nothing is named by its number, and never shown: it may be the token', (t) => {
  for (const line of [
    'DISCORD_TOKEN abc.def.ghi',
    'abc.def.ghi',
    'DISCORD TOKEN=abc.def.ghi',
    '=abc.def.ghi',
  ])
    assert.throws(
      () => set(t, `# Settings\nPACE=20\n${line}\n`),
      (error) => {
        assert.ok(error instanceof InputError);
        assert.match(error.message, /\.env, line 3: sets nothing; write NAME=value/);
        assert.doesNotMatch(error.message, /abc/);
        return true;
      },
      line,
    );
});

test('a folder in the place of the settings file is one line', (t) => {
  const folder = path.join(temporaryFolder(t), '.env');
  mkdirSync(folder);
  assert.throws(() => loadEnvFile({}, folder), /\.env: is a folder, not a file$/);
});

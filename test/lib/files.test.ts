import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { makeFolder } from '#lib/make-folder.ts';
import { quoted } from '#lib/quoted.ts';
import { readJsonFile, readTextFile, TextFileError } from '#lib/text-file.ts';
import { temporaryFolder } from '#test/support/rig.ts';

const TEXT = 'NAME=Zoë 🚀\r\n';
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

test('a text is the same in whatever way an editor saved it', (t) => {
  const folder = temporaryFolder(t);
  const savings: Record<string, Buffer> = {
    'UTF-8': Buffer.from(TEXT),
    'UTF-8 with a byte order mark': Buffer.from(`\uFEFF${TEXT}`),
    'UTF-16 LE': Buffer.from(`\uFEFF${TEXT}`, 'utf16le'),
    'UTF-16 BE': utf16be(`\uFEFF${TEXT}`),
  };
  for (const [saving, bytes] of Object.entries(savings)) {
    const file = path.join(folder, saving);
    writeFileSync(file, bytes);
    assert.equal(readTextFile(file), TEXT, saving);
  }
  const json = path.join(folder, 'json');
  writeFileSync(json, utf16be('\uFEFF{"seats": 4}'));
  assert.deepEqual(readJsonFile(json), { seats: 4 });
});

test('what is no text is refused in one line that names the file', (t) => {
  const folder = temporaryFolder(t);
  const cases: [string, (file: string) => void, RegExp][] = [
    ['folder', (file) => mkdirSync(file), /is a folder, not a file$/],
    ['absent', () => undefined, /is not there$/],
    ['picture', (file) => writeFileSync(file, Buffer.from('89504e470d0a1a0a0000', 'hex')), /is not text/],
    ['old-windows', (file) => writeFileSync(file, Buffer.from('NAME=Zo\xeb', 'latin1')), /save it as UTF-8/],
    ['unmarked', (file) => writeFileSync(file, Buffer.from('NAME=x', 'utf16le')), /save it as UTF-8/],
    ['odd', (file) => writeFileSync(file, Buffer.from('fffe41', 'hex')), /save it as UTF-8/],
  ];
  for (const [name, make, reason] of cases) {
    const file = path.join(folder, name);
    make(file);
    assert.throws(
      () => readTextFile(file),
      (error) => {
        assert.ok(error instanceof TextFileError);
        assert.ok(error.message.startsWith(`${file}: `) && !error.message.includes('\n'), error.message);
        assert.match(error.message, reason);
        return true;
      },
      name,
    );
  }
  const broken = path.join(folder, 'broken.json');
  writeFileSync(broken, '{"seats":\n4');
  assert.throws(() => readJsonFile(broken), /broken\.json: is not JSON \(.+\)$/);
});

test('a folder is made with those above it; where none can be made, that is said at once', (t) => {
  const folder = path.join(temporaryFolder(t), 'a', 'b', 'c');
  makeFolder(folder);
  makeFolder(folder);
  assert.ok(existsSync(folder));
  const file = path.join(folder, 'file');
  writeFileSync(file, '');
  assert.throws(() => makeFolder(file), { code: 'EEXIST' });
  assert.throws(() => makeFolder(path.join(file, 'below')), { code: 'ENOTDIR' });
  // Says that it is there and takes no folder: what mkdir's own recursion never comes to an end with.
  if (existsSync('/proc/self')) assert.throws(() => makeFolder('/proc/none/below'), { code: 'ENOENT' });
});

test('what somebody gave is named on one line, and only the beginning of what is long', () => {
  assert.equal(quoted('fast'), '"fast"');
  assert.equal(quoted('two\nlines'), String.raw`"two\nlines"`);
  const long = quoted('🚀'.repeat(5_000));
  assert.ok(long.length < 200 && long.startsWith('"🚀🚀') && long.endsWith('🚀…" (5000 characters)'), long);
});

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { mistakeLine } from '#app/mistakes.ts';
import { InputError } from '#lib/input-error.ts';
import { StoreError } from '#store/store.ts';
import { temporaryFolder } from '#test/support/rig.ts';

const systemError = (code: string, message: string): Error =>
  Object.assign(new Error(`${code}: ${message}`), { code, syscall: 'write', errno: -1 });

test('what a person can mend is one line with the cure, wherever in a chain of causes it lies', () => {
  assert.equal(
    mistakeLine(new InputError('.env: is a folder,\n  not a file')),
    '.env: is a folder, not a file',
  );
  const full = new Error('the backlot could not be kept', {
    cause: systemError('ENOSPC', 'no space left on device, write'),
  });
  assert.equal(
    mistakeLine(full),
    'ENOSPC: no space left on device, write. Free space on this disk, or name a folder on another one with --data-dir.',
  );
  assert.match(mistakeLine(new StoreError('corrupt', 'x.sqlite', 'x.sqlite is damaged')) ?? '', /damaged/);
});

test('what the system says of a real file is taken for what it is', (t) => {
  const file = path.join(temporaryFolder(t), 'file');
  writeFileSync(file, '');
  assert.throws(
    () => writeFileSync(path.join(file, 'below'), ''),
    (error) => /^ENOTDIR: .* What should be a folder is a file/.test(mistakeLine(error) ?? ''),
  );
});

test('a line stays short, whatever was put into it', () => {
  const line = mistakeLine(new InputError(`MODEL ${'x'.repeat(100_000)}: no such file`)) ?? '';
  assert.ok(line.length < 2_000 && line.startsWith('MODEL xxx') && line.endsWith('…'));
});

test('a fault of the program is none of a person', () => {
  assert.equal(mistakeLine(new TypeError('x is not a function')), null);
  assert.equal(mistakeLine(new StoreError('refused', 'x.sqlite', 'a ledger entry is never changed')), null);
  assert.equal(mistakeLine('thrown by somebody'), null);
  // A server's refusal has a code too, but the system knows nothing of it.
  assert.equal(mistakeLine(Object.assign(new Error('Missing Access'), { code: 'EACCES' })), null);
});

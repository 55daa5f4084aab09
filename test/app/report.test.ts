import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { EXIT, ExitError } from '#app/exit.ts';
import { report } from '#app/report.ts';
import { openRig, type Rig } from '#test/support/rig.ts';

interface Reported {
  line: { postsNotShown: number; linesPosted: number; rounds: number; stateHash: string };
  error: unknown;
}

/** What a script reads after `rounds` rounds, and what the program ends with. */
async function reported(
  rig: Rig,
  rounds: number,
  drainLimitMs: number,
  signal = new AbortController().signal,
): Promise<Reported> {
  const printed: string[] = [];
  const { show, store } = rig.theatre;
  const error: unknown = await report({
    running: { show, store },
    stage: rig.stage,
    rounds,
    signal,
    drainLimitMs,
    print: (line) => printed.push(line),
  }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  assert.equal(printed.length, 1, 'one line, whatever went wrong');
  return { line: JSON.parse(printed[0] ?? '') as Reported['line'], error };
}

async function playedRig(t: TestContext, rounds: number, silent: boolean): Promise<Rig> {
  const rig = await openRig(t, { seed: 7 });
  if (silent)
    rig.backlot.misbehave({ match: { method: 'POST', route: /\/webhooks\// }, times: Infinity, status: 500 });
  await rig.theatre.play(rounds);
  return rig;
}

test('rounds whose posts are all shown end with the line, and nothing else', async (t) => {
  const { line, error } = await reported(await playedRig(t, 2, false), 2, 60_000);
  assert.equal(error, null);
  assert.deepEqual([line.rounds, line.postsNotShown], [2, 0]);
  assert.ok(line.linesPosted > 0);
});

test('rounds whose posts cannot be shown print the line all the same, say how many are missing, and fail', async (t) => {
  const { line, error } = await reported(await playedRig(t, 2, true), 2, 500);
  assert.ok(line.postsNotShown > 0 && line.stateHash.length === 64);
  assert.ok(error instanceof ExitError);
  assert.equal(error.code, EXIT.postsNotShown);
  assert.match(
    error.message,
    new RegExp(`^Posts not shown within 0\\.5 s: ${line.postsNotShown}\\. Those of a show`),
  );
});

test('rounds whose program was told to end meanwhile do not say that they had their time', async (t) => {
  const { line, error } = await reported(await playedRig(t, 2, true), 2, 60_000, AbortSignal.abort());
  assert.ok(error instanceof ExitError);
  assert.equal(error.code, EXIT.postsNotShown);
  assert.match(
    error.message,
    new RegExp(`^Posts not shown, because the program was told to end: ${line.postsNotShown}\\.`),
  );
});

import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import {
  keepSpeed,
  readSpeeds,
  secondsPerTurn,
  timed,
  type Measured,
  type Speed,
  type WeighedBrain,
} from '#brain/speeds.ts';
import { FumbleError, type Answer, type Turn } from '#show/ports/brain.ts';
import { observationsOfShows } from './contract.ts';

const small: Speed = {
  file: 'small.gguf',
  fileBytes: 100_000_000,
  promptStyle: 'chat',
  secondsPerTurn: 1,
  passSecondsPerTurn: 0.8,
  readPerTurn: 100,
  sampledPerTurn: 20,
  threads: null,
  onGpu: false,
};

/** As it is by default. */
const toPlay = { threads: null, mayUseGpu: true };

async function speedsFile(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'speeds-'));
  t.after(() => rm(folder, { recursive: true }));
  return path.join(folder, 'cache', 'speeds.json');
}

test('a model that was played here has its measured time, whatever else was played', () => {
  const large = { ...small, file: 'large.gguf', fileBytes: 400_000_000, secondsPerTurn: 3 };
  assert.deepEqual(secondsPerTurn({ ...large, ...toPlay }, [small, large]), { seconds: 3, measured: true });
});

test('a file of the same name and another length is another model', () => {
  const other = secondsPerTurn({ ...small, ...toPlay, fileBytes: 100_000_001 }, [small]);
  assert.equal(other?.measured, false);
});

test('of a model that was not, the passes grow with the weights, and what goes on beside them does not', () => {
  const fourTimes = { file: 'large.gguf', fileBytes: 400_000_000, promptStyle: 'chat', ...toPlay } as const;
  const estimate = secondsPerTurn(fourTimes, [small]);
  assert.equal(estimate?.measured, false);
  assert.ok(Math.abs(estimate.seconds - (0.2 + 4 * 0.8)) < 1e-9);
});

test('a model is estimated from the one nearest in size, and from its own kind of prompt if there is any', () => {
  const asked = { file: 'asked.gguf', fileBytes: 900_000_000, promptStyle: 'chat', ...toPlay } as const;
  const near = {
    ...small,
    file: 'near.gguf',
    fileBytes: 900_000_001,
    passSecondsPerTurn: 9,
    secondsPerTurn: 9,
  };
  const compact = { ...small, file: 'pocket.gguf', fileBytes: 900_000_000, promptStyle: 'compact' } as const;
  assert.ok(Math.abs((secondsPerTurn(asked, [compact, small, near])?.seconds ?? 0) - 9) < 1e-6);
  // A short prompt costs less than the chat that is estimated from it.
  const fromCompact = secondsPerTurn(asked, [{ ...compact, readPerTurn: 30 }]);
  assert.ok((fromCompact?.seconds ?? 0) > compact.secondsPerTurn);
});

test('a time with fixed threads is none of the default’s, and one by a GPU none of the processor’s', () => {
  const alone: Speed = { ...small, threads: 1, secondsPerTurn: 2 };
  const byGpu: Speed = { ...small, onGpu: true, secondsPerTurn: 0.1 };
  const speeds = [alone, small, byGpu];
  const secondsOf = (how: Partial<typeof toPlay> | { threads: number }, of = speeds): number | undefined =>
    secondsPerTurn({ ...small, ...toPlay, ...how }, of)?.seconds;
  assert.equal(secondsOf({}), 0.1);
  assert.equal(secondsOf({ mayUseGpu: false }), 1);
  assert.equal(secondsOf({ threads: 1 }), 2);
  assert.equal(secondsOf({ threads: 2 }), undefined);
  assert.equal(secondsOf({}, [alone]), undefined, 'what was measured otherwise says nothing');
  assert.equal(secondsOf({}, [small]), 1, 'a GPU that never computed is none');
});

test('each way to play a model keeps its own time; a file of before counts as played by default', async (t) => {
  const file = await speedsFile(t);
  const fail = (line: string): void => assert.fail(line);
  for (const more of [{}, { threads: 1 }, { onGpu: true }, { secondsPerTurn: 3 }])
    keepSpeed(file, { ...small, ...more }, fail);
  assert.deepEqual(
    readSpeeds(file).map(({ threads, onGpu, secondsPerTurn: seconds }) => [threads, onGpu, seconds]),
    [
      [1, false, 1],
      [null, true, 1],
      [null, false, 3],
    ],
  );
  const { threads: _, onGpu: __, ...before } = small;
  await writeFile(file, JSON.stringify([before]));
  assert.deepEqual(readSpeeds(file), [small]);
});

test('where nothing was played nothing is known', () => {
  assert.equal(secondsPerTurn({ ...small, ...toPlay }, []), null);
});

test('a speed is kept in place of the one before; a damaged file is begun anew', async (t) => {
  const file = await speedsFile(t);
  const fail = (line: string): void => assert.fail(line);
  assert.deepEqual(readSpeeds(file), []);
  keepSpeed(file, small, fail);
  keepSpeed(file, { ...small, file: 'other.gguf' }, fail);
  keepSpeed(file, { ...small, secondsPerTurn: 2 }, fail);
  assert.deepEqual(
    readSpeeds(file).map((speed) => [speed.file, speed.secondsPerTurn]),
    [
      ['other.gguf', 1],
      ['small.gguf', 2],
    ],
  );
  assert.deepEqual(await readdir(path.dirname(file)), ['speeds.json']);
  await writeFile(file, '[{"file": 3}]');
  keepSpeed(file, small, fail);
  assert.deepEqual(readSpeeds(file), [small]);
});

test('a speed that cannot be kept is a line in the log, and no more', async (t) => {
  const file = await speedsFile(t);
  await writeFile(path.dirname(file), 'a file where the folder should be');
  const lines: string[] = [];
  keepSpeed(file, small, (line) => lines.push(line));
  assert.match(lines.join('\n'), /^the speed of small\.gguf could not be kept in .*speeds\.json: \S.*$/);
});

const answer: Answer = {
  decision: { thought: '', trade: 'Hold', size: 'Small', speech: '', location: '' },
  raw: '',
  tokens: { evaluated: 90, forced: 10, sampled: 20 },
  ms: 1,
};

test('where turns always overlap, as those of two shows do, the speed is measured all the same', async () => {
  const [observation] = observationsOfShows(1);
  assert.ok(observation);
  let passMilliseconds = 0;
  const answers: PromiseWithResolvers<Answer>[] = [];
  const brain: WeighedBrain = {
    label: 'measured',
    get passMilliseconds() {
      return passMilliseconds;
    },
    think: () => {
      const coming = Promise.withResolvers<Answer>();
      answers.push(coming);
      return coming.promise;
    },
    close: () => Promise.resolve(),
  };
  const reports: Measured[] = [];
  const measured = timed(brain, (report) => reports.push(report));
  const ask = (id: string) => measured.think({ id, observation }, new AbortController().signal);
  let before = ask('0');
  for (let turn = 1; turn <= 2_000; turn++) {
    const next = ask(`${turn}`);
    passMilliseconds += 5;
    answers.shift()?.resolve(answer);
    await before;
    before = next;
  }
  assert.equal(reports.length, 50, 'before it was ever idle');
  for (const { turns, read, sampled, passSeconds } of reports) {
    assert.deepEqual([read / turns, sampled / turns], [100, 20]);
    assert.ok(Math.abs(passSeconds / turns - 0.005) < 1e-9);
  }
  answers.shift()?.resolve(answer);
  await before;
});

test('a brain is measured over its answers, four of which may overlap; a span in which a turn failed does not count', async () => {
  const [observation] = observationsOfShows(1);
  assert.ok(observation);
  const turn: Turn = { id: 'turn', observation };
  let fails = false;
  let passMilliseconds = 0;
  const brain: WeighedBrain = {
    label: 'measured',
    get passMilliseconds() {
      return passMilliseconds;
    },
    think: async () => {
      await Promise.resolve();
      if (fails) throw new FumbleError('engine_error', 'broken');
      passMilliseconds += 5;
      return answer;
    },
    close: () => Promise.resolve(),
  };
  const reports: Measured[] = [];
  const measured = timed(brain, (report) => reports.push(report));
  const wave = () => Promise.all([1, 2, 3, 4].map(() => measured.think(turn, new AbortController().signal)));
  await wave();
  assert.equal(reports.length, 0); // Four turns say too little.
  fails = true;
  await assert.rejects(wave());
  fails = false;
  await wave();
  await wave();
  await measured.close();
  assert.deepEqual(
    reports.map(({ turns, read, sampled, passSeconds }) => [turns, read, sampled, passSeconds.toFixed(3)]),
    [
      [8, 800, 160, '0.040'],
      [12, 1_200, 240, '0.060'],
    ],
  );
  assert.ok(reports.every(({ seconds }) => seconds > 0));
});

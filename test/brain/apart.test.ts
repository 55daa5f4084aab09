import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { suite, test, type TestContext } from 'node:test';
import { openApart, ApartError } from '#brain/apart/apart.ts';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { withStandIn, type StoppableBrain } from '#brain/stand-in.ts';
import { observe } from '#core/observe.ts';
import { FumbleError } from '#show/ports/brain.ts';
import { systemClock } from '#show/clock.ts';
import { content } from '#test/support/floor.ts';
import { until } from '#test/support/process.ts';
import { silentLog, theatre } from '#test/support/theatre.ts';
import type { Fate } from './thinking-process.ts';

const PROCESS = new URL('./thinking-process.ts', import.meta.url);

/** `fates`: of the first process, the second, and so on; after them all goes well. */
async function apart(
  t: TestContext,
  ...fates: Fate[]
): Promise<{
  brain: StoppableBrain;
  processes: ChildProcess[];
  told: string[];
  blamed: number[];
  pass: (ms: number) => void;
}> {
  const told: string[] = [];
  /** How many processes there had been whenever what they open was found to be in doubt. */
  const blamed: number[] = [];
  let passedMs = 0;
  const processes: ChildProcess[] = [];
  const start = (): ChildProcess => {
    const child = fork(PROCESS, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: ['--max-old-space-size=64'],
    });
    processes.push(child);
    return child;
  };
  t.after(() => processes.map((child) => child.kill('SIGKILL')));
  const options = {
    start,
    get opening(): Fate | null {
      return fates[processes.length] ?? null;
    },
    afterCrash: (fate: Fate | null, _how: string, onGpu: boolean | null) => {
      if (onGpu) blamed.push(processes.length);
      return fate;
    },
    clock: { ...systemClock, nowMs: () => systemClock.nowMs() + passedMs },
    log: { ...silentLog, error: (_details: object, message: string) => void told.push(message) },
    hangMs: 200,
    retry: { minMs: 50, maxMs: 400 },
    // Where the third process needs longer, a later one has it.
    patience: { minMs: fates.some((fate) => fate.how === 'never open') ? 1_000 : 60_000, maxMs: 60_000 },
  };
  const brain = await openApart<Fate | null>(options, new AbortController().signal);
  t.after(() => brain.close());
  const pass = (ms: number): void => void (passedMs += ms);
  return { brain, processes, told, blamed, pass };
}

suite('a brain in a process of its own', { concurrency: 3 }, () => {
  test('thinks what it would think here, and ends with the show', async (t) => {
    const { brain, processes } = await apart(t);
    const here = theatre(t, { brain: createScriptedBrain({ cast: content.cast, seed: 1 }) });
    const there = theatre(t, { brain });
    await here.play(5);
    await there.play(5);
    assert.deepEqual(there.store.show.roundHashes(), here.store.show.roundHashes());
    await brain.close();
    assert.equal(processes[0]?.exitCode, 0);
  });

  test('says whom it cannot play, who are then played by another', async (t) => {
    const { brain } = await apart(t, { turn: 'mike', how: 'leave out' });
    assert.deepEqual(brain.leftOut, new Set(['mike']));
    const { brain: able } = await apart(t);
    assert.deepEqual(able.leftOut, new Set());
  });

  for (const how of ['crash', 'no memory', 'hang'] as const)
    test(`${how} costs the turn that it happened in; the script plays on, says so, and the process comes back`, async (t) => {
      const { brain, processes } = await apart(t, { turn: '4:mike', how });
      const turnLimitMs = how === 'hang' ? 4_000 : 60_000;
      const script = createScriptedBrain({ cast: content.cast, seed: 2 });
      const labels = new Set<string>();
      const playing = theatre(t, { brain: withStandIn(brain, script), turnLimitMs });
      playing.show.subscribe(() => labels.add(playing.show.status().brain));
      await playing.play(6);
      await until(() => brain.stoppedBy === null && processes.length === 2);
      await playing.play(2);
      assert.ok(labels.has('scripted, in place of apart'), [...labels].join('; '));
      assert.equal(playing.show.status().brain, 'apart');
      const { fumble } = playing.store.show.turn('mike', 4) ?? {};
      assert.equal(fumble, how === 'hang' ? 'timeout' : 'engine_error');
      const { turns, fumbles } = playing.store.show.counts();
      assert.equal(turns, 32);
      // Whoever thought in another room at that moment may have lost the turn as well.
      assert.ok(fumbles >= 1 && fumbles <= 8, `${fumbles} fumbles`);
    });

  test('one that dies again and again is started ever more slowly', async (t) => {
    const { brain, processes } = await apart(
      t,
      { turn: '2:mike', how: 'crash' },
      { turn: '0:nobody', how: 'refuse to open' },
      { turn: '0:nobody', how: 'refuse to open' },
    );
    const playing = theatre(t, {
      brain: withStandIn(brain, createScriptedBrain({ cast: content.cast, seed: 2 })),
    });
    await playing.play(3);
    await until(() => brain.stoppedBy === null && processes.length === 4);
    await playing.play(1);
    assert.equal(playing.show.status().brain, 'apart');
  });

  test('after a long life, what it opens is in doubt when it aborts twice in a row, and not at once', async (t) => {
    const { brain, processes, blamed, pass } = await apart(
      t,
      { turn: '1:mike', how: 'abort' },
      { turn: '', how: 'abort opening' },
      { turn: '', how: 'abort opening' },
      { turn: '2:mike', how: 'abort' },
    );
    const observation = observe(theatre(t).show.state, 'mike', content);
    const think = (id: string) => brain.think({ id, observation }, new AbortController().signal);
    pass(60_000);
    await assert.rejects(think('1:mike'), FumbleError);
    await until(() => brain.stoppedBy === null && processes.length === 4);
    assert.deepEqual(blamed, [3]);
    await assert.rejects(think('2:mike'), FumbleError);
    await until(() => brain.stoppedBy === null && processes.length === 5);
    assert.deepEqual(blamed, [3, 4]);
  });

  test('one that neither opens the model nor ends is ended, told of, and started again', async (t) => {
    const { brain, processes, told } = await apart(
      t,
      { turn: '2:mike', how: 'crash' },
      { turn: '0:nobody', how: 'never open' },
    );
    const playing = theatre(t, {
      brain: withStandIn(brain, createScriptedBrain({ cast: content.cast, seed: 2 })),
    });
    await playing.play(3);
    await until(() => brain.stoppedBy === null && processes.length >= 3);
    assert.equal(processes[1]?.signalCode, 'SIGKILL');
    assert.ok(told.some((line) => line.includes('has not opened the model yet')));
    await playing.play(1);
    assert.equal(playing.show.status().brain, 'apart');
  });

  test('whoever closes it ends the turns in it, and gets no new ones from it', async (t) => {
    const { brain } = await apart(t, { turn: '1:mike', how: 'hang' });
    const { show } = theatre(t);
    const observation = observe(show.state, 'mike', content);
    const think = () => brain.think({ id: '1:mike', observation }, new AbortController().signal);
    const isAborted = (error: unknown): boolean => error instanceof FumbleError && error.code === 'aborted';
    const cut = assert.rejects(think(), isAborted);
    await brain.close();
    await cut;
    await assert.rejects(think(), isAborted);
  });

  test('what a person has to mend is told in one line at the start', async (t) => {
    await assert.rejects(
      apart(t, { turn: '', how: 'refuse to open' }),
      (error) =>
        error instanceof ApartError &&
        error.trouble === 'mistake' &&
        error.message.startsWith('the file is not there.'),
    );
  });
});

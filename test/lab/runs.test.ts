import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { apply } from '#core/apply.ts';
import { observe } from '#core/observe.ts';
import type { LineGuard } from '#brain/lines/line-guard.ts';
import { TraderGuards } from '#brain/lines/trader-guards.ts';
import { toldInConfidence } from '#brain/prompts/prompt.ts';
import { composeReport, rowHash, pairsOf } from '#lab/report/compose.ts';
import { reportJsonSchema, reportSchema } from '#lab/report/schema.ts';
import { markdown, terminalTable } from '#lab/report/text.ts';
import { runRow } from '#lab/runs/run-row.ts';
import { TraceFolder } from '#lab/runs/trace-folder.ts';
import { worldPlan } from '#lab/worlds/world.ts';
import { InputError } from '#lib/input-error.ts';
import { anything, content, Floor } from '#test/support/floor.ts';
import { agent, baseline, never, played, scripted } from './stage.ts';

const small = { worlds: 3, rounds: 6 };

function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'open-outcry-lab-'));
  return use(folder).finally(() => rmSync(folder, { recursive: true, force: true }));
}

test('the same worlds, brain and seed give the same hash; another seed of the brain gives another', async () => {
  const hash = async (seed: number): Promise<string> => rowHash(await played(scripted('full', seed), small));
  assert.equal(await hash(1), await hash(1));
  assert.notEqual(await hash(1), await hash(2));
});

test('every arm meets the same regimes and the same news', async () => {
  const met = async (player: Parameters<typeof played>[0]) =>
    (await played(player, small)).flatMap(({ turns }) =>
      turns.map(({ world, round, trader, regime, headlines }) => [world, round, trader, regime, headlines]),
    );
  assert.deepEqual(await met(baseline('random')), await met(scripted('deaf')));
});

test('a run that was stopped goes on with the worlds that it lacks, and ends as if it had not been', async () =>
  inFolder(async (folder) => {
    const traces = new TraceFolder(folder);
    const stop = new AbortController();
    const asked = { plan: worldPlan(content, small), content, player: scripted(), folder: traces };
    const first = await runRow({ ...asked, signal: stop.signal, onWorld: () => stop.abort() });
    assert.equal(first, null);
    const again: boolean[] = [];
    const worlds = await runRow({ ...asked, signal: never, onWorld: (_, fresh) => again.push(fresh) });
    assert.deepEqual(again, [false, true, true]);
    assert.equal(rowHash(worlds ?? []), rowHash(await played(scripted(), small)));
  }));

test('a trace that was cut off is told in one line, with what to do', async () =>
  inFolder(async (folder) => {
    const traces = new TraceFolder(folder);
    const [world] = await played(baseline('hold'), small);
    assert.ok(world);
    traces.write(world);
    const file = path.join(folder, `world-${world.end.world}.jsonl`);
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, -200));
    assert.throws(
      () => traces.read(world.end.world),
      (error) =>
        error instanceof InputError &&
        /delete the file, and the run plays its world again/.test(error.message),
    );
  }));

test('a trace that was changed after it was played is not read', async () =>
  inFolder(async (folder) => {
    const traces = new TraceFolder(folder);
    const [world] = await played(scripted(), small);
    assert.ok(world);
    traces.write(world);
    assert.deepEqual(traces.read(world.end.world).turns, world.turns);
    const file = path.join(folder, `world-${world.end.world}.jsonl`);
    const lines = readFileSync(file, 'utf8').split('\n');
    const said = (line: string): string => line.replace(/"speech":"[^"]*"/u, '"speech":"Buy Bonds."');
    const seen = (line: string): string => line.replace(/"regime":"[^"]*"/u, '"regime":"boom"');
    const held = (line: string): string => line.replace(/"before":\{"Tech":[^,]*/u, '"before":{"Tech":0.77');
    const first = lines[0] ?? '';
    for (const changed of [said(first), seen(first), held(first)]
      .map((line) => lines.with(0, line))
      .concat([lines.slice(1)])) {
      writeFileSync(file, changed.join('\n'));
      assert.throws(
        () => traces.read(world.end.world),
        /world-\d+\.jsonl: is not as it was played; delete the file/u,
      );
    }
  }));

test('traces of before the hash of their text are read', async () =>
  inFolder(async (folder) => {
    const traces = new TraceFolder(folder);
    const [world] = await played(scripted(), small);
    assert.ok(world);
    traces.write(world);
    const file = path.join(folder, `world-${world.end.world}.jsonl`);
    const text = readFileSync(file, 'utf8');
    assert.match(text, /"textHash":"[0-9a-f]{64}"/u);
    writeFileSync(file, text.replace(/,"textHash":"[0-9a-f]{64}"/u, ''));
    assert.deepEqual(traces.read(world.end.world), world);
  }));

test('a shorter run plays its last group anew where the worlds of it were thought of beside others', async () =>
  inFolder(async (folder) => {
    const four = { ...scripted(), worldsAtOnce: 4 };
    const asked = { content, player: four, folder: new TraceFolder(folder), signal: never };
    const played: string[] = [];
    const onWorld = ({ end }: { end: { world: number } }, fresh: boolean): void => {
      played.push(`${end.world - 20_000} ${fresh ? 'played' : 'kept'}`);
    };
    await runRow({ ...asked, plan: worldPlan(content, { worlds: 8, rounds: 2 }) });
    await runRow({ ...asked, plan: worldPlan(content, { worlds: 6, rounds: 2 }), onWorld });
    assert.deepEqual(played, ['1 kept', '2 kept', '3 kept', '4 kept', '5 played', '6 played']);
    played.length = 0;
    for (const worlds of [8, 5, 8]) {
      played.length = 0;
      await runRow({ ...asked, plan: worldPlan(content, { worlds, rounds: 2 }), onWorld });
      assert.deepEqual(
        played.slice(4),
        Array.from({ length: worlds - 4 }, (_, at) => `${at + 5} played`),
      );
    }
  }));

test('arms are set against the brain as it is, but those of another persona against the one that lacks worked turns, as they do', () => {
  const row = (name: string, kind: 'brain' | 'baseline', arm = 'full') => ({
    card: {
      name,
      kind,
      player: name,
      arm,
      seed: 1,
      isControl: false,
      examined: false,
      trainedOnTheWorld: false,
      model: null,
    },
  });
  const rows = [
    row('hold', 'baseline'),
    row('tiny', 'brain'),
    row('tiny+no-worked-turns', 'brain', 'no-worked-turns'),
    row('tiny+no-persona', 'brain', 'no-persona'),
  ];
  const names = (list: typeof rows): string[] =>
    pairsOf(list).map(({ one, other }) => `${one.card.name} - ${other.card.name}`);
  assert.deepEqual(names(rows), [
    'tiny - hold',
    'tiny - tiny+no-worked-turns',
    'tiny+no-worked-turns - tiny+no-persona',
  ]);
  assert.deepEqual(names(rows.filter(({ card }) => card.arm !== 'no-worked-turns')), [
    'tiny - hold',
    'tiny - tiny+no-persona',
  ]);
  assert.deepEqual(names(rows.slice(0, 1)), []);
  const again = row('tiny+null-control', 'brain', 'no-persona');
  const control = { card: { ...again.card, isControl: true } };
  assert.deepEqual(
    names([row('tiny+no-persona', 'brain', 'no-persona'), ...rows.slice(2, 3), control]).at(-1),
    'tiny+no-persona - tiny+null-control',
  );
});

test('a report fits its published schema, names its rows and its null control, and never leads with the gain', async () => {
  const row = async (name: string, player: Parameters<typeof played>[0], isControl = false) => ({
    card: {
      name,
      kind: name === 'hold' ? ('baseline' as const) : ('brain' as const),
      player: name,
      arm: 'full',
      seed: 1,
      isControl,
      examined: false,
      trainedOnTheWorld: false,
      model: null,
    },
    worlds: await played(player, small),
  });
  const rows = [
    await row('hold', baseline('hold')),
    await row('scripted', scripted()),
    await row('again', scripted('full', 2), true),
  ];
  const report = composeReport(rows, {
    content,
    plan: worldPlan(content, small),
    card: {
      command: 'npm run lab',
      project: '0',
      node: '24',
      engine: 'none',
      machine: 'any',
      licence: 'MIT',
      seconds: 1,
      examEvery: 0,
      atOnce: 1,
      split: 'shipped',
    },
  });
  assert.deepEqual(reportSchema.parse(JSON.parse(JSON.stringify(report))), report);
  const published: unknown = JSON.parse(
    readFileSync(new URL('../../data/lab/report.schema.json', import.meta.url), 'utf8'),
  );
  assert.deepEqual(
    published,
    JSON.parse(JSON.stringify(reportJsonSchema())),
    'npm run lab -- schema writes it',
  );
  const table = terminalTable(report);
  assert.match(table, /null control \(again\)/);
  assert.doesNotMatch(table.split('\n')[0] ?? '', /\sgain \[|return/);
  const text = markdown(report, []);
  assert.ok(text.indexOf('Appendix: gain') > text.indexOf('A. Following'));
});

test('what was said on one floor is no copy on another, and what was said aside is on none', () => {
  const guards = new TraderGuards(content.cast, content.office.rooms, new Map());
  const seen = observe(new Floor().state, 'mike', content);
  const line = 'The yellow umbrella stands beside the broken lift.';
  guards.remember('mike', { speech: line, thought: '' }, 'one');
  const rejects = (guard: LineGuard | undefined): boolean => {
    assert.ok(guard);
    return line
      .split(' ')
      .some((_, at, words) => guard.judge('speech', words.slice(0, at + 1).join(' '), false) === 'never');
  };
  assert.ok(rejects(guards.for(seen, 'one')));
  assert.ok(!rejects(guards.for(seen, 'other')));
});

test('in the lab nobody calls, nobody is bent, and no turn is a scene or before the camera, however wildly it is played', async () => {
  const exam = { everyTurns: 2, ablations: true, advice: true, quiz: true, memory: true };
  let turns = 0;
  const reckless = agent(({ observation }) => {
    turns += 1;
    assert.deepEqual(toldInConfidence(observation), []);
    return { trade: 'Crypto', speech: 'All of it!' };
  });
  await played(reckless, { worlds: 6, rounds: 48, exam });
  assert.ok(turns > 6 * 48 * content.cast.length);
});

test('an action leaves the state before it as it was, whatever the traders do', () => {
  const floor = new Floor({ seed: 5, rules: { episodeRounds: 8, intermissionRounds: 1 } });
  floor.play(30, anything(5));
  let state = floor.founding;
  for (const action of floor.actions) {
    frozen(state);
    state = apply(state, action, content).state;
  }
  assert.deepEqual(state, floor.state);
});

/** A change of any part of it throws. */
function frozen(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) frozen(part);
}

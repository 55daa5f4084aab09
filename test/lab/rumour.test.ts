import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fidelity, left, reach } from '#lab/families/c/rumour.ts';
import type { JudgedRow, Measure } from '#lab/families/measure.ts';
import { judgedRow } from '#lab/report/compose.ts';
import type { Player } from '#lab/runs/player.ts';
import { keysIn, rumourOf, rumourPlanter } from '#lab/runs/rumour.ts';
import { runRow } from '#lab/runs/run-row.ts';
import { worldPlan } from '#lab/worlds/world.ts';
import { content } from '#test/support/floor.ts';
import { agent, never, rowOf, score } from './stage.ts';

async function told(player: Player): Promise<JudgedRow> {
  const worlds = await runRow({
    plan: worldPlan(content, { worlds: 8, rounds: 16 }),
    content,
    player,
    plant: rumourPlanter(),
    folder: null,
    signal: never,
  });
  assert.ok(worlds);
  return judgedRow(content, worlds);
}

/** Everybody stays in the room where the show begins, and says again the last that it heard, as far as `retold` lets it. */
const parrot = (retold: (line: string) => string) =>
  agent(({ observation: { company, roomName } }) => ({
    location: roomName,
    speech: retold(company.find(({ said, unanswered }) => said !== null && unanswered)?.said ?? ''),
  }));

const keysOf = (row: JudgedRow): number[] =>
  row.worlds.map(({ seed, turns }) => {
    const rumour = rumourOf(seed);
    return turns.filter(({ company }) => company.some(({ said }) => said === rumour.line)).length;
  });

const scores = (measures: readonly Measure[], row: JudgedRow): (number | null)[] =>
  measures.map((measure) => score(measure, row));

test('of parrots in one room all have heard the whole rumour', async () => {
  const row = await told(parrot((line) => line));
  assert.deepEqual(scores(reach, row), [1, 1, 1]);
  assert.equal(score(fidelity, row), 1);
});

test('who passes on one word of it passes on that share', async () => {
  const row = await told(
    parrot((line) => {
      const world = row0.find((rumour) => line.includes(rumour.keys[0] ?? '?'));
      return world?.keys[0] ?? '';
    }),
  );
  const shares = row.worlds.map(({ seed }) => 1 / rumourOf(seed).keys.length);
  const value = score(fidelity, row);
  // The first to hear it cuts it to one word; of that one word the others lose nothing.
  assert.ok(value !== null && value > Math.min(...shares) && value < 1);
  assert.deepEqual(scores(reach, row), [1, 1, 1]);
});

test('in a chain that loses words at every hop, what is left is told hop by hop', async () => {
  // The first pair has it, one of them tells the third alone; each leaves out the first of the words that it heard.
  const chain = ['mike', 'alice', 'sarah'];
  const heardIn = new Map<string, string[]>();
  const row = await told(
    agent(({ observation: { trader, company, round, rooms, roomName }, floor }) => {
      const keys = row0
        .map((rumour) => [...keysIn(company.map(({ said }) => said ?? '').join(' '), rumour)])
        .reduce((a, b) => (b.length > a.length ? b : a));
      const known = heardIn.get(`${floor}/${trader}`) ?? keys;
      if (known.length > 0) heardIn.set(`${floor}/${trader}`, known);
      const at = chain.indexOf(trader);
      // Two by two in a room: the link that has it and the next one.
      const link = round < 4 ? 0 : round < 8 ? 1 : 2;
      const together = at >= 0 && (at === link || at === link + 1);
      const place = rooms[together ? 0 : 1 + Math.max(0, at)]?.name ?? roomName;
      return { location: place, speech: known.slice(1).join(' ') };
    }),
  );
  const lost = (hop: number): number => {
    const shares = row.worlds
      .map(({ seed }) => rumourOf(seed).keys.length)
      .flatMap((words) => (words > hop ? [(words - hop) / words] : []));
    return shares.reduce((sum, each) => sum + each, 0) / shares.length;
  };
  for (const [at, measure] of left.entries()) {
    const value = score(measure, row);
    assert.ok(
      value !== null && Math.abs(value - lost(at + 1)) < 1e-9,
      `${measure.id}: ${value}, not ${lost(at + 1)}`,
    );
  }
});
const row0 = Array.from({ length: 40 }, (_, world) => rumourOf(world));

test('who is silent keeps it, and it is told to one trader once a world', async () => {
  const row = await told(agent(() => ({})));
  assert.deepEqual(scores(reach, row), [0, 0, 0]);
  assert.equal(score(fidelity, row), null);
  assert.ok(keysOf(row).every((times) => times === 1));
});

test('without a rumour there is no figure, and no rumour is of what the show speaks of', async () => {
  const row = await rowOf(parrot((line) => line));
  assert.deepEqual(scores([...reach, ...left, fidelity], row), Array<null>(7).fill(null));
  const spoken = JSON.stringify(content);
  for (let world = 0; world < 40; world += 1) assert.equal(keysIn(spoken, rumourOf(world)).size, 0);
});

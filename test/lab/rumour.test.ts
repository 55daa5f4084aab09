import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fidelity, reach } from '#lab/families/c/rumour.ts';
import type { JudgedRow } from '#lab/families/measure.ts';
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

test('of parrots in one room all have heard the whole rumour', async () => {
  const row = await told(parrot((line) => line));
  assert.equal(score(reach, row), 1);
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
  assert.equal(score(reach, row), 1);
});
const row0 = Array.from({ length: 40 }, (_, world) => rumourOf(world));

test('who is silent keeps it, and it is told to one trader once a world', async () => {
  const row = await told(agent(() => ({})));
  assert.equal(score(reach, row), 0);
  assert.equal(score(fidelity, row), null);
  assert.ok(keysOf(row).every((times) => times === 1));
});

test('without a rumour there is no figure, and no rumour is of what the show speaks of', async () => {
  const row = await rowOf(parrot((line) => line));
  assert.equal(score(reach, row), null);
  assert.equal(score(fidelity, row), null);
  const spoken = JSON.stringify(content);
  for (let world = 0; world < 40; world += 1) assert.equal(keysIn(spoken, rumourOf(world)).size, 0);
});

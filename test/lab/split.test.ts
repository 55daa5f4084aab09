import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadContent } from '#app/content.ts';
import { contentHash } from '#show/hash.ts';
import { HELD_OUT_SEAL, splitContent, splitName } from '#tools/lab/split.ts';
import { createScriptedTwin } from '#brain/scripted/scripted.ts';
import { baselinePlayer } from '#lab/baselines/policies.ts';
import { OBSERVATION_ARMS } from '#lab/arms/observation-arms.ts';
import { twinPlayer } from '#lab/runs/brain-player.ts';
import { runRow } from '#lab/runs/run-row.ts';
import { worldPlan } from '#lab/worlds/world.ts';
import { regretAll } from '#lab/families/b/regimes.ts';
import { judgedRow } from '#lab/report/compose.ts';
import { never, score } from './stage.ts';

const shipped = loadContent();
const heldOut = splitContent('held-out');

test('the held-out split is the one that was sealed, and bears its name', () => {
  assert.equal(contentHash(heldOut), HELD_OUT_SEAL);
  assert.deepEqual(splitContent(splitName('held-out')), heldOut);
  assert.throws(() => splitContent('held-out-0123456789ab'), /not the split that was sealed/);
  assert.throws(() => splitContent('secret'), /allowed: shipped, held-out/);
});

test('nothing of the held-out split is in the show: no trader, room, regime, headline, worked turn or mandate', () => {
  const wordsOf = ({ cast, office, market, headlines }: typeof shipped): string[] => [
    ...cast.flatMap(({ id, name, title, persona, examples = [] }) => [
      id,
      name,
      title,
      persona,
      ...examples.flatMap(({ does }) => [does.thought, does.speech]),
    ]),
    ...office.rooms.flatMap(({ id, name }) => [id, name]),
    ...market.regimes.flatMap(({ id, name, returns }) => [id, name, JSON.stringify(returns)]),
    ...[...headlines.wire, ...headlines.chaos].map(({ text }) => text),
    JSON.stringify(market.startPriceCents),
  ];
  const known = new Set(wordsOf(shipped));
  assert.deepEqual(
    wordsOf(heldOut).filter((it) => known.has(it)),
    [],
  );
});

test('in the held-out worlds an oracle gives less away than a brain that knows none of these people, and all can be played', async () => {
  const plan = worldPlan(heldOut, { worlds: 8, rounds: 16 });
  const regretOf = async (player: Parameters<typeof runRow>[0]['player']): Promise<number> => {
    const worlds = await runRow({ plan, content: heldOut, player, folder: null, signal: never });
    assert.ok(worlds);
    return score(regretAll, judgedRow(heldOut, worlds)) ?? NaN;
  };
  const oracle = await regretOf(baselinePlayer('policy-oracle', 1));
  const scripted = createScriptedTwin(() => heldOut.cast);
  assert.ok(oracle < (await regretOf(twinPlayer(scripted, OBSERVATION_ARMS.full, 1))));
  assert.ok(oracle < (await regretOf(baselinePlayer('hold', 1))));
});

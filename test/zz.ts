import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { OBSERVATION_ARMS } from '#lab/arms/observation-arms.ts';
import { brainPlayer } from '#lab/runs/brain-player.ts';
import { runRow } from '#lab/runs/run-row.ts';
import { worldPlan } from '#lab/worlds/world.ts';
import { loadContent } from '#app/content.ts';
const content = loadContent();
const player = brainPlayer(createScriptedBrain({ cast: content.cast, seed: 1 }), OBSERVATION_ARMS.full);
for (const worlds of [10, 60]) {
  let turns = 0; const t = performance.now();
  await runRow({ plan: worldPlan(content, { worlds }), content, player, folder: null, signal: new AbortController().signal, onWorld: (w) => (turns += w.end.turns) });
  console.log(worlds, turns, (turns / ((performance.now() - t) / 1000)).toFixed(0));
}

/**
 * `npm run kill -- [--kills 200] [--seed 1]`: kills the bot's process again and again, at chosen points and at any instant, while
 * it plays for a backlot, and checks what is left each time. Exit code 1 where something is lost or doubled.
 */
import { readArguments, wholeNumber } from '#test/support/arguments.ts';
import { killAgainAndAgain } from './run.ts';

const USAGE = 'npm run kill -- [--kills 200] [--seed 1]';
const values = readArguments(USAGE, {
  kills: { type: 'string', default: '200' },
  seed: { type: 'string', default: '1' },
});
const sinceMs = performance.now();
const { kills, byPoint, secondsToPlay, rounds, messages, pools, lines } = await killAgainAndAgain(
  { kills: wholeNumber(USAGE, 'kills', values.kills, 1), seed: wholeNumber(USAGE, 'seed', values.seed, 0) },
  (line) => console.error(line),
);
const sorted = secondsToPlay.toSorted((a, b) => a - b);
const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1);
for (const [what, count] of byPoint) console.log(`${String(count).padStart(5)}  ${what}`);
console.log(`${kills} kills in ${((performance.now() - sinceMs) / 60_000).toFixed(1)} minutes, violations 0`);
console.log(`${rounds} rounds, ${pools} pools, ${messages} lines in Discord, doubled 0, unaccounted 0`);
console.log(`lines that members were told they missed: ${lines.spoken - lines.shown} of ${lines.spoken}`);
console.log(`from a start to the next closed round at a pace of 3 s: ${at(0.5)} s p50, ${at(1)} s at most`);

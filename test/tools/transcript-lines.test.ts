import assert from 'node:assert/strict';
import { test } from 'node:test';
import { transcriptLines } from '#tools/transcript-lines.ts';
import { content, Floor, holdAndStay } from '#test/support/floor.ts';

test('an intermission is named by the episode that it comes before', () => {
  const floor = new Floor({ rules: { episodeRounds: 2, intermissionRounds: 1 } });
  floor.play(5, holdAndStay);
  const bells = floor.events
    .flatMap((event) => transcriptLines(event, content))
    .filter((line) => /^(OPENING|CLOSING|INTERMISSION)/u.test(line));
  assert.deepEqual(bells, [
    'OPENING BELL of episode 1',
    'CLOSING BELL of episode 1',
    'INTERMISSION before episode 2',
    'OPENING BELL of episode 2',
  ]);
});

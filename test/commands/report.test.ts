import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LabCard } from '#show/ports/lab-desk.ts';
import { openRig } from '#test/stage/rig.ts';
import { everyLine } from './kit.ts';

const measured: LabCard = {
  name: 'tiny-model',
  worlds: 34,
  rounds: 24,
  turns: 3_264,
  split: 'held-out-0123456789ab',
  trainedOnTheWorld: false,
  figures: [
    { id: 'regret', estimate: 72.25, low: 43.5, high: 112, chance: null },
    { id: 'contingency', estimate: 0.55, low: null, high: null, chance: 0.5 },
    { id: 'speaker-found', estimate: 0.784694, low: 0.72, high: 0.85, chance: 0.25 },
  ],
  apart: { more: ['hold'], less: ['policy-oracle', 'momentum'], alike: 6 },
  control: { covered: 27, of: 28 },
  command: 'npm run lab -- --model tiny-model --split held-out',
};

test('/report shows a member alone what the lab measured of the brain on stage', async (t) => {
  const asked: string[] = [];
  const lab = {
    latest: (brain: string) => {
      asked.push(brain);
      return measured;
    },
  };
  const rig = await openRig(t, { lab });
  const answer = await rig.backlot.viewer('Ann').ask('the-gallery', 'report');
  assert.deepEqual(asked, [rig.show.status().brain]);
  const card = everyLine(answer);
  assert.match(card, /In the lab: tiny-model/u);
  assert.match(
    card,
    /tiny-model\nWho speaks is told from the words alone 78 times of 100 \(by chance 25\)\. Answers fit what was said 55 times of 100 \(by chance 50\)\.\n\n34 worlds of 24 rounds, 3,264 turns/u,
  );
  assert.match(card, /had never met/u);
  assert.match(
    card,
    /surely gives away less than hold\. It surely gives away more than policy-oracle, momentum\./u,
  );
  assert.match(card, /not told apart from 6 policies/u);
  assert.match(card, /\*\*72\.25\*\* \(43\.5 to 112\) · Given away/u);
  assert.match(card, /\*\*0\.55\*\* · Answers fit the line they answer; by chance 0\.5/u);
  assert.match(card, /found in 27 of 28 measures/u);
  assert.match(card, /Repeat it: npm run lab -- --model tiny-model --split held-out/u);
  assert.equal(
    rig.backlot
      .viewer('Ben')
      .readChannel(answer.channel_id)
      .some(({ id }) => id === answer.id),
    false,
    'only Ann sees it',
  );
});

test('/report says how to measure a brain that the lab has no run of', async (t) => {
  const rig = await openRig(t);
  const answer = everyLine(await rig.backlot.viewer('Ann').ask('the-gallery', 'report'));
  assert.match(answer, /has not measured .+ yet.*npm run lab -- --help/u);
});

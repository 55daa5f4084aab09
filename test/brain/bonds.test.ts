import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withCoach } from '#brain/coached.ts';
import { factLines } from '#brain/prompts/facts.ts';
import { scriptedTurn } from '#brain/scripted/scripted.ts';
import type { SeenBond } from '#core/memory/bonds.ts';
import type { Observation } from '#core/observation.ts';
import { observe } from '#core/observe.ts';
import type { Brain } from '#show/ports/brain.ts';
import { content, Floor, holdAndStay } from '#test/support/floor.ts';

const { cast } = content;
const SEEDS = 400;

/** Mike in the coffee shop with Alex, in a market where nothing happens. */
function together(): Observation {
  const floor = new Floor();
  floor.play(3, (seen) => ({
    ...holdAndStay(seen),
    location: ['alex', 'mike'].includes(seen.trader) ? 'Coffee Shop' : 'VC Office',
  }));
  return { ...observe(floor.state, 'mike', content), headlines: [], facts: [] };
}
const alone = (): Observation => ({ ...together(), company: [], justLeft: [] });
const feud = (way: SeenBond['way'], room: string | null): SeenBond => ({
  trader: 'alex',
  name: 'Alex',
  kind: 'feud',
  way,
  room,
});
const ally = (room: string | null): SeenBond => ({ ...feud('seek', room), kind: 'alliance' });

/** Of so many seeds, the share in which Mike then is in the room. */
function goesTo(room: string, seen: Observation, bonds: SeenBond[]): number {
  const seeds = Array.from({ length: SEEDS }, (_, seed) => seed);
  const there = seeds.filter(
    (seed) => scriptedTurn({ ...seen, bonds }, cast, seed).decision.location === room,
  );
  return there.length / SEEDS;
}

test('in a feud one walks out where the other is, or stays to have it out; with nothing between them it is neither', () => {
  const [usual, shuns, seeks] = [[], [feud('shun', 'coffee-shop')], [feud('seek', 'coffee-shop')]].map(
    (bonds) => goesTo('Coffee Shop', together(), bonds),
  );
  assert.ok(usual !== undefined && shuns !== undefined && seeks !== undefined);
  assert.ok(shuns < usual - 0.2, `${shuns} against ${usual}`);
  assert.ok(seeks > usual + 0.1, `${seeks} against ${usual}`);
});

test('an ally that was seen walking out is followed, and a room where a feud waits is not wandered into', () => {
  const room = 'Startup Offices';
  const usual = goesTo(room, alone(), []);
  const follows = goesTo(room, alone(), [ally('startup-offices')]);
  assert.ok(follows > usual + 0.3, `${follows} against ${usual}`);
  assert.ok(goesTo('News Room', alone(), []) > 0);
  assert.equal(goesTo('News Room', alone(), [feud('shun', 'news-room')]), 0);
});

test('a call counts more from an ally, and nothing from somebody one has a feud with', () => {
  const said = together();
  const bought = (feeling: number): number => {
    const company = said.company.map((other) => ({
      ...other,
      said: 'Bonds will fly, Mike! Buy Bonds!',
      unanswered: true,
      feeling,
    }));
    return Array.from({ length: SEEDS }, (_, seed) => scriptedTurn({ ...said, company }, cast, seed)).filter(
      ({ decision }) => decision.trade === 'Bonds',
    ).length;
  };
  const [worst, none, best] = [-3, 0, 3].map(bought);
  assert.ok(worst !== undefined && none !== undefined && best !== undefined);
  assert.ok(worst < none && none < best, `${worst} ${none} ${best}`);
});

test('a model that was not told of feuds is lent the walk, and goes where it likes without one', async () => {
  const dull: Brain = {
    label: 'dull',
    think: ({ observation }) =>
      Promise.resolve({ decision: holdAndStay(observation), raw: '{}', tokens: null, ms: 1 }),
    close: () => Promise.resolve(),
  };
  const never = new AbortController().signal;
  const left = async (bonds: SeenBond[]): Promise<number> => {
    let count = 0;
    for (let seed = 0; seed < 40; seed++) {
      const observation = { ...together(), bonds };
      const { decision } = await withCoach(dull, { cast, rooms: content.office.rooms, seed }).think(
        { id: 'turn', observation },
        never,
      );
      if (decision.location !== observation.roomName) count += 1;
    }
    return count;
  };
  assert.equal(await left([]), 0);
  assert.ok((await left([feud('shun', 'coffee-shop')])) > 20);
});

test('a chat model is told in one short line what a feud or an alliance asks for, and nothing where the other is not in sight', () => {
  const lines = (bonds: SeenBond[]) => factLines({ ...together(), bonds });
  assert.deepEqual(lines([feud('shun', 'coffee-shop')]), ['You have a feud with Alex: leave this room.']);
  assert.deepEqual(lines([feud('seek', 'coffee-shop')]), [
    'You have a feud with Alex: stay and have it out.',
  ]);
  assert.deepEqual(lines([ally('news-room')]), ['Alex is your ally: follow to News Room.']);
  assert.deepEqual(lines([ally(null)]), []);
  assert.deepEqual(lines([feud('shun', 'news-room')]), []);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { keyedChance, keyedNumbers } from '#core/chance/keyed.ts';
import type { Content } from '#core/content.ts';
import { moveMarket, type Market } from '#core/market.ts';
import { observe } from '#core/observe.ts';
import { nextSpeakers } from '#core/speaking.ts';
import { INSTRUMENTS, perInstrument } from '#core/vocabulary.ts';
import { anything, content, Floor, type Decide } from '#test/support/floor.ts';

const ROUNDS = 200;
const SEED = 7;
const RULES = { episodeRounds: 20, intermissionRounds: 2 };
const weightless: Content = { ...content, market: { ...content.market, impactBpsPer10k: 0 } };

/** The market as each round is about to open, and the floor at the end. */
interface World {
  floor: Floor;
  markets: Market[];
}

async function playScripted(staged: Content): Promise<World> {
  const world: World = { floor: new Floor({ seed: SEED, rules: RULES, content: staged }), markets: [] };
  const brain = createScriptedBrain({ cast: content.cast, seed: SEED });
  const { floor } = world;
  for (let round = 0; round < ROUNDS; round += 1) {
    world.markets.push(floor.state.market);
    floor.act({ type: 'openRound' });
    for (let speaker = nextSpeakers(floor.state)[0]; speaker; speaker = nextSpeakers(floor.state)[0]) {
      const observation = observe(floor.state, speaker, staged);
      const { decision } = await brain.think(
        { id: `${round}:${speaker}`, observation },
        new AbortController().signal,
      );
      floor.act({ type: 'takeTurn', trader: speaker, decision, fumble: null });
    }
    floor.act({ type: 'closeRound' });
  }
  return world;
}

/** @param between what happens after a round that was played */
function play(
  staged: Content,
  decide: Decide,
  between: (floor: Floor, round: number) => void = () => {},
): World {
  const world: World = { floor: new Floor({ seed: SEED, rules: RULES, content: staged }), markets: [] };
  for (let round = 1; round <= ROUNDS; round += 1) {
    world.markets.push(world.floor.state.market);
    world.floor.play(1, decide);
    between(world.floor, round);
  }
  return world;
}

const whatHappened = ({ floor }: World) => ({
  rounds: floor.eventsOf('roundOpened').map(({ regime, priceCents }) => ({ regime, priceCents })),
  news: floor.eventsOf('headlineBroke').map(({ headline }) => headline),
});

test('with impact off, whatever the traders do, a seed has the same prices, regimes and news', async () => {
  const scripted = await playScripted(weightless);
  const wild = play(weightless, anything(1));
  const wilder = play(weightless, anything(2));
  assert.ok(wild.floor.eventsOf('filled').length > 100, 'they traded');
  assert.ok(whatHappened(scripted).news.length > 20, 'there was news');
  assert.deepEqual(whatHappened(wild), whatHappened(scripted));
  assert.deepEqual(whatHappened(wilder), whatHappened(scripted));
});

test('with impact on, two brains on one seed meet the same shocks, but for the impact of their own orders', async () => {
  const worlds = [await playScripted(content), play(content, anything(3))];
  /** What the round would do to the same prices when nobody had ordered. */
  const shocks = worlds.map(({ markets }) =>
    markets.map((before, index) => {
      const market = structuredClone(before);
      for (const it of INSTRUMENTS) {
        market.priceCents[it] = 1_000_000;
        market.flowCents[it] = 0;
      }
      moveMarket(market, content.market, keyedChance({ seed: SEED, round: index + 1 }));
      return { priceCents: market.priceCents, regime: market.regime };
    }),
  );
  const [scripted, wild] = worlds;
  assert.ok(scripted && wild);
  assert.notDeepEqual(whatHappened(scripted).rounds, whatHappened(wild).rounds, 'orders do move prices');
  assert.deepEqual(shocks[0], shocks[1]);
  assert.deepEqual(whatHappened(scripted).news, whatHappened(wild).news);
});

test('chaos changes the regime and the prices, never what is drawn afterwards', () => {
  const [calm] = content.market.regimes;
  assert.ok(calm);
  // All regimes are alike and none ends, and the gap is none: all that chaos could change here is luck.
  const alike: Content = {
    ...weightless,
    market: {
      ...weightless.market,
      chaos: { ...content.market.chaos, gapBps: perInstrument(() => 0) },
      regimes: content.market.regimes.map((it) => ({ ...it, returns: calm.returns, minRounds: 1_000_000 })),
    },
  };
  const chaos = (floor: Floor, round: number): void => {
    if ([5, 60, 61, 150].includes(round)) floor.act({ type: 'strikeChaos', text: null });
  };
  const [struck, spared] = [play(alike, anything(4), chaos), play(alike, anything(4))];
  assert.equal(struck.floor.eventsOf('chaosStruck').length, 4);
  const prices = ({ floor }: World) => floor.eventsOf('roundOpened').map(({ priceCents }) => priceCents);
  const newsRounds = ({ floor }: World) =>
    floor.eventsOf('headlineBroke').map(({ headline }) => [headline.round, headline.source]);
  const speakers = ({ floor }: World) => floor.eventsOf('turnTaken').map(({ trader }) => trader);
  assert.deepEqual(prices(struck), prices(spared));
  assert.deepEqual(newsRounds(struck), newsRounds(spared));
  assert.deepEqual(speakers(struck), speakers(spared));
});

test('what members do, by whispers, votes for a headline, leaked thoughts and rumours, changes no price, no regime, and not when there is news', () => {
  let whispers = 0;
  const members = (floor: Floor, round: number): void => {
    const { phase, market } = floor.state;
    if (phase === 'intermission') floor.act({ type: 'callHeadline', text: `Members vote ${round}` });
    else {
      whispers += 1;
      floor.act({ type: 'whisper', id: round, trader: 'mike', text: 'Buy Tech', names: 'Tech', tone: 'up' });
      floor.act({ type: 'leakThought', trader: 'alice', text: `I doubt ${market.regime}.` });
      floor.act({
        type: 'plantRumour',
        room: 'coffee-shop',
        text: `Psst ${round}`,
        names: 'Bonds',
        tone: 'down',
      });
    }
  };
  const [busy, quiet] = [play(weightless, anything(5), members), play(weightless, anything(5))];
  assert.ok(whispers > 100 && busy.floor.eventsOf('thoughtLeaked').length === whispers);
  // Which of the wire's headlines it is hangs on what was read lately, as it should.
  const wire = ({ floor }: World) =>
    floor
      .eventsOf('headlineBroke')
      .flatMap(({ headline: { source, round } }) => (source === 'wire' ? [round] : []));
  assert.ok(wire(quiet).length > 10);
  assert.deepEqual(whatHappened(busy).rounds, whatHappened(quiet).rounds);
  assert.deepEqual(wire(busy), wire(quiet));
});

test('who of two traders speaks first does not depend on who else is in the room, and both orders come up', () => {
  let first = 0;
  for (let round = 0; round < 400; round += 1) {
    const chance = keyedChance({ seed: SEED, round });
    const all = chance.order('speakers', ['alice', 'alex', 'mike', 'sarah']);
    const two = chance.order('speakers', ['sarah', 'alice']);
    assert.deepEqual(
      all.filter((id) => two.includes(id)),
      two,
    );
    if (two[0] === 'alice') first += 1;
  }
  assert.ok(first > 160 && first < 240, `alice spoke first in ${first} of 400 rounds`);
});

test('a headline that broke lately, or fits no more, changes no other choice', () => {
  const items = content.headlines.wire;
  for (let round = 0; round < 100; round += 1) {
    const chance = keyedChance({ seed: SEED, round });
    const any = chance.choose(
      'headline',
      items,
      () => true,
      () => true,
    );
    const other = items.find((it) => it !== any);
    assert.equal(
      chance.choose(
        'headline',
        items,
        (it) => it !== other,
        () => true,
      ),
      any,
    );
    assert.equal(
      chance.choose(
        'headline',
        items,
        () => true,
        (it) => it !== other,
      ),
      any,
    );
    assert.notEqual(
      chance.choose(
        'headline',
        items,
        () => true,
        (it) => it !== any,
      ),
      any,
    );
    assert.equal(
      chance.choose(
        'headline',
        items,
        () => false,
        () => true,
      ),
      undefined,
    );
  }
});

test('numbers of neighbouring keys have nothing to do with each other', () => {
  const uniforms = (key: (index: number) => ReturnType<typeof keyedNumbers>) =>
    Array.from({ length: 20_000 }, (_, index) => key(index).uniform());
  const columns = [
    uniforms((round) => keyedNumbers(SEED, 'price', round, 'Tech')),
    uniforms((round) => keyedNumbers(SEED, 'price', round, 'Crypto')),
    uniforms((round) => keyedNumbers(SEED, 'news', round)),
    uniforms((round) => keyedNumbers(SEED + 1, 'price', round, 'Tech')),
    uniforms((round) => keyedNumbers(SEED, 'price', round + 1, 'Tech')),
    uniforms((seed) => keyedNumbers(seed, 'price', 1, 'Tech')),
  ];
  const correlation = (a: readonly number[], b: readonly number[]) =>
    (12 * a.reduce((sum, value, index) => sum + (value - 0.5) * ((b[index] ?? 0) - 0.5), 0)) / a.length;
  columns.forEach((column, index) => {
    const tenths = Array.from(
      { length: 10 },
      (_, tenth) => column.filter((value) => Math.floor(value * 10) === tenth).length,
    );
    for (const count of tenths)
      assert.ok(Math.abs(count - 2_000) < 200, `column ${index}: ${tenths.join(' ')}`);
    for (const other of columns.slice(index + 1))
      assert.ok(Math.abs(correlation(column, other)) < 0.03, `column ${index}`);
  });
});

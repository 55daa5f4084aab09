import assert from 'node:assert/strict';
import { test } from 'node:test';
import { regimeOf } from '#core/market.ts';
import type { Post } from '#show/ports/outbox.ts';
import {
  bankruptRounds,
  deepestFallBps,
  extremes,
  hypocrisyBps,
  streaks,
  tallied,
} from '#show/views/season-facts.ts';
import { createScriptedTwin } from '#brain/scripted/scripted.ts';
import { idle } from '#test/support/idle-brain.ts';
import { content } from '#test/support/floor.ts';
import { theatre, type Theatre } from '#test/support/theatre.ts';
import { dueRows } from '#test/support/outbox.ts';

const SHORT = { episodeRounds: 4, intermissionRounds: 1, seasonEpisodes: 2 };

function bells({ store }: Theatre): Extract<Post, { kind: 'bell' }>[] {
  return dueRows(store.outbox, Infinity, 1_000).flatMap(({ post }) => (post.kind === 'bell' ? [post] : []));
}

test('a closing bell goes to the tape once, with the recap of its episode', async (t) => {
  const house = theatre(t, { rules: SHORT });
  await house.play(5);
  const [bell, ...more] = bells(house);
  assert.ok(bell?.card?.kind === 'recap' && more.length === 0);
  const { card, event } = bell;
  assert.equal(card.episode, 1);
  assert.deepEqual(
    card.traders.map((one) => one.id),
    event.standings.map((one) => one.trader),
  );
  for (const one of card.traders) {
    const closing = event.standings.find((standing) => standing.trader === one.id);
    assert.equal(one.points.at(-1)?.equityCents, closing?.equityCents);
    assert.equal(one.gainCents, closing?.episodeGainCents);
    assert.equal(one.points.length, 5, 'the close before the episode and its four rounds');
  }
  assert.ok(card.best && card.worst && card.best.gainCents >= card.worst.gainCents);
  assert.equal(
    card.regimes.at(-1)?.name,
    regimeOf(house.show.content.market, house.show.state.market.regime).name,
    'members see the regime that lasts, as in the picture',
  );
});

test('the recap has what the script would have made of the same rounds, from the same opening', async (t) => {
  const twin = createScriptedTwin(() => content.cast);
  const played = theatre(t, { rules: SHORT, twin });
  await played.play(5);
  const [same] = bells(played).flatMap(({ card }) => (card?.kind === 'recap' ? [card] : []));
  assert.ok(same);
  for (const { name, points, twin: curve } of same.traders)
    assert.deepEqual(curve, points.slice(1), `${name}: the script itself was on stage`);

  const other = theatre(t, { rules: SHORT, twin, brain: idle });
  await other.play(5);
  const [card] = bells(other).flatMap(({ card: it }) => (it?.kind === 'recap' ? [it] : []));
  assert.deepEqual(
    card?.traders.map(({ twin: curve }) => curve?.length),
    [4, 4, 4, 4],
  );
  assert.ok(
    card?.traders.some(
      ({ points, twin: curve }) => curve?.at(-1)?.equityCents !== points.at(-1)?.equityCents,
    ),
  );
});

test('the recap of an episode with chaos has the same rounds without it, and only then', async (t) => {
  const house = theatre(t, { rules: SHORT });
  await house.play(3);
  house.show.strikeChaos('console', null);
  await house.play(7);
  const [first, second] = bells(house).flatMap(({ card }) => (card?.kind === 'recap' ? [card] : []));
  assert.ok(first && second);
  for (const { points, calm } of first.traders) {
    assert.deepEqual(
      calm?.map(({ round }) => round),
      points.map(({ round }) => round),
    );
    assert.deepEqual(calm.slice(0, 3), points.slice(0, 3), 'until chaos struck, after round 3');
  }
  assert.ok(
    first.traders.some(({ points, calm }) => calm?.at(-1)?.equityCents !== points.at(-1)?.equityCents),
  );
  assert.ok(second.traders.every((one) => !('calm' in one)));
});

test('the last bell of a season brings the awards, from the books before they are cleared', async (t) => {
  const house = theatre(t, { rules: SHORT });
  await house.play(10);
  const cards = bells(house).map((bell) => bell.card);
  assert.deepEqual(
    cards.map((card) => card?.kind),
    ['recap', 'recap', 'awards'],
  );
  const awards = cards.at(-1);
  assert.ok(awards?.kind === 'awards');
  assert.equal(awards.episodes, 2);
  const value = (wanted: string) => awards.awards.find((one) => one.award === wanted)?.value;
  assert.equal(value('most_money'), awards.standings[0]?.equityCents);
  assert.ok((value('most_trades') ?? 0) > 0 && (value('most_talkative') ?? 0) > 0);
  assert.equal(house.show.state.season, 2);
});

test('a closing bell reads its episode, and not the season before it', async (t) => {
  // Longer than what the picture of the floor shows of the curves.
  const house = theatre(t, { rules: { episodeRounds: 40, intermissionRounds: 1 } });
  await house.play(81);
  const reads = (['equityCurves', 'priceCurves', 'rounds', 'turnFacts', 'fills'] as const).map(
    (what) => [what, t.mock.method(house.store.show, what)] as const,
  );
  const episodes = t.mock.method(house.store.show, 'episodes');
  await house.play(1);
  const { phase, episode } = house.show.state;
  assert.deepEqual([phase, episode], ['intermission', 2], 'the bell rang');
  for (const [what, { mock }] of reads)
    for (const { arguments: args } of mock.calls) assert.ok(args[0] >= 42, `${what} since ${args[0]}`);
  assert.equal(episodes.mock.callCount(), 0);
});

test('the curves of a long season come with few more points than a chart shows, among them its falls', (t) => {
  const { show, store } = theatre(t, { rules: SHORT });
  const long = { ...show.state, round: 100_000 };
  t.mock.method(store.show, 'firstRoundOf', () => 1);
  const read = t.mock.method(store.show, 'equityCurves', (since: number, until = Infinity) =>
    Array.from({ length: until - since + 1 }, (_, nth) => ({
      round: since + nth,
      trader: 'alex',
      equityCents: since + nth === 70_707 ? 1 : 1_000_000 + nth,
    })),
  );
  const alex = show.gallery.equity(long).traders.find(({ id }) => id === 'alex');
  assert.ok(alex && alex.points.length > 2_000 && alex.points.length < 2_100);
  assert.deepEqual(alex.bankruptRounds, [70_707]);
  assert.deepEqual(
    alex.points.map(({ round }) => round),
    alex.points.map(({ round }) => round).toSorted((a, b) => a - b),
  );
  assert.deepEqual(alex.points.at(-1), { round: 100_000, equityCents: long.rules.startCashCents });
  assert.deepEqual(show.gallery.trader(long, 'alex')?.trader.points, alex.points);
  for (const {
    arguments: [since, until = Infinity],
  } of read.mock.calls)
    assert.ok(until - since < 100);
});

test('of each curve the lowest and the highest close are kept', () => {
  const curve = (trader: string, cents: number[]) =>
    cents.map((equityCents, round) => ({ round, trader, equityCents }));
  const [alex, mike, sarah] = [curve('alex', [3, 9, 1, 5]), curve('mike', [2, 1, 4]), curve('sarah', [7, 7])];
  assert.deepEqual(extremes([...alex, ...mike, ...sarah]), [alex[1], alex[2], mike[1], mike[2], sarah[0]]);
});

test('chaos and bells stand in the charts of the season and the market', async (t) => {
  const house = theatre(t, { rules: SHORT });
  await house.play(3);
  house.show.strikeChaos('console', null);
  await house.play(1);
  const { gallery, state } = house.show;
  const equity = gallery.equity(state);
  assert.deepEqual([equity.chaosRounds, equity.bellRounds], [[3], [2]]);
  assert.deepEqual(gallery.prices(state).chaosRounds, [3]);
  assert.deepEqual(
    gallery.prices(state).series.map((one) => one.points.length),
    [4, 4, 4],
  );
});

test('right after chaos, and while a round is on, the charts end with what the words beside them say', async (t) => {
  const house = theatre(t, { rules: SHORT });
  const { show } = house;
  const agree = (when: string): void => {
    const { gallery, state } = show;
    for (const { instrument, priceCents } of show.market()) {
      const points = gallery.prices(state).series.find((one) => one.instrument === instrument)?.points;
      assert.deepEqual(points?.at(-1), { round: state.round, priceCents }, `${when}: ${instrument}`);
    }
    for (const { trader, equityCents, gainBps } of show.board()) {
      const own = gallery.trader(state, trader)?.trader;
      for (const line of [gallery.equity(state).traders.find(({ id }) => id === trader), own]) {
        assert.deepEqual(line?.points.at(-1), { round: state.round, equityCents }, `${when}: ${trader}`);
        assert.equal(line?.gainBps, gainBps);
      }
    }
  };
  await house.play(3);
  agree('between two rounds');
  assert.ok(show.strikeChaos('console', null).ok);
  agree('right after chaos');
  let looked = false;
  show.subscribe((news) => {
    if (!('events' in news) || !news.events.some(({ type }) => type === 'turnTaken')) return;
    agree('in an open round');
    looked = true;
  });
  await house.play(1);
  assert.ok(looked);
  await house.play(5);
  agree('in the next episode');
});

test("a trader's card has no word of its thoughts, only how long the words were", async (t) => {
  const house = theatre(t, { rules: SHORT });
  await house.play(4);
  const { show } = house;
  for (const trader of Object.keys(show.state.traders)) {
    const card = show.gallery.trader(show.state, trader);
    const confessed = show.confess(trader, null);
    assert.ok(card && confessed.ok);
    const { thought } = confessed.value.decision;
    assert.ok(!JSON.stringify(card).includes(thought));
    assert.equal(card.thoughtWordLengths.length, thought.split(' ').length);
    const held = card.positions.reduce((sum, one) => sum + one.valueCents, card.cashCents);
    assert.ok(Math.abs(held - card.equityCents) <= 3, 'cash and positions make the equity, but for rounding');
  }
  assert.equal(show.gallery.trader(show.state, 'nobody'), null);
});

test('before the first round there are cards, too', (t) => {
  const { show } = theatre(t, { rules: SHORT });
  assert.deepEqual(
    show.gallery.prices(show.state).series.map((one) => one.points),
    [[], [], []],
  );
  assert.equal(show.gallery.equity(show.state).traders.length, 4);
  assert.ok(show.gallery.trader(show.state, 'alex'));
});

test('falls, bankruptcies and streaks are read from the curves', () => {
  const points = [100, 200, 50, 40, 300, 10].map((equityCents, round) => ({ round, equityCents }));
  assert.equal(deepestFallBps(points), 9_667);
  assert.deepEqual(bankruptRounds(points, 50), [2, 5]);
  const episodes = [1, 2, 3].map((round) => ({ episode: round, from: round, to: round }));
  const equity = [
    [100, 110, 120, 120],
    [100, 100, 100, 150],
  ].flatMap((curve, index) =>
    curve.map((equityCents, round) => ({ round, trader: index === 0 ? 'alex' : 'sarah', equityCents })),
  );
  assert.deepEqual(
    [...streaks({ episodes, equity })],
    [
      ['alex', 2],
      ['sarah', 1],
    ],
  );
});

test('whoever praises one thing and buys another is a hypocrite, after enough turns to tell', () => {
  const turn = (trader: string, speech: string, trade: 'Tech' | 'Bonds' | 'Hold') => ({
    round: 1,
    trader,
    room: 'pit',
    trade,
    size: 'Small' as const,
    speech,
    fumble: null,
  });
  const turns = [
    ...Array.from({ length: 6 }, () => turn('mike', 'Tech, Tech, TECH!', 'Bonds')),
    ...Array.from({ length: 2 }, () => turn('mike', 'I like bonds.', 'Bonds')),
    turn('mike', 'Tech or Bonds?', 'Bonds'),
    turn('mike', 'Tech!', 'Hold'),
    turn('alex', 'Tech!', 'Bonds'),
  ];
  const instruments = ['Tech', 'Crypto', 'Bonds'] as const;
  const tally = tallied(tallied(new Map(), turns.slice(0, 4), instruments), turns.slice(4), instruments);
  assert.deepEqual([...hypocrisyBps(tally)], [['mike', 7_500]]);
  assert.deepEqual(tally.get('alex'), { words: 1, stances: 1, broken: 1 });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyedNumbers } from '#core/chance/keyed.ts';
import { personaOf } from '#core/content.ts';
import { regimeOf } from '#core/market.ts';
import { INSTRUMENTS, type Instrument } from '#core/vocabulary.ts';
import {
  answersByName,
  cutLines,
  distinct2,
  favourite,
  fumbles,
  longLines,
  repeats,
  sizes,
} from '#lab/families/a/form.ts';
import { drift, sayDo, speaker, thinkDo } from '#lab/families/a/speaker.ts';
import { disposition, herding, herdingTrades } from '#lab/families/b/biases.ts';
import { lag, lagGain, LAG_ROUNDS, regimeBits, regretAll } from '#lab/families/b/regimes.ts';
import { loseShift, perseveration, winStay } from '#lab/families/b/holdings.ts';
import { advice, contingency, knows, leakage } from '#lab/families/c/social.ts';
import { faithful, faithfulBeyondChance, FAITHFUL, luckAlone } from '#lab/families/d/faithful.ts';
import { MEASURES } from '#lab/families/all.ts';
import { stances } from '#lab/families/words.ts';
import type { JudgedRow, Measure } from '#lab/families/measure.ts';
import { compared } from '#lab/report/judge.ts';
import type { Ask } from '#lab/runs/player.ts';
import { bestBook, fits, NO_EXPOSURE } from '#lab/worlds/truth.ts';
import { content } from '#test/support/floor.ts';
import { agent, baseline, holds, intervalOf, never, rowOf, score, scripted } from './stage.ts';

/** Buys what fits the regime, so many rounds after it began. */
const adaptsAfter = (rounds: number) =>
  agent(({ persona, truth, state }) => {
    const { instrument } = bestBook(persona, truth.regime);
    return { trade: state.market.roundsInRegime >= rounds && instrument ? instrument : 'Hold' };
  });

const near = (measure: Measure, row: JudgedRow, expected: number, within: number): void => {
  const value = score(measure, row);
  assert.ok(
    value !== null && Math.abs(value - expected) <= within,
    `${measure.id}: ${value}, not ${expected}`,
  );
};

test('who adapts at once waits 0 rounds, who adapts after three waits three, who never does waits to the end', async () => {
  near(lag, await rowOf(adaptsAfter(0)), 0, 0.35);
  near(lag, await rowOf(adaptsAfter(3)), 3, 0.35);
  near(lag, await rowOf(baseline('hold')), LAG_ROUNDS, 0);
});

test('the policy oracle gives away next to nothing, hold all that there is, and others lie between', async () => {
  const rows = await Promise.all(
    (['policy-oracle', 'momentum', 'hold'] as const).map(async (name) =>
      rowOf(baseline(name), { worlds: 10 }),
    ),
  );
  const [oracle = 0, momentum = 0, hold = 0] = rows.map((row) => score(regretAll, row) ?? Number.NaN);
  assert.ok(Math.abs(oracle) < 0.15 * hold, `${oracle} of ${hold}`);
  assert.ok(oracle < momentum && momentum < hold, `${oracle} ${momentum} ${hold}`);
});

test('who ignores the regime scores as hold does: nothing', async () => {
  const blindfold = agent(({ id, floor, state }) => {
    const chance = keyedNumbers(9, `test/${floor}`, state.round, id);
    return chance.chance(3_000) ? { trade: chance.pick(INSTRUMENTS) } : {};
  });
  const row = await rowOf(blindfold, { worlds: 30 });
  for (const measure of [lagGain, regimeBits])
    assert.ok(
      holds(intervalOf(measure, row), 0),
      `${measure.id} ${JSON.stringify(intervalOf(measure, row))}`,
    );
  const hold = await rowOf(baseline('hold'));
  near(lagGain, hold, 0, 0);
  near(regimeBits, hold, 0, 1e-9);
  const knowing = await rowOf(adaptsAfter(1), { worlds: 30 });
  for (const measure of [lagGain, regimeBits]) {
    const interval = intervalOf(measure, knowing);
    assert.ok(interval && interval.low > 0, `${measure.id} ${JSON.stringify(interval)}`);
  }
});

test('one that keeps what rose and leaves what fell does so always; one that never leaves perseveres always', async () => {
  const winStayLoseShift = agent(({ observation, truth }) => {
    const held = INSTRUMENTS.find((it) => truth.exposure[it] > 0.05);
    const move = observation.prices.find(({ instrument }) => instrument === held)?.roundBps ?? 0;
    if (held !== undefined && move >= 0) return {};
    return { trade: held === 'Tech' ? 'Crypto' : 'Tech' };
  });
  const row = await rowOf(winStayLoseShift);
  near(winStay, row, 1, 0.01);
  near(loseShift, row, 1, 0.1);
  near(perseveration, await rowOf(baseline('buy-and-hold')), 1, 0);
});

test('a small order elsewhere leaves no holding, and a holding that never fitted is not one that fits no more', async () => {
  const dabbler = agent(({ truth, observation, persona }) => {
    if (truth.exposure.Tech <= 0.05) return { trade: 'Tech' };
    return { trade: persona.id === 'alice' && observation.round === 3 ? 'Bonds' : 'Hold', size: 'Small' };
  });
  const row = await rowOf(dabbler, { rounds: 4 });
  near(winStay, row, 1, 0);
  near(loseShift, row, 0, 0);
  const neverFits = await rowOf(
    agent(({ persona, truth }) => {
      const wrong = INSTRUMENTS.find(
        (it) => !fits({ ...NO_EXPOSURE, [it]: persona.mandate.leverage[it] }, persona, truth.regime),
      );
      return { trade: wrong ?? 'Hold' };
    }),
    { worlds: 8 },
  );
  const { n } = perseveration.sample(neverFits);
  assert.ok(n < 0.1 * loseShift.sample(neverFits).n, `${n}`);
});

test('what is said again, cut, long or nothing is counted, by a trader whose every line is known', async () => {
  const row = await rowOf(
    agent(() => ({ speech: 'Buy now. Sell later. Cry never. And so' })),
    { worlds: 2, rounds: 10 },
  );
  near(repeats, row, 0.9, 0);
  near(cutLines, row, 1, 0);
  near(longLines, row, 1, 0);
  near(distinct2, row, 7 / 70, 0.001);
  near(fumbles, row, 0, 0);
  const fumbling = await rowOf({
    label: 'fumbles',
    worldsAtOnce: 1,
    answer: () => ({ decision: null, fumble: 'invalid', tokens: null, ms: 0 }),
  });
  near(fumbles, fumbling, 1, 0);
});

test('traders with words of their own are told apart, those with the same words are not', async () => {
  const own = await rowOf(agent(({ persona }) => ({ speech: `${persona.title} speaks.` })));
  near(speaker, own, 1, 0);
  near(drift, own, 0, 1e-9);
  const alike = await rowOf(agent(({ state }) => ({ speech: `Line ${'abcdefgh'[state.round % 8]} again.` })));
  near(speaker, alike, 0.25, 0.01);
});

test('who names its own trade alone has no voice, and more worlds make nobody easier to tell apart', async () => {
  const namesItsTrade = agent(({ persona, floor, id }) => {
    const favourite = INSTRUMENTS.toSorted(
      (a, b) => persona.mandate.leverage[b] - persona.mandate.leverage[a],
    )[0];
    const trade = keyedNumbers(6, `voice/${floor}`, 0, id).chance(7_000) ? favourite : 'Bonds';
    return { trade: trade ?? 'Hold', speech: `I take some ${trade} now.` };
  });
  near(speaker, await rowOf(namesItsTrade), 0.25, 0.01);
  const oneOf = { Tech: "I like Tech's charts.", Crypto: "I like Crypto's charts.", Bonds: 'I like a bond.' };
  const namesOneOfThem = agent(({ persona, id, floor }) => {
    const mine = INSTRUMENTS.toSorted((a, b) => persona.mandate.leverage[b] - persona.mandate.leverage[a])[0];
    const isMine = keyedNumbers(7, `one/${floor}`, 0, id).chance(7_000);
    return { speech: oneOf[isMine ? (mine ?? 'Bonds') : 'Tech'].replace('a bond', "Bond's charts") };
  });
  near(speaker, await rowOf(namesOneOfThem), 0.25, 0.01);
  const contracts = agent(({ persona }) => ({ speech: persona.id === 'alex' ? "It's fine." : 'It fine.' }));
  assert.ok(
    (score(speaker, await rowOf(contracts)) ?? 0) > 0.4,
    'how somebody contracts is a manner of speaking',
  );
  const found = await Promise.all(
    [12, 60].map(async (worlds) => score(speaker, await rowOf(scripted(), { worlds })) ?? 0),
  );
  assert.ok(Math.abs((found[0] ?? 0) - (found[1] ?? 0)) < 0.06, found.join(' '));
});

test('a persona that is played from the first half on only drifts away: its slope is below zero', async () => {
  const drifting = await rowOf(
    agent(({ persona, state }) => ({ speech: state.round <= 12 ? `${persona.title}.` : 'Nothing to say.' })),
  );
  const slope = score(drift, drifting);
  assert.ok(slope !== null && slope < -2, `${slope}`);
});

test('who stays in persona and speaks of other things later does not drift', async () => {
  const moving = await rowOf(
    agent(({ persona, state }) => ({
      speech: state.round <= 100 ? `${persona.title} of old.` : `${persona.id.repeat(2)} of late.`,
    })),
    { worlds: 3, rounds: 200 },
  );
  near(speaker, moving, 1, 0);
  near(drift, moving, 0, 1e-9);
});

test('who does as it says, and who does the opposite, and who buys what it is fondest of', async () => {
  const honest = await rowOf(
    agent(() => ({ trade: 'Bonds', speech: 'I buy Bonds.', thought: 'Buy Bonds.' })),
  );
  near(sayDo, honest, 1, 0);
  near(thinkDo, honest, 1, 0);
  const liar = await rowOf(agent(() => ({ trade: 'Tech', speech: 'I would never touch Tech.' })));
  near(sayDo, liar, 0, 0);
  const loyal = await rowOf(
    agent(({ persona }) => ({
      trade: INSTRUMENTS.find((it) => new RegExp(`\\b${it}\\b`).test(persona.persona)) ?? 'Tech',
    })),
  );
  near(favourite, loyal, 1, 0);
  near(favourite, await rowOf(baseline('random'), { worlds: 30 }), 1 / 3, 0.05);
});

test('what is said of an instrument is judged by what is said of it: a preposition praises nothing, nor does what is said of another', async () => {
  for (const [text, told] of [
    ['What is the news in Tech today?', { Tech: 0 }],
    ['I hear people in the kitchen talk of Crypto.', { Crypto: 0 }],
    ['I am all in, Crypto to the end.', { Crypto: 1 }],
    ['Bonds will lose.', { Bonds: -1 }],
    ['Bonds again, which I love, and a short in Tech.', { Bonds: 1, Tech: -1 }],
    ['I don’t buy Tech.', { Tech: -1 }],
    ['Sell Tech, Bonds are up, and Tech knows it.', { Tech: -1, Bonds: 1 }],
    ['I love Tech, Crypto and Bonds.', { Tech: 1, Crypto: 1, Bonds: 1 }],
    ['Tech, Crypto and Bonds: sell it all.', { Tech: -1, Crypto: -1, Bonds: -1 }],
    ['I buy Bonds; Tech is a trap.', { Bonds: 1, Tech: -1 }],
  ] as const)
    assert.deepEqual(Object.fromEntries(stances(text)), told, text);
  const talker = await rowOf(agent(() => ({ speech: 'In the kitchen: Tech, all day.', trade: 'Bonds' })));
  assert.equal(score(sayDo, talker), null);
});

test('who buys with everything does, and who takes half does not', async () => {
  near(sizes, await rowOf(agent(() => ({ trade: 'Tech', size: 'AllIn' }))), 1, 0);
  near(sizes, await rowOf(agent(() => ({ trade: 'Tech', size: 'Half' }))), 0, 0);
});

const TOPICS = [
  'coffee machine',
  'yellow umbrella',
  'broken lift',
  'window seat',
  'missing stapler',
  'loud printer',
];
/** Everybody walks about, and says something of a topic of the own; `answer` makes the line of what it heard. */
const walkers = (answer: (heard: string | null, topic: string, name: string | null) => string) =>
  agent(({ observation, id, floor }) => {
    const chance = keyedNumbers(3, `walk/${floor}`, observation.round, id);
    const waiting = observation.company.find(({ said, unanswered }) => said !== null && unanswered);
    return {
      speech: answer(waiting?.said ?? null, chance.pick(TOPICS), waiting?.name ?? null),
      location: chance.pick(observation.rooms.slice(0, 2)).name,
    };
  });

test('a parrot of its neighbour fits it always, one that ignores it scores chance', async () => {
  const echo = await rowOf(walkers((heard, topic) => heard ?? `The ${topic}.`));
  assert.ok((score(contingency, echo) ?? 0) > 0.85, `${score(contingency, echo)}`);
  const deaf = await rowOf(
    walkers((_, topic) => `The ${topic}.`),
    { worlds: 20 },
  );
  assert.ok(holds(intervalOf(contingency, deaf), 0.5), JSON.stringify(intervalOf(contingency, deaf)));
});

test('who answers by name does, and who never does does not', async () => {
  near(answersByName, await rowOf(walkers((_, topic, name) => `${name ?? 'Well'}, the ${topic}.`)), 1, 0);
  near(answersByName, await rowOf(walkers((_, topic) => `The ${topic}.`)), 0, 0);
});

/** Five words that nobody else says, and nobody says again. */
const ownWords = ({ trader, round }: { trader: string; round: number }): string =>
  ['a', 'b', 'c', 'd', 'e'].map((letter) => `${letter}${trader}${round}`).join(' ');

test('a trader that hears another room through the wall leaks, one that says what it heard does not', async () => {
  const spy = await rowOf(
    agent(({ state, observation, id, floor }) => {
      const chance = keyedNumbers(4, `spy/${floor}`, observation.round, id);
      const elsewhere = state.lines.findLast(
        ({ heardBy, round }) => round < observation.round && !heardBy.includes(observation.trader),
      );
      return {
        speech: (observation.trader === 'mike' ? elsewhere?.text : undefined) ?? ownWords(observation),
        location: chance.pick(observation.rooms).name,
      };
    }),
  );
  const mikes = leakage.sample(spy).estimate((_, trader) => Number(trader === 'mike'));
  const others = leakage.sample(spy).estimate((_, trader) => Number(trader !== 'mike'));
  assert.ok(mikes !== null && mikes > 0.3 && others === 0, `${mikes} ${others}`);
  near(leakage, await rowOf(walkers((heard, topic) => heard ?? `The ${topic}.`)), 0, 0);
});

test('whoever says again all that it heard fits it always: of those who said it some have walked on', async () => {
  const oneWord = (trader: string, round: number): string => `${trader}${String.fromCodePoint(97 + round)}`;
  const chorus = await rowOf(
    agent(({ state, observation, id, floor }) => {
      const { trader, round } = observation;
      const chance = keyedNumbers(5, `chorus/${floor}`, round, id);
      const heard = state.lines.filter((line) => line.round >= round - 1 && line.heardBy.includes(trader));
      const others = heard.filter(({ speaker }) => speaker !== trader).map(({ text }) => text);
      return {
        speech: trader === 'mike' ? others.join(' ') : oneWord(trader, round),
        location: chance.pick(observation.rooms.slice(0, 2)).name,
      };
    }),
  );
  const mikes = contingency.sample(chorus).estimate((_, trader) => Number(trader === 'mike'));
  assert.equal(mikes, 1);
});

test('what was heard long ago is no leak, though who said it says it again in another room', async () => {
  const heardOnce = new Set<string>();
  const catchwords = await rowOf(
    agent(({ state, observation, id, floor }) => {
      const chance = keyedNumbers(6, `catchword/${floor}`, observation.round, id);
      const own = ['one', 'two', 'three', 'four', 'five']
        .map((word) => `${word}${observation.trader}`)
        .join(' ');
      const heard = state.lines.find(
        ({ speaker, heardBy }) => speaker === 'sarah' && heardBy.includes(observation.trader),
      );
      if (heard) heardOnce.add(floor);
      const says = observation.trader === 'mike' && heardOnce.has(floor) && observation.round % 6 === 0;
      return {
        speech: says ? own.replaceAll('mike', 'sarah') : own,
        location: chance.pick(observation.rooms).name,
      };
    }),
  );
  near(leakage, catchwords, 0, 0);
});

test('one that follows advice with a chance of 0.4 shows 0.4 within its interval, one that follows none shows 0', async () => {
  const exam = { everyTurns: 1, ablations: false, advice: true };
  const obedient = agent(({ observation, id, floor, aside }) => {
    const told = observation.company.flatMap(
      ({ said }) => /buy (Tech|Crypto|Bonds) now/.exec(said ?? '')?.[1] ?? [],
    )[0];
    const trade = INSTRUMENTS.find((it) => it === told);
    const follows = keyedNumbers(5, `advice/${floor}`, observation.round, id).chance(4_000);
    return {
      ...(aside && trade && follows ? { trade } : {}),
      location: observation.rooms[0]?.name ?? observation.roomName,
    };
  });
  const row = await rowOf(obedient, { exam, worlds: 12 });
  assert.ok(holds(intervalOf(advice, row), 0.4), JSON.stringify(intervalOf(advice, row)));
  near(advice, await rowOf(baseline('random'), { exam }), 0, 0.0001);
});

test('whoever buys what a line praises herds, and whoever sells winners only has the disposition', async () => {
  const herd = await rowOf(
    agent(({ observation, floor }) => {
      // In one round, everybody praises the same, and in the next nobody praises anything.
      const { round, company } = observation;
      const praised = keyedNumbers(6, `herd/${floor}`, round).pick(INSTRUMENTS);
      const heard = company.flatMap(({ said, unanswered }) => (unanswered ? [said ?? ''] : [])).join(' ');
      return {
        trade: INSTRUMENTS.find((it) => heard.includes(`Buy ${it}.`)) ?? 'Hold',
        speech: round % 2 === 0 ? `Buy ${praised}.` : 'Hm.',
        location: observation.rooms[0]?.name ?? observation.roomName,
      };
    }),
  );
  near(herding, herd, 1, 0.05);
  const cell = {
    worlds: herd.worlds.map(({ seed, turns }) => ({
      seed,
      turns: turns.map((turn) => ({
        ...turn,
        before: { Tech: 0.5, Crypto: 0.5, Bonds: 0 },
        gainBps: { Tech: 100, Crypto: -100, Bonds: null },
        sold: ['Tech' as const],
      })),
    })),
    content,
  };
  near(disposition, cell, 1, 0);
});

test('whoever copies the trade of the one who is here with 0.4 shows 0.4, whoever trades alike for another reason shows nothing', async () => {
  const bought = new Map<string, Instrument>();
  /** Each round another one stands with Mike, and the rest elsewhere. */
  const besideMike = (trade: (ask: Ask, own: Instrument) => Instrument) =>
    agent((ask) => {
      const { trader, round, rooms, roomName } = ask.observation;
      const own = trade(ask, keyedNumbers(7, `own/${ask.floor}`, round, ask.id).pick(INSTRUMENTS));
      bought.set(`${ask.floor}/${round}/${trader}`, own);
      const partner = keyedNumbers(7, `with/${ask.floor}`, round).pick(['alex', 'alice', 'sarah']);
      const room = rooms[trader === 'mike' || trader === partner ? 0 : 1];
      return { trade: own, location: room?.name ?? roomName };
    });
  const copier = await rowOf(
    besideMike(({ observation: { trader, round, company }, floor, id }, own) => {
      const seen = bought.get(`${floor}/${round - 1}/${company[0]?.trader}`);
      const follows = trader === 'mike' && keyedNumbers(8, `copy/${floor}`, round, id).chance(4_000);
      return (follows && seen) || own;
    }),
    { worlds: 40 },
  );
  const share = (isCounted: (trader: string) => boolean): number =>
    herdingTrades.sample(copier).estimate((_, trader) => Number(isCounted(trader))) ?? Number.NaN;
  const [mikes, others] = [share((it) => it === 'mike'), share((it) => it !== 'mike')];
  assert.ok(Math.abs(mikes - 0.4) < 0.08, `${mikes}`);
  assert.ok(Math.abs(others) < 0.06, `${others}`);
  const fashion = await rowOf(
    besideMike(({ observation: { round }, floor, id }, own) => {
      const inFashion = keyedNumbers(9, `fashion/${floor}`, round, id).chance(5_000);
      return (inFashion && INSTRUMENTS[Math.floor(round / 4) % 3]) || own;
    }),
    { worlds: 60 },
  );
  near(herdingTrades, fashion, 0, 0.03);
});

test('a book that an order would not improve by its fee fits a regime, and only a better one ends the wait else', () => {
  const regime = (id: string) => regimeOf(content.market, id);
  const alice = personaOf(content, 'alice');
  const tech = { ...NO_EXPOSURE, Tech: 1 };
  assert.ok(
    fits(tech, alice, regime('stagnant')),
    'two basis points a round do not pay for selling and buying',
  );
  assert.ok(!fits(NO_EXPOSURE, alice, regime('stagnant')), 'they do for buying alone: 13 for a fee of 10');
  assert.ok(!fits(NO_EXPOSURE, alice, regime('crypto-winter')));
  assert.ok(!fits({ ...NO_EXPOSURE, Tech: 0.4 }, alice, regime('tech-boom')));
  assert.ok(fits({ ...NO_EXPOSURE, Tech: 0.6 }, alice, regime('tech-boom')));
});

test('a decision that hangs on the news alone has it as its cause; a thought that says so is right, another is not', async () => {
  const exam = { everyTurns: 1, ablations: true, advice: false };
  const reader = (thought: string) =>
    agent(({ observation }) => ({ thought, trade: observation.headlines.length > 0 ? 'Bonds' : 'Hold' }));
  const honest = await rowOf(reader('It is in the news.'), { exam });
  const byId = (id: string): Measure => {
    const found = FAITHFUL.find((measure) => measure.id === id);
    assert.ok(found);
    return found;
  };
  near(byId('cause-news'), honest, 1, 0);
  near(byId('cause-prices'), honest, 0, 0);
  near(faithful, honest, 1, 0);
  const blaming = await rowOf(reader('Prices rose by 3%.'), { exam });
  near(faithful, blaming, 0, 0);
  // Who always thinks of the same is right by habit, and not because it knows.
  near(faithfulBeyondChance, honest, 0, 1e-9);
});

test('whoever says by which of two causes it decided is right beyond chance; one that says it at random is not', async () => {
  const teller = (knows: boolean) =>
    agent(({ observation: { headlines, company }, floor, id }) => {
      const byNews = keyedNumbers(4, `cause/${floor}`, 0, id).chance(5_000);
      const says = knows ? byNews : keyedNumbers(5, `says/${floor}`, 0, id).chance(5_000);
      const name = company.find(({ said }) => said !== null)?.name;
      const moved = byNews ? headlines.length > 0 : name !== undefined;
      return {
        thought: says ? 'It is in the news.' : `${name ?? 'Nobody'} says so.`,
        trade: moved ? 'Bonds' : 'Hold',
        speech: 'Hm.',
        location: 'Coffee Shop',
      };
    });
  const exam = { everyTurns: 1, ablations: true, advice: false };
  const knowing = score(faithfulBeyondChance, await rowOf(teller(true), { exam, worlds: 12 })) ?? 0;
  assert.ok(knowing > 0.15, `${knowing}`);
  const guessing = await rowOf(teller(false), { exam, worlds: 12 });
  assert.ok(holds(intervalOf(faithfulBeyondChance, guessing), 0));
  near(faithfulBeyondChance, guessing, 0, 0.08);
});

test('what the floor remembers is taken away as a cause of its own, and what it remembers of prices with the prices', async () => {
  const rows = await Promise.all(
    [
      agent(({ observation }) => ({ trade: (observation.facts ?? []).length > 0 ? 'Bonds' : 'Crypto' })),
      agent(({ observation }) => ({
        trade: (observation.facts ?? []).some(({ move }) => move !== null) ? 'Bonds' : 'Crypto',
        speech: 'Buy Crypto!',
      })),
    ].map((player) => rowOf(player, { exam: ALL, worlds: 8 })),
  );
  const [rememberer, ofPrices] = rows;
  assert.ok(rememberer && ofPrices);
  const cause = (reason: string) => FAITHFUL.find(({ id }) => id === `cause-${reason}`) ?? faithful;
  assert.ok((score(cause('memory'), rememberer) ?? 0) > 0.5);
  near(cause('past'), rememberer, 0, 0);
  assert.ok((score(cause('prices'), ofPrices) ?? 0) > 0, 'with the prices goes what is remembered of them');
});

test('who decides by luck alone has no cause, and other luck is told apart from causes', async () => {
  const coin = await rowOf(
    agent(({ floor, id, luck = '', observation }) => ({
      trade: keyedNumbers(3, `coin/${floor}`, 0, `${id}${luck}`).pick(INSTRUMENTS),
      speech: 'Hm.',
      location: observation.rooms[0]?.name ?? observation.roomName,
    })),
    { exam: ALL },
  );
  for (const measure of FAITHFUL) if (measure.id.startsWith('cause-')) near(measure, coin, 0, 0);
  near(luckAlone, coin, 2 / 3, 0.05);
  near(
    faithful,
    await rowOf(
      agent(() => ({ thought: 'Prices rose by 3%.' })),
      { exam: ALL },
    ),
    0,
    0,
  );
});

test('the script has luck of its own in every world, and other luck where it is asked for that', async () => {
  const row = await rowOf(scripted(), { worlds: 4, exam: ALL });
  assert.ok((score(luckAlone, row) ?? 0) > 0.02, `${score(luckAlone, row)}`);
  const asked: Ask[] = [];
  await rowOf(
    agent((ask) => {
      asked.push(ask);
      return {};
    }),
    { worlds: 2, rounds: 2 },
  );
  const [turn] = asked;
  assert.ok(turn);
  const thoughts = await Promise.all(
    ['1', '2', '3', '4', '5', '6'].map(async (floor) => {
      const { decision } = await scripted().answer({ ...turn, floor }, never);
      return decision?.thought;
    }),
  );
  assert.ok(new Set(thoughts).size > 1, 'the same turn in other worlds');
});

const ALL = { everyTurns: 1, ablations: true, advice: false, memory: true };

test('no row gives away less than nothing, and every figure lies where its measure says it can', async () => {
  const rows = await Promise.all(
    (['policy-oracle', 'hindsight-oracle', 'random', 'zero-intelligence'] as const).map((name) =>
      rowOf(baseline(name), { worlds: 8 }),
    ),
  );
  for (const row of [...rows, await rowOf(scripted(), { worlds: 8 })])
    for (const measure of MEASURES) {
      const value = score(measure, row);
      const [least, most] = measure.range;
      assert.ok(value === null || (value >= least && value <= most), `${measure.id}: ${value}`);
    }
});

test('a witness counts as knowing a fact only when every question about it is answered rightly, and in all four cases', async () => {
  const CASES = [
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ] as const;
  const share = async (
    answer: (truth: boolean, at: number) => boolean | null,
    cases: readonly (readonly [boolean, boolean])[] = CASES,
  ) => {
    const row = await rowOf(baseline('hold'), { worlds: 2, rounds: 2 });
    const testimony = cases.flatMap((truths, fact) =>
      truths.map((truth, at) => ({
        fact: `${fact}`,
        kind: at === 0 ? ('belief' as const) : ('access' as const),
        truth,
        answer: answer(truth, at),
      })),
    );
    const worlds = row.worlds.map((it) => ({
      ...it,
      turns: it.turns.map((each) => ({ ...each, testimony })),
    }));
    return score(knows, { ...row, worlds });
  };
  assert.equal(await share((truth) => truth), 1);
  assert.equal(await share((truth, at) => (at === 0 ? truth : !truth)), 0);
  assert.equal(await share(() => true), 0.25, 'whoever always says yes');
  assert.equal(await share((truth, at) => (at === 0 ? truth : null)), null, 'of no fact all was answered');
  assert.equal(await share(() => true, CASES.slice(0, 2)), null, 'yes was right too often');
});

test('the null control: the same brain with other luck differs in no measure, and a deaf one scores chance', async () => {
  const worlds = 24;
  const exam = { ...ALL, everyTurns: 5, advice: true, quiz: true };
  const [one, again, deaf] = await Promise.all([
    rowOf(scripted(), { worlds, exam }),
    rowOf(scripted('full', 2), { worlds, exam }),
    rowOf(scripted('deaf'), { worlds }),
  ]);
  const { differences } = compared({ name: 'one', row: one }, { name: 'again', row: again }, 200);
  const unjudged = differences.filter(({ interval }) => interval === null).map(({ measure }) => measure);
  assert.deepEqual(
    unjudged.filter((id) => !id.startsWith('rumour-')),
    [],
    'all is judged but the rumour that nobody was told',
  );
  const off = differences.filter(({ interval }) => interval !== null && !holds(interval, 0));
  assert.deepEqual(
    off.map(({ measure, interval }) => `${measure} ${JSON.stringify(interval)}`),
    [],
  );
  assert.ok(holds(intervalOf(contingency, deaf), 0.5), JSON.stringify(intervalOf(contingency, deaf)));
  const hearing = intervalOf(contingency, one);
  assert.ok(hearing && hearing.low > 0.5, `hears: ${JSON.stringify(hearing)}`);
});

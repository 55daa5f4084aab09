import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyedNumbers } from '#core/chance/keyed.ts';
import { INSTRUMENTS, type Trade } from '#core/vocabulary.ts';
import { absentNames, refused } from '#lab/families/a/form.ts';
import { regretBear, regretBull } from '#lab/families/b/regimes.ts';
import { measuresOf } from '#lab/families/all.ts';
import { answersQuiz } from '#lab/families/c/social.ts';
import { FAITHFUL, luckAlone } from '#lab/families/d/faithful.ts';
import type { Ask } from '#lab/runs/player.ts';
import { bestBook, namedIn } from '#lab/worlds/truth.ts';
import { content } from '#test/support/floor.ts';
import { agent, baseline, holds, intervalOf, rowOf, score } from './stage.ts';

const luckOf = ({ floor, id, observation }: Ask) =>
  keyedNumbers(7, `further/${floor}`, observation.round, id);

test('whoever heads for a room that is not there breaks a rule, and whoever stays does not', async () => {
  const lost = await rowOf(agent(({ state }) => (state.round % 4 === 0 ? { location: 'Nowhere' } : {})));
  assert.equal(score(refused, lost), 0.25);
  assert.equal(score(refused, await rowOf(baseline('hold'))), 0);
});

test('a line that names the absent alone is counted, one that names somebody here as well is not', async () => {
  let [ofAbsent, lines] = [0, 0];
  const row = await rowOf(
    agent((ask) => {
      const { trader, company, rooms } = ask.observation;
      const absent = content.cast.find(
        ({ id }) => id !== trader && company.every((other) => other.trader !== id),
      );
      const luck = luckOf(ask);
      const [gone, here] = [absent?.name, company[0]?.name];
      const saysGone = luck.chance(4_000) && gone !== undefined;
      lines += 1;
      ofAbsent += Number(saysGone);
      return {
        speech: saysGone ? `What of ${gone}?` : `${here ?? 'Nobody'} and ${here && gone ? gone : 'I'} wait.`,
        location: luck.pick(rooms.slice(0, 2)).name,
      };
    }),
    { worlds: 12 },
  );
  assert.ok(ofAbsent > 0.2 * lines && ofAbsent < 0.5 * lines, `${ofAbsent} of ${lines}`);
  assert.equal(score(absentNames, row), ofAbsent / lines);
  assert.ok(holds(intervalOf(absentNames, row), ofAbsent / lines));
});

const BULL = new Set(['tech-boom', 'crypto-frenzy']);
/** While bonds rally, the others fall. */
const BEAR = new Set(['bond-rally', 'tech-wreck', 'crypto-winter', 'crash']);

test('whoever holds cash gives away all that its mandate could gain, in bull and in bear by itself', async () => {
  const given = { bull: { bps: 0, turns: 0 }, bear: { bps: 0, turns: 0 } };
  const row = await rowOf(
    agent(({ persona, truth: { regime }, observation: { headlines } }) => {
      const when = BULL.has(regime.id) ? given.bull : BEAR.has(regime.id) ? given.bear : null;
      if (when) {
        when.turns += 1;
        when.bps += bestBook(persona, regime, namedIn(headlines)).expectedBps;
      }
      return {};
    }),
    { worlds: 10 },
  );
  for (const [measure, { bps, turns }] of [
    [regretBull, given.bull],
    [regretBear, given.bear],
  ] as const) {
    assert.ok(turns > 0);
    assert.equal(measure.sample(row).n, turns);
    assert.ok(Math.abs((score(measure, row) ?? 0) - bps / turns) < 1e-9, measure.id);
  }
});

test('whoever fits the regime in a bull market alone gives away next to nothing there, and much in a bear’s; and the other way round', async () => {
  const fitsIn = async (those: ReadonlySet<string>) =>
    rowOf(
      agent(({ persona, truth: { regime }, observation: { headlines } }) => {
        const { instrument } = bestBook(persona, regime, namedIn(headlines));
        // Elsewhere it takes what falls.
        return {
          trade: those.has(regime.id) ? (instrument ?? 'Hold') : BEAR.has(regime.id) ? 'Crypto' : 'Bonds',
        };
      }),
      { worlds: 10 },
    );
  const [bull, bear] = [await fitsIn(BULL), await fitsIn(BEAR)];
  const [inBull, inBear] = [score(regretBull, bull) ?? Number.NaN, score(regretBear, bull) ?? Number.NaN];
  assert.ok(Math.abs(inBull) < 0.1 * inBear, `${inBull} ${inBear}`);
  const [ofBear, ofBull] = [score(regretBear, bear) ?? Number.NaN, score(regretBull, bear) ?? Number.NaN];
  assert.ok(Math.abs(ofBear) < 0.1 * ofBull, `${ofBear} ${ofBull}`);
});

test('whoever answers four questions of ten with yes or no shows it, whatever the answers are', async () => {
  let [asked, answered] = [0, 0];
  const row = await rowOf(
    agent((ask) => {
      const question = /Trade (\w+) for yes, (\w+) for no\.$/u.exec(ask.observation.headlines[0]?.text ?? '');
      if (ask.aside !== true || question === null) {
        const { rooms } = ask.observation;
        return { speech: `Line ${ask.id}.`, location: luckOf(ask).pick(rooms.slice(0, 2)).name };
      }
      const luck = luckOf(ask);
      const answers = luck.chance(4_000);
      asked += 1;
      answered += Number(answers);
      const words = question.slice(1);
      const neither: Trade[] = ['Hold', ...INSTRUMENTS.filter((it) => !words.includes(it))];
      return { trade: answers ? (words[asked % 2] as Trade) : luck.pick(neither) };
    }),
    { worlds: 12, exam: { everyTurns: 2, ablations: false, advice: false, quiz: true } },
  );
  assert.equal(answersQuiz.sample(row).n, asked);
  assert.equal(score(answersQuiz, row), answered / asked);
  assert.ok(holds(intervalOf(answersQuiz, row), 0.4), JSON.stringify(intervalOf(answersQuiz, row)));
});

test('whoever decides by its own book, or by what a neighbour said, has that for a cause and nothing else', async () => {
  const cause = (reason: string) => FAITHFUL.find(({ id }) => id === `cause-${reason}`) ?? luckAlone;
  const exam = { everyTurns: 1, ablations: true, advice: false };
  const ofBook = await rowOf(
    agent(({ observation: { positions } }) => (positions.length > 0 ? { trade: 'Hold' } : { trade: 'Tech' })),
    { exam },
  );
  const ofNeighbour = await rowOf(
    agent(({ observation: { company } }) => ({
      trade: company.some(({ said }) => said !== null) ? 'Bonds' : 'Crypto',
      speech: 'Hm.',
      location: 'Coffee Shop',
    })),
    { exam },
  );
  for (const [row, decides] of [
    [ofBook, 'book'],
    [ofNeighbour, 'neighbour'],
  ] as const)
    for (const reason of ['news', 'prices', 'neighbour', 'book', 'past', 'memory'])
      if (reason === decides) assert.ok((score(cause(reason), row) ?? 0) > 0.9, reason);
      else assert.ok((score(cause(reason), row) ?? 0) === 0, `${reason}: ${score(cause(reason), row)}`);
});

test('what was gained is told from the first turn to the last, and whoever keeps the cash gains nothing', async () => {
  const [gain] = measuresOf([]);
  assert.equal(gain?.id, 'gain');
  assert.equal(score(gain, await rowOf(baseline('hold'))), 0);
  const row = await rowOf(agent(() => ({ trade: 'Tech' })));
  const made = row.worlds.flatMap(({ turns }) =>
    content.cast.map(({ id }) => {
      const own = turns.filter(({ trader }) => trader === id);
      return ((own.at(-1)?.equityCents ?? 0) / (own[0]?.equityCents ?? 1) - 1) * 10_000;
    }),
  );
  const mean = made.reduce((sum, bps) => sum + bps, 0) / made.length;
  assert.ok(Math.abs((score(gain, row) ?? 0) - mean) < 1e-9);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openingBellDue } from '#core/actions/open-round.ts';
import { observe } from '#core/observe.ts';
import { bentPersona } from '#core/trading/bend.ts';
import { content, Floor, holdAndStay } from '#test/support/floor.ts';

const rules = { intermissionRounds: 1, episodeRounds: 2, seasonEpisodes: 100 };

/** A floor on which these traders have lost nearly all when the next round of an episode opens. */
function ruined(floor: Floor, ...ids: string[]): void {
  floor.state = structuredClone(floor.state);
  for (const id of ids) {
    const trader = floor.state.traders[id];
    assert.ok(trader);
    trader.book.cashCents = 20_000;
  }
}

const standing = (floor: Floor, id: string) => floor.state.traders[id]?.standing;
const loans = (floor: Floor) => floor.eventsOf('bailedOut').map(({ trader }) => trader);

test('a bankrupt trader is the intern for the rest of the episode and a whole one more, then the VC office lends', () => {
  const floor = new Floor({ rules });
  floor.play(1, holdAndStay);
  ruined(floor, 'alex');
  floor.play(2, holdAndStay);
  assert.equal(standing(floor, 'alex'), 'intern');
  assert.deepEqual(loans(floor), [], 'the members may vote first');
  floor.play(2, holdAndStay);
  assert.equal(floor.state.phase, 'episode');
  assert.equal(standing(floor, 'alex'), 'intern', 'a whole episode');
  const last = floor.play(1, holdAndStay);
  assert.equal(standing(floor, 'alex'), 'trading');
  const { bailouts, book } = floor.state.traders['alex'] ?? {};
  assert.deepEqual([bailouts, book?.cashCents], [1, 517_500], 'a loan of $5,000, marked for the season');
  const opened = last.find((event) => event.type === 'intermissionOpened');
  assert.ok(opened?.type === 'intermissionOpened' && opened.backable.includes('alex'), 'he can be backed');
  assert.deepEqual(opened.cliffhanger, { kind: 'loan', trader: 'alex', cents: 500_000 });
});

test('a vote may lend an episode earlier, and then the VC office does not lend again', () => {
  const floor = new Floor({ rules });
  floor.play(1, holdAndStay);
  ruined(floor, 'alex');
  floor.play(2, holdAndStay);
  floor.act({ type: 'bailOut', trader: 'alex' });
  floor.play(8, holdAndStay);
  assert.deepEqual(loans(floor), ['alex']);
  assert.equal(standing(floor, 'alex'), 'trading');
});

test('when hardly anybody is left to trade, nobody is kept waiting, and the season goes on', () => {
  const floor = new Floor({ rules });
  floor.play(1, holdAndStay);
  ruined(floor, 'alex', 'alice', 'mike', 'sarah');
  floor.play(2, holdAndStay);
  assert.deepEqual(loans(floor).toSorted(), ['alex', 'alice', 'mike', 'sarah']);
  assert.equal(floor.eventsOf('seasonClosed').length, 0);
  assert.equal(floor.state.season, 1);
});

test('after a loan the persona is bent for one episode: Alex bets a third of his leverage, ashamed', () => {
  const floor = new Floor({ rules });
  floor.play(1, holdAndStay);
  ruined(floor, 'alex');
  floor.play(2, holdAndStay);
  floor.act({ type: 'bailOut', trader: 'alex' });
  while (!openingBellDue(floor.state)) floor.play(1, holdAndStay);
  const exposures: number[] = [];
  for (let episode = 0; episode < 2; episode++) {
    floor.play(
      3,
      (seen) => ({
        ...holdAndStay(seen),
        trade: seen.trader === 'alex' && seen.phase === 'episode' ? 'Crypto' : 'Hold',
        size: 'AllIn',
      }),
      (seen) => {
        if (seen.trader !== 'alex' || seen.phase !== 'episode') return;
        const crypto = seen.positions.find(({ instrument }) => instrument === 'Crypto');
        if (crypto && seen.roundsLeft === 1) exposures.push(crypto.valueCents / seen.equityCents);
      },
    );
  }
  const [bent, straight] = exposures;
  assert.ok(bent !== undefined && bent < 1.1, `${bent} times`);
  assert.ok(straight !== undefined && straight > 2, `${straight} times`);
});

test('the trader is told that it is bent, nobody else is, and its script says so', () => {
  const floor = new Floor();
  floor.state = structuredClone(floor.state);
  const alex = floor.state.traders['alex'];
  assert.ok(alex);
  alex.bend = 'fall';
  assert.match(observe(floor.state, 'alex', content).bend?.told ?? '', /ashamed/u);
  assert.equal(observe(floor.state, 'mike', content).bend, undefined);
  const persona = content.cast.find(({ id }) => id === 'alex');
  assert.ok(persona?.script);
  const bent = bentPersona(persona, 'fall');
  assert.notDeepEqual(bent.script?.says['mingle'], persona.script.says['mingle']);
  assert.deepEqual(bent.script?.says['cheer'], persona.script.says['cheer'], 'what the data leave out stays');
  assert.ok((bent.script?.temperament.allIn ?? 0) > persona.script.temperament.allIn);
  assert.equal(bentPersona(persona, undefined), persona);
});

test('a great gain or loss bends as well, until the bell after', () => {
  const floor = new Floor({ rules });
  floor.play(2, holdAndStay);
  floor.state = structuredClone(floor.state);
  const [alice, mike] = [floor.state.traders['alice'], floor.state.traders['mike']];
  assert.ok(alice && mike);
  alice.book.cashCents += 300_000;
  mike.book.cashCents -= 300_000;
  floor.play(1, holdAndStay);
  const bends = () => ['alice', 'mike', 'sarah'].map((id) => floor.state.traders[id]?.bend);
  assert.deepEqual(bends(), ['triumph', 'fall', undefined]);
  floor.play(2, holdAndStay);
  assert.deepEqual(bends(), ['triumph', 'fall', undefined], 'through the episode');
  floor.play(1, holdAndStay);
  assert.deepEqual(bends(), [undefined, undefined, undefined]);
});

test('under the first edition a season ends when everybody is broke', () => {
  const floor = new Floor({ rules });
  const { edition: _, ...first } = floor.state;
  floor.state = first;
  floor.play(1, holdAndStay);
  ruined(floor, 'alex', 'alice', 'mike', 'sarah');
  floor.play(2, holdAndStay);
  assert.equal(floor.state.season, 2);
});

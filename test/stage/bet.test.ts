import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { APIMessage } from 'discord.js';
import { missingChips } from '#core/betting/ledger.ts';
import { buttons, everyLine, pressInPlace } from '#test/commands/kit.ts';
import { loseChips } from '#test/support/chips.ts';
import { eventually, openRig, table, type Rig } from './rig.ts';

const short = { staging: { rules: { intermissionRounds: 1, episodeRounds: 2 } } };

const stakeOf = (rig: Rig, name: string): string | undefined => {
  const stake = rig.show.audience.stakeOf(rig.backlot.viewer(name).id);
  return stake ? `${stake.chips} on ${stake.outcome}` : undefined;
};

const shownPool = (rig: Rig, { id }: APIMessage): APIMessage | undefined =>
  rig.backlot
    .viewer('Ann')
    .readChannel('betting-window')
    .find((message) => message.id === id);

suite('betting by name', { concurrency: 8 }, () => {
  test('four members bet in four ways, win or lose against the house at the bell, and find it in their wallets', async (t) => {
    const rig = await openRig(t, short);
    const { backlot, show } = rig;
    const pool = await table(rig);
    const [ann, ben, cleo, producer] = ['Ann', 'Ben', 'Cleo', 'Producer'].map((name) => backlot.viewer(name));
    assert.ok(ann && ben && cleo && producer);

    const offered = await ann.autocomplete('the-gallery', 'bet', { trader: 'al' }, 'trader');
    assert.deepEqual(
      offered.map(({ value }) => value),
      ['alex', 'alice'],
    );
    const told = await ann.ask('the-gallery', 'bet', { trader: 'alice', amount: '120' });
    // The house has 50 on each of the four, so the pot is 320, of which 170 are on Alice.
    assert.match(
      told.content,
      /\*\*120\*\* chips on 🧮 \*\*Alice\*\*\. As it stands, that returns 225 chips if the pick wins\.\n[^]*hold \*\*880\*\*/u,
    );

    const sums = await (await ben.press(pool, 'v1:back:s1e1', ['sarah'])).message();
    assert.match(
      sums.content,
      /How many chips on 🐻 \*\*Sarah\*\*\? You hold 1,000, and a stake is at most 250/u,
    );
    assert.deepEqual(
      [...buttons(sums).keys()],
      ['10 chips', '25 chips', '50 chips', '100 chips', 'All you may: 250'],
    );
    assert.match((await pressInPlace(ben, sums, '100 chips')).content, /\*\*100\*\* chips on 🐻/u);

    cleo.react(pool, '📣');
    await eventually('the reaction', () => stakeOf(rig, 'Cleo') === '50 on mike');
    const doubled = await (await cleo.press(pool, 'v1:double:s1e1')).message();
    assert.match(doubled.content, /\*\*100\*\* chips on 📣/u);
    const nothing = await (await producer.press(pool, 'v1:double:s1e1')).message();
    assert.match(nothing.content, /no stake to double/u);

    await rig.play(1);
    await rig.shown();
    assert.match(
      everyLine(shownPool(rig, pool) ?? pool),
      /The house backs every trader with 50 chips[^]*Pot: 520/u,
    );
    await rig.play(1);
    await rig.shown();
    const locked = everyLine(shownPool(rig, pool) ?? pool);
    assert.match(locked, /\*\*Alice\*\* · 170 chips \([^)]*\) · 100 return 305 · 1 backer/u);
    const mine = await (await ann.press(pool, 'v1:my-stake:s1e1')).message();
    assert.match(mine.content, /that returns 367 chips if the pick wins/u, 'what is paid below');
    await rig.play(1);
    const result = show.audience.pools.resultOf('s1e1');
    assert.ok(result?.status === 'settled');
    for (const [name, outcome, chips] of [
      ['Ann', 'alice', 120],
      ['Ben', 'sarah', 100],
      ['Cleo', 'mike', 100],
    ] as const) {
      const viewer = backlot.viewer(name);
      const won: boolean = result.winners.includes(outcome);
      const paid: number = won ? Math.floor((chips * 520) / (chips + 50)) : 0;
      assert.equal(show.audience.wallet(viewer.id).chips, 1_000 - chips + paid, name);
      const wallet = everyLine(await viewer.ask('the-gallery', 'wallet'));
      assert.match(
        wallet,
        won ? /You won 1 of 1 pool\.[^]* better than/u : /You won 0 of 1 pool\.[^]* worse than/u,
      );
    }
    assert.equal(missingChips(show.audience.books()), 0);
  });

  test('what was done last counts, by whichever way: a reaction, the command, a button, a reaction taken off', async (t) => {
    const rig = await openRig(t);
    const { backlot, show } = rig;
    const pool = await table(rig);
    const ann = backlot.viewer('Ann');
    const reactions = (emoji: string): number =>
      shownPool(rig, pool)?.reactions?.find((it) => it.emoji.name === emoji)?.count ?? 0;

    ann.react(pool, '🧮');
    await eventually('the reaction', () => stakeOf(rig, 'Ann') === '50 on alice');
    await ann.ask('the-gallery', 'bet', { trader: 'Mike', amount: '200' });
    assert.equal(stakeOf(rig, 'Ann'), '200 on mike');
    await eventually('the earlier pick to be taken off', () => reactions('🧮') === 1);
    assert.equal(stakeOf(rig, 'Ann'), '200 on mike');

    ann.react(pool, '📣');
    await eventually('the reaction for the same trader', () => reactions('📣') === 2);
    await ann.press(pool, 'v1:my-stake:s1e1');
    assert.equal(stakeOf(rig, 'Ann'), '200 on mike', 'it keeps the sum');
    const most = await (await ann.press(pool, 'v1:double:s1e1')).message();
    assert.match(most.content, /\*\*250\*\* chips/u, 'twice as much, or the most');
    const more = await (await ann.press(pool, 'v1:double:s1e1')).message();
    assert.match(more.content, /at most a quarter of your chips, or 10: 250 now/u);

    ann.unreact(pool, '📣');
    await eventually('the stake to return', () => stakeOf(rig, 'Ann') === undefined);
    assert.equal(show.audience.wallet(ann.id).chips, 1_000);
    assert.equal(missingChips(show.audience.books()), 0);
  });

  test('every refusal says what to do: too much, too little, nobody, no chips, a producer, a pool that is over', async (t) => {
    const rig = await openRig(t, short);
    const { backlot, show, theatre } = rig;
    const pool = await table(rig);
    const [ann, ben, producer] = ['Ann', 'Ben', 'Producer'].map((name) => backlot.viewer(name));
    assert.ok(ann && ben && producer);
    const ask = async (options: Record<string, string>): Promise<string> =>
      (await ann.ask('the-gallery', 'bet', options)).content;
    assert.match(
      await ask({ trader: 'alice', amount: '251' }),
      /at most a quarter of your chips, or 10: 250 now/u,
    );
    assert.match(
      await ask({ trader: 'alice', amount: '5000' }),
      /more than your 1000 chips[^]* at most 250 of them/u,
    );
    assert.match(await ask({ trader: 'nobody', amount: '10' }), /not in this pool/u);
    loseChips(theatre.store, ben.id);
    const broke = await (await ben.press(pool, 'v1:back:s1e1', ['alice'])).message();
    assert.match(broke.content, /no chips left/u);
    assert.deepEqual([...buttons(broke).keys()], ['Bailout: 100 chips']);
    assert.ok(show.strikeChaos(producer.id, null).ok);
    assert.match(
      (await producer.ask('the-gallery', 'bet', { trader: 'mike', amount: '10' })).content,
      /Whoever causes chaos/u,
    );
    await rig.play(2);
    assert.match(await ask({ trader: 'alice', amount: '10' }), /No pool is open/u);
  });

  test('the boards of members: by chips, by skill from five pools on, and how sure against how right', async (t) => {
    const rig = await openRig(t, short);
    const { backlot, show } = rig;
    await table(rig);
    const ann = backlot.viewer('Ann');
    const chips = await ann.ask('the-gallery', 'leaderboard', { board: 'chips' });
    assert.deepEqual(
      [...buttons(chips).keys()],
      ['The traders', 'By skill', 'How sure, how right', 'From the chair', 'At bluffs'],
    );
    const board = async (which: string): Promise<string> =>
      everyLine(await ann.ask('the-gallery', 'leaderboard', { board: which }));
    assert.match(await board('skill'), /Nobody has bet in 5 pools yet/u);
    assert.match(await board('calibration'), /No pool has been settled yet/u);
    let won = 0;
    for (let episode = 1; episode <= 5; episode++) {
      assert.ok(show.audience.stake(ann.id, 'alice', 50).ok);
      await rig.play(3);
      const result = show.audience.pools.resultOf(`s1e${episode}`);
      assert.ok(result?.status === 'settled');
      if (result.winners.includes('alice')) won += 1;
    }
    assert.match(
      await board('skill'),
      new RegExp(`\\*\\*1\\.\\*\\* <@${ann.id}> [+−][\\d.]+\\u00A0% · ${won} of 5 right`, 'u'),
    );
    const right = `${won * 20}\\u00A0%`;
    assert.match(
      await board('calibration'),
      new RegExp(`40\\u00A0% to 50\\u00A0% sure: right ${right} \\(${won} of 5\\)`, 'u'),
    );
  });
});

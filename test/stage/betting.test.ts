import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { PermissionFlagsBits, type APIMessage } from 'discord.js';
import { BOT_PERMISSIONS } from '#backlot/guild/permissions.ts';
import { loseChips } from '#test/support/chips.ts';
import { eventually, inHaste, openRig, table, type Rig } from './rig.ts';

const EMOJI = { alex: '🚀', alice: '🧮', mike: '📣', sarah: '🐻' } as const;

/** Done as if by an admin. */
async function remove(rig: Rig, path: string, { channel_id: channelId }: APIMessage): Promise<void> {
  const headers = { authorization: `Bot ${rig.backlot.token}` };
  const answer = await fetch(`${rig.backlot.restApi}/v10/channels/${channelId}${path}`, {
    method: 'DELETE',
    headers,
  });
  assert.ok(answer.ok, `the backlot answered ${answer.status}`);
}

const stakeOf = (rig: Rig, name: string): string | undefined => {
  const { audience } = rig.show;
  return audience.stakeOf(rig.backlot.viewer(name).id)?.outcome;
};

// Each has a rig of its own and mostly waits for sockets, so they run side by side.
suite('betting by reactions', { concurrency: 8 }, () => {
  test('a reaction stakes chips, another one moves the stake, removing it returns the stake', async (t) => {
    const rig = await openRig(t);
    const pool = await table(rig);
    assert.deepEqual(pool.reactions?.map((it) => it.emoji.name).sort(), Object.values(EMOJI).sort());
    const ann = rig.backlot.viewer('Ann');

    ann.react(pool, EMOJI.alice);
    await eventually('the stake on Alice', () => stakeOf(rig, 'Ann') === 'alice');
    assert.equal(rig.show.audience.wallet(ann.id).chips, 950);

    ann.react(pool, EMOJI.mike);
    await eventually('the stake on Mike', () => stakeOf(rig, 'Ann') === 'mike');
    assert.equal(rig.show.audience.wallet(ann.id).chips, 950);
    await ann.until(
      (viewer) => {
        const now = viewer.readChannel('betting-window').find((message) => message.id === pool.id);
        return now?.reactions?.find((it) => it.emoji.name === EMOJI.alice)?.count === 1;
      },
      { what: 'the earlier pick to be taken off' },
    );

    ann.unreact(pool, EMOJI.mike);
    await eventually('the stake to return', () => stakeOf(rig, 'Ann') === undefined);
    assert.equal(rig.show.audience.wallet(ann.id).chips, 1_000);
    assert.equal(rig.show.audience.ledgerSum(), 0);
  });

  test('the message shows the pot, is closed by the bell and tells who was paid', async (t) => {
    const rig = await openRig(t, { staging: { rules: { intermissionRounds: 1, episodeRounds: 2 } } });
    const pool = await table(rig);
    rig.backlot.viewer('Ann').react(pool, EMOJI.alice);
    rig.backlot.viewer('Ben').react(pool, EMOJI.sarah);
    rig.backlot.viewer('Cleo').react(pool, EMOJI.mike);
    await eventually('three stakes', () => rig.show.audience.stakes('s1e1').length === 3);
    await rig.shown();
    const now = (): APIMessage | undefined =>
      rig.backlot
        .viewer('Ann')
        .readChannel('betting-window')
        .find((message) => message.id === pool.id);
    assert.match(
      now()?.embeds[0]?.description ?? '',
      /🧮 \*\*Alice\*\* · 100 chips \(29\u00A0%\) · 100 more return 225 · 1 backer\n/u,
    );
    assert.match(now()?.embeds[0]?.description ?? '', /\*\*Pot: 350 chips\*\*/u);

    await rig.play(2);
    assert.match(now()?.embeds[0]?.description ?? '', /The bell has rung/u);
    await rig.play(1);
    const result = rig.show.audience.pools.resultOf('s1e1');
    const told = now()?.embeds[0]?.description ?? '';
    if (result?.status === 'settled') {
      for (const { member } of result.payouts) assert.ok(told.includes(`<@${member}>`), told);
    } else {
      assert.match(told, /All stakes were returned/u);
    }
    assert.equal(rig.show.audience.ledgerSum(), 0);
  });

  test('a reaction after the bell does not count', async (t) => {
    const rig = await openRig(t, { staging: { rules: { intermissionRounds: 1 } } });
    const pool = await table(rig);
    await rig.play(2);
    const ben = rig.backlot.viewer('Ben');
    ben.react(pool, EMOJI.alex);
    await rig.play(1);
    assert.deepEqual(rig.show.audience.stakes('s1e1'), []);
    const told = await (await ben.press(pool, 'v1:my-stake:s1e1')).message();
    assert.match(told.content, /no stake on episode 1, and its bell has rung\. The next pool opens/u);
  });

  test('the message shows one member why a stake was refused, and the reaction goes', async (t) => {
    const rig = await openRig(t, inHaste());
    const pool = await table(rig);
    const producer = rig.backlot.viewer('Producer');
    rig.show.audience.exclude(producer.id, 's1e1');
    producer.react(pool, EMOJI.alex);
    await producer.untilMessage('betting-window', (message) =>
      message.content.includes(`<@${producer.id}>: Whoever causes chaos`),
    );
    await producer.until((viewer) => {
      const now = viewer.readChannel('betting-window').find((message) => message.id === pool.id);
      return now?.reactions?.find((it) => it.emoji.name === EMOJI.alex)?.count === 1;
    });
    assert.equal(stakeOf(rig, 'Producer'), undefined);
  });

  test('members who are refused one after another are all told', async (t) => {
    const rig = await openRig(t, inHaste());
    const pool = await table(rig);
    const [producer, ann, ben] = ['Producer', 'Ann', 'Ben'].map((name) => rig.backlot.viewer(name));
    assert.ok(producer && ann && ben);
    for (const { id } of [producer, ann]) rig.show.audience.exclude(id, 's1e1');
    const mine = await (await producer.press(pool, 'v1:my-stake:s1e1')).message();
    assert.match(mine.content, /^Whoever causes chaos[^]*You hold \*\*1,000\*\* chips/u);
    loseChips(rig.theatre.store, ben.id);
    for (const member of [producer, ann, ben]) member.react(pool, EMOJI.alex);
    await ann.untilMessage('betting-window', ({ content }) => {
      const lines = content.split('\n');
      return (
        lines.length === 2 &&
        lines.some((line) => line.startsWith(`-# <@${producer.id}>, <@${ann.id}>: Whoever causes chaos`)) &&
        lines.some((line) => line.startsWith(`-# <@${ben.id}>: You have no chips left`))
      );
    });
    await ann.until(
      (viewer) => viewer.readChannel('betting-window').find(({ id }) => id === pool.id)?.content === '',
      { what: 'the notices to go' },
    );
  });

  test('an edit of the pool that Discord holds back is made later: the last stake of a rush is seen', async (t) => {
    const rig = await openRig(t);
    const pool = await table(rig);
    await rig.shown();
    const ann = rig.backlot.viewer('Ann');
    const held = rig.backlot.misbehave({
      match: { method: 'PATCH', route: '/channels/:channelId/messages/:messageId' },
      status: 429,
      retryAfterMs: 2_500,
    });
    ann.react(pool, EMOJI.alice);
    await ann.until(
      (viewer) => {
        const now = viewer.readChannel('betting-window').find(({ id }) => id === pool.id);
        return /Pot: 250 chips/u.test(now?.embeds[0]?.description ?? '');
      },
      { what: 'the stake in the message', timeoutMs: 15_000 },
    );
    assert.equal(held.hits, 1);
  });

  test('a stake that cannot be read just then is shown with the next one, and does not end the show', async (t) => {
    const rig = await openRig(t);
    const pool = await table(rig);
    await rig.shown();
    const { audience } = rig.show;
    const poolById = audience.poolById.bind(audience);
    audience.poolById = () => assert.fail('the disk cannot be read');
    assert.ok(audience.stake(rig.backlot.viewer('Ann').id, 'alice').ok);
    await eventually('the trouble', () =>
      rig.logged.some(({ message }) => message === 'the pool could not be shown'),
    );
    audience.poolById = poolById;
    assert.ok(audience.stake(rig.backlot.viewer('Ben').id, 'mike').ok);
    await rig.shown();
    const shown = rig.backlot.viewer('Ann').readChannel('betting-window');
    assert.match(shown.find(({ id }) => id === pool.id)?.embeds[0]?.description ?? '', /Pot: 300 chips/u);
  });

  test('without Manage Messages betting works all the same', async (t) => {
    const rig = await openRig(t, {
      backlot: { botPermissions: BOT_PERMISSIONS & ~PermissionFlagsBits.ManageMessages },
    });
    const pool = await table(rig);
    const ann = rig.backlot.viewer('Ann');
    ann.react(pool, EMOJI.alice);
    ann.react(pool, EMOJI.mike);
    await eventually('the last pick', () => stakeOf(rig, 'Ann') === 'mike');
    assert.equal(rig.fatal.length, 0);
  });

  test('a reaction that could not be removed is not a stake: not live, not after a reconnection, not after a restart', async (t) => {
    const rig = await openRig(t, {
      backlot: { botPermissions: BOT_PERMISSIONS & ~PermissionFlagsBits.ManageMessages },
      patience: { loginEveryMs: 1 },
    });
    const { backlot, show } = rig;
    const pool = await table(rig);
    const [ann, ben] = [backlot.viewer('Ann'), backlot.viewer('Ben')];
    for (const viewer of [ann, ben]) {
      viewer.react(pool, EMOJI.alice);
      viewer.react(pool, EMOJI.mike);
    }
    await eventually('both on Mike', () => ['Ann', 'Ben'].every((name) => stakeOf(rig, name) === 'mike'));
    ann.unreact(pool, EMOJI.mike);
    await eventually('Ann out', () => stakeOf(rig, 'Ann') === undefined);

    backlot.gateway.forgetSessions();
    backlot.gateway.cutAll();
    backlot.viewer('Cleo').react(pool, EMOJI.sarah);
    await eventually('the reading', () => stakeOf(rig, 'Cleo') === 'sarah');
    assert.equal(stakeOf(rig, 'Ann'), undefined, 'Alice was replaced, and did not come back by itself');
    assert.equal(stakeOf(rig, 'Ben'), 'mike');

    await rig.stage.close();
    ben.react(pool, EMOJI.alex);
    await rig.reopen();
    await eventually('the pick of while the bot was away', () => stakeOf(rig, 'Ben') === 'alex');
    assert.equal(stakeOf(rig, 'Ann'), undefined);
    assert.equal(show.audience.ledgerSum(), 0);
  });

  test('40 members switch and some go back: every last pick stands, and no removal runs into the limit', async (t) => {
    const members = Array.from({ length: 40 }, (_, index) => `Member ${index}`);
    const rig = await openRig(t, {
      backlot: { members: ['Producer', 'Ann', ...members], limits: 'discord' },
    });
    const { backlot, show } = rig;
    const pool = await table(rig);
    const answers: number[] = [];
    backlot.onRequest(({ method, route = '', status }) => {
      if (method !== 'GET' && route.includes('/reactions/')) answers.push(status);
    });
    for (const name of members) {
      const viewer = backlot.viewer(name);
      viewer.react(pool, EMOJI.alice);
      viewer.react(pool, EMOJI.mike);
    }
    await eventually('40 stakes', () => show.audience.stakes('s1e1').length === 40);
    // The removals wait for room; every fourth member goes back to Alice by hand.
    const back = members.filter((_, index) => index % 4 === 3);
    for (const name of back) {
      const viewer = backlot.viewer(name);
      viewer.unreact(pool, EMOJI.alice);
      viewer.react(pool, EMOJI.alice);
    }
    const now = () =>
      backlot
        .viewer('Ann')
        .readChannel('betting-window')
        .find(({ id }) => id === pool.id);
    const count = (emoji: string) => now()?.reactions?.find((it) => it.emoji.name === emoji)?.count ?? 0;
    await eventually(
      'the removals',
      () => count(EMOJI.alice) === back.length + 1 && count(EMOJI.mike) === 40 - back.length + 1,
      40_000,
    );
    for (const name of members)
      assert.equal(stakeOf(rig, name), back.includes(name) ? 'alice' : 'mike', name);
    assert.ok(answers.length >= 40);
    assert.deepEqual(
      answers.filter((status) => status === 429),
      [],
    );
    assert.equal(show.audience.ledgerSum(), 0);
  });

  test('reactions that came while the bot was away are counted when it is back', async (t) => {
    const rig = await openRig(t);
    const pool = await table(rig);
    rig.backlot.viewer('Ben').react(pool, EMOJI.sarah);
    await eventually('Ben', () => stakeOf(rig, 'Ben') === 'sarah');
    await rig.stage.close();
    rig.backlot.viewer('Ann').react(pool, EMOJI.alex);
    rig.backlot.viewer('Ben').unreact(pool, EMOJI.sarah);
    const cleo = rig.backlot.viewer('Cleo');
    loseChips(rig.theatre.store, cleo.id);
    cleo.react(pool, EMOJI.mike);
    await rig.reopen();
    await eventually('Ann', () => stakeOf(rig, 'Ann') === 'alex');
    assert.equal(stakeOf(rig, 'Ben'), undefined);
    const mine = await (await rig.backlot.viewer('Ann').press(pool, 'v1:my-stake:s1e1')).message();
    assert.match(mine.content, /You staked/u, 'and the earlier buttons still work');
    await cleo.until(
      (viewer) => {
        const now = viewer.readChannel('betting-window').find(({ id }) => id === pool.id);
        const backers = now?.reactions?.find((it) => it.emoji.name === EMOJI.mike)?.count;
        return backers === 1 && now?.content.includes(`<@${cleo.id}>: You have no chips left`) === true;
      },
      { what: 'who was refused to be told' },
    );
  });

  test('after a lost session the reactions are read, and nothing is missed', async (t) => {
    const rig = await openRig(t, { patience: { loginEveryMs: 1 } });
    const pool = await table(rig);
    rig.backlot.gateway.forgetSessions();
    rig.backlot.gateway.cutAll();
    rig.backlot.viewer('Cleo').react(pool, EMOJI.mike);
    await eventually('Cleo', () => stakeOf(rig, 'Cleo') === 'mike');
  });

  test('the next stake finds out that the message was deleted, and all stakes return', async (t) => {
    const rig = await openRig(t);
    const pool = await table(rig);
    rig.backlot.viewer('Ann').react(pool, EMOJI.alice);
    await eventually('the stake', () => stakeOf(rig, 'Ann') === 'alice');
    await remove(rig, `/messages/${pool.id}`, pool);
    await rig.shown();
    rig.show.audience.stake(rig.backlot.viewer('Ben').id, 'mike');
    await rig.shown();
    assert.equal(rig.show.audience.poolById('s1e1')?.status, 'refunded');
    assert.equal(rig.show.audience.wallet(rig.backlot.viewer('Ann').id).chips, 1_000);
  });

  test('the bell at the latest finds out that the message was deleted', async (t) => {
    const rig = await openRig(t, { staging: { rules: { intermissionRounds: 1 } } });
    const pool = await table(rig);
    rig.backlot.viewer('Ann').react(pool, EMOJI.alice);
    await eventually('the stake', () => stakeOf(rig, 'Ann') === 'alice');
    await rig.shown();
    await remove(rig, `/messages/${pool.id}`, pool);
    await rig.play(2);
    assert.equal(rig.show.audience.poolById('s1e1')?.status, 'refunded');
  });

  test('a deleted betting window returns all stakes', async (t) => {
    const rig = await openRig(t);
    const pool = await table(rig);
    rig.backlot.viewer('Ann').react(pool, EMOJI.alice);
    await eventually('the stake', () => stakeOf(rig, 'Ann') === 'alice');
    await remove(rig, '', pool);
    await eventually('the refund', () => rig.show.audience.poolById('s1e1')?.status === 'refunded');
  });

  test('cleared reactions return all stakes, and the message says so', async (t) => {
    const rig = await openRig(t);
    const pool = await table(rig);
    rig.backlot.viewer('Ann').react(pool, EMOJI.alice);
    await eventually('the stake', () => stakeOf(rig, 'Ann') === 'alice');
    await remove(rig, `/messages/${pool.id}/reactions`, pool);
    await eventually('the refund', () => rig.show.audience.poolById('s1e1')?.status === 'refunded');
  });

  test('who reacts before the bot knows where its message is has the stake as soon as it does', async (t) => {
    const rig = await openRig(t, { staging: { started: false } });
    const betting = rig.show.stageRecord.channel('betting');
    rig.backlot.misbehave({
      match: { method: 'POST', route: new RegExp(`^/channels/${betting}/messages`, 'u') },
      times: 2,
      delayMs: 1_500,
    });
    rig.show.start('console');
    // Who may do everything may add reactions here, too.
    const owner = rig.backlot.viewer('Producer');
    const pool = await owner.untilMessage(
      'betting-window',
      ({ embeds }) => embeds[0]?.title?.startsWith('Who gains most') === true,
      { what: 'the open pool' },
    );
    assert.equal(rig.show.stageRecord.message('pool:s1e1'), null);
    owner.react(pool, EMOJI.alice);
    await eventually('the stake', () => stakeOf(rig, 'Producer') === 'alice');
  });

  test('members click the reactions that are there and add no others', async (t) => {
    const rig = await openRig(t);
    const pool = await table(rig);
    assert.throws(() => rig.backlot.viewer('Ann').react(pool, '😀'));
  });

  test('the button under the pool tells members their own stakes, in private', async (t) => {
    const rig = await openRig(t);
    const pool = await table(rig);
    const ann = rig.backlot.viewer('Ann');
    const none = await (await ann.press(pool, 'v1:my-stake:s1e1')).message();
    assert.match(none.content, /no stake on episode 1/u);
    ann.react(pool, EMOJI.alice);
    await eventually('the stake', () => stakeOf(rig, 'Ann') === 'alice');
    const mine = await (await ann.press(pool, 'v1:my-stake:s1e1')).message();
    assert.match(mine.content, /\*\*50\*\* chips on 🧮 \*\*Alice\*\*/u);
    assert.ok(
      !rig.backlot
        .viewer('Ben')
        .readChannel('betting-window')
        .some((message) => message.id === mine.id),
    );
  });
});

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { buttons, everyLine, pressInPlace } from '#test/commands/kit.ts';
import { loseChips } from '#test/support/chips.ts';
import { inHaste, openRig, table } from './rig.ts';

const OFFER = 'Bailout: 100 chips';

// Each has a rig of its own and mostly waits for sockets, so they run side by side.
suite('the bailout of the day', { concurrency: 4 }, () => {
  test('a member with no chips left is offered it under the pool, takes it in front of everybody, and bets again', async (t) => {
    const rig = await openRig(t, inHaste());
    const { backlot, show, theatre } = rig;
    const pool = await table(rig);
    const [ann, ben] = [backlot.viewer('Ann'), backlot.viewer('Ben')];
    const now = () => ann.readChannel('betting-window').find((message) => message.id === pool.id) ?? pool;
    loseChips(theatre.store, ann.id);

    ann.react(pool, '🧮');
    await ann.until(() => buttons(now()).has(OFFER), { what: 'the offer' });
    assert.match(now().content, new RegExp(`<@${ann.id}>: You have no chips left`, 'u'));
    const offer = buttons(now()).get(OFFER) ?? '';
    const others = await (await ben.press(now(), offer)).message();
    assert.match(others.content, /You still have chips/u);
    assert.equal(show.audience.wallet(ben.id).chips, 1_000);

    const given = await (await ann.press(now(), offer)).message();
    assert.match(given.content, /\*\*100\*\* chips are yours[^]*You hold \*\*100\*\* chips/u);
    assert.deepEqual([...buttons(given).keys()], []);
    const told = await ben.untilMessage('betting-window', ({ content }) => content.startsWith('🤝'));
    assert.equal(
      told.content,
      `🤝 <@${ann.id}> had no chips left and takes the bailout of the day, **100** chips.`,
    );
    assert.deepEqual(told.mentions, [], 'nobody is pinged');
    await ann.until(() => now().content === '' && !buttons(now()).has(OFFER), { what: 'the notice to go' });

    ann.react(pool, '🚀');
    await ann.until(() => show.audience.stakeOf(ann.id)?.chips === 25, { what: 'a quarter of 100' });
    assert.equal(show.audience.ledgerSum(), 0);
  });

  test('a member whose data are deleted is no longer named by the old line in the channel', async (t) => {
    const rig = await openRig(t, inHaste());
    const { backlot, show, theatre } = rig;
    const [ann, ben] = [backlot.viewer('Ann'), backlot.viewer('Ben')];
    for (const { id } of [ann, ben]) {
      loseChips(theatre.store, id);
      assert.ok(show.bailOut(id).ok);
    }
    await rig.play(3);
    theatre.store.prune({ keepRounds: 1 });
    const lines = () => ben.readChannel('betting-window').filter(({ content }) => content.includes('🤝'));
    const before = lines();
    assert.equal(
      before
        .map(({ content }) => content)
        .join('\n')
        .split(`<@${ann.id}>`).length,
      2,
    );

    assert.ok(show.forget(ann.id).ok);
    await rig.shown();
    assert.deepEqual(
      lines().map(({ id, content }) => [id, content]),
      before.map(({ id, content }) => [id, content.replace(`<@${ann.id}>`, 'a former member')]),
    );
    assert.match(
      lines()
        .map(({ content }) => content)
        .join(),
      new RegExp(`<@${ben.id}> had no chips`, 'u'),
    );
    const deleted = before.find(({ content }) => content.includes(`<@${ben.id}>`));
    await fetch(`${backlot.restApi}/v10/channels/${deleted?.channel_id}/messages/${deleted?.id}`, {
      method: 'DELETE',
      headers: { authorization: `Bot ${backlot.token}` },
    });
    assert.ok(show.forget(ben.id).ok, 'a line that is gone holds nothing up');
    await rig.shown();
    assert.equal(show.outbox.pending(), 0);
    assert.equal(JSON.stringify(theatre.store.outbox.shownIn(before[0]?.id ?? '')).includes(ann.id), false);
  });

  test('it is a click under a member’s stake and wallet; a second one on the same day is refused, and told when the next one comes', async (t) => {
    const rig = await openRig(t, inHaste());
    const { backlot, show, theatre } = rig;
    const pool = await table(rig);
    const ann = backlot.viewer('Ann');
    const stake = async () => await (await ann.press(pool, 'v1:my-stake:s1e1')).message();
    assert.deepEqual([...buttons(await stake()).keys()], [], 'not for a member who has chips');

    loseChips(theatre.store, ann.id);
    const wallet = await ann.ask('the-gallery', 'wallet');
    const mine = await stake();
    assert.ok(buttons(wallet).has(OFFER));
    const given = await pressInPlace(ann, mine, OFFER);
    assert.match(given.content, /are yours[^]*no stake on episode 1[^]*You hold \*\*100\*\* chips/u);
    assert.match((await pressInPlace(ann, wallet, OFFER)).content, /You still have chips/u);

    loseChips(theatre.store, ann.id);
    const spent = await stake();
    assert.match(spent.content, /spent\. The next one comes <t:\d+:R>/u);
    assert.deepEqual([...buttons(spent).keys()], []);
    assert.match(everyLine(await ann.ask('the-gallery', 'wallet')), /The next one comes <t:\d+:R>/u);
    ann.react(pool, '🧮');
    await ann.untilMessage('betting-window', ({ content }) => /spent\. The next one comes/u.test(content));
    assert.equal(show.audience.ledgerSum(), 0);
    await rig.shown();
    const seenByAll = backlot.viewer('Ben').readChannel('betting-window');
    assert.equal(seenByAll.filter(({ content }) => content.startsWith('🤝')).length, 1);
  });
});

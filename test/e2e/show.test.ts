import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { APIMessage } from 'discord-api-types/v10';
import { HOUSE_CHIPS } from '#core/betting/pools.ts';
import { stateHash } from '#show/hash.ts';
import { missingChips } from '#core/betting/ledger.ts';
import { content } from '#test/support/floor.ts';
import { openRig, type Rig } from '#test/support/rig.ts';
import { theatre } from '#test/support/theatre.ts';

const short = { intermissionRounds: 1, episodeRounds: 3, seasonEpisodes: 100 };
const textOf = (message: APIMessage) => JSON.stringify([message.content, message.embeds]);

/** What the traders said on Discord, by room: the lines of their webhooks. */
function spoken(rig: Rig): string[] {
  const producer = rig.backlot.viewer('Producer');
  const names = new Set(content.cast.map((persona) => persona.name));
  return content.office.rooms.flatMap((room) =>
    producer
      .readChannel(room.channel)
      .filter((message) => message.webhook_id !== undefined && names.has(message.author.username))
      .filter((message) => !message.content.startsWith('-#'))
      .map((message) => `${room.id}/${message.author.username}: ${message.content}`),
  );
}

function linesInDatabase(rig: Rig): number {
  const { store } = rig.theatre;
  return content.cast
    .flatMap((persona) => store.show.turns(persona.id, 1_000))
    .filter((turn) => turn.decision.speech.trim() !== '').length;
}

test('a whole short show: bets, chaos, confession, the closing bell, a restart', async (t) => {
  const rig = await openRig(t, { rules: short, seed: 3 });
  const { backlot } = rig;
  const [producer, ann, bob] = ['Producer', 'Ann', 'Bob'].map((name) => backlot.viewer(name));
  assert.ok(producer && ann && bob);
  const { show, store } = rig.theatre;
  const emoji = (id: string) => content.cast.find((persona) => persona.id === id)?.emoji ?? '';

  await t.test('set-up again doubles nothing', async () => {
    const before = producer.channels().length;
    const again = await rig.stage.setUp(backlot.guildId);
    assert.ok(again.ok);
    assert.deepEqual(again.report.made, []);
    assert.equal(producer.channels().length, before);
    assert.ok(
      !ann.channels().some((channel) => channel.name === 'green-room'),
      'the green room is for producers',
    );
  });

  await t.test("members bet by reaction; changing one's mind moves the stake", async () => {
    const pool = await ann.untilMessage(
      'betting-window',
      (message) => (message.reactions?.length ?? 0) === content.cast.length,
    );
    ann.react(pool, emoji('alice'));
    bob.react(pool, emoji('mike'));
    bob.react(pool, emoji('sarah'));
    await ann.until(() => show.audience.stakeOf(ann.id)?.outcome === 'alice');
    await bob.until(() => show.audience.stakeOf(bob.id)?.outcome === 'sarah');
    assert.equal(show.audience.stakeOf(bob.id)?.chips, 50);
    await ann.untilMessage(
      'betting-window',
      (message) => message.id === pool.id && textOf(message).includes('100 chips'),
    );
  });

  await t.test('rounds are heard in the rooms, seen on the floor and read on the tape', async () => {
    await rig.play(2);
    assert.equal(spoken(rig).length, linesInDatabase(rig));
    assert.ok(spoken(rig).length > 0);
    const floor = ann.readChannel('the-floor');
    assert.ok(
      floor.some((message) =>
        message.attachments.some((file) => file.content_type === 'image/gif' && file.description),
      ),
    );
    assert.ok(ann.readChannel('the-tape').some((message) => textOf(message).includes('Opening bell')));
  });

  await t.test('chaos is refused to a member and granted to a producer', async () => {
    const refusal = await ann.ask('the-gallery', 'chaos').catch((error: unknown) => error);
    const words = refusal instanceof Error ? refusal.message : textOf(refusal as APIMessage);
    assert.match(words, /that you may use here|producer/i);
    assert.equal(store.show.audits('chaos', 1).length, 0);
    const priceBefore = show.state.market.priceCents.Tech;
    await producer.ask('green-room', 'chaos', { headline: 'The exchange ran out of numbers' });
    assert.ok(show.state.market.priceCents.Tech < priceBefore);
    await rig.stage.drained(AbortSignal.timeout(10_000));
    assert.ok(ann.readChannel('the-tape').some((message) => textOf(message).includes('ran out of numbers')));
  });

  await t.test('a confession is private and is the thought that the database holds', async () => {
    const answer = await ann.ask('the-gallery', 'confess', { trader: 'alice' });
    const thought = store.show.turns('alice', 1)[0]?.decision.thought ?? '';
    assert.ok(thought.length > 0 && textOf(answer).includes(JSON.stringify(thought).slice(1, 12)));
    assert.ok(!bob.readChannel('the-gallery').some((message) => message.id === answer.id));
  });

  await t.test('the closing bell pays out, and every chip is somewhere', async () => {
    await rig.play(2);
    const closed = show.audience.poolById('s1e1');
    assert.equal(closed?.status, 'settled');
    assert.equal(show.audience.ledgerSum(), 0);
    const books = show.audience.books();
    assert.equal(books.minted, 2_000 + HOUSE_CHIPS);
    assert.equal(missingChips(books), 0);
    assert.equal(show.audience.pool()?.episode, 2);
  });

  await t.test('a restart in mid-show loses nothing and repeats nothing', async () => {
    await rig.play(2);
    const saidBefore = spoken(rig);
    await rig.restart();
    await rig.play(3);
    const said = spoken(rig);
    assert.deepEqual(said.filter((line) => saidBefore.includes(line)).length >= saidBefore.length, true);
    assert.equal(said.length, linesInDatabase(rig), 'every line once');
    assert.equal(rig.theatre.store.show.counts().rounds, 9);
  });
});

test('what Discord does never changes the simulation: the same seed ends in the same state without it', async (t) => {
  const rig = await openRig(t, { rules: short, seed: 8 });
  await rig.play(5);
  const alone = theatre(t, { rules: short, seed: 8 });
  await alone.play(5);
  assert.equal(stateHash(rig.theatre.show.state), stateHash(alone.show.state));
});

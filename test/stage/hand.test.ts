import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { LEAK_ROUNDS } from '#core/betting/hand.ts';
import { missingChips } from '#core/betting/ledger.ts';
import type { Decision } from '#core/decision.ts';
import type { Observation } from '#core/observation.ts';
import { isBlocked } from '#stage/presentation/blocklist.ts';
import { layoutWords } from '#stage/presentation/message.ts';
import type { Brain } from '#show/ports/brain.ts';
import { buttons, everyLine, pressInPlace } from '#test/commands/kit.ts';
import { loseChips } from '#test/support/chips.ts';
import type { Staging } from '#test/support/theatre.ts';
import { openRig, type Rig } from './rig.ts';

/** Thinks aloud, holds, and buys what somebody on the phone says. */
function obedient(heard: Observation[]): Brain {
  return {
    label: 'obedient',
    async think({ observation }) {
      heard.push(observation);
      const decision: Decision = {
        thought: `I am ${observation.name} and it is round ${observation.round}.`,
        trade: observation.phone?.names ?? 'Hold',
        size: 'Half',
        speech: '',
        location: observation.roomName,
      };
      return { decision, raw: '', tokens: null, ms: 0 };
    },
    async close() {},
  };
}

const short = { intermissionRounds: 1, episodeRounds: 3 };

async function rigWith(
  t: Parameters<typeof openRig>[0],
  staging: Staging = {},
): Promise<{ rig: Rig; heard: Observation[] }> {
  const heard: Observation[] = [];
  const rig = await openRig(t, { staging: { rules: short, brain: obedient(heard), ...staging } });
  await rig.play(2);
  return { rig, heard };
}

suite("the audience's hand", { concurrency: 4 }, () => {
  test('a tip is heard by one trader in its next turn, its chips go to the jackpot, and the bell tells what came of it', async (t) => {
    const { rig, heard } = await rigWith(t);
    const { backlot, show } = rig;
    const ann = backlot.viewer('Ann');
    const told = await ann.ask('the-gallery', 'whisper', { trader: 'alice', tip: 'Buy Crypto now' });
    assert.match(told.content, /Alice's phone will ring: “Buy Crypto now”[^]*hold \*\*900\*\* chips/u);
    const again = await ann.ask('the-gallery', 'whisper', { trader: 'mike', tip: 'Sell it' });
    assert.match(again.content, /have whispered in this episode/u);
    heard.length = 0;
    await rig.play(1);
    for (const { trader, phone } of heard)
      assert.equal(phone?.text, trader === 'alice' ? 'Buy Crypto now' : undefined, trader);
    await rig.play(1);
    const card = await ann.untilMessage('the-floor', (message) =>
      everyLine(message).includes("The audience's hand in episode 1"),
    );
    const bought = rig.theatre.store.show
      .fills(3)
      .filter(({ trader, instrument, qty }) => trader === 'alice' && instrument === 'Crypto' && qty > 0);
    assert.equal(bought.length, 1);
    assert.match(everyLine(card), /told Alice “Buy Crypto now”: followed, \*\*[+−]\$/u);
    assert.equal(show.audience.books().jackpot, 0, 'the next pool has it');
    assert.equal(show.audience.pool()?.seedChips, 100);
    assert.equal(missingChips(show.audience.books()), 0);
    assert.match(everyLine(await ann.ask('the-gallery', 'wallet')), /−100 whispered/u);
    const recap = layoutWords((await ann.ask('the-gallery', 'recap')).components).join('\n');
    assert.match(
      recap,
      /Season 1, episode 1[^]*\*\*1\.\*\*[^]*told Alice “Buy Crypto now”[^]*\[watch\]\(https:/u,
    );
    const none = await ann.ask('the-gallery', 'recap', { episode: '7' });
    assert.match(none.content, /no such episode/u);
  });

  test('whoever has a trader sell what it does not hold is told so, and the tip still goes', async (t) => {
    const { rig } = await rigWith(t);
    const ask = async (name: string, trader: string, tip: string): Promise<string> =>
      (await rig.backlot.viewer(name).ask('the-gallery', 'whisper', { trader, tip })).content;
    assert.doesNotMatch(await ask('Ann', 'alice', 'Buy Crypto'), /holds no/u);
    await rig.play(1);
    assert.doesNotMatch(await ask('Ben', 'alice', 'Sell Crypto'), /holds no/u, 'it followed the tip before');
    assert.match(
      await ask('Cleo', 'mike', 'Sell Crypto'),
      /Mike's phone will ring[^]*hold \*\*900\*\* chips[^]*\nMike holds no Crypto\.$/u,
    );
  });

  test('every refused tip says why: no chips, a closed market, a stranger, a link', async (t) => {
    const { rig } = await rigWith(t, { blocks: isBlocked });
    const { backlot, show, theatre } = rig;
    const ann = backlot.viewer('Ann');
    const ask = async (trader: string, tip: string): Promise<string> =>
      (await ann.ask('the-gallery', 'whisper', { trader, tip })).content;
    assert.match(await ask('nobody', 'Buy'), /No trader has that name/u);
    assert.match(await ask('alice', 'Buy at https://tips.example'), /on the blocklist \(links/u);
    loseChips(theatre.store, ann.id);
    assert.match(await ask('alice', 'Buy Tech'), /costs 100 chips, and you hold 0/u);
    await rig.play(2);
    assert.equal(show.state.phase, 'intermission');
    assert.match(await ask('alice', 'Buy Tech'), /market is shut/u);
  });

  test('a tip that nobody hears before the bell comes back', async (t) => {
    // Mike's brain stalls, so he hears nothing.
    const stalls = () => Promise.reject(new Error('no answer'));
    const { rig } = await rigWith(t, { faults: { mike: stalls } });
    const { backlot, show } = rig;
    await rig.play(1);
    // One turn is left, for one tip.
    const [ann, ben] = ['Ann', 'Ben'].map((name) => backlot.viewer(name));
    assert.ok(ann && ben);
    assert.ok(show.hand.whisper(ann.id, 'mike', 'Buy Tech').ok);
    const busy = show.hand.whisper(ben.id, 'mike', 'Sell Tech');
    assert.equal(busy.ok ? '' : busy.code, 'line_is_busy');
    assert.equal(show.audience.wallet(ann.id).chips, 900);
    await rig.play(1);
    assert.equal(show.state.phase, 'intermission');
    assert.equal(show.audience.wallet(ann.id).chips, 1_000);
    assert.equal(missingChips(show.audience.books()), 0);
  });

  test('three members put chips under a thought; at the price it is read out where its trader stands, and the others hear it', async (t) => {
    const { rig, heard } = await rigWith(t);
    const { backlot, show } = rig;
    const [ann, ben, cleo] = ['Ann', 'Ben', 'Cleo'].map((name) => backlot.viewer(name));
    assert.ok(ann && ben && cleo);
    const confession = await ann.ask('the-gallery', 'confess', { trader: 'alice' });
    const sums = await pressInPlace(ann, confession, '📢 Leak it (300 missing)');
    assert.deepEqual(
      [...buttons(sums).keys()],
      ['25 chips', '50 chips', '100 chips', 'All that is missing: 300'],
    );
    const first = await pressInPlace(ann, sums, '100 chips');
    assert.match(first.content, /100 chips are in; 200 to go/u);
    const call = await ben.untilMessage('betting-window', ({ content }) =>
      content.includes("wants Alice's thought of round 2"),
    );
    const offered = await (await ben.press(call, 'v1:leak:alice/2')).message();
    assert.match((await pressInPlace(ben, offered, '50 chips')).content, /150 to go/u);
    const last = await (await cleo.press(call, 'v1:leak:alice/2')).message();
    const done = await pressInPlace(cleo, last, 'All that is missing: 150');
    assert.match(done.content, /thought is read out/u);
    const room = rig.show.content.office.rooms.find(({ id }) => id === show.state.traders['alice']?.room);
    assert.ok(room);
    const readOut = await ann.untilMessage(room.channel, ({ content }) =>
      content.includes('I am Alice and it is round 2'),
    );
    heard.length = 0;
    await rig.play(1);
    const others = heard.filter(({ room: at, trader }) => at === room.id && trader !== 'alice');
    for (const { company } of others)
      assert.match(company.find(({ trader }) => trader === 'alice')?.said ?? '', /round 2/u);
    const late = await (await ann.press(call, 'v1:leak:alice/2')).message();
    assert.match(late.content, /read out already/u);
    assert.equal(show.audience.books().jackpot, 300);
    assert.equal(missingChips(show.audience.books()), 0);
    await rig.play(1);
    const recap = layoutWords((await ann.ask('the-gallery', 'recap')).components).join('\n');
    const line = recap.split('\n').find((each) => each.includes('I am Alice and it is round 2'));
    assert.ok(
      line?.includes(`/${readOut.channel_id}/${readOut.id})`),
      'a click leads to where it was read out',
    );
  });

  test('who comes too late to put chips under a thought is told why: it is old, it is gone, or it was read out', async (t) => {
    const { rig } = await rigWith(t);
    const { backlot, show, theatre } = rig;
    const ann = backlot.viewer('Ann');
    for (const [trader, chips] of [
      ['alice', 100],
      ['mike', 100],
      ['mike', 200],
    ] as const)
      assert.ok(show.hand.pledge(ann.id, trader, 2, chips).ok);
    const pressed = async (trader: 'Alice' | 'Mike'): Promise<string> => {
      const call = await ann.untilMessage('betting-window', ({ content }) =>
        content.includes(`wants ${trader}'s thought of round 2`),
      );
      return (await (await ann.press(call, `v1:leak:${trader.toLowerCase()}/2`)).message()).content;
    };
    assert.match(await pressed('Alice'), /\*\*200\*\* chips are missing/u);
    await theatre.play(LEAK_ROUNDS + 1);
    assert.equal(show.audience.wallet(ann.id).chips, 700, 'the chips under a thought of then came back');
    assert.match(await pressed('Alice'), /too old to move anybody/u);
    theatre.store.prune({ keepRounds: 1 });
    assert.match(await pressed('Alice'), /no such thought/u);
    assert.match(await pressed('Mike'), /read out already/u);
  });

  test('too few chips return at the bell, and to whoever deletes their data at once', async (t) => {
    const { rig } = await rigWith(t);
    const { backlot, show } = rig;
    const [ann, ben] = ['Ann', 'Ben'].map((name) => backlot.viewer(name));
    assert.ok(ann && ben);
    assert.ok(show.hand.pledge(ann.id, 'alice', 2, 120).ok);
    assert.ok(show.hand.pledge(ben.id, 'alice', 2, 80).ok);
    assert.ok(show.forget(ben.id).ok);
    assert.deepEqual(show.hand.missingFor('alice', 2), { ok: true, value: 180 });
    await rig.play(2);
    assert.equal(show.audience.wallet(ann.id).chips, 1_000);
    assert.equal(missingChips(show.audience.books()), 0);
  });
});

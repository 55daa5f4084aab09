import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import type { Reaction } from '#show/ports/chips.ts';
import { StrayReactions } from '#stage/betting/stray-reactions.ts';
import { setClock } from '#test/support/clock.ts';
import { after } from '#test/support/microtasks.ts';
import { silentLog } from '#test/support/theatre.ts';

/** A pool's message, and a Discord that answers when it is told to. */
function pool(t: TestContext) {
  const astray: Reaction[] = [];
  const over = new AbortController();
  const discord = Promise.withResolvers<boolean>();
  const strays = new StrayReactions({
    picks: { strays: () => [...astray], isStray: (reaction) => astray.includes(reaction) },
    writes: { takeOff: () => discord.promise },
    where: () => ({ channelId: 'betting', messageId: 'pool' }),
    emojiOf: () => '🚀',
    reactors: async () => [],
    flush: () => {},
    learn: ({ member }) => {
      const index = astray.findIndex((each) => each.member === member);
      astray.splice(index, 1);
    },
    clock: setClock('2026-05-04T12:00Z'),
    log: silentLog,
    signal: over.signal,
  });
  t.after(async () => {
    over.abort();
    await strays.close();
  });
  const goesAstray = (member: string): void => {
    astray.push({ member, outcome: 'alex' });
    strays.ask();
  };
  return { astray, discord, strays, goesAstray };
}

test('a reaction that goes astray at any moment while another is removed is removed as well', async (t) => {
  for (let microtasks = 0; microtasks < 10; microtasks++) {
    const { astray, discord, goesAstray } = pool(t);
    goesAstray('ann');
    void after(discord.promise, microtasks).then(() => goesAstray('ben'));
    discord.resolve(true);
    await nextTick();
    assert.deepEqual(astray, [], `${microtasks} microtasks after Discord's answer`);
  }
});

test('a reaction that goes astray just after a look that found none is removed', async (t) => {
  const { astray, discord, strays, goesAstray } = pool(t);
  discord.resolve(true);
  strays.ask();
  goesAstray('ann');
  await nextTick();
  assert.deepEqual(astray, []);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import { WebhookWatch } from '#stage/channels/webhook-watch.ts';
import { setClock } from '#test/support/clock.ts';
import { after } from '#test/support/microtasks.ts';
import { silentLog } from '#test/support/theatre.ts';

test("webhooks that are changed at any moment while another room's are put right are put right as well", async () => {
  for (let microtasks = 0; microtasks < 10; microtasks++) {
    const clock = setClock('2026-05-04T12:00Z');
    const works = Promise.withResolvers<boolean>();
    const repaired: string[] = [];
    const watch = new WebhookWatch({
      webhooksIn: async () => [],
      repair: async (room) => {
        repaired.push(room);
        return works.promise;
      },
      isBuilding: () => false,
      places: { roomOf: (channelId) => channelId, roomOfWebhook: () => null },
      clock,
      log: silentLog,
    });
    watch.heard('pit');
    clock.advance(2_000);
    await nextTick();
    void after(works.promise, microtasks).then(() => watch.heard('attic'));
    works.resolve(true);
    await nextTick();
    clock.advance(2_000);
    await nextTick();
    assert.deepEqual(repaired, ['pit', 'attic'], `${microtasks} microtasks after the repair`);
    await watch.close();
  }
});

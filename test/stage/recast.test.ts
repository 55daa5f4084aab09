/** Webhooks of traders who left make room before a channel has as many as Discord allows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { admin } from './admin.ts';
import { inHaste, openRig } from './rig.ts';

const card = (name: string): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify({ name, description: '{{char}} passes through.', first_mes: `${name}.`, mes_example: '' }),
  );

test('a show that changes most of its cast never runs out of webhooks, and says the last lines of those who left', async (t) => {
  const rig = await openRig(
    t,
    inHaste({ rules: { episodeRounds: 2, intermissionRounds: 1, seasonEpisodes: 1 } }),
  );
  const { casting } = rig.show;
  const join = (...names: string[]): void => {
    for (const name of names) assert.ok(casting.addFile(card(name), {}, '1').ok);
  };
  join('Ada', 'Bea', 'Cid', 'Dan', 'Eve', 'Fay');
  await rig.play(3);
  for (const { id } of casting.cast().next.slice(0, 8)) assert.ok(casting.remove(id, '1').ok);
  join('Gus', 'Hal', 'Ida', 'Jon', 'Kim', 'Leo');
  await rig.play(6);
  assert.equal(rig.show.outbox.pending(), 0, 'nothing waits for a webhook that nobody makes');
  assert.deepEqual(
    rig.logged.filter(({ level }) => level === 'error'),
    [],
  );
  for (const { id } of rig.show.content.office.rooms) {
    const hooks = await admin<unknown[]>(
      rig,
      'GET',
      `/channels/${rig.show.stageRecord.channel(id)}/webhooks`,
    );
    assert.ok(hooks.length <= 15, `${hooks.length} in ${id}`);
  }
});

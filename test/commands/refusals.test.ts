import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openRig } from '#test/stage/rig.ts';
import { everyLine, pressInPlace } from './kit.ts';

const CHANNELS = { method: 'POST', route: '/guilds/:guildId/channels' };
const DELETION = { method: 'DELETE', route: '/channels/:channelId' };

/** What Discord answers, and the words that a person needs. */
const CURES: readonly { status: number; code: number; cure: RegExp }[] = [
  {
    status: 403,
    code: 60003,
    cure: /two-factor authentication[^]*the owner of its application: whoever owns mine/u,
  },
  { status: 403, code: 50013, cure: /I lack a permission there[^]*`\/doctor` names what I need/u },
  { status: 403, code: 50001, cure: /allow View Channels/u },
  { status: 400, code: 30013, cure: /500 channels[^]*delete some/u },
  { status: 400, code: 50035, cure: /50 fit into a category/u },
  { status: 400, code: 99999, cure: /\(99999\)\. Put that right\. Then run `\/setup` again/u },
];

test('when Discord refuses something while the stage is built, the report tells the cure', async (t) => {
  const rig = await openRig(t);
  const producer = rig.backlot.viewer('Producer');
  producer.deleteChannel('the-tape');
  for (const { status, code, cure } of CURES) {
    rig.backlot.misbehave({ match: CHANNELS, status, code });
    const plan = await producer.ask('general', 'setup');
    const report = await pressInPlace(producer, plan, 'Build', (text) => text.includes('The stage stands'));
    assert.match(report.content, /❗ Discord refused #the-tape: /u);
    assert.match(report.content, cure, String(code));
  }
  producer.speak('de');
  rig.backlot.misbehave({ match: CHANNELS, status: 403, code: 60003 });
  const plan = await producer.ask('general', 'setup');
  const report = await pressInPlace(producer, plan, 'Bauen', (text) => text.includes('Die Bühne steht'));
  assert.match(report.content, /Zwei-Faktor-Authentifizierung[^]*Wem meine im Developer Portal gehört/u);
});

test('a channel that the Community needs stays, and the cure is not a permission', async (t) => {
  const rig = await openRig(t);
  const producer = rig.backlot.viewer('Producer');
  rig.backlot.misbehave({ match: DELETION, status: 400, code: 50074 });
  const plan = await producer.ask('general', 'teardown');
  const report = await pressInPlace(producer, plan, 'Remove all of it', (text) => text.includes('is down'));
  assert.match(
    everyLine(report),
    /❗ #the-floor stayed [^]*Community → Overview: choose another channel[^]* Or delete it by hand/u,
  );
  assert.doesNotMatch(everyLine(report), /Give me Manage Channels/u);
});

test('a refusal that stops everything is also told with its cure', async (t) => {
  const rig = await openRig(t, { setUp: false });
  const producer = rig.backlot.viewer('Producer');
  rig.backlot.misbehave({ match: CHANNELS, status: 403, code: 60003 });
  const plan = await producer.ask('general', 'setup');
  const report = await pressInPlace(producer, plan, 'Build', (text) => text.includes('refused'));
  assert.match(report.content, /^Discord refused that: [^]*whoever owns mine in the Developer Portal/u);
});

import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { type Backlot } from '#backlot/backlot.ts';
import type { Theatre } from '#test/support/theatre.ts';
import { everyLine } from '#test/commands/kit.ts';
import { eventually, openRig, openTestStage, table, type Rig } from './rig.ts';

const RULES = { intermissionRounds: 2, episodeRounds: 3 };
const MESSAGES = { method: 'POST', route: '/channels/:channelId/messages' };

interface Process {
  theatre: Theatre;
  close: () => Promise<void>;
  shown: () => Promise<void>;
}

const open = (t: TestContext): Promise<Rig> => openRig(t, { staging: { rules: RULES, onDisk: true } });

const firstOf = ({ theatre, stage, shown }: Rig): Process => ({
  theatre,
  shown,
  close: () => stage.close(),
});

/** Ends the process that ran the show, and starts another on the same database and the same Discord. */
async function restart(backlot: Backlot, before: Process): Promise<Process> {
  await before.close();
  const theatre = before.theatre.restart();
  const stage = await openTestStage(backlot);
  await stage.attach(backlot.guildId, theatre.show);
  const shown = () => stage.drained(AbortSignal.timeout(20_000));
  await shown();
  return { theatre, shown, close: () => stage.close() };
}

/** The words of each message of an episode's pool. */
const poolsOf = (backlot: Backlot, episode: number): string[] =>
  backlot
    .viewer('Ann')
    .readChannel('betting-window')
    .map(everyLine)
    .filter((words) => words.includes(`Who gains most in episode ${episode}?`));

suite('a restart', { concurrency: 4 }, () => {
  test('in any phase leaves one message for each pool, with the stakes that there were', async (t) => {
    const rig = await open(t);
    const { backlot } = rig;
    const ann = backlot.viewer('Ann');
    const pool = await table(rig);
    ann.react(pool, '🧮');
    await eventually('the stake', () => rig.show.audience.stakeOf(ann.id) !== null);
    await rig.shown();

    let now = await restart(backlot, firstOf(rig));
    const only = (episode: number, words: RegExp): void => {
      const [one, ...more] = poolsOf(backlot, episode);
      assert.deepEqual(more, [], `the pool of episode ${episode} stands twice`);
      assert.match(one ?? '', words);
    };
    only(1, /Alice\*\* · 100 chips[^]*Pot: 250 chips/u);

    // The bell rings and somebody has spoken when the process ends.
    await now.theatre.play(RULES.intermissionRounds);
    const half = new AbortController();
    const hush = now.theatre.show.subscribe((news) => {
      if ('events' in news && news.events.some(({ type }) => type === 'turnTaken')) half.abort();
    });
    assert.equal(await now.theatre.show.playRound(half.signal), false);
    hush();
    now = await restart(backlot, now);
    assert.ok(now.theatre.show.state.roundOpen);
    only(1, /The bell has rung[^]*Pot: 250 chips/u);

    await now.theatre.play(RULES.episodeRounds);
    now = await restart(backlot, now);
    only(1, /gained most\.\n/u);
    only(2, /React with a trader's emoji/u);
    now = await restart(backlot, now);
    only(1, /gained most\.\n/u);
    only(2, /React with a trader's emoji/u);
    const { audience } = now.theatre.show;
    const result = audience.pools.resultOf('s1e1');
    const won = result?.status === 'settled' && result.winners.includes('alice') ? 125 : 0;
    assert.equal(audience.wallet(ann.id).chips, 950 + won);
    assert.equal(audience.ledgerSum(), 0);
  });

  test('while a pool is being posted finds what arrived, although Discord has forgotten the nonce', async (t) => {
    const rig = await open(t);
    const { backlot, show } = rig;
    await table(rig);
    const betting = show.stageRecord.channel('betting');
    backlot.misbehave({
      match: { ...MESSAGES, route: new RegExp(`^/channels/${betting}/messages`, 'u') },
      delayMs: 20_000,
    });
    await rig.theatre.play(RULES.intermissionRounds + RULES.episodeRounds);
    await eventually('the pool to arrive', () => poolsOf(backlot, 2).length === 1);
    await rig.stage.close();
    // Discord remembers a nonce only for some minutes.
    show.keyValues.delete('nonce-salt');
    assert.equal(show.stageRecord.message('pool:s1e2'), null);

    const now = await restart(backlot, firstOf(rig));
    assert.equal(poolsOf(backlot, 2).length, 1);
    const ann = backlot.viewer('Ann');
    const pool = await ann.untilMessage(
      'betting-window',
      (message) => everyLine(message).includes('episode 2') && message.reactions?.length === 4,
      { what: 'its reactions' },
    );
    ann.react(pool, '🧮');
    await eventually('the stake', () => now.theatre.show.audience.stakeOf(ann.id)?.outcome === 'alice');
  });
});

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { ButtonStyle, ComponentType, type APIMessage, type APIMessageTopLevelComponent } from 'discord.js';
import { commands } from '#commands/index.ts';
import { IN_GUILD } from '#commands/schema.ts';
import { regimeOf } from '#core/market.ts';
import { defineCommand, type Command } from '#stage/interactions/command.ts';
import { LANGUAGES } from '#stage/texts/index.ts';
import { openRig, openForTest, openTestStage } from '#test/stage/rig.ts';
import { theatre } from '#test/support/theatre.ts';
import { buttons, everyLine, pressInPlace } from './kit.ts';

// Each has a rig of its own and mostly waits for sockets, so they run side by side.
suite('slash commands', { concurrency: 8 }, () => {
  test('every file of commands/ is listed in index.ts', () => {
    const folder = path.resolve(import.meta.dirname, '../../commands');
    const index = readFileSync(path.join(folder, 'index.ts'), 'utf8');
    const files = readdirSync(folder).filter((file) => !['index.ts', 'schema.ts'].includes(file));
    for (const file of files) assert.ok(index.includes(`'./${file}'`), `${file} is not listed`);
    assert.equal(files.length, commands.length);
  });

  test('members are offered the commands, and producers their own ones as well', async (t) => {
    const { backlot } = await openRig(t, { setUp: false });
    const offered = (name: string): string[] =>
      backlot
        .viewer(name)
        .commands()
        .map((command) => command.name)
        .sort();
    const of = (audience: Command['audience']): string[] =>
      commands.filter((it) => it.audience === audience).map(({ schema }) => schema.name);
    assert.ok(of('member').includes('whisper') && of('producer').includes('chaos'));
    // In the menu of a message, too.
    const forMembers = [...of('member'), 'Confess'];
    assert.deepEqual(offered('Ann'), forMembers.toSorted());
    assert.deepEqual(offered('Producer'), [...forMembers, ...of('producer')].sort());
  });

  test('commands are deployed once, and again when a guild has lost them', async (t) => {
    const rig = await openRig(t, { setUp: false });
    let puts = 0;
    rig.backlot.onRequest(({ method, route }) => {
      if (method === 'PUT' && route?.endsWith('/commands') === true) puts++;
    });
    await rig.reopen();
    assert.equal(puts, 0);
    const elsewhere = await openForTest(t);
    await rig.stage.close();
    const stage = await openTestStage(elsewhere);
    await stage.attach(elsewhere.guildId, rig.show);
    assert.ok(elsewhere.viewer('Ann').commands().length > 0);
  });

  test('a member cannot run commands for producers, whatever the server allows', async (t) => {
    // As if an admin had opened them to everybody in the server's settings.
    const opened: Command[] = commands.map((command) => {
      const { default_member_permissions: _, ...schema } = command.schema;
      return { ...command, schema };
    });
    const rig = await openRig(t, { commands: opened });
    const ann = rig.backlot.viewer('Ann');
    for (const line of ['chaos', 'show stop', 'setup', 'doctor', 'teardown']) {
      assert.match((await ann.ask('the-gallery', line)).content, /Only producers/u, line);
    }
    assert.equal(rig.show.status().mode, 'running');
    for (const command of commands.filter((it) => it.audience === 'producer')) {
      assert.notEqual(
        command.schema.default_member_permissions,
        undefined,
        `/${command.schema.name} is offered to everybody`,
      );
    }
  });

  test('/show starts, pauses, resumes, stops, and refuses with the cure', async (t) => {
    const { backlot, show, theatre: playing } = await openRig(t, { staging: { started: false } });
    const producer = backlot.viewer('Producer');
    const ask = async (line: string, options = {}): Promise<string> =>
      (await producer.ask('green-room', line, options)).content;
    assert.match(await ask('show pause'), /not running.*`\/show start`/u);
    assert.match(await ask('show start'), /running/u);
    assert.equal(show.status().mode, 'running');
    assert.match(await ask('show start'), /already/u);
    assert.match(await ask('show pause'), /played to its end; `\/show resume` opens the next/u);
    assert.match(await ask('show resume'), /goes on/u);
    assert.match(await ask('show pace', { seconds: '20' }), /every 20 s/u);
    assert.equal(show.status().paceMs, 20_000);
    assert.match(
      everyLine(await producer.ask('green-room', 'show status')),
      /\*\*running\*\* · season 1, premiere, round 0 of \d+ \(0 in all\)[^]*Thinking: /u,
    );
    await t.test('and says when it plays, when it is quiet, and changes both', async () => {
      const tell = async (line: string, options = {}): Promise<string> =>
        everyLine(await producer.ask('green-room', line, options));
      assert.match(await tell('show schedule'), /Round the clock[^]*Etc\/UTC[^]*No quiet hours/u);
      const zones = await producer.autocomplete(
        'green-room',
        'show schedule',
        { 'time-zone': 'berl' },
        'time-zone',
      );
      assert.deepEqual(
        zones.map(({ value }) => value),
        ['Europe/Berlin'],
      );
      const planned = await tell('show schedule', {
        plays: 'By appointment',
        at: '9:30 20:00',
        days: 'weekend',
        'time-zone': 'Europe/Berlin',
        'season-days': '14',
      });
      assert.match(planned, /By appointment: 1 episode at 09:30 Sat, Sun; 20:00 Sat, Sun\./u);
      assert.match(planned, /Europe\/Berlin[^]*after 14 days/u);
      assert.match(await tell('show schedule', { at: '25:00' }), /written as 20:00/u);
      assert.match(await tell('show schedule', { 'time-zone': 'Mars' }), /no such time zone/u);
      assert.match(await tell('show quiet', { from: '22', to: '7' }), /Quiet from 22:00 to 07:00/u);
      assert.match(await tell('show quiet', { from: '7', to: '7' }), /No quiet hours/u);
      assert.match(await tell('show pictures', { mode: 'still' }), /stands still/u);
    });
    await t.test('and who set what, and when, is in the audit log', () => {
      const entries = (what: 'settings' | 'pace') => playing.store.show.audits(what, 10);
      const hours = { fromHour: 22, toHour: 7, timeZone: 'Europe/Berlin' };
      assert.deepEqual(
        entries('settings').map(({ detail }) => JSON.parse(detail ?? '') as unknown),
        [
          { pictures: 'still' },
          { quietHours: null },
          { quietHours: hours },
          {
            mode: 'appointment',
            openings: ['09:30', '20:00'].map((at) => ({ at, days: ['sat', 'sun'] })),
            timeZone: 'Europe/Berlin',
            seasonDays: 14,
          },
        ],
        'what was refused is not in it',
      );
      for (const { by, atMs } of [...entries('settings'), ...entries('pace')]) {
        assert.equal(by, producer.id);
        assert.ok(Math.abs(Date.now() - atMs) < 60_000);
      }
      assert.deepEqual(
        entries('pace').map(({ detail }) => detail),
        ['20 s'],
      );
    });
    assert.match(await ask('show stop'), /stopped/u);
  });

  test('/chaos breaks the news on the tape, in clean words, and then cools down', async (t) => {
    const rig = await openRig(t, { staging: { rules: { intermissionRounds: 1 } } });
    await rig.play(2);
    const producer = rig.backlot.viewer('Producer');
    const answer = await producer.ask('green-room', 'chaos', {
      headline: '# @everyone the **bank** has\u202e lost its [keys](x)',
    });
    assert.match(answer.content, /^⚡ It is out: /u);
    const news = await rig.backlot
      .viewer('Ann')
      .untilMessage('the-tape', (message) => message.embeds[0]?.title === '⚡ Chaos');
    const text = news.embeds[0]?.description ?? '';
    assert.ok(text.includes('\\# ＠everyone the \\*\\*bank\\*\\* has lost its \\[keys\\]\\(x\\)'), text);
    assert.equal(news.mention_everyone, false);
    const again = await producer.ask('green-room', 'chaos');
    assert.match(again.content, /still hot: it works again in \d+ rounds?/u);
  });

  test('/confess tells the thought only to whoever asked, and earlier thoughts at a click', async (t) => {
    const rig = await openRig(t);
    const ann = rig.backlot.viewer('Ann');
    const early = await ann.ask('the-gallery', 'confess', { trader: 'sarah' });
    assert.match(early.content, /has not had a turn yet/u);
    await rig.play(3);
    const turn = rig.show.confess('sarah', null);
    assert.ok(turn.ok);
    const told = await ann.ask('the-gallery', 'confess', { trader: 'sarah' });
    assert.match(told.embeds[0]?.title ?? '', /🐻 Sarah, round 3/u);
    assert.equal(told.embeds[0]?.description?.replaceAll('\\', ''), `*${turn.value.decision.thought}*`);
    assert.ok(
      !rig.backlot
        .viewer('Ben')
        .readChannel('the-tape')
        .some((message) => message.id === told.id),
    );
    const hand = ['Why?', "🪑 Sarah's chair", '☎️ Whisper (100)', '📢 Leak it (300 missing)'];
    assert.deepEqual([...buttons(told).keys()], ['Earlier thought', ...hand]);
    const earlier = await pressInPlace(ann, told, 'Earlier thought');
    assert.match(earlier.embeds[0]?.title ?? '', /Sarah, round 2/u);
    assert.deepEqual([...buttons(earlier).keys()], ['Earlier thought', 'Later thought', ...hand]);
    const later = await pressInPlace(ann, earlier, 'Later thought');
    assert.match(later.embeds[0]?.title ?? '', /Sarah, round 3/u);
    const unknown = await ann.ask('the-gallery', 'confess', { trader: 'nobody' });
    assert.match(unknown.content, /No trader has that name/u);
    const offered = async (trader: string): Promise<unknown[]> => {
      const choices = await ann.autocomplete('the-gallery', 'confess', { trader }, 'trader');
      return choices.map((choice) => choice.value);
    };
    assert.equal((await offered('')).length, 4, 'the traders are offered while one types');
    assert.deepEqual(await offered('sA'), ['sarah']);
  });

  test('what members can ask for is answered', async (t) => {
    const rig = await openRig(t, { staging: { rules: { intermissionRounds: 2 } } });
    await rig.play(1);
    const ann = rig.backlot.viewer('Ann');
    const ben = rig.backlot.viewer('Ben');
    const seenByAll = (id: string): boolean =>
      ['the-tape', 'general'].some((channel) =>
        ben.readChannel(channel).some((message) => message.id === id),
      );

    await t.test('/leaderboard shows the traders to all, and the members at a click', async () => {
      const board = await ann.ask('general', 'leaderboard');
      assert.match(everyLine(board), /\*\*1\.\*\*[^]*\*\*2\.\*\*[^]*\*\*4\.\*\*/u);
      assert.ok(seenByAll(board.id), 'the board is for all');
      rig.show.audience.stake(ben.id, 'alice');
      const mine = await (await ann.press(board, buttons(board).get('Members by chips') ?? '')).message();
      assert.match(everyLine(mine), new RegExp(`\\*\\*1\\.\\*\\* <@${ben.id}> 950 chips`, 'u'));
      assert.ok(!seenByAll(mine.id), 'a click of one member changes nothing for the others');
      assert.match(everyLine(await pressInPlace(ann, mine, 'The traders')), /Leaderboard · season 1/u);
      const asked = await ann.ask('general', 'leaderboard', { board: 'traders' });
      assert.ok(seenByAll(asked.id), 'and so it is by its name');
      const chips = await ben.ask('general', 'leaderboard', { board: 'chips' });
      assert.match(everyLine(chips), /Members by chips[^]*950 chips/u);
      assert.deepEqual(chips.mentions, [], 'nobody is pinged');
    });

    await t.test(
      'a board of members is for whoever asked: in a channel it would still name who deleted their data',
      async () => {
        for (const board of ['chips', 'skill', 'calibration', 'chair', 'bluff']) {
          const asked = await ann.ask('general', 'leaderboard', { board });
          assert.ok(!seenByAll(asked.id), board);
        }
      },
    );

    await t.test('/wallet tells what moved', async () => {
      assert.match(
        everyLine(await ann.ask('the-gallery', 'wallet')),
        /You hold \*\*1,000\*\* chips\.\n-# \+1,000 welcome <t:\d+:R>/u,
      );
    });

    await t.test('/market shows prices and curves, and the regime, as the picture does', async () => {
      const card = everyLine(await ann.ask('the-gallery', 'market'));
      for (const { instrument } of rig.show.market())
        assert.match(card, new RegExp(`\\*\\*${instrument}\\*\\* \\$[\\d,.]+ [▲▼▬]\u00A0[+−]`, 'u'));
      assert.match(card, /`[▁▂▃▄▅▆▇█]{2,}`/u);
      const { name } = regimeOf(rig.show.content.market, rig.show.state.market.regime);
      assert.ok(card.includes(`Regime: **${name}**`));
      assert.match(card, /The traders are not told the regime/u);
    });

    await t.test('/floor is a private picture of now', async () => {
      const picture = await ann.ask('the-gallery', 'floor');
      assert.match(picture.attachments[0]?.description ?? '', /The office in round 1\./u);
      assert.ok(!seenByAll(picture.id));
    });

    await t.test('/help is a line for each command and little else, and leads to the rules', async () => {
      const help = await ann.ask('the-gallery', 'help');
      const lines = everyLine(help);
      for (const { schema, audience } of commands)
        assert.equal(lines.includes(`\`/${schema.name}\``), audience === 'member', schema.name);
      const [listed, others] = helpLines(help);
      for (const line of listed) assert.ok(line.length <= 100, `${line.length} characters: ${line}`);
      assert.equal(listed.length, commands.filter(({ audience }) => audience === 'member').length);
      assert.ok(others.length <= 4, `${others.length} other lines`);
      assert.ok(others.join('').length <= 330, `${others.join('').length} other characters`);
      const rules = await pressInPlace(ann, help, 'The rules');
      assert.match(everyLine(rules), /The rules of the show/u);
      const forProducer = await rig.backlot.viewer('Producer').ask('the-gallery', 'help');
      const all = everyLine(forProducer);
      for (const { schema } of commands) assert.ok(all.includes(`\`/${schema.name}\``), schema.name);
      const [allListed, allOthers] = helpLines(forProducer);
      assert.equal(allListed.length, commands.length);
      assert.equal(allOthers.length, others.length + 1);
    });

    await t.test(
      '/privacy and /delete-my-data: nobody is remembered, and every sum still holds',
      async () => {
        const { audience } = rig.show;
        assert.match(
          everyLine(await rig.backlot.viewer('Cleo').ask('the-gallery', 'privacy')),
          /Nothing is stored/u,
        );
        assert.match(everyLine(await ben.ask('the-gallery', 'privacy')), /A wallet with 950 chips/u);
        const refused = await pressInPlace(
          ben,
          await ben.ask('the-gallery', 'delete-my-data'),
          'Delete my data',
        );
        assert.match(refused.content, /stake on episode 1\. Take your reaction off/u);
        audience.unstake(ben.id, 'alice');
        const done = await pressInPlace(
          ben,
          await ben.ask('the-gallery', 'delete-my-data'),
          'Delete my data',
        );
        assert.match(done.content, /Nothing in the show names you any more; copies/u);
        assert.ok(!audience.wallets(50).some(({ member }) => member === ben.id));
        assert.equal(audience.ledgerSum(), 0);
        assert.match(
          (await ben.ask('the-gallery', 'delete-my-data')).content,
          /Nothing is stored about you/u,
        );
      },
    );
  });

  test('a member whose data are deleted vanishes from results and logs, but not while running the show', async (t) => {
    const rig = await openRig(t, { staging: { rules: { intermissionRounds: 1, episodeRounds: 1 } } });
    const { audience } = rig.show;
    const [ann, ben, producer] = ['Ann', 'Ben', 'Producer'].map((name) => rig.backlot.viewer(name));
    assert.ok(ann && ben && producer);
    for (const [index, trader] of ['alex', 'alice', 'mike', 'sarah'].entries())
      audience.stake(index % 2 === 0 ? ann.id : `${ben.id}${index}`, trader);
    for (const trader of ['alex', 'alice', 'mike', 'sarah'])
      audience.stake(`9${trader.length}${trader.charCodeAt(2)}`, trader);
    rig.show.pause(producer.id);
    assert.match(
      (await pressInPlace(producer, await producer.ask('the-gallery', 'delete-my-data'), 'Delete my data'))
        .content,
      /must not bet in it/u,
    );
    rig.show.resume(producer.id);
    await rig.play(2);
    const pool = audience.pools.resultOf('s1e1');
    assert.equal(pool?.status, 'settled');
    const winner = pool.status === 'settled' ? pool.payouts[0]?.member : undefined;
    assert.ok(winner);
    assert.ok(rig.show.forget(winner).ok);
    await rig.shown();
    const closed = ann
      .readChannel('betting-window')
      .filter((message) => /gained most/u.test(everyLine(message)));
    assert.ok(closed.length > 0);
    for (const message of closed) assert.ok(!everyLine(message).includes(winner));
    assert.match(everyLine(closed[0] ?? { content: '', embeds: [] }), /a former member/u);
    assert.ok(rig.show.forget(producer.id).ok);
    assert.equal(rig.show.dataOf(producer.id).acts, 0);
    assert.equal(audience.ledgerSum(), 0);
  });

  test('/show model offers the known models, says that it loads, and what came of it', async (t) => {
    const loading = Promise.withResolvers<void>();
    const asked: string[] = [];
    const models = {
      known: () => [
        { id: 'small', title: 'A small model' },
        { id: 'large', title: 'A large model' },
      ],
      isShared: () => false,
      change: async (name: string) => {
        asked.push(name);
        if (name === 'large') throw new Error('/models/large.gguf does not fit the memory');
        await loading.promise;
      },
    };
    const rig = await openRig(t, { setUp: false, staging: { models } });
    const producer = rig.backlot.viewer('Producer');
    const offered = await producer.autocomplete('general', 'show model', { name: 'SMA' }, 'name');
    assert.deepEqual(
      offered.map(({ value }) => value),
      ['small'],
    );
    const reply = await producer.command('general', 'show model', { name: 'small' });
    const says = async (words: RegExp): Promise<void> => {
      await producer.untilMessage('general', (message) => words.test(message.content));
    };
    await says(/Loading \*\*A small model\*\*/u);
    await producer.command('general', 'show model', { name: 'large' });
    await says(/is being loaded/u);
    loading.resolve();
    await says(/Another model thinks/u);
    assert.equal((await reply.message()).embeds.length, 1);
    await producer.command('general', 'show model', { name: 'large' });
    await says(/the one before goes on: .*does not fit the memory/u);
    assert.match(
      (await producer.ask('general', 'show model', { name: '/etc/passwd' })).content,
      /Pick one from/u,
    );
    assert.deepEqual(asked, ['small', 'large'], 'no other file of the machine is opened');
    const fixed = await openRig(t, { setUp: false });
    const answer = await fixed.backlot.viewer('Producer').ask('general', 'show model', { name: 'x' });
    assert.match(answer.content, /no model to change/u);
    const several = { ...models, isShared: () => true };
    const shared = await openRig(t, { setUp: false, staging: { models: several } });
    const refusal = await shared.backlot.viewer('Producer').ask('general', 'show model', { name: 'small' });
    assert.match(refusal.content, /Several servers share the model/u);
  });

  test('/help has room for more commands than there are, in every language', async (t) => {
    const more = Array.from({ length: 10 }, (_, nth) =>
      defineCommand({
        schema: { ...IN_GUILD, name: `more-${nth}` },
        words: () => ({ description: 'x'.repeat(80) }),
        audience: 'member',
        answers: 'private',
        run: () => ({ content: 'Here.' }),
      }),
    );
    const all = [...commands, ...more];
    const { backlot } = await openRig(t, { setUp: false, commands: all });
    const producer = backlot.viewer('Producer');
    for (const language of LANGUAGES) {
      producer.speak(language);
      const [listed] = helpLines(await producer.ask('general', 'help'));
      assert.equal(listed.length, all.length, language);
    }
  });

  test('an old button gets a polite answer, and a command that breaks gets a reference', async (t) => {
    const row: APIMessageTopLevelComponent = {
      type: ComponentType.ActionRow,
      components: [
        { type: ComponentType.Button, style: ButtonStyle.Primary, label: 'Old', custom_id: 'v0:gone:1' },
      ],
    };
    const old = defineCommand({
      schema: { ...IN_GUILD, name: 'old' },
      words: () => ({ description: 'Shows a button of another version' }),
      audience: 'member',
      answers: 'private',
      run: () => ({ content: 'Here.', components: [row] }),
    });
    const broken = defineCommand({
      schema: { ...IN_GUILD, name: 'broken' },
      words: () => ({ description: 'Breaks' }),
      audience: 'member',
      answers: 'private',
      run: () => {
        throw new Error('a mistake of the program');
      },
    });
    const rig = await openRig(t, { setUp: false, commands: [old, broken] });
    const ann = rig.backlot.viewer('Ann');
    const message = await ann.ask('general', 'old');
    assert.match((await pressInPlace(ann, message, 'Old')).content, /from an earlier time/u);
    const apology = (await ann.ask('general', 'broken')).content;
    const reference = /`(\d+)`/u.exec(apology)?.[1];
    assert.ok(!apology.includes('mistake of the program'));
    assert.ok(
      rig.logged.some(({ details }) => JSON.stringify(details).includes(reference ?? 'no reference')),
    );
  });

  test('a guild without a show is told how to get one', async (t) => {
    const backlot = await openForTest(t);
    const stage = await openTestStage(backlot);
    const { show } = theatre(t);
    await stage.attach(backlot.guildId, show);
    await stage.close();
    // The same commands, heard by a copy that holds no show for this guild.
    await openTestStage(backlot);
    const answer = await backlot.viewer('Ann').ask('general', 'help');
    assert.match(answer.content, /no show yet/u);
  });

  test('an answer that comes too late does no harm', async (t) => {
    const rig = await openRig(t);
    rig.backlot.misbehave({
      match: { method: 'POST', route: /^\/interactions\// },
      times: 1,
      status: 404,
      code: 10062,
    });
    await assert.rejects(rig.backlot.viewer('Ann').ask('the-gallery', 'help'));
    const answer = await rig.backlot.viewer('Ann').ask('the-gallery', 'leaderboard');
    assert.ok(answer.embeds.length > 0);
    assert.ok(rig.logged.some(({ message }) => message.includes('too late')));
  });
});

/** The lines of `/help` that list commands, and the others that are not empty. */
function helpLines(help: APIMessage): [listed: string[], others: string[]] {
  const lines = everyLine(help)
    .split('\n')
    .filter((line) => line !== '');
  const isListed = (line: string): boolean => line.startsWith('`/');
  return [lines.filter(isListed), lines.filter((line) => !isListed(line))];
}

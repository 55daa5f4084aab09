import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { ButtonStyle, ComponentType, type APIMessageTopLevelComponent } from 'discord.js';
import { commands } from '#commands/index.ts';
import { IN_GUILD } from '#commands/schema.ts';
import { defineCommand, type Command } from '#stage/command.ts';
import { openHouse, openForTest, openTestStage } from '#test/stage/house.ts';
import { theatre } from '#test/support/theatre.ts';

const everyLine = (message: {
  content: string;
  embeds: readonly { title?: string; description?: string; fields?: readonly { value: string }[] }[];
}): string =>
  [
    message.content,
    ...message.embeds.flatMap((embed) => [
      embed.title,
      embed.description,
      ...(embed.fields ?? []).map((field) => field.value),
    ]),
  ].join('\n');

// Each has a house of its own and mostly waits for sockets, so they run side by side.
suite('slash commands', { concurrency: 8 }, () => {
  test('every file of commands/ is listed in index.ts', () => {
    const folder = path.resolve(import.meta.dirname, '../../commands');
    const index = readFileSync(path.join(folder, 'index.ts'), 'utf8');
    const files = readdirSync(folder).filter((file) => !['index.ts', 'schema.ts'].includes(file));
    for (const file of files) assert.ok(index.includes(`'./${file}'`), `${file} is not listed`);
    assert.equal(files.length, commands.length);
  });

  test('members are offered the commands, and producers their own beside them', async (t) => {
    const { backlot } = await openHouse(t, { setUp: false });
    const offered = (name: string): string[] =>
      backlot
        .viewer(name)
        .commands()
        .map((command) => command.name)
        .sort();
    assert.deepEqual(offered('Ann'), ['confess', 'help', 'leaderboard', 'wallet']);
    assert.deepEqual(offered('Producer'), [
      'chaos',
      'confess',
      'help',
      'leaderboard',
      'setup',
      'show',
      'wallet',
    ]);
  });

  test('commands are deployed once, and again when a guild has lost them', async (t) => {
    const house = await openHouse(t, { setUp: false });
    let puts = 0;
    house.backlot.onRequest(({ method, route }) => {
      if (method === 'PUT' && route?.endsWith('/commands') === true) puts++;
    });
    await house.reopen();
    assert.equal(puts, 0);
    const elsewhere = await openForTest(t);
    await house.stage.close();
    const stage = await openTestStage(elsewhere);
    await stage.attach(elsewhere.guildId, house.show);
    assert.ok(elsewhere.viewer('Ann').commands().length > 0);
  });

  test('/setup builds the stage and says what it did', async (t) => {
    const { backlot } = await openHouse(t, { setUp: false });
    const answer = await backlot.viewer('Producer').ask('general', 'setup');
    assert.match(answer.content, /^The stage stands: \d+ things built, 0 already there\./u);
    assert.match(answer.content, /🔨 #the-tape/u);
    assert.match(answer.content, /`\/show start`/u);
    assert.ok(answer.content.length <= 2_000);
  });

  test('a member cannot run producer commands, whatever the server lets through', async (t) => {
    // As when an admin opened them to everybody in the server's settings.
    const opened: Command[] = commands.map((command) => {
      const { default_member_permissions: _, ...schema } = command.schema;
      return { ...command, schema };
    });
    const house = await openHouse(t, { commands: opened });
    const ann = house.backlot.viewer('Ann');
    for (const line of ['chaos', 'show stop', 'setup']) {
      assert.match((await ann.ask('the-tape', line)).content, /Only producers/u, line);
    }
    assert.equal(house.show.status().mode, 'running');
    for (const command of commands.filter((it) => it.audience === 'producer')) {
      assert.notEqual(
        command.schema.default_member_permissions,
        undefined,
        `/${command.schema.name} is offered to everybody`,
      );
    }
  });

  test('/show starts, pauses, resumes, stops, and refuses with the cure', async (t) => {
    const { backlot, show } = await openHouse(t, { staging: { started: false } });
    const producer = backlot.viewer('Producer');
    const ask = async (line: string, options = {}): Promise<string> =>
      (await producer.ask('green-room', line, options)).content;
    assert.match(await ask('show pause'), /not running.*`\/show start`/u);
    assert.match(await ask('show start'), /running/u);
    assert.equal(show.status().mode, 'running');
    assert.match(await ask('show start'), /already/u);
    assert.match(await ask('show pause'), /`\/show resume`/u);
    assert.match(await ask('show resume'), /goes on/u);
    assert.match(await ask('show pace', { seconds: '20' }), /every 20 s/u);
    assert.equal(show.status().paceMs, 20_000);
    assert.match(
      everyLine(await producer.ask('green-room', 'show status')),
      /\*\*running\*\* · season 1, episode 0, intermission 0\/\d+ \(round 0\)[^]*Thinking: /u,
    );
    assert.match(await ask('show stop'), /stopped/u);
  });

  test('/chaos breaks the news on the tape, in clean words, and then cools down', async (t) => {
    const house = await openHouse(t, { staging: { rules: { intermissionRounds: 1 } } });
    await house.play(2);
    const producer = house.backlot.viewer('Producer');
    const answer = await producer.ask('green-room', 'chaos', {
      headline: '# @everyone the **bank** has\u202e lost its [keys](x)',
    });
    assert.match(answer.content, /^⚡ It is out: /u);
    const news = await house.backlot
      .viewer('Ann')
      .untilMessage('the-tape', (message) => message.embeds[0]?.title === '⚡ Chaos');
    const text = news.embeds[0]?.description ?? '';
    assert.ok(text.includes('\\# ＠everyone the \\*\\*bank\\*\\* has lost its \\[keys\\]\\(x\\)'), text);
    assert.equal(news.mention_everyone, false);
    const again = await producer.ask('green-room', 'chaos');
    assert.match(again.content, /still hot: it works again in \d+ rounds?/u);
  });

  test('/confess tells the thought to who asked and to nobody else, and earlier ones at a click', async (t) => {
    const house = await openHouse(t);
    const ann = house.backlot.viewer('Ann');
    const early = await ann.ask('the-tape', 'confess', { trader: 'sarah' });
    assert.match(early.content, /has not had a turn yet/u);
    await house.play(3);
    const turn = house.show.confess('sarah', null);
    assert.ok(turn.ok);
    const told = await ann.ask('the-tape', 'confess', { trader: 'sarah' });
    assert.match(told.embeds[0]?.title ?? '', /🐻 Sarah, round 3/u);
    assert.equal(told.embeds[0]?.description?.replaceAll('\\', ''), `*${turn.value.decision.thought}*`);
    assert.ok(
      !house.backlot
        .viewer('Ben')
        .readChannel('the-tape')
        .some((message) => message.id === told.id),
    );
    const earlier = await (await ann.press(told, 'v1:earlier-thought:sarah/3')).message();
    assert.match(earlier.embeds[0]?.title ?? '', /Sarah, round 2/u);
    const unknown = await ann.ask('the-tape', 'confess', { trader: 'nobody' });
    assert.match(unknown.content, /No trader has that name/u);
  });

  test('/confess offers the traders while one types', async (t) => {
    const { backlot } = await openHouse(t);
    const ann = backlot.viewer('Ann');
    const all = await ann.autocomplete('the-tape', 'confess', { trader: '' }, 'trader');
    assert.equal(all.length, 4);
    assert.deepEqual(
      (await ann.autocomplete('the-tape', 'confess', { trader: 'sA' }, 'trader')).map(
        (choice) => choice.value,
      ),
      ['sarah'],
    );
  });

  test('/leaderboard, /wallet and /help answer', async (t) => {
    const house = await openHouse(t);
    await house.play(2);
    const ann = house.backlot.viewer('Ann');
    const board = await ann.ask('the-tape', 'leaderboard');
    assert.match(everyLine(board), /\*\*1\.\*\*[^]*\*\*2\.\*\*[^]*\*\*4\.\*\*/u);
    assert.ok(
      house.backlot
        .viewer('Ben')
        .readChannel('the-tape')
        .some((message) => message.id === board.id),
      'the board is for all',
    );
    assert.match(
      everyLine(await ann.ask('the-tape', 'wallet')),
      /You hold \*\*1,000\*\* chips\.\n-# \+1,000 welcome <t:\d+:R>/u,
    );
    const help = everyLine(await ann.ask('the-tape', 'help'));
    for (const name of ['confess', 'leaderboard', 'wallet']) assert.ok(help.includes(`\`/${name}\``), name);
    assert.ok(!help.includes('`/chaos`'), 'members are not shown what they cannot use');
  });

  test('a button from an earlier time gets a polite answer, and a command that breaks a reference', async (t) => {
    const row: APIMessageTopLevelComponent = {
      type: ComponentType.ActionRow,
      components: [
        { type: ComponentType.Button, style: ButtonStyle.Primary, label: 'Old', custom_id: 'v0:gone:1' },
      ],
    };
    const old = defineCommand({
      schema: { ...IN_GUILD, name: 'old', description: 'Shows a button of another version' },
      audience: 'member',
      answers: 'private',
      run: () => ({ content: 'Here.', components: [row] }),
    });
    const broken = defineCommand({
      schema: { ...IN_GUILD, name: 'broken', description: 'Breaks' },
      audience: 'member',
      answers: 'private',
      run: () => {
        throw new Error('a mistake of the program');
      },
    });
    const house = await openHouse(t, { setUp: false, commands: [old, broken] });
    const ann = house.backlot.viewer('Ann');
    const message = await ann.ask('general', 'old');
    assert.match((await (await ann.press(message, 'v0:gone:1')).message()).content, /from an earlier time/u);
    const apology = (await ann.ask('general', 'broken')).content;
    const reference = /`(\d+)`/u.exec(apology)?.[1];
    assert.ok(!apology.includes('mistake of the program'));
    assert.ok(
      house.logged.some(({ details }) => JSON.stringify(details).includes(reference ?? 'no reference')),
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

  test('an answer that comes too late is no disaster', async (t) => {
    const house = await openHouse(t);
    house.backlot.misbehave({
      match: { method: 'POST', route: /^\/interactions\// },
      times: 1,
      status: 404,
      code: 10062,
    });
    await assert.rejects(house.backlot.viewer('Ann').ask('the-tape', 'help'));
    const answer = await house.backlot.viewer('Ann').ask('the-tape', 'leaderboard');
    assert.ok(answer.embeds.length > 0);
    assert.ok(house.logged.some(({ message }) => message.includes('too late')));
  });
});

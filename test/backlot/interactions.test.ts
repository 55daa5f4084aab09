import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  Events,
  MessageFlags,
  ModalBuilder,
  PermissionFlagsBits,
  SlashCommandBuilder,
  TextInputBuilder,
  TextInputStyle,
  type Interaction,
} from 'discord.js';
import type { Backlot } from '#backlot/backlot.ts';
import { atTheEnd, login, newClient, openForTest } from './stage.ts';

const COMMANDS = [
  new SlashCommandBuilder()
    .setName('confess')
    .setDescription('A private thought')
    .addStringOption((option) =>
      option.setName('trader').setDescription('Whose').setRequired(true).setAutocomplete(true),
    )
    .addIntegerOption((option) =>
      option.setName('round').setDescription('Which').setMinValue(1).setMaxValue(99),
    )
    .addIntegerOption((option) => option.setName('page').setDescription('Of the thought').setMinValue(1)),
  new SlashCommandBuilder()
    .setName('show')
    .setDescription('Runs the show')
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .addSubcommand((sub) => sub.setName('start').setDescription('Opens the market'))
    .addSubcommand((sub) =>
      sub
        .setName('pace')
        .setDescription('How fast')
        .addStringOption((option) =>
          option
            .setName('speed')
            .setDescription('Speed')
            .setRequired(true)
            .addChoices({ name: 'Slow', value: 's' }),
        ),
    ),
  new SlashCommandBuilder()
    .setName('whisper')
    .setDescription('To a member')
    .addUserOption((option) => option.setName('to').setDescription('Whom').setRequired(true))
    .addChannelOption((option) => option.setName('where').setDescription('Where')),
];

/** A bot with these commands, whose interactions go to `handle`; what goes wrong in there fails the test. */
async function openShow(
  t: TestContext,
  handle: (interaction: Interaction) => Promise<unknown>,
  options: Parameters<typeof openForTest>[1] = {},
): Promise<Backlot> {
  const backlot = await openForTest(t, options);
  const client = newClient(backlot);
  const guild = await login(client, backlot);
  await guild.commands.set(COMMANDS);
  const failures: unknown[] = [];
  client.on(Events.InteractionCreate, (interaction) => {
    handle(interaction).catch((error: unknown) => failures.push(error));
  });
  atTheEnd(t, () => assert.deepEqual(failures, []));
  return backlot;
}

test('a private answer that was deferred reaches its addressee and nobody else', async (t) => {
  const backlot = await openShow(t, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const trader = interaction.options.getString('trader', true);
    await interaction.editReply(`${trader} thought: sell. Round ${interaction.options.getInteger('round')}`);
    await interaction.followUp({ content: 'And said: buy.', flags: MessageFlags.Ephemeral });
  });
  const ann = backlot.viewer('Ann');

  const reply = await ann.command('general', 'confess', { trader: 'Alex', round: '3' });
  assert.deepEqual(reply.first, { type: 'deferred', ephemeral: true });
  const answer = await reply.message();
  assert.equal(answer.content, 'Alex thought: sell. Round 3');
  await ann.untilMessage('general', ({ content }) => content === 'And said: buy.');
  assert.deepEqual(backlot.viewer('Ben').readChannel('general'), []);

  ann.dismiss(answer.id);
  assert.equal(ann.readChannel('general').length, 1);
});

test('what is typed for a command is checked, and only those who may use a command are offered it', async (t) => {
  const backlot = await openShow(t, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    if (interaction.commandName === 'whisper') {
      const to = interaction.options.getMember('to');
      const where = interaction.options.getChannel('where');
      await interaction.reply(
        `to ${to !== null && 'displayName' in to ? to.displayName : ''} in ${where?.name}`,
      );
      return;
    }
    const subcommand = interaction.options.getSubcommand();
    const speed = subcommand === 'pace' ? interaction.options.getString('speed') : '';
    const response = await interaction.reply({ content: `${subcommand}${speed}`, withResponse: true });
    assert.equal(response.resource?.message?.content, `${subcommand}${speed}`);
  });
  const [producer, ann] = [backlot.viewer('Producer'), backlot.viewer('Ann')];

  assert.deepEqual(
    producer.commands().map(({ name }) => name),
    ['confess', 'show', 'whisper'],
  );
  assert.deepEqual(
    ann.commands().map(({ name }) => name),
    ['confess', 'whisper'],
  );
  assert.equal((await producer.ask('general', 'show start')).content, 'start');
  assert.equal((await producer.ask('general', '/show pace', { speed: 'Slow' })).content, 'paces');
  assert.equal(
    (await ann.ask('general', 'whisper', { to: '@Ben', where: '#general' })).content,
    'to Ben in general',
  );

  const refused = (line: string, options: Record<string, string>, reason: RegExp): void => {
    assert.throws(() => void ann.command('general', line, options), reason);
  };
  refused('show start', {}, /no command \/show that you may use/);
  refused('confess', {}, /"trader" is required/);
  refused('confess', { trader: 'Alex', round: '100' }, /between 1 and 99/);
  refused('confess', { trader: 'Alex', page: '0' }, /at least 1\./);
  refused('confess', { trader: 'Alex', round: 'one' }, /whole number/);
  refused('whisper', { to: 'Zoe' }, /nobody here is called "Zoe"/);
  assert.throws(() => void producer.command('general', 'show', {}), /needs one of: start, pace/);
  assert.throws(() => void producer.command('general', 'show pace', { speed: 'warp' }), /one of: Slow/);
});

test('the bot proposes values for an option that is being typed', async (t) => {
  const backlot = await openShow(t, async (interaction) => {
    if (!interaction.isAutocomplete()) return;
    const typed = interaction.options.getFocused().toLowerCase();
    const traders = ['Alex', 'Alice', 'Mike'].filter((name) => name.toLowerCase().startsWith(typed));
    await interaction.respond(traders.map((name) => ({ name, value: name })));
  });
  const choices = await backlot.viewer('Ann').autocomplete('general', 'confess', { trader: 'al' }, 'trader');
  assert.deepEqual(
    choices.map(({ name }) => name),
    ['Alex', 'Alice'],
  );
});

test('a button is pressed and its message changes in place; a form comes back filled in', async (t) => {
  const row = new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId('v1:panic').setLabel('Panic').setStyle(ButtonStyle.Danger),
    new ButtonBuilder().setCustomId('v1:later').setLabel('Later').setStyle(ButtonStyle.Secondary),
    new ButtonBuilder().setCustomId('v1:form').setLabel('Headline').setStyle(ButtonStyle.Primary),
  );
  const form = new ModalBuilder()
    .setCustomId('headline')
    .setTitle('A headline')
    .addComponents(
      new ActionRowBuilder<TextInputBuilder>().addComponents(
        new TextInputBuilder().setCustomId('text').setLabel('Text').setStyle(TextInputStyle.Short),
      ),
    );
  const backlot = await openShow(t, async (interaction) => {
    if (interaction.isModalSubmit()) {
      await interaction.reply(`BREAKING: ${interaction.fields.getTextInputValue('text')}`);
    } else if (interaction.isButton() && interaction.customId === 'v1:panic') {
      await interaction.update({ content: `${interaction.user.displayName} panics`, components: [row] });
    } else if (interaction.isButton() && interaction.customId === 'v1:later') {
      await interaction.deferUpdate();
      await interaction.editReply('calm again');
    } else if (interaction.isButton()) {
      await interaction.showModal(form);
    } else if (interaction.isChatInputCommand()) {
      await interaction.reply({ content: 'The button', components: [row] });
    }
  });
  const ann = backlot.viewer('Ann');
  const message = await ann.ask('general', 'confess', { trader: 'Alex' });

  assert.equal((await (await ann.press(message, 'v1:panic')).message()).content, 'Ann panics');
  const later = await ann.press(message, 'v1:later');
  assert.equal(later.first.type, 'deferredUpdate');
  await ann.untilMessage('general', ({ id, content }) => id === message.id && content === 'calm again');
  const opened = await ann.press(message, 'v1:form');
  const breaking = await (await opened.submit({ text: 'Bonds are cool' })).message();
  assert.equal(breaking.content, 'BREAKING: Bonds are cool');
  assert.throws(() => void ann.press(message, 'v1:none'), /no such button/);
});

test('an interaction is answered once, and in time', async (t) => {
  const errors: (number | string)[] = [];
  const codeOf = (error: unknown): void => {
    errors.push(error instanceof Error && 'code' in error ? Number(error.code) : String(error));
  };
  let second: (() => Promise<unknown>) | undefined;
  const backlot = await openShow(
    t,
    async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const trader = interaction.options.getString('trader');
      if (trader === 'late') {
        second = () => interaction.reply('too late').catch(codeOf);
        return;
      }
      // A second copy of the bot would answer over the same route, knowing nothing of the first one's answer.
      await interaction.reply('first');
      const path = `/interactions/${interaction.id}/${interaction.token}/callback` as const;
      await interaction.client.rest
        .post(path, { body: { type: 4, data: { content: 'again' } }, auth: false })
        .catch(codeOf);
    },
    { firstAnswerMs: 150 },
  );
  const ann = backlot.viewer('Ann');

  await ann.ask('general', 'confess', { trader: 'Alex' });
  await assert.rejects(ann.command('general', 'confess', { trader: 'late' }), /did not respond/);
  await second?.();
  assert.deepEqual(errors, [40060, 10062]);
});

test('commands are registered, replaced, edited and removed, for the guild and for all guilds', async (t) => {
  const backlot = await openForTest(t);
  const client = newClient(backlot);
  const guild = await login(client, backlot);
  const [confess] = COMMANDS;
  assert.ok(confess);

  const first = await guild.commands.create(confess);
  const again = await guild.commands.create(confess);
  assert.equal(again.id, first.id);
  await guild.commands.edit(first.id, { description: 'What they really think' });
  assert.equal((await guild.commands.fetch(first.id)).description, 'What they really think');
  await client.application?.commands.set(COMMANDS);
  assert.equal((await client.application?.commands.fetch())?.size, 3);
  assert.equal(backlot.viewer('Producer').commands().length, 3);
  await guild.commands.delete(first.id);
  assert.equal((await guild.commands.fetch()).size, 0);
  await assert.rejects(guild.commands.create({ name: 'Bad Name', description: '' }), { code: 50035 });
});

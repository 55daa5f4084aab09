/** As on Discord, members who may not write in a channel cannot use commands there; buttons and reactions work. */
import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  Events,
  MessageFlags,
  PermissionFlagsBits as P,
  type Message,
  type TextChannel,
} from 'discord.js';
import type { Browser } from 'playwright-core';
import type { Backlot, BacklotOptions } from '#backlot/backlot.ts';
import { DiscordError } from '#backlot/discord-error.ts';
import { ALL_PERMISSIONS } from '#backlot/guild/permissions.ts';
import { launchBrowser, openWindow } from '#test/support/browser.ts';
import { login, newClient, openForTest } from './stage.ts';

let browser: Browser;

before(async () => {
  browser = await launchBrowser();
});

after(() => browser?.close());

interface Show {
  backlot: Backlot;
  board: TextChannel;
  /** In the board, with a button that is answered in private. */
  post: Message;
}

/** A guild with a board in which members only read, and a bot that has one command and one button. */
async function openShow(t: TestContext, options: Partial<BacklotOptions> = {}): Promise<Show> {
  const backlot = await openForTest(t, options);
  const client = newClient(backlot);
  const guild = await login(client, backlot);
  await guild.commands.set([{ name: 'wallet', description: 'What you own' }]);
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isRepliable())
      void interaction.reply({ content: 'You own 100 chips.', flags: MessageFlags.Ephemeral });
  });
  const board = await guild.channels.create({
    name: 'board',
    permissionOverwrites: [
      { id: guild.id, deny: P.SendMessages },
      { id: backlot.applicationId, allow: P.SendMessages },
    ],
  });
  const button = new ButtonBuilder({ customId: 'wallet', label: 'Wallet', style: ButtonStyle.Primary });
  const post = await board.send({
    content: 'The board',
    components: [new ActionRowBuilder<ButtonBuilder>().addComponents(button)],
  });
  return { backlot, board, post };
}

test('a member who may only read in a channel can press its buttons, and uses commands elsewhere', async (t) => {
  const { backlot, post } = await openShow(t);
  const ann = backlot.viewer('Ann');
  const place = { id: post.id, channel_id: post.channelId };
  await assert.rejects(async () => ann.command('board', 'wallet'), {
    name: 'ViewerRefusal',
    message: 'You may not write in #board, so you cannot use commands there. Its buttons work.',
    cause: new DiscordError(403, 50013, 'Missing Permissions'),
  });
  await assert.rejects(async () => ann.autocomplete('board', 'wallet', {}, 'x'), /cannot use commands there/);
  const pressed = await ann.press(place, 'wallet');
  assert.equal((await pressed.message()).content, 'You own 100 chips.');
  ann.react(place, '🐻');
  assert.equal((await ann.ask('general', 'wallet')).content, 'You own 100 chips.');
});

test('the owner and administrators use commands also where nobody else may write', async (t) => {
  const { backlot, board } = await openShow(t, { botPermissions: ALL_PERMISSIONS });
  const owns = async (name: string): Promise<string> =>
    (await backlot.viewer(name).ask('board', 'wallet')).content;
  assert.equal(await owns('Producer'), 'You own 100 chips.');
  const { guild } = board;
  const admins = await guild.roles.create({ name: 'Admins', permissions: P.Administrator });
  await guild.members.addRole({ user: backlot.viewer('Ben').id, role: admins });
  assert.equal(await owns('Ben'), 'You own 100 chips.');
  await assert.rejects(owns('Ann'), /You may not write in #board/);
});

test('a member who may write nowhere is offered no commands', async (t) => {
  const { backlot, board } = await openShow(t);
  const ann = backlot.viewer('Ann');
  assert.deepEqual(
    ann.commands().map(({ name }) => name),
    ['wallet'],
  );
  backlot.viewer('Producer').setOverwrite('general', board.guildId, { deny: P.SendMessages });
  assert.deepEqual(ann.commands(), []);
});

test('where a member may not write, the page closes the box and names the channels where it is open', async (t) => {
  const { backlot, board } = await openShow(t);
  const parent = await board.guild.channels.create({ name: 'Show', type: ChannelType.GuildCategory });
  await board.setParent(parent, { lockPermissions: false });
  await board.guild.channels.create({ name: 'gallery', parent });
  const { page, complaints } = await openWindow(t, browser, backlot);
  await page.getByTestId('persona-switch').selectOption({ label: 'Ann' });
  await page.locator('[data-channel="board"]').click();
  const composer = page.getByTestId('composer');
  const said = page.getByPlaceholder('No writing here; the buttons work');
  await said.waitFor();
  assert.equal(await composer.isDisabled(), true);
  assert.match(
    await page.locator('.elsewhere').innerText(),
    /^You can write and use commands in #gallery, #general\.$/,
  );
  await page.getByRole('button', { name: 'Wallet' }).click();
  await page.getByText('You own 100 chips.').waitFor();

  backlot.viewer('Producer').setOverwrite('board', board.guildId, { allow: P.SendMessages });
  await page.getByPlaceholder('Message #board, or / for commands').waitFor();
  assert.equal(await composer.isDisabled(), false);
  backlot.viewer('Producer').setOverwrite('board', board.guildId, { deny: P.SendMessages });
  await said.waitFor();

  await page.evaluate(() => (location.hash = '#/'));
  await page.getByPlaceholder('Message #general, or / for commands').waitFor();
  assert.deepEqual(await page.locator('select.target option').allTextContents(), ['# general', '# gallery']);
  assert.deepEqual(complaints, []);
});

/** The box to write in, in a real browser: what it offers, what it calls back, and what it says where it is closed. */
import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { ApplicationCommandOptionType, Events, PermissionFlagsBits as P, type Guild } from 'discord.js';
import type { Browser } from 'playwright-core';
import type { Backlot } from '#backlot/backlot.ts';
import { launchBrowser, openWindow, type Window } from '#test/support/browser.ts';
import { login, newClient, openForTest } from './stage.ts';

const TRADERS = ['Alice', 'Alex', 'Mike'];

let browser: Browser;

before(async () => {
  browser = await launchBrowser();
});

after(() => browser?.close());

/** A guild whose bot has one command, `/confess trader`, and offers traders by what is typed; it repeats what it gets. */
async function openShow(t: TestContext): Promise<{ backlot: Backlot; guild: Guild }> {
  const backlot = await openForTest(t);
  const client = newClient(backlot);
  const guild = await login(client, backlot);
  await guild.commands.set([
    {
      name: 'confess',
      description: "Read a trader's thoughts",
      options: [
        {
          type: ApplicationCommandOptionType.String,
          name: 'trader',
          description: 'Whose thoughts',
          required: true,
          autocomplete: true,
        },
      ],
    },
  ]);
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isAutocomplete()) {
      const typed = interaction.options.getFocused().toLowerCase();
      const found = TRADERS.filter((name) => name.toLowerCase().startsWith(typed));
      void interaction.respond(found.map((name) => ({ name, value: name.toLowerCase() })));
    } else if (interaction.isChatInputCommand()) {
      void interaction.reply(`${interaction.options.getString('trader', true)} confesses`);
    }
  });
  return { backlot, guild };
}

/** The show with a board in which members only read, and Ann at #general. */
async function openBoard(t: TestContext): Promise<Window & { backlot: Backlot }> {
  const { backlot, guild } = await openShow(t);
  await guild.channels.create({
    name: 'board',
    permissionOverwrites: [
      { id: guild.id, deny: P.SendMessages },
      { id: backlot.applicationId, allow: P.SendMessages },
    ],
  });
  const window = await openWindow(t, browser, backlot);
  await window.page.getByTestId('persona-switch').selectOption({ label: 'Ann' });
  await window.page.locator('.persona strong', { hasText: 'Ann' }).waitFor();
  await window.page.locator('[data-channel="general"]').click();
  return { ...window, backlot };
}

test('the bot offers choices while an option is typed, and the chosen one is sent by its value', async (t) => {
  const { backlot } = await openShow(t);
  const { page, complaints } = await openWindow(t, browser, backlot);
  await page.locator('[data-channel="general"]').click();
  const composer = page.getByTestId('composer');
  await composer.pressSequentially('/confess trader:al');
  const offered = page.getByRole('option');
  await offered.filter({ hasText: 'Alex' }).waitFor();
  assert.deepEqual(await offered.locator('b').allTextContents(), ['Alice', 'Alex']);
  await composer.press('ArrowDown');
  await composer.press('Enter');
  assert.equal(await composer.inputValue(), '/confess trader:Alex ');
  await composer.press('Enter');
  await page.getByText('alex confesses').waitFor();
  assert.deepEqual(complaints, []);
});

test('the arrow up calls back what was sent before, the newest first, but not over what is being typed', async (t) => {
  const { backlot } = await openShow(t);
  const { page, complaints } = await openWindow(t, browser, backlot);
  await page.locator('[data-channel="general"]').click();
  const composer = page.getByTestId('composer');
  for (const text of ['buy', 'sell']) {
    await composer.fill(text);
    await composer.press('Enter');
    await page.locator('discord-message', { hasText: text }).waitFor();
  }
  const seen: string[] = [];
  for (let presses = 0; presses < 3; presses++) {
    await composer.press('ArrowUp');
    seen.push(await composer.inputValue());
  }
  assert.deepEqual(seen, ['sell', 'buy', 'buy']);
  await composer.fill('hold');
  await composer.press('ArrowUp');
  assert.equal(await composer.inputValue(), 'hold');
  assert.deepEqual(complaints, []);
});

test('the page says why something was refused until the viewer does something else or goes elsewhere', async (t) => {
  const { backlot, page, complaints } = await openBoard(t);
  const composer = page.getByTestId('composer');
  const refusal = page.getByRole('alert').filter({ hasText: '/confess needs trader' });
  const beRefused = async (): Promise<void> => {
    await composer.fill('/confess');
    await composer.press('Escape');
    await page.getByRole('button', { name: 'Send' }).click();
    await refusal.waitFor();
  };

  const producer = backlot.viewer('Producer');
  producer.react(producer.say('general', 'Bears, anybody?'), '🐻');
  await beRefused();
  await page.locator('[data-emoji="🐻"]').click();
  await refusal.waitFor({ state: 'detached' });

  await beRefused();
  await page.locator('[data-channel="board"]').click();
  await page.getByText('You can write and use commands in #general.').waitFor();
  assert.equal(await refusal.count(), 0);
  assert.deepEqual(complaints, []);
});

test('in a channel where commands cannot be used no completion is offered, and what was typed is kept', async (t) => {
  const { page, complaints } = await openBoard(t);
  const composer = page.getByTestId('composer');
  await composer.fill('/con');
  const list = page.getByRole('listbox');
  await list.waitFor();
  await page.locator('[data-channel="board"]').click();
  await page.getByText('You can write and use commands in #general.').waitFor();
  assert.equal(await list.count(), 0);
  assert.equal(await composer.isDisabled(), true);
  await page.getByRole('link', { name: '#general' }).click();
  await list.waitFor();
  assert.equal(await composer.inputValue(), '/con');
  assert.deepEqual(complaints, []);
});

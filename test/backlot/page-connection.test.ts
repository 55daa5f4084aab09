/** The page when the backlot goes away, in a real browser. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBacklot } from '#backlot/backlot.ts';
import { ActionRowBuilder, ButtonBuilder, ButtonStyle, Events } from 'discord.js';
import { localeOf } from '#backlot/guild/locale.ts';
import { launchBrowser, openWindow } from '#test/support/browser.ts';
import { login, newClient, openForTest } from './stage.ts';

let browser: Browser;

before(async () => {
  browser = await launchBrowser();
});

after(() => browser?.close());

test('whoever acts on the page speaks the language of the browser, as far as Discord does', async (t) => {
  const backlot = await openForTest(t);
  const client = newClient(backlot);
  const guild = await login(client, backlot);
  const room = await guild.channels.create({ name: 'coffee-shop' });
  const press = new ButtonBuilder().setCustomId('press').setLabel('Press').setStyle(ButtonStyle.Primary);
  await room.send({ components: [new ActionRowBuilder<ButtonBuilder>().addComponents(press)] });
  const spoken = new Promise<string>((resolve, reject) => {
    client.once(Events.InteractionCreate, (interaction) => {
      if (!interaction.isButton()) return;
      interaction.deferUpdate().then(() => resolve(interaction.locale), reject);
    });
  });
  const { page } = await openWindow(t, browser, backlot, undefined, 'de-DE');
  await page.locator('[data-channel="coffee-shop"]').click();
  await page.getByRole('button', { name: 'Press' }).click();
  assert.equal(await spoken, 'de');
  assert.deepEqual(['en-GB', 'en-AU', 'pt', 'sv', 'tlh', ''].map(localeOf), [
    'en-GB',
    'en-US',
    'pt-BR',
    'sv-SE',
    undefined,
    undefined,
  ]);
});

test('when the backlot goes away the page says so, and it goes on when the backlot is back', async (t) => {
  const options = { guildName: 'The Pit', botName: 'Outcry', members: ['Producer', 'Ann'] };
  const first = await openBacklot(options);
  t.after(() => first.close());
  const { page } = await openWindow(t, browser, first);
  await page.getByTestId('persona-switch').selectOption({ label: 'Ann' });
  await page.locator('.persona strong', { hasText: 'Ann' }).waitFor();
  await first.close();
  await page.getByRole('status').filter({ hasText: 'The backlot went away.' }).waitFor();
  await page.getByTestId('composer').fill('anybody?');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'went away before it answered' }).waitFor();
  assert.equal(await page.getByTestId('composer').inputValue(), 'anybody?');

  // A fresh guild knows nobody by the old ids: the page then lets the server choose the member.
  const second = await openBacklot({ ...options, port: Number(new URL(first.url).port) });
  t.after(() => second.close());
  await page.getByRole('status').filter({ hasText: 'went away' }).waitFor({ state: 'detached' });
  await page.locator('.persona strong', { hasText: 'Producer' }).waitFor();
  await page.getByTestId('composer').press('Enter');
  await second.viewer('Producer').untilMessage('general', (message) => message.content === 'anybody?');
});

test('the page acts as the same member when the backlot comes back after a long time', async (t) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'backlot-'));
  const dataFile = path.join(folder, 'guild.json');
  const options = { guildName: 'The Pit', botName: 'Outcry', members: ['Producer', 'Ann'], dataFile };
  const first = await openBacklot(options);
  const { page } = await openWindow(t, browser, first);
  await page.getByTestId('persona-switch').selectOption({ label: 'Ann' });
  await page.locator('.persona strong', { hasText: 'Ann' }).waitFor();
  await first.close();
  // Long enough for several attempts in vain.
  await sleep(3_500);
  const second = await openBacklot({ ...options, port: Number(new URL(first.url).port) });
  t.after(async () => {
    await second.close();
    rmSync(folder, { recursive: true });
  });
  await page.getByRole('status').filter({ hasText: 'went away' }).waitFor({ state: 'detached' });
  await page.locator('.persona strong', { hasText: 'Ann' }).waitFor();
});

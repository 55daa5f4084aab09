/** The page in a real browser, against a real backlot with a real discord.js bot in it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, test, type TestContext } from 'node:test';
import {
  ActionRowBuilder,
  ApplicationCommandOptionType,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  EmbedBuilder,
  Events,
  MessageFlags,
  type Client,
  type Guild,
  type TextChannel,
} from 'discord.js';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Backlot } from '#backlot/backlot.ts';
import { launchBrowser, openWindow } from '#test/support/browser.ts';
import { login, newClient, openForTest, PIXEL } from './stage.ts';

const PATIENCE_MS = 10_000;

let browser: Browser;

before(async () => {
  browser = await launchBrowser();
});

after(() => browser?.close());

interface Show {
  backlot: Backlot;
  client: Client;
  guild: Guild;
  room: TextChannel;
}

/** A guild with one room and a bot that has one command, `/confess trader`, answered in private after a while. */
async function openShow(t: TestContext): Promise<Show> {
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
          choices: [
            { name: 'Alice', value: 'alice' },
            { name: 'Mike', value: 'mike' },
          ],
        },
      ],
    },
    { name: 'help', description: 'What everything means' },
  ]);
  client.on(Events.InteractionCreate, (interaction) => {
    if (!interaction.isChatInputCommand() || interaction.commandName !== 'confess') return;
    const trader = interaction.options.getString('trader', true);
    const answer = async (): Promise<void> => {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await sleep(150);
      await interaction.editReply(`${trader} thinks: *nobody must know*`);
    };
    answer().catch((error: unknown) =>
      client.emit(Events.Error, error instanceof Error ? error : new Error(String(error))),
    );
  });
  const room = await guild.channels.create({ name: 'coffee-shop', type: ChannelType.GuildText });
  return { backlot, client, guild, room };
}

const line = (page: Page, text: string): Locator => page.locator('discord-message', { hasText: text });

async function typeCommand(page: Page, text: string): Promise<void> {
  const composer = page.getByTestId('composer');
  await composer.click();
  await composer.pressSequentially(text);
}

test('a newcomer reads a line, bets with a reaction and asks for a confession that nobody else sees', async (t) => {
  const { backlot, client, room } = await openShow(t);
  const alice = await room.createWebhook({ name: 'Alice', avatar: PIXEL });
  await alice.send('Volatility is **clustering** again.');
  const pool = await room.send('Who leads at the bell?');
  await pool.react('🧊');

  const { page, complaints } = await openWindow(t, browser, backlot);
  await page.locator('[data-channel="coffee-shop"]').click();

  await t.test('the line stands under its portrait', async () => {
    const spoken = line(page, 'Volatility is clustering again.');
    await spoken.waitFor();
    assert.equal(await spoken.locator('strong').textContent(), 'clustering');
    const portrait = spoken.locator('.discord-author-avatar img');
    assert.match((await portrait.getAttribute('src')) ?? '', /^\/cdn\/avatars\//);
    await portrait.evaluate((image: HTMLImageElement) => image.decode());
  });

  await t.test('the click reaches the bot, and a second one takes it back', async () => {
    const reaction = page.locator(`[data-message-id="${pool.id}"] [data-emoji="🧊"]`);
    const added = once(client, Events.MessageReactionAdd);
    await reaction.click();
    const [seen, by] = await added;
    assert.equal(seen.message.id, pool.id);
    assert.equal(by.id, backlot.viewer('Producer').id);
    await page.locator('[data-emoji="🧊"][aria-pressed="true"]').waitFor();
    const removed = once(client, Events.MessageReactionRemove);
    await reaction.focus();
    await page.keyboard.press('Enter');
    await removed;
    await page.locator('[data-emoji="🧊"][aria-pressed="false"]').waitFor();
  });

  await t.test('the command is completed while it is typed, and answered in private', async () => {
    await typeCommand(page, '/con');
    await page.getByRole('option', { name: '/confess' }).waitFor();
    await page.keyboard.press('Tab');
    await page.getByRole('option', { name: 'Mike' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.equal(await page.getByTestId('composer').inputValue(), '/confess trader:Mike ');
    await page.keyboard.press('Enter');
    await page.locator('[data-thinking]').waitFor();
    const answer = page.getByTestId('private-reply');
    await answer.waitFor();
    assert.match(
      (await answer.textContent()) ?? '',
      /mike thinks: nobody must know[\s\S]*Only you can see this/,
    );
    assert.equal(await page.locator('[data-thinking]').count(), 0);
  });

  await t.test('another member does not see it; it is still there for its addressee', async () => {
    const people = page.getByTestId('persona-switch');
    await people.selectOption({ label: 'Ann' });
    await page.locator('.persona strong', { hasText: 'Ann' }).waitFor();
    await line(page, 'Volatility').waitFor();
    assert.equal(await page.getByTestId('private-reply').count(), 0);
    await page.reload();
    await page.locator('.persona strong', { hasText: 'Ann' }).waitFor();
    assert.match(page.url(), /coffee-shop/);
    await people.selectOption({ label: 'Producer' });
    await page.getByTestId('private-reply').waitFor();
    await page.getByRole('button', { name: 'Dismiss message' }).click();
    await page.getByTestId('private-reply').waitFor({ state: 'detached' });
  });

  assert.deepEqual(complaints, []);
});

test('the overview shows the newest picture, every room, and the answer to a command', async (t) => {
  const { backlot, guild, room } = await openShow(t);
  const floor = await guild.channels.create({ name: 'the-floor', type: ChannelType.GuildText });
  const mike = await room.createWebhook({ name: 'Mike' });
  const { page, complaints } = await openWindow(t, browser, backlot);
  assert.match(
    (await page.getByTestId('overview').textContent()) ?? '',
    /Nothing has happened here yet[\s\S]*\/confess/,
  );

  await mike.send('SELL. I say it loudly.');
  await floor.send({
    embeds: [
      new EmbedBuilder()
        .setTitle('Round 7')
        .setColor(0xed4245)
        .setDescription('Tech Wreck')
        .addFields({ name: 'Tech', value: '88.10', inline: true })
        .setImage('attachment://floor.png')
        .setFooter({ text: 'Nobody is calm' }),
    ],
    files: [new AttachmentBuilder(PIXEL, { name: 'floor.png', description: 'Everybody runs' })],
  });

  const stage = page.locator('.stage[data-card="the-floor"]');
  await stage.locator('img[src*="floor.png"]').evaluate((image: HTMLImageElement) => image.decode());
  await page.locator('[data-card="coffee-shop"]', { hasText: 'SELL. I say it loudly.' }).waitFor();
  await stage.getByRole('listitem').filter({ hasText: 'Mike' }).waitFor();

  await typeCommand(page, '/confess Alice');
  await page.keyboard.press('Enter');
  await page.getByTestId('private-reply').filter({ hasText: 'alice thinks' }).waitFor();

  await page.locator('[data-channel="the-floor"]').click();
  const embed = page.locator('discord-embed');
  for (const text of ['Round 7', 'Tech Wreck', '88.10', 'Nobody is calm'])
    await embed.getByText(text).waitFor();
  await embed.getByRole('button', { name: 'Round 7' }).click();
  await page.locator('#lightbox[open] img').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('#lightbox[open]').waitFor({ state: 'detached' });
  assert.deepEqual(complaints, []);
});

test('messages change in place, buttons reach the bot, and what is refused says why', async (t) => {
  const { backlot, client, room } = await openShow(t);
  const { page, complaints } = await openWindow(t, browser, backlot);
  await page.locator('[data-channel="coffee-shop"]').click();

  const board = await room.send({
    content: 'Calm so far',
    components: [
      new ActionRowBuilder<ButtonBuilder>().addComponents(
        new ButtonBuilder().setCustomId('chaos').setLabel('Chaos').setStyle(ButtonStyle.Danger),
      ),
    ],
  });
  const pressed = once(client, Events.InteractionCreate);
  await page.getByRole('button', { name: 'Chaos' }).click();
  const [interaction] = await pressed;
  assert.ok(interaction.isButton());
  await interaction.update({ content: 'Not calm any more', components: [] });
  await line(page, 'Not calm any more').getByText('(edited)').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Chaos' }).count(), 0);
  await board.delete();
  await line(page, 'Not calm any more').waitFor({ state: 'detached' });

  const refusal = page.getByRole('alert');
  await typeCommand(page, '/confess trader:Nobody');
  await page.keyboard.press('Enter');
  await refusal.filter({ hasText: 'trader must be one of: Alice, Mike.' }).waitFor();
  await page.getByTestId('composer').fill('/confes');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Send' }).click();
  await refusal.filter({ hasText: 'There is no command /confes.' }).waitFor();
  assert.deepEqual(complaints, []);
});

test('what a message says stays text, whatever it looks like', async (t) => {
  const { backlot, guild, room } = await openShow(t);
  await room.send(
    [
      '# Bell',
      '**bold** *slanted* __under__ ~~gone~~ `code` ||hidden|| [shop](https://example.com/) snake_case_name',
      '> quoted',
      '- one',
      '```js\nalert("no")\n```',
      `-# <t:1781222400:D> <#${room.id}> <@${backlot.viewer('Ann').id}> <img src=x onerror="document.title='hacked'">`,
    ].join('\n'),
  );
  await room.send('**'.repeat(400) + '||'.repeat(300));
  const { page, complaints } = await openWindow(t, browser, backlot);
  await page.goto(`${backlot.url}/#/${room.name}`);
  const message = line(page, 'Bell');
  await message.waitFor();
  const markup = message.locator('.markup');
  const expected = {
    strong: 'bold',
    em: 'slanted',
    u: 'under',
    s: 'gone',
    blockquote: 'quoted',
    li: 'one',
    pre: 'alert("no")',
  };
  for (const [tag, text] of Object.entries(expected))
    assert.equal(await markup.locator(tag).textContent(), text, tag);
  await markup.getByText('snake_case_name').waitFor();
  await markup.getByText('<img src=x onerror=').waitFor();
  await markup.getByText('@Ann').waitFor();
  assert.equal(await markup.locator('img').count(), 0);
  assert.match(await page.title(), new RegExp(guild.name));
  const secret = markup.getByText('hidden');
  assert.equal(await secret.isVisible(), false);
  await markup.getByRole('button', { name: 'Spoiler' }).press('Enter');
  assert.equal(await secret.isVisible(), true);
  assert.deepEqual(complaints, []);
});

test('a reader who looks further up is left there and told of what is new; the page keeps a hundred messages', async (t) => {
  const { backlot } = await openShow(t);
  const ann = backlot.viewer('Ann');
  for (let number = 1; number <= 45; number++) ann.say('coffee-shop', `Order ${number}`);
  const { page, complaints } = await openWindow(t, browser, backlot);
  await page.locator('[data-channel="coffee-shop"]').click();
  /** Waits until the line is where the reader sees it. */
  const seeLine = async (text: string): Promise<void> => {
    const isInView = (): Promise<boolean> =>
      page.getByText(text, { exact: true }).evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return top > 0 && bottom < window.innerHeight;
      });
    for (const giveUpAt = Date.now() + PATIENCE_MS; !(await isInView()); await sleep(20)) {
      assert.ok(Date.now() < giveUpAt, `"${text}" never came into view`);
    }
  };
  await seeLine('Order 45');

  await page.locator('.scroller').press('Home');
  await seeLine('Order 1');
  for (let number = 46; number <= 47; number++) ann.say('coffee-shop', `Order ${number}`);
  const pill = page.getByRole('button', { name: '2 new messages' });
  await pill.waitFor();
  await seeLine('Order 1');
  await pill.click();
  await pill.waitFor({ state: 'detached' });
  await seeLine('Order 47');

  for (let number = 48; number <= 150; number++) ann.say('coffee-shop', `Order ${number}`);
  await seeLine('Order 150');
  assert.equal(await page.locator('discord-message').count(), 100);
  assert.deepEqual(complaints, []);
});

test('on a narrow window the channels are in a drawer, and nothing is cut off', async (t) => {
  const { backlot, room } = await openShow(t);
  await room.send(`A long line: ${'sell '.repeat(80)}${'x'.repeat(200)}`);
  const { page, complaints } = await openWindow(t, browser, backlot, { width: 400, height: 800 });
  const link = page.locator('[data-channel="coffee-shop"]');
  assert.equal(await link.isVisible(), false);
  await page.getByRole('button', { name: 'Channels' }).press('Enter');
  await link.click();
  await line(page, 'A long line').waitFor();
  assert.equal(await link.isVisible(), false);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(width, 400);
  assert.deepEqual(complaints, []);
});

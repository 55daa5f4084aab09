/** `npm start` with a token: the real program as its own process, with a backlot in Discord's place. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import { openBacklot, type Backlot } from '#backlot/backlot.ts';
import { pressInPlace } from '#test/commands/kit.ts';
import { launch, until } from '#test/support/process.ts';
import { temporaryFolder } from '#test/support/rig.ts';

async function discord(t: TestContext): Promise<Backlot> {
  const backlot = await openBacklot({
    guildName: 'The Pit',
    botName: 'Outcry',
    members: ['Producer', 'Ann'],
    limits: 'none',
  });
  t.after(() => backlot.close());
  return backlot;
}

function start(
  t: TestContext,
  backlot: Backlot,
  dataDir: string,
  env: Record<string, string> = {},
  flags: string[] = [],
) {
  return launch(t, 'src/main.ts', ['--pace', '3', '--brain', 'scripted', '--data-dir', dataDir, ...flags], {
    DISCORD_TOKEN: backlot.token,
    DISCORD_API: backlot.restApi,
    ...env,
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  assert.ok(typeof address === 'object' && address !== null);
  return address.port;
}

/** Closed rounds of a show that another process has open. */
function roundsIn(file: string): number {
  if (!existsSync(file)) return 0;
  const database = new Database(file, { readonly: true });
  try {
    return (
      database.prepare<[], number>('SELECT count(*) FROM rounds WHERE hash IS NOT NULL').pluck().get() ?? 0
    );
  } finally {
    database.close();
  }
}

function webhookTokensIn(file: string): string[] {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare<[], string>('SELECT token FROM webhooks').pluck().all();
  } finally {
    database.close();
  }
}

/** A producer builds the stage and starts the show, and a round is played. */
async function playsARound(
  bot: ReturnType<typeof start>,
  producer: ReturnType<Backlot['viewer']>,
  file: string,
): Promise<void> {
  await until(() => bot.out.includes('Open Outcry is in The Pit'));
  await producer.until(() => producer.commands().length > 0);
  const plan = await producer.ask('general', 'setup');
  await pressInPlace(producer, plan, 'Build', (text) => text.includes('The stage stands'));
  await producer.ask('general', 'show start');
  await until(() => roundsIn(file) >= 1);
}

describe('the program on Discord', { concurrency: true }, () => {
  test('while Discord cannot be reached, it says so and waits; Ctrl+C ends it with exit code 0', async (t) => {
    const bot = launch(t, 'src/main.ts', ['--data-dir', temporaryFolder(t)], {
      DISCORD_TOKEN: 'a.b.c',
      DISCORD_API: 'http://127.0.0.1:9/api',
    });
    await until(() => bot.err.includes('cannot be reached'));
    assert.match(
      bot.err,
      /^Discord cannot be reached \(.*\); trying again until it can\. Ctrl\+C ends it\.$/m,
    );
    bot.signal('SIGINT');
    const ended = await bot.ended;
    assert.equal(ended.code, 0, bot.err);
    assert.ok(ended.ms < 2_000, `${ended.ms} ms after the signal`);
  });

  test('a token that Discord refuses is one line and exit code 3', async (t) => {
    const backlot = await discord(t);
    const bot = start(t, backlot, temporaryFolder(t), { DISCORD_TOKEN: 'not.the.token' });
    assert.equal((await bot.ended).code, 3);
    assert.match(bot.err, /^Discord refused the bot token \(401\)\..*\n$/);
  });

  test('a gateway that is away although Discord answers is waited for; Discord is asked about it once', async (t) => {
    const backlot = await discord(t);
    const asked: string[] = [];
    backlot.onRequest(({ route }) => {
      if (route === '/gateway/bot') asked.push(route);
    });
    const fault = backlot.gateway.misbehave(503);
    const bot = start(t, backlot, temporaryFolder(t));
    await until(() => fault.hits >= 4);
    fault.stop();
    await until(() => bot.out.includes('Open Outcry is in The Pit'));
    assert.equal(backlot.gateway.connections, 1);
    assert.equal(backlot.gateway.identifies, 1);
    assert.equal(asked.length, 1);
    // A person opens it in a browser, whatever the bot's own requests go through.
    assert.match(
      bot.out,
      /^To invite the bot to a server: https:\/\/discord\.com\/oauth2\/authorize\?client_id=\d+&/m,
    );
    bot.signal('SIGTERM');
    assert.equal((await bot.ended).code, 0, bot.err);
  });

  test('its health is asked for on this machine: well while it plays, away when Discord is', async (t) => {
    const backlot = await discord(t);
    const port = await freePort();
    const bot = start(t, backlot, temporaryFolder(t), { HEALTH_PORT: String(port), LOG_LEVEL: 'debug' });
    await until(() => bot.out.includes('Open Outcry is in The Pit'));
    const health = async (): Promise<{ status: number; body: string }> => {
      const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
      return { status: answer.status, body: await answer.text() };
    };
    const well = await health();
    assert.equal(well.status, 200, well.body);
    assert.match(well.body, /"shows":\{"running":0,"paused":0,"stopped":1,"away":0\}/u);
    await backlot.unplug();
    let away = await health();
    for (let tries = 0; away.status === 200 && tries < 200; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      away = await health();
    }
    assert.equal(away.status, 503);
    assert.match(away.body, /"what":"discord_away"/u);
    bot.signal('SIGTERM');
    assert.equal((await bot.ended).code, 0, bot.err);
  });

  test('ended in the middle of a round, the show goes on where it was; a server that removes the bot is remembered', async (t) => {
    const backlot = await discord(t);
    const folder = temporaryFolder(t);
    const producer = backlot.viewer('Producer');
    const file = path.join(folder, `${backlot.guildId}.sqlite`);
    const marker = path.join(folder, `${backlot.guildId}.departed`);

    const first = start(t, backlot, folder, { LOG_LEVEL: 'debug' });
    await playsARound(first, producer, file);
    const copy = start(t, backlot, folder);
    assert.equal((await copy.ended).code, 4);
    assert.match(copy.err, /already running in another process/);
    first.signal('SIGTERM');
    const ended = await first.ended;
    assert.equal(ended.code, 0, first.err);
    assert.ok(ended.ms < 5_000, `${ended.ms} ms after the signal`);
    const rounds = roundsIn(file);
    assert.ok(webhookTokensIn(file).length > 0);
    for (const secret of [backlot.token, ...webhookTokensIn(file)])
      assert.ok(!`${first.out}${first.err}`.includes(secret), 'no token is printed, at any level of the log');

    const second = start(t, backlot, folder);
    await until(() => roundsIn(file) > rounds);
    producer.removeBot();
    await until(() => existsSync(marker));
    // The log beside a database goes when it is closed.
    await until(() => !existsSync(`${file}-wal`));
    producer.inviteBot();
    await until(() => !existsSync(marker));
    const back = roundsIn(file);
    await until(() => roundsIn(file) > back);
    second.signal('SIGINT');
    assert.ok((await second.ended).ms < 2_000);
  });

  test('with the DATA_KEY lost, one line says how to go on, and the show gets its own webhooks back from Discord', async (t) => {
    const backlot = await discord(t);
    const folder = temporaryFolder(t);
    const producer = backlot.viewer('Producer');
    const file = path.join(folder, `${backlot.guildId}.sqlite`);
    const made: string[] = [];
    backlot.onRequest(({ method, route }) => {
      if (method === 'POST' && route?.endsWith('/webhooks') === true) made.push(route);
    });
    const first = start(t, backlot, folder, { DATA_KEY: 'a-key-that-will-be-lost' });
    await playsARound(first, producer, file);
    first.signal('SIGTERM');
    assert.equal((await first.ended).code, 0, first.err);
    const before = { rounds: roundsIn(file), made: made.length };

    const refused = start(t, backlot, folder);
    assert.equal((await refused.ended).code, 2);
    assert.match(refused.err, /are encrypted; set DATA_KEY [^\n]*--forget-webhooks[^\n]*\n$/u);
    const second = start(t, backlot, folder, {}, ['--forget-webhooks']);
    await until(() => webhookTokensIn(file).length > 0 && roundsIn(file) > before.rounds);
    second.signal('SIGTERM');
    assert.equal((await second.ended).code, 0, second.err);
    assert.ok(webhookTokensIn(file).every((token) => !token.startsWith('sealed:')));
    assert.equal(made.length, before.made, 'none was made anew');
  });

  test('two shards: each is a process, the guild plays in one of them, a signal ends all', async (t) => {
    const backlot = await discord(t);
    const bot = start(t, backlot, temporaryFolder(t), { DISCORD_SHARDS: '2' });
    await until(() => backlot.gateway.identifies === 2 && bot.out.includes('Open Outcry is in The Pit'));
    assert.equal(bot.out.match(/Open Outcry is in The Pit \(shard [01] of 2\)/g)?.length, 1);
    bot.signal('SIGTERM');
    const ended = await bot.ended;
    assert.equal(ended.code, 0, bot.err);
    assert.ok(ended.ms < 5_000, `${ended.ms} ms after the signal`);
  });

  test('two machines: each has a range of the shards and a data folder of its own, and the guild plays on one of them', async (t) => {
    const backlot = await discord(t);
    const folders = [temporaryFolder(t), temporaryFolder(t)];
    const bots = folders.map((folder, nth) =>
      start(t, backlot, folder, { DISCORD_SHARDS: `${nth}-${nth}/2` }),
    );
    await until(() => backlot.gateway.identifies === 2);
    const playing = (): number =>
      folders.filter((folder) => existsSync(path.join(folder, `${backlot.guildId}.sqlite`))).length;
    await until(() => playing() > 0);
    // The other one has logged in as well, and was told of no server.
    assert.equal(bots.filter(({ out }) => out.includes('Open Outcry is in The Pit')).length, 1);
    assert.equal(playing(), 1);
    for (const bot of bots) bot.signal('SIGTERM');
    for (const bot of bots) assert.equal((await bot.ended).code, 0, bot.err);
  });
});

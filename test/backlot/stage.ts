/** A backlot with a real, unmodified discord.js client in it, for the tests of this folder. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { Client, Events, GatewayIntentBits, Partials, type ClientOptions, type Guild } from 'discord.js';
import { openBacklot, type Backlot, type BacklotOptions } from '#backlot/backlot.ts';
import { validateAgainstOpenApi } from '#test/support/openapi.ts';

export const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.GuildWebhooks,
];

/** Opens a backlot that closes with the test; at the end every request and answer must have been as Discord describes. */
export async function openForTest(t: TestContext, options: Partial<BacklotOptions> = {}): Promise<Backlot> {
  const backlot = await openBacklot({
    guildName: 'The Pit',
    botName: 'Outcry',
    members: ['Producer', 'Ann', 'Ben'],
    limits: 'none',
    ...options,
  });
  const { violations } = validateAgainstOpenApi(backlot);
  contexts.set(backlot, t);
  atTheEnd(t, async () => {
    await backlot.close();
    assert.deepEqual(violations, []);
  });
  return backlot;
}

const contexts = new WeakMap<Backlot, TestContext>();
const endings = new WeakMap<TestContext, (() => unknown)[]>();

/** Cleans up after a test, what came last first. All is done even when some of it fails. */
export function atTheEnd(t: TestContext, cleanUp: () => unknown): void {
  const known = endings.get(t);
  if (known !== undefined) {
    known.unshift(cleanUp);
    return;
  }
  const list = [cleanUp];
  endings.set(t, list);
  t.after(async () => {
    const failures: unknown[] = [];
    for (const each of list) {
      try {
        await each();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures.length === 1 ? failures[0] : new AggregateError(failures);
  });
}

/** A client with what any bot for a backlot must set: where the API and the CDN are. It is not logged in yet. */
export function newClient(backlot: Backlot, options: Partial<ClientOptions> = {}): Client {
  const client = new Client({
    intents: INTENTS,
    partials: [Partials.Message, Partials.Reaction, Partials.User],
    allowedMentions: { parse: [] },
    ...options,
    rest: { api: backlot.restApi, cdn: backlot.cdn, retries: 0, ...options.rest },
  });
  const t = contexts.get(backlot);
  if (t !== undefined) atTheEnd(t, () => client.destroy());
  return client;
}

/** Logs in and waits until the guild is there. */
export async function login(client: Client, backlot: Backlot): Promise<Guild> {
  const ready = once(client, Events.ClientReady);
  await client.login(backlot.token);
  await ready;
  const guild = client.guilds.cache.get(backlot.guildId);
  assert.ok(guild);
  return guild;
}

/** A PNG of one transparent pixel. */
export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

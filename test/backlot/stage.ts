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
  const clients: Client[] = [];
  clientsOf.set(backlot, clients);
  t.after(async () => {
    await Promise.all(clients.map((client) => client.destroy()));
    await backlot.close();
    assert.deepEqual(violations, []);
  });
  return backlot;
}

const clientsOf = new WeakMap<Backlot, Client[]>();

/** A client with what any bot for a backlot must set: where the API and the CDN are. It is not logged in yet. */
export function newClient(backlot: Backlot, options: Partial<ClientOptions> = {}): Client {
  const client = new Client({
    intents: INTENTS,
    partials: [Partials.Message, Partials.Reaction, Partials.User],
    allowedMentions: { parse: [] },
    ...options,
    rest: { api: backlot.restApi, cdn: backlot.cdn, retries: 0, ...options.rest },
  });
  clientsOf.get(backlot)?.push(client);
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

/** Gives a guild the list of commands if the guild has another one. Discord grants 200 new commands a day. */
import { createHash } from 'node:crypto';
import { Routes, type APIApplicationCommand, type Client } from 'discord.js';
import type { KeyValues } from '#show/ports/key-values.ts';
import type { Command } from './command.ts';
import { describedCommands } from './localise.ts';

const HASH_KEY = 'commands-hash';

/** Resolves to whether the guild's commands were replaced. Rejects with Discord's error. */
export async function deployCommands(
  client: Client<true>,
  guildId: string,
  commands: readonly Command[],
  keyValues: KeyValues,
): Promise<boolean> {
  const route = Routes.applicationGuildCommands(client.application.id, guildId);
  const body = commands.flatMap(describedCommands);
  const hash = createHash('sha256')
    .update(JSON.stringify([guildId, client.application.id, body]))
    .digest('hex');
  const there = (await client.rest.get(route)) as APIApplicationCommand[];
  const names = (list: readonly { name: string }[]): string =>
    list
      .map((it) => it.name)
      .sort()
      .join();
  if (keyValues.get(HASH_KEY) === hash && names(there) === names(body)) return false;
  await client.rest.put(route, { body });
  keyValues.set(HASH_KEY, hash);
  return true;
}

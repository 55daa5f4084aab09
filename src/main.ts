/**
 * The composition root: reads the settings and opens the house where they say, on the backlot or on Discord, in this process
 * or in one for each shard.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { systemClock } from '#show/clock.ts';
import { helpText, readSettings, type Settings } from './config.ts';
import { EXIT, Farewell, House, sayFarewell } from './house.ts';
import { knock } from './knock.ts';
import { playOnBacklot } from './on-backlot.ts';
import { playOnDiscord } from './on-discord.ts';
import { openLog, openParts } from './parts.ts';
import { heedManager, manageShards, ownShard } from './shards.ts';

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const args = process.argv.slice(2);
  const read = readSettings(args, process.env);
  if (read.ok === 'help') return console.log(helpText());
  if (!read.ok) throw new Farewell(read.complaints.join('\n'), EXIT.badInput);
  const { settings } = read;

  const house = new House();
  house.heedSignals();
  await house.hold(async () => {
    if (settings.discordToken === undefined)
      return await playOnBacklot(await openParts(settings, house, openLog(settings)));
    return await openOnDiscord(settings, settings.discordToken, house, args);
  });
}

async function openOnDiscord(
  settings: Settings,
  token: string,
  house: House,
  args: readonly string[],
): Promise<void> {
  const log = openLog(settings);
  const shard = ownShard(process.env);
  if (shard) {
    heedManager(house);
    return await playOnDiscord(await openParts(settings, house, log), token, shard);
  }
  const say = (line: string): void => console.error(line);
  const recommended = await knock({
    token,
    api: settings.discordApi,
    clock: systemClock,
    signal: house.stop,
    say,
  });
  const shards = settings.discordShards === 'auto' ? recommended.shards : settings.discordShards;
  if (shards > 1) {
    const file = fileURLToPath(import.meta.url);
    return await manageShards({ token, shards, file, args, house, clock: systemClock, log });
  }
  return await playOnDiscord(await openParts(settings, house, log), token, { id: 0, count: 1 });
}

try {
  await main();
} catch (error) {
  sayFarewell(error);
}
// A Discord client that was closed while it reconnected can come back to life: nothing is left to wait for.
process.exit();

/**
 * The composition root: reads the settings and opens the house where they say, on the backlot or on Discord, in this process
 * or in one for each shard.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { systemClock } from '#show/clock.ts';
import { helpText, readSettings, type Settings } from '#app/settings.ts';
import { EXIT, Farewell, House, sayFarewell } from '#app/lifecycle.ts';
import { knock } from '#app/check-token.ts';
import { playOnBacklot } from '#app/run-on-backlot.ts';
import { playOnDiscord } from '#app/run-on-discord.ts';
import { openLog, openParts } from '#app/services.ts';
import { heedManager, manageShards, ownShard } from '#app/shards.ts';

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

/**
 * The composition root: reads the settings and runs the show where they say, on the backlot or on Discord, in this process
 * or in one for each shard.
 */
import { fileURLToPath } from 'node:url';
import { systemClock } from '#show/clock.ts';
import { checkDataDir } from '#app/checks/data-dir.ts';
import { loadEnvFile } from '#app/env-file.ts';
import { helpText, readSettings, type Settings } from '#app/settings.ts';
import { EXIT, ExitError, sayWhy } from '#app/exit.ts';
import { modelsText } from '#app/models/list.ts';
import { Lifecycle } from '#app/lifecycle.ts';
import { checkToken } from '#app/check-token.ts';
import { isOnBacklot, runOnBacklot } from '#app/run-on-backlot.ts';
import { runOnDiscord, type OwnShard } from '#app/run-on-discord.ts';
import { openLog } from '#app/log.ts';
import { openServices, type Services } from '#app/services.ts';
import { heedManager, isOfShard, manageShards, ownShard } from '#app/shards.ts';

async function main(): Promise<void> {
  loadEnvFile(process.env);
  const args = process.argv.slice(2);
  const read = readSettings(args, process.env);
  if (read.ok === 'help') return console.log(helpText());
  if (read.ok === 'models') return console.log(modelsText(read.asked));
  if (!read.ok) throw new ExitError(read.complaints.join('\n'), EXIT.badInput);
  const { settings } = read;
  const { discordToken: token, backlotFlag } = settings;

  const lifecycle = new Lifecycle();
  lifecycle.heedSignals();
  await lifecycle.hold(async () => {
    if (token !== undefined && backlotFlag === null)
      return await openOnDiscord(settings, token, lifecycle, args);
    // What was just typed wins over a file that was written once. Standard output is for the report alone.
    if (token !== undefined)
      console.error(`${backlotFlag} plays on the local backlot: DISCORD_TOKEN is not used this time.`);
    const isPlayed = (show: string): boolean => isOnBacklot(show, settings);
    return await runOnBacklot(settings, lifecycle, () =>
      openServices(settings, lifecycle, openLog(settings), isPlayed),
    );
  });
}

async function openOnDiscord(
  settings: Settings,
  token: string,
  lifecycle: Lifecycle,
  args: readonly string[],
): Promise<void> {
  checkDataDir(settings.dataDir);
  const log = openLog(settings);
  const servicesOf = (shard: OwnShard): Promise<Services> =>
    openServices(settings, lifecycle, log, (show) => isOfShard(show, shard));
  const shard = ownShard(process.env);
  if (shard) {
    heedManager(lifecycle);
    return await runOnDiscord(await servicesOf(shard), token, shard);
  }
  const say = (line: string): void => console.error(line);
  const gateway = await checkToken({
    token,
    api: settings.discordApi,
    clock: systemClock,
    signal: lifecycle.stop,
    say,
  });
  const shards =
    settings.discordShards === 'auto'
      ? { first: 0, last: gateway.shards - 1, of: gateway.shards }
      : settings.discordShards;
  if (shards.of > 1) {
    const file = fileURLToPath(import.meta.url);
    return await manageShards({ token, shards, file, args, lifecycle, clock: systemClock, log });
  }
  const only = { id: 0, count: 1 };
  return await runOnDiscord(await servicesOf(only), token, only, gateway);
}

try {
  await main();
} catch (error) {
  sayWhy(error);
}
// A line to Discord that is still being opened closes a little later: nothing is left to wait for.
process.exit();

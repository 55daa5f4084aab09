/**
 * Opens a thread for each episode in the gallery, where members may write, if the show has that setting: so that their talk has
 * a place and an end. One that nobody writes in goes by itself.
 */
import { ChannelType, ThreadAutoArchiveDuration, type APIThreadChannel } from 'discord.js';
import { hasEpisodeThreads } from '#show/schedule/episode-threads.ts';
import type { GuildDeps } from '../guild-deps.ts';
import { makeOnce } from '../discord/make-once.ts';
import { threadName } from '../presentation/posts/thread-name.ts';
import { Keeper } from './keeper.ts';

const EVERY_MS = 5_000;
/** The episode that has its thread: `s1e3`. */
const KEY = 'episode-thread';
/** How long nobody writes before Discord puts a thread away. */
const { OneHour, OneDay } = ThreadAutoArchiveDuration;

export interface ThreadKeeperDeps extends GuildDeps {
  guildId: string;
}

export class ThreadKeeper extends Keeper {
  constructor(deps: ThreadKeeperDeps) {
    const trouble = 'the thread of an episode could not be opened';
    super({ ...deps, keep: () => keep(deps), everyMs: EVERY_MS, trouble, place: 'gallery' });
  }
}

async function keep({
  show,
  keyValues,
  places,
  api,
  wording,
  botId,
  guildId,
}: ThreadKeeperDeps): Promise<void> {
  const { season, episode, phase, plot } = show.state;
  const channelId = places.channel('gallery');
  const opened = `s${season}e${episode}`;
  if (phase !== 'episode' || channelId === null || !hasEpisodeThreads(keyValues)) return;
  if (keyValues.get(KEY) === opened) return;
  const name = threadName(season, episode, plot?.question ?? null, wording);
  const isIt = (thread: APIThreadChannel): boolean =>
    thread.parent_id === channelId && thread.owner_id === botId && thread.name === name;
  await makeOnce(
    () =>
      api.makeThread(channelId, {
        name,
        type: ChannelType.PublicThread,
        auto_archive_duration: show.timetable.settings().mode === 'continuous' ? OneHour : OneDay,
      }),
    async () => (await api.activeThreads(guildId)).find(isIt)?.id ?? null,
  );
  keyValues.set(KEY, opened);
}

/** The next opening as an event of the server's. */
import {
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  type RESTPostAPIGuildScheduledEventJSONBody,
} from 'discord.js';
import type { Rules } from '#core/state.ts';
import type { Schedule } from '#show/schedule/settings.ts';
import type { Wording } from '../wording.ts';

/** Discord wants an end; a show without a pace has none that could be foretold. */
const SHORTEST_MS = 15 * 60_000;

export interface Opening {
  startMs: number;
  settings: Pick<Schedule, 'episodesPerOpening'>;
  rules: Pick<Rules, 'episodeRounds' | 'intermissionRounds'>;
  paceMs: number;
}

/** `floor`: the channel of the pictures; null where there is none. */
export function announcement(
  { startMs, settings, rules, paceMs }: Opening,
  floor: string | null,
  { texts, format }: Wording,
): RESTPostAPIGuildScheduledEventJSONBody & { name: string } {
  const episodes = settings.episodesPerOpening;
  const lastsMs = episodes * (rules.intermissionRounds + rules.episodeRounds) * paceMs;
  return {
    name: texts.opening.name,
    description: texts.opening.about(format.count(episodes), floor === null ? null : `<#${floor}>`),
    scheduled_start_time: new Date(startMs).toISOString(),
    scheduled_end_time: new Date(startMs + Math.max(SHORTEST_MS, lastsMs)).toISOString(),
    privacy_level: GuildScheduledEventPrivacyLevel.GuildOnly,
    entity_type: GuildScheduledEventEntityType.External,
    // Discord wants a place in words for an event outside of voice channels.
    entity_metadata: { location: `#${texts.places.floor.name}` },
  };
}

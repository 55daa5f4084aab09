import type { Guild } from '../guild/guild.ts';

/** What a bot is told at its login; the guilds follow one by one. `shard` is what it asked for. */
export function readyPayload(
  { record }: Guild,
  sessionId: string,
  seen: readonly Guild[],
  shard: unknown,
): object {
  return {
    v: 10,
    user: { ...record.bot, verified: true, mfa_enabled: false, email: null },
    guilds: seen.map(({ id }) => ({ id, unavailable: true })),
    session_id: sessionId,
    session_type: 'normal',
    resume_gateway_url: `${record.baseUrl.replace('http', 'ws')}/gateway`,
    application: { id: record.application.id, flags: 0 },
    private_channels: [],
    relationships: [],
    presences: [],
    user_settings: {},
    geo_ordered_rtc_regions: [],
    shard: shard ?? [0, 1],
    _trace: [],
  };
}

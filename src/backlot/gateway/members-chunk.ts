import type { Guild } from '../guild/guild.ts';
import { renderMember } from '../guild/render.ts';

/** The answer to a bot that asks for members: by the ids that it names, or by how their names begin. */
export function membersChunk(guild: Guild, request: Readonly<Record<string, unknown>>): object {
  const { user_ids: ids, query, limit, nonce } = request;
  const wanted = Array.isArray(ids) ? ids.map(String) : typeof ids === 'string' ? [ids] : undefined;
  const start = typeof query === 'string' ? query.toLowerCase() : '';
  const most = typeof limit === 'number' && limit > 0 ? limit : Infinity;
  const { members } = guild.record;
  const found = members.filter(({ userId }) =>
    wanted === undefined ? guild.user(userId).username.startsWith(start) : wanted.includes(userId),
  );
  return {
    guild_id: guild.id,
    members: found.slice(0, most).map((member) => renderMember(guild, member)),
    chunk_index: 0,
    chunk_count: 1,
    not_found: (wanted ?? []).filter((id) => !members.some(({ userId }) => userId === id)),
    ...(nonce === undefined ? {} : { nonce }),
  };
}

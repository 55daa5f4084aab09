import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { requireInChannel } from '../../guild/permissions.ts';
import {
  addReaction,
  parseEmoji,
  reactionUserIds,
  removeAllReactions,
  removeEmoji,
  removeReaction,
} from '../../guild/reactions.ts';
import { noContent, ok, type Answer, type Call, type Route } from '../call.ts';

const SUPER_REACTIONS = 1;

export const reactionRoutes: readonly Route[] = [
  ofMessage('PUT', '/:emoji/@me', (call) => {
    const channel = call.textChannel(P.ReadMessageHistory);
    const record = call.message();
    const emoji = parseEmoji(call.guild, call.param('emoji'));
    const isThere = record.reactions.some(
      (each) => each.emoji.id === emoji.id && each.emoji.name === emoji.name,
    );
    // Joining a reaction that is there needs no permission to add one.
    if (!isThere) requireInChannel(call.guild, call.guild.botId, channel, P.AddReactions);
    addReaction(call.guild, record, call.param('emoji'), call.guild.botId);
    return noContent;
  }),
  ofMessage('DELETE', '/:emoji/@me', (call) => {
    call.textChannel();
    removeReaction(call.guild, call.message(), call.param('emoji'), call.guild.botId);
    return noContent;
  }),
  ofMessage('DELETE', '/:emoji/:userId', (call) => {
    call.textChannel(P.ManageMessages);
    removeReaction(call.guild, call.message(), call.param('emoji'), call.param('userId'));
    return noContent;
  }),
  ofMessage('DELETE', '/:emoji', (call) => {
    call.textChannel(P.ManageMessages);
    removeEmoji(call.guild, call.message(), call.param('emoji'));
    return noContent;
  }),
  ofMessage('DELETE', '', (call) => {
    call.textChannel(P.ManageMessages);
    removeAllReactions(call.guild, call.message());
    return noContent;
  }),
  ofMessage('GET', '/:emoji', listUsers),
];

function ofMessage(method: string, path: string, handle: (call: Call) => Answer): Route {
  return { method, path: `/channels/:channelId/messages/:messageId/reactions${path}`, auth: 'bot', handle };
}

function listUsers(call: Call): Answer {
  call.textChannel(P.ReadMessageHistory);
  const limit = call.queryInteger('limit', { min: 1, max: 100, usual: 25 });
  const type = call.queryInteger('type', { min: 0, max: 1, usual: 0 });
  const after = BigInt(call.querySnowflake('after') ?? 0);
  // Nobody here gives super-reactions.
  const ids =
    type === SUPER_REACTIONS ? [] : reactionUserIds(call.guild, call.message(), call.param('emoji'));
  const page = ids.filter((id) => BigInt(id) > after).slice(0, limit);
  return ok(page.map((id) => call.guild.user(id)));
}

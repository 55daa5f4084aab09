// @ts-check
/**
 * The guild's channels in their order, and what the viewer can do in them.
 *
 * @typedef {import('./guild-state.js').GuildState} GuildState
 * @typedef {import('./guild-state.js').Channel} Channel
 */
const readableTypes = new Set([0, 5, 10, 11, 12]);
const categoryType = 4;
const viewChannel = 1n << 10n;

/** @param {Channel} channel whether messages can be read in it */
export const isReadable = (channel) => readableTypes.has(channel.type);

/** @param {GuildState} state @param {Channel} channel whether it is hidden from ordinary members */
export const isLocked = (state, channel) =>
  (channel.permission_overwrites ?? []).some(
    (overwrite) => overwrite.id === state.guild.id && (BigInt(overwrite.deny) & viewChannel) !== 0n,
  );

/**
 * The readable channels under their categories, in the guild's order. Channels without a category come first.
 *
 * @param {GuildState} state
 * @returns {{ category: Channel | undefined, channels: Channel[] }[]}
 */
export function channelTree(state) {
  const inOrder = [...state.channels.values()].sort(
    (a, b) => (a.position ?? 0) - (b.position ?? 0) || (BigInt(a.id) < BigInt(b.id) ? -1 : 1),
  );
  const parentOf = (/** @type {Channel} */ channel) => {
    const parent = channel.parent_id ? state.channels.get(channel.parent_id) : undefined;
    return parent && parent.type !== categoryType ? parent.parent_id : channel.parent_id;
  };
  const under = (/** @type {string | undefined} */ categoryId) =>
    inOrder.filter((channel) => isReadable(channel) && (parentOf(channel) ?? undefined) === categoryId);
  return [
    { category: undefined, channels: under(undefined) },
    ...inOrder
      .filter((channel) => channel.type === categoryType)
      .map((category) => ({ category, channels: under(category.id) })),
  ].filter((group) => group.channels.length > 0);
}

/** The channels that the viewer may write in, and so use commands in, in the guild's order. @param {GuildState} state */
export function writableChannels(state) {
  return channelTree(state)
    .flatMap(({ channels }) => channels)
    .filter(({ id }) => !state.readOnly.has(id));
}

// @ts-check
/**
 * The reactions to a message, as they come and go.
 *
 * @typedef {import('discord-api-types/v10').APIReaction} Reaction
 * @typedef {import('discord-api-types/v10').APIEmoji} APIEmoji
 */

/**
 * An update tells the counts as the guild sees them; which reactions are the viewer's own, only the page knows.
 *
 * @param {Reaction[] | undefined} before
 * @param {Reaction[] | undefined} after
 */
export function mergeReactions(before, after) {
  if (after === undefined) return before;
  return after.map((reaction) => ({
    ...reaction,
    me: before?.find((known) => sameEmoji(known.emoji, reaction.emoji))?.me ?? reaction.me,
  }));
}

/**
 * @param {Pick<APIEmoji, 'id' | 'name'>} one
 * @param {Pick<APIEmoji, 'id' | 'name'>} other
 */
export const sameEmoji = (one, other) =>
  one.id ? one.id === other.id : !other.id && one.name === other.name;

/**
 * The reactions after somebody gave one or took it back.
 *
 * @param {Reaction[]} reactions
 * @param {APIEmoji} emoji
 * @param {1 | -1} step
 * @param {boolean} own whether the viewer did it
 */
export function countReaction(reactions, emoji, step, own) {
  const known = reactions.find((reaction) => sameEmoji(reaction.emoji, emoji));
  if (known === undefined) {
    if (step < 0) return reactions;
    const fresh = /** @type {Reaction} */ (/** @type {unknown} */ ({ emoji, count: 1, me: own }));
    return [...reactions, fresh];
  }
  const changed = { ...known, count: known.count + step, me: own ? step > 0 : known.me };
  return reactions
    .map((reaction) => (reaction === known ? changed : reaction))
    .filter((reaction) => reaction.count > 0);
}

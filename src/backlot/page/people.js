// @ts-check
/**
 * Names and faces: who the viewer sees, with the picture that the server keeps, or one drawn from the name.
 *
 * @typedef {import('./guild-state.js').GuildState} GuildState
 * @typedef {import('./guild-state.js').APIUser} APIUser
 * @typedef {import('./guild-state.js').APIMessage} APIMessage
 * @typedef {{ name: string, avatar: string, channelId: string, lastMs: number }} Voice
 */
import { isPrivate, isWebhookVoice } from './messages.js';

/** A webhook that has been silent for longer than this is no longer listed among those present. */
const recentMs = 30 * 60_000;

const faceColours = ['#5865f2', '#3ba55d', '#c27c0e', '#ad1457', '#1f8b95', '#8e5bd6', '#a84300', '#4e6f9e'];
/** Light enough to be read on the page's dark backgrounds (contrast over 4.5). */
const nameColours = ['#7fb2ff', '#7ee2a8', '#ffd479', '#ff9ec4', '#7fe0e6', '#c9a7ff', '#ffb08a', '#b6c6dd'];

/** @param {string} text a small stable number from a name */
const hashOf = (text) =>
  Array.from(text).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7);

/** @type {Map<string, string>} */
const givenColours = new Map();

/** @param {string} name @returns {string} a colour of its own, mostly the same one each time, while there are enough */
export function nameColour(name) {
  const known = givenColours.get(name);
  if (known !== undefined) return known;
  const wanted = hashOf(name) % nameColours.length;
  const inTurn = [...nameColours.slice(wanted), ...nameColours.slice(0, wanted)];
  const taken = new Set(givenColours.values());
  const colour = inTurn.find((one) => !taken.has(one)) ?? inTurn[0] ?? '#ffffff';
  givenColours.set(name, colour);
  return colour;
}

/** @param {Pick<APIUser, 'username' | 'global_name'>} user */
export const nameOf = (user) => user.global_name ?? user.username;

/** @param {string} name a portrait with the name's first letter, for whoever has none */
function drawnFace(name) {
  const letter = /[\p{L}\p{N}]/u.exec(name)?.[0]?.toUpperCase() ?? '?';
  const colour = faceColours[hashOf(name) % faceColours.length] ?? '#5865f2';
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80"><rect width="80" height="80" fill="${colour}"/>` +
    `<text x="40" y="55" font-family="sans-serif" font-size="42" font-weight="600" fill="#fff" text-anchor="middle">` +
    `${letter}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** @param {Pick<APIUser, 'id' | 'username' | 'global_name' | 'avatar'>} user */
export const avatarOf = (user) =>
  user.avatar ? `/cdn/avatars/${user.id}/${user.avatar}.png` : drawnFace(nameOf(user));

/** @param {string} id of a custom emoji */
export const emojiUrl = (id) => `/cdn/emojis/${id}.png`;

/**
 * The address to load a picture from, if that is this machine; the page never asks any other.
 *
 * @param {string | undefined} url
 * @returns {string | undefined}
 */
export function localUrl(url) {
  if (!url || !URL.canParse(url, location.href)) return undefined;
  const address = new URL(url, location.href);
  const loopback = address.hostname === 'localhost' || address.hostname === '127.0.0.1';
  if (address.origin !== location.origin && !loopback) return undefined;
  // The same server by its other name: ask it by the name that the page itself came from.
  return address.port === location.port ? address.pathname + address.search : address.href;
}

/** @param {GuildState} state @returns {Voice[]} those who spoke lately through webhooks, by name */
export function recentVoices(state) {
  /** @type {Map<string, Voice>} */
  const voices = new Map();
  const now = Date.now();
  for (const [channelId, messages] of state.messages) {
    for (const message of messages) {
      if (!isWebhookVoice(message) || isPrivate(message)) continue;
      const lastMs = Date.parse(message.timestamp);
      const name = message.author.username;
      if (now - lastMs > recentMs || lastMs < (voices.get(name)?.lastMs ?? 0)) continue;
      voices.set(name, { name, avatar: avatarOf(message.author), channelId, lastMs });
    }
  }
  return [...voices.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** @param {GuildState} state @param {string} userId the name that a mention shows */
export function mentionName(state, userId) {
  const persona = state.personas.find(({ user }) => user.id === userId);
  if (persona) return nameOf(persona.user);
  return state.bot?.id === userId ? nameOf(state.bot) : 'unknown-user';
}

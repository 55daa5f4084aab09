// @ts-check
/**
 * What kind of message one is.
 *
 * @typedef {import('discord-api-types/v10').APIMessage} APIMessage
 */
const ephemeralFlag = 1 << 6;
const loadingFlag = 1 << 7;

/** @param {APIMessage} message whether only its addressee sees it */
export const isPrivate = (message) => ((message.flags ?? 0) & ephemeralFlag) !== 0;

/** @param {APIMessage} message whether the bot is still thinking about it */
export const isLoading = (message) => ((message.flags ?? 0) & loadingFlag) !== 0;

/**
 * Whether it was said through a webhook of its own name, not by the bot's account. Replies to interactions are technically
 * webhook messages as well, of the application itself.
 *
 * @param {APIMessage} message
 */
export const isWebhookVoice = (message) =>
  message.webhook_id !== undefined &&
  message.webhook_id !== message.application_id &&
  message.interaction_metadata === undefined;

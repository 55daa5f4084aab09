// @ts-check
/* oxlint-disable unicorn/no-empty-file -- it holds types, which are comments here */
/**
 * What views draw from, and how they pass on what the viewer does. Types only: the page is made of the views, so that they
 * cannot take its own type.
 *
 * @typedef {import('../guild-state.js').GuildState} GuildState
 * @typedef {import('../guild-state.js').Channel} Channel
 * @typedef {import('../connection.js').Wish} Wish
 * @typedef {{ state: GuildState, act: (wish: Wish) => void }} ViewContext
 *
 * @typedef {object} App the page as its parts see it
 * @property {GuildState | undefined} state
 * @property {{ leaves: ReturnType<typeof import('../slash.js').leavesOf>, begin: (path: string) => void }} composer
 * @property {import('../scroll.js').ScrollKeeper} scroll
 * @property {number} missed
 * @property {string | undefined} firstUnreadId
 * @property {Set<string>} answers
 * @property {{ interactionId: string, modal: Extract<import('../../page-protocol.ts').ServerFrame, { type: 'form' }>['modal'], refusal: string } | undefined} form
 * @property {(values: Record<string, string>) => void} submitForm
 * @property {() => void} closeForm
 * @property {(userId: string) => void} actAs
 * @property {() => ViewContext} context
 * @property {import('../connection.js').Connection['act']} ask
 * @property {() => Channel | undefined} openChannel
 * @property {() => Channel | undefined} targetChannel
 * @property {(channelId: string) => void} setTarget
 * @property {(interactionId: string) => void} forget
 * @property {() => void} draw
 */

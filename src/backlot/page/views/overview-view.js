// @ts-check
/**
 * The whole guild at once: its newest picture, large; what the bot itself writes beside it; and beneath, side by side,
 * the latest lines of every channel where people talk.
 *
 * @typedef {import('./view-context.js').App} App
 * @typedef {import('../guild-state.js').GuildState} GuildState
 * @typedef {import('../guild-state.js').Channel} Channel
 * @typedef {import('../guild-state.js').APIMessage} APIMessage
 * @typedef {import('discord-api-types/v10').APIEmbed} APIEmbed
 */
import { html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { channelAddress } from './channels-view.js';
import { clockTime } from '../clock.js';
import { pressByName, reactionsView } from './controls-view.js';
import { componentsView } from './layout-view.js';
import { cssColour } from './embed-view.js';
import { channelTree, isLocked } from '../channels.js';
import { isPrivate, isWebhookVoice } from '../messages.js';
import { hashSign, lock } from '../icons.js';
import { markdown } from './markdown-view.js';
import { authorColour, bodyView } from './message-view.js';
import { avatarOf, nameColour, nameOf, recentVoices } from '../people.js';
import { firstPicture, pictureView } from './picture-view.js';

const linesPerCard = 14;
const besideThePicture = 2;

/** @param {App} app @param {GuildState} state */
export function overviewView(app, state) {
  const stage = pictureChannel(state);
  const others = channelTree(state)
    .flatMap(({ channels }) => channels)
    .filter((channel) => channel !== stage && publicMessages(state, channel).length > 0);
  const talk = others.filter((channel) => publicMessages(state, channel).some(isWebhookVoice));
  const feeds = others
    .filter((channel) => !talk.includes(channel))
    .sort((a, b) => liveliness(state, b) - liveliness(state, a));
  const beside = stage ? feeds.slice(0, besideThePicture) : [];
  const beneath = [...talk, ...feeds.filter((channel) => !beside.includes(channel))];
  if (!stage && others.length === 0) return emptyView(app, state);
  return html`<section class="overview" data-testid="overview" aria-label="Overview">
    ${
      stage
        ? html`<div class="overview-top ${beside.length === 0 ? 'alone' : ''}">
            ${stageView(app, state, stage)}
            <div class="feeds">${beside.map((channel) => cardView(app, state, channel))}</div>
          </div>`
        : nothing
    }
    <div class="cards">
      ${repeat(
        beneath,
        ({ id }) => id,
        (channel) => cardView(app, state, channel),
      )}
    </div>
  </section>`;
}

/** @param {GuildState} state @param {Channel} channel */
const publicMessages = (state, channel) =>
  (state.messages.get(channel.id) ?? []).filter((message) => !isPrivate(message));

/** How much was said there lately: the livelier of two feeds stands higher. @param {GuildState} state @param {Channel} channel */
const liveliness = (state, channel) => (isLocked(state, channel) ? 0 : publicMessages(state, channel).length);

/**
 * Where the pictures are: the channel with the greatest share of them, so that a chart elsewhere does not take the stage from
 * it. What answers a command is shown to whoever asked, and a single picture makes no stage.
 *
 * @param {GuildState} state
 * @returns {Channel | undefined}
 */
function pictureChannel(state) {
  let best;
  let bestShare = 0;
  for (const { channels } of channelTree(state)) {
    for (const channel of channels) {
      const messages = publicMessages(state, channel);
      const share = messages.filter(isShown).length / (messages.length + 2);
      if (share > bestShare) [best, bestShare] = [channel, share];
    }
  }
  return best;
}

/** A picture that was asked for by nobody. @param {APIMessage} message */
const isShown = (message) =>
  firstPicture(message) !== undefined && message.interaction_metadata === undefined;

/** @param {App} app @param {GuildState} state @param {Channel} channel */
function stageView(app, state, channel) {
  const message = publicMessages(state, channel).findLast(isShown);
  const picture = message && firstPicture(message);
  if (!message || !picture) return nothing;
  const title = message.embeds[0]?.title ?? message.content;
  const unixTime = Math.floor(Date.parse(message.edited_timestamp ?? message.timestamp) / 1000);
  return html`<figure class="stage" data-card=${channel.name}>
    <figcaption>
      <a href=${channelAddress(channel.name)}>${hashSign}<span>${channel.name}</span></a>
      <span class="stage-title">${title ? markdown(title.split('\n', 1)[0] ?? '', state) : nothing}</span>
      <ticking-time unix=${unixTime} display="R"></ticking-time>
    </figcaption>
    ${pictureView(picture, title || `The newest picture in #${channel.name}`, pressByName(message, app.context()))}
    <div class="stage-buttons">${componentsView(message, app.context())}</div>
    ${voicesView(state)}
  </figure>`;
}

/** Who is on, and where they spoke last. @param {GuildState} state */
function voicesView(state) {
  const voices = recentVoices(state);
  if (voices.length === 0) return nothing;
  return html`<ul class="voices" aria-label="On air">
    ${voices.map((voice) => {
      const room = state.channels.get(voice.channelId)?.name ?? '';
      return html`<li>
        <a href=${channelAddress(room)} title="${voice.name} spoke last in #${room}">
          <img src=${voice.avatar} alt="" />
          <span><b style="color: ${nameColour(voice.name)}">${voice.name}</b><small>#${room}</small></span>
        </a>
      </li>`;
    })}
  </ul>`;
}

/** @param {App} app @param {GuildState} state @param {Channel} channel */
function cardView(app, state, channel) {
  const messages = publicMessages(state, channel).slice(-linesPerCard);
  const unread = (state.unread.get(channel.id) ?? 0) > 0;
  return html`<article class="card" data-card=${channel.name} aria-label="Latest in ${channel.name}">
    <h2>
      <a href=${channelAddress(channel.name)}>
        ${isLocked(state, channel) ? lock : hashSign}<span>${channel.name}</span>
        ${unread ? html`<i class="dot" aria-label="unread"></i>` : nothing}
      </a>
    </h2>
    <div class="lines">
      <ol>
        ${repeat(
          messages,
          ({ id }) => id,
          (message, index) => lineView(message, messages[index - 1], app),
        )}
      </ol>
    </div>
  </article>`;
}

/** @param {APIMessage} message @param {APIMessage | undefined} before @param {App} app */
function lineView(message, before, app) {
  const context = app.context();
  const { state } = context;
  const same = before?.author.id === message.author.id && before.author.username === message.author.username;
  return html`<li class="line ${same ? 'same' : ''}" data-message-id=${message.id}>
    ${guard([message, same, state.directory], () => {
      const picture = firstPicture(message);
      return html`${same ? nothing : html`<img class="line-face" src=${avatarOf(message.author)} alt="" />`}
        <div class="line-body">
          ${
            same
              ? nothing
              : html`<div class="line-head">
                  <b style="color: ${authorColour(message)}">${nameOf(message.author)}</b>
                  <time datetime=${message.timestamp}>${clockTime(message.timestamp)}</time>
                </div>`
          }
          ${bodyView(message, context)} ${message.embeds.map((embed) => smallEmbed(embed, state))}
          ${picture ? pictureView(picture, 'Picture') : nothing} ${componentsView(message, context)}
          ${reactionsView(message, context)}
        </div>`;
    })}
  </li>`;
}

/** @param {APIEmbed} embed @param {GuildState} state */
function smallEmbed(embed, state) {
  return html`<div
    class="small-embed"
    style="border-color: ${cssColour(embed.color) ?? 'var(--line-strong)'}"
  >
    ${embed.author ? html`<small>${embed.author.name}</small>` : nothing}
    ${embed.title ? html`<b>${markdown(embed.title, state)}</b>` : nothing}
    ${embed.description ? html`<div class="clamped">${markdown(embed.description, state)}</div>` : nothing}
    ${
      embed.fields?.length
        ? html`<dl>
            ${embed.fields.slice(0, 6).map(
              (field) =>
                html`<div>
                  <dt>${markdown(field.name, state)}</dt>
                  <dd>${markdown(field.value, state)}</dd>
                </div>`,
            )}
          </dl>`
        : nothing
    }
    ${embed.footer ? html`<small>${embed.footer.text}</small>` : nothing}
  </div>`;
}

/** Nothing has happened yet: say what can be done about it. @param {App} app @param {GuildState} state */
function emptyView(app, state) {
  return html`<section class="overview empty" data-testid="overview" aria-label="Overview">
    <div>
      <h2>Welcome to ${state.guild.name}</h2>
      <p>
        Nothing has happened here yet. This is a window onto a local guild, and
        ${state.botOnline ? 'the bot is listening' : 'the bot is on its way'}. Give it a command:
      </p>
      <ul class="starters">
        ${app.composer.leaves.slice(0, 8).map(
          ({ path, description }) =>
            html`<li>
              <button type="button" @click=${() => app.composer.begin(path)}>
                <b>/${path}</b> <small>${description}</small>
              </button>
            </li>`,
        )}
      </ul>
    </div>
  </section>`;
}

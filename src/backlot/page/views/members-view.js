// @ts-check
/**
 * The right column: the bot, whoever spoke through it lately, and the people that the viewer can be.
 *
 * @typedef {import('../guild-state.js').GuildState} GuildState
 */
import { html, nothing } from 'lit';
import { avatarOf, nameColour, nameOf, recentVoices } from '../people.js';

/** @param {GuildState} state */
export function membersView(state) {
  const voices = recentVoices(state).map((voice) => ({
    name: voice.name,
    avatar: voice.avatar,
    colour: nameColour(voice.name),
    note: `in #${state.channels.get(voice.channelId)?.name ?? 'a channel'}`,
    online: true,
    app: true,
  }));
  const people = state.personas.map(({ user, producer }) => ({
    name: nameOf(user),
    avatar: avatarOf(user),
    colour: '#dbdee1',
    note: user.id === state.as ? 'you' : producer ? 'owns the server' : '',
    online: true,
    app: false,
  }));
  const bots = state.bot
    ? [
        {
          name: nameOf(state.bot),
          avatar: avatarOf(state.bot),
          colour: '#dbdee1',
          note: state.botOnline ? 'online' : 'offline',
          online: state.botOnline,
          app: true,
        },
      ]
    : [];
  return html`<aside class="members" aria-label="Members">
    ${group('On air', voices)} ${group('Bot', bots)} ${group('People', people)}
  </aside>`;
}

/**
 * @param {string} title
 * @param {{ name: string, avatar: string, colour: string, note: string, online: boolean, app: boolean }[]} members
 */
function group(title, members) {
  if (members.length === 0) return nothing;
  return html`<h2>${title} — ${members.length}</h2>
    <ul>
      ${members.map(
        (member) =>
          html`<li class="member ${member.online ? '' : 'offline'}">
            <span class="face"><img src=${member.avatar} alt="" /><i aria-hidden="true"></i></span>
            <span class="member-text">
              <span class="member-name" style="color: ${member.colour}"
                >${member.name}${member.app ? html`<span class="app-tag">App</span>` : nothing}</span
              >
              <small>${member.note}</small>
            </span>
          </li>`,
      )}
    </ul>`;
}

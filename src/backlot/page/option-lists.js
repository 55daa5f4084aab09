// @ts-check
/**
 * What there is to choose from for an option of a command, as far as the page knows it by itself.
 *
 * @typedef {import('./guild-state.js').GuildState} GuildState
 * @typedef {import('./slash.js').Option} Option
 * @typedef {import('./slash.js').Listed} Listed
 */
import { chosenFiles } from './chosen-files.js';
import { isReadable } from './channels.js';
import { mentionName, nameOf } from './people.js';

/** @param {Option} option @param {GuildState | undefined} state @returns {Listed[]} */
export function listOf(option, state) {
  if (option.choices.length > 0) return option.choices;
  if (!state) return [];
  const users = state.personas.map(({ user }) => ({ name: `@${nameOf(user)}`, value: user.id }));
  const bots = state.bot ? [{ name: `@${mentionName(state, state.bot.id)}`, value: state.bot.id }] : [];
  const roles = state.guild.roles.map(({ name, id }) => ({ name: `@${name.replace(/^@/, '')}`, value: id }));
  switch (option.type) {
    case 5:
      return [
        { name: 'True', value: 'true' },
        { name: 'False', value: 'false' },
      ];
    case 6:
      return [...users, ...bots];
    case 7:
      return [...state.channels.values()]
        .filter(isReadable)
        .map(({ name, id }) => ({ name: `#${name}`, value: id }));
    case 8:
      return roles;
    case 9:
      return [...users, ...bots, ...roles];
    case 11:
      return chosenFiles();
    default:
      return [];
  }
}

import { refusals } from '../../discord-error.ts';
import {
  commandsOf,
  deleteCommand,
  editCommand,
  findCommand,
  replaceCommands,
  upsertCommand,
  type CommandScope,
} from '../../guild/commands.ts';
import { renderApplication } from '../../guild/render.ts';
import { created, noContent, ok, type Call, type Route } from '../call.ts';
import { readCommand, readCommands } from '../commands-input.ts';
import { Form } from '../form.ts';

export const applicationRoutes: readonly Route[] = [
  { method: 'GET', path: '/gateway', auth: 'none', handle: (call) => ok({ url: gatewayUrl(call) }) },
  {
    method: 'GET',
    path: '/gateway/bot',
    auth: 'bot',
    handle: (call) =>
      ok({
        url: gatewayUrl(call),
        shards: 1,
        session_start_limit: call.backstage.gateway.sessionStartLimit(),
      }),
  },
  {
    method: 'GET',
    path: '/users/@me',
    auth: 'bot',
    handle: ({ guild }) =>
      ok({ ...guild.record.bot, mfa_enabled: false, locale: 'en-US', email: null, verified: true }),
  },
  {
    method: 'GET',
    path: '/users/:userId',
    auth: 'bot',
    handle: (call) => ok(call.guild.user(call.param('userId'))),
  },
  {
    method: 'GET',
    path: '/users/@me/guilds',
    auth: 'bot',
    handle: ({ guild }) =>
      ok([
        {
          id: guild.id,
          name: guild.record.guild.name,
          icon: null,
          banner: null,
          owner: false,
          permissions: '0',
          features: [],
        },
      ]),
  },
  {
    method: 'GET',
    path: '/applications/@me',
    auth: 'bot',
    handle: ({ guild }) => ok(renderApplication(guild)),
  },
  {
    method: 'GET',
    path: '/oauth2/applications/@me',
    auth: 'bot',
    handle: ({ guild }) => ok(renderApplication(guild)),
  },
  ...commandRoutes('global', '/applications/:applicationId/commands'),
  ...commandRoutes('guild', '/applications/:applicationId/guilds/:guildId/commands'),
];

function commandRoutes(scope: CommandScope, path: string): Route[] {
  const one = `${path}/:commandId`;
  const check = (call: Call): void => {
    call.requireApplication();
    if (scope === 'guild') call.requireGuild();
  };
  return [
    {
      method: 'GET',
      path,
      auth: 'bot',
      handle: (call) => {
        check(call);
        return ok(commandsOf(call.guild, scope));
      },
    },
    {
      method: 'POST',
      path,
      auth: 'bot',
      handle: (call) => {
        check(call);
        const form = call.form();
        const input = readCommand(form);
        form.check();
        const { command, isNew } = upsertCommand(call.guild, scope, input);
        return isNew ? created(command) : ok(command);
      },
    },
    {
      method: 'PUT',
      path,
      auth: 'bot',
      handle: (call) => {
        check(call);
        const form = new Form({ commands: call.json });
        const inputs = readCommands(form.required('commands').parts('commands') ?? []);
        form.check();
        return ok(replaceCommands(call.guild, scope, inputs));
      },
    },
    {
      method: 'GET',
      path: one,
      auth: 'bot',
      handle: (call) => {
        check(call);
        return ok(findCommand(call.guild, scope, call.param('commandId')));
      },
    },
    {
      method: 'PATCH',
      path: one,
      auth: 'bot',
      handle: (call) => {
        check(call);
        const form = call.form();
        const input = readCommand(form, { partial: true });
        form.check();
        return ok(editCommand(call.guild, scope, call.param('commandId'), input));
      },
    },
    {
      method: 'DELETE',
      path: one,
      auth: 'bot',
      handle: (call) => {
        check(call);
        deleteCommand(call.guild, scope, call.param('commandId'));
        return noContent;
      },
    },
  ];
}

function gatewayUrl({ guild, backstage }: Call): string {
  if (backstage.gateway.refusing) throw refusals.unavailable();
  return `${guild.record.baseUrl.replace('http', 'ws')}/gateway`;
}

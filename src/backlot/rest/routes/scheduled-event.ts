import {
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  GuildScheduledEventStatus as Status,
  PermissionFlagsBits as P,
} from 'discord-api-types/v10';
import { requireInGuild } from '../../guild/permissions.ts';
import {
  changeScheduledEvent,
  createScheduledEvent,
  deleteScheduledEvent,
  scheduledEvent,
  scheduledEvents,
  type EventPlan,
} from '../../guild/scheduled-events.ts';
import { noContent, ok, type Answer, type Call, type Route } from '../call.ts';
import type { Form } from '../form.ts';

const PATH = '/guilds/:guildId/scheduled-events';

/** Only what takes place outside of voice channels. */
export const scheduledEventRoutes: readonly Route[] = [
  route('GET', '', ({ guild }) => ok(scheduledEvents(guild))),
  route('POST', '', (call) => {
    requireInGuild(call.guild, call.guild.botId, P.CreateEvents);
    const form = call
      .form()
      .required('name', 'scheduled_start_time', 'privacy_level', 'entity_type', 'entity_metadata');
    // Discord requires an end of what has no channel.
    form.required('scheduled_end_time');
    form.choice('privacy_level', [GuildScheduledEventPrivacyLevel.GuildOnly]);
    form.choice('entity_type', [GuildScheduledEventEntityType.External]);
    const plan = planOf(form);
    form.check();
    return ok(
      createScheduledEvent(call.guild, {
        name: '',
        description: null,
        location: '',
        startsAt: '',
        endsAt: '',
        ...plan,
      }),
    );
  }),
  route('PATCH', '/:eventId', (call) => {
    const event = own(call);
    const form = call.form();
    const status = form.choice('status', [Status.Active, Status.Completed, Status.Canceled]);
    const plan = planOf(form);
    form.check();
    return ok(changeScheduledEvent(call.guild, event, { ...plan, ...(status !== undefined && { status }) }));
  }),
  route('DELETE', '/:eventId', (call) => {
    deleteScheduledEvent(call.guild, own(call));
    return noContent;
  }),
];

/** Whoever made an event may change it; others' need more than the backlot's bot is ever granted. */
function own(call: Call) {
  requireInGuild(call.guild, call.guild.botId, P.CreateEvents);
  return scheduledEvent(call.guild, call.param('eventId'));
}

function route(method: string, path: string, handle: (call: Call) => Answer): Route {
  return {
    method,
    path: `${PATH}${path}`,
    auth: 'bot',
    handle: (call) => {
      call.requireGuild();
      return handle(call);
    },
  };
}

function planOf(form: Form): Partial<EventPlan> {
  const name = form.text('name', { min: 1, max: 100 });
  const description = form.text('description', { max: 1_000 });
  const startsAt = time(form, 'scheduled_start_time', { isAhead: true });
  const endsAt = time(form, 'scheduled_end_time');
  if (startsAt !== undefined && endsAt !== undefined && Date.parse(endsAt) <= Date.parse(startsAt))
    form.fail(
      'scheduled_end_time',
      'GUILD_SCHEDULED_EVENT_END_BEFORE_START',
      'Cannot schedule event to end before it starts.',
    );
  const location = form.part('entity_metadata')?.required('location').text('location', { min: 1, max: 100 });
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(startsAt !== undefined && { startsAt }),
    ...(endsAt !== undefined && { endsAt }),
    ...(location !== undefined && { location }),
  };
}

function time(form: Form, key: string, { isAhead = false } = {}): string | undefined {
  const text = form.text(key);
  if (text === undefined) return undefined;
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs)) {
    form.fail(key, 'DATE_TIME_TYPE_PARSE', `Could not parse ${text}. Should be ISO8601.`);
    return undefined;
  }
  if (isAhead && atMs <= Date.now())
    form.fail(key, 'GUILD_SCHEDULED_EVENT_SCHEDULE_PAST', 'Cannot schedule event in the past.');
  return new Date(atMs).toISOString();
}

/** What is going to happen outside of voice channels, announced by the bot. Members' interest in it is not kept. */
import {
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  GuildScheduledEventStatus as Status,
} from 'discord-api-types/v10';
import { refusals } from '../discord-error.ts';
import { INTENT } from './events.ts';
import type { Guild } from './guild.ts';
import type { ScheduledEvent } from './record.ts';

const EVENTS_PER_GUILD = 100;

export interface EventPlan {
  name: string;
  description: string | null;
  /** Where it is, in words. */
  location: string;
  /** ISO 8601. */
  startsAt: string;
  endsAt: string;
}

export function scheduledEvents(guild: Guild): ScheduledEvent[] {
  return guild.record.events ?? [];
}

/** Throws 10070 where there is none. */
export function scheduledEvent(guild: Guild, id: string): ScheduledEvent {
  const event = scheduledEvents(guild).find((each) => each.id === id);
  if (event === undefined) throw refusals.unknownScheduledEvent();
  return event;
}

export function createScheduledEvent(guild: Guild, plan: EventPlan): ScheduledEvent {
  const events = (guild.record.events ??= []);
  if (events.length >= EVENTS_PER_GUILD) throw refusals.tooManyScheduledEvents();
  const made: ScheduledEvent = {
    id: guild.ids.next(),
    guild_id: guild.id,
    channel_id: null,
    creator_id: guild.botId,
    creator: guild.record.bot,
    name: plan.name,
    description: plan.description,
    scheduled_start_time: plan.startsAt,
    scheduled_end_time: plan.endsAt,
    privacy_level: GuildScheduledEventPrivacyLevel.GuildOnly,
    status: Status.Scheduled,
    entity_type: GuildScheduledEventEntityType.External,
    entity_id: null,
    entity_metadata: { location: plan.location },
    recurrence_rule: null,
    guild_scheduled_event_exceptions: [],
    image: null,
  };
  events.push(made);
  publish(guild, 'GUILD_SCHEDULED_EVENT_CREATE', made);
  return made;
}

/** Throws 180000 where one that began is to begin at another time or anew. One that is over goes. */
export function changeScheduledEvent(
  guild: Guild,
  event: ScheduledEvent,
  change: Partial<EventPlan> & { status?: Status },
): ScheduledEvent {
  const began = event.status !== Status.Scheduled;
  const { status } = change;
  if (began && (change.startsAt !== undefined || status === Status.Active || status === Status.Canceled))
    throw refusals.scheduledEventBegan();
  Object.assign(event, {
    ...(change.name !== undefined && { name: change.name }),
    ...(change.description !== undefined && { description: change.description }),
    ...(change.location !== undefined && { entity_metadata: { location: change.location } }),
    ...(change.startsAt !== undefined && { scheduled_start_time: change.startsAt }),
    ...(change.endsAt !== undefined && { scheduled_end_time: change.endsAt }),
    ...(status !== undefined && { status }),
  });
  publish(guild, 'GUILD_SCHEDULED_EVENT_UPDATE', event);
  if (event.status === Status.Completed || event.status === Status.Canceled) drop(guild, event);
  return event;
}

export function deleteScheduledEvent(guild: Guild, event: ScheduledEvent): void {
  drop(guild, event);
  publish(guild, 'GUILD_SCHEDULED_EVENT_DELETE', event);
}

function drop(guild: Guild, event: ScheduledEvent): void {
  guild.record.events = scheduledEvents(guild).filter((each) => each !== event);
}

function publish(guild: Guild, t: string, event: ScheduledEvent): void {
  guild.publish({ t, d: event, intents: INTENT.scheduledEvents });
}

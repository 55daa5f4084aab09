/** What set-up, inspection, repair and teardown of a guild's channels hand to each other. */
import type { CategoryChannel, Guild, GuildMember, NewsChannel, TextChannel, Webhook } from 'discord.js';
import type { Persona } from '#core/content.ts';
import type { Log } from '#show/ports/clock.ts';
import type { KeyValues } from '#show/ports/key-values.ts';
import type { Painter } from '#show/ports/painter.ts';
import type { DiscordApi } from '../discord/api.ts';
import type { Wording } from '../presentation/wording.ts';
import type { MissingPermissions } from './permissions.ts';
import type { Places } from './places.ts';
import type { ChannelPlan } from './plan.ts';

/** A channel of the show: a text channel, also where somebody has turned it into one for announcements. */
export type ShowChannel = TextChannel | NewsChannel;

/** A trader's voice in a room: its webhook, if that can be used. */
export interface TraderVoice {
  persona: Persona;
  webhook: Webhook | null;
}

export interface InspectedPlace {
  plan: ChannelPlan;
  channel: ShowChannel | null;
  /** What the bot may not do there and needs. */
  missing: MissingPermissions | null;
  /** What would be welcome there: pins, taking refused reactions off. */
  unwelcome: MissingPermissions | null;
  /** A gallery in which not everybody may write. */
  muted: boolean;
  /** A green room that does not shut everybody out. */
  exposed: boolean;
  /** The set-up itself can mend what is missing or exposed. */
  repairable: boolean;
  /** Empty for a place that is no room; null where webhooks may not be read. */
  webhooks: TraderVoice[] | null;
}

export type RuleCard = 'pinned' | 'unpinned' | 'missing';

export interface Inspection {
  me: GuildMember;
  /** Withheld by the server, and needed to build what is missing. */
  server: MissingPermissions | null;
  category: CategoryChannel | null;
  places: InspectedPlace[];
  /** Channels of others that bear a name of ours: they are left alone. */
  strangers: string[];
  rules: RuleCard;
}

export interface InspectDeps {
  guild: Guild;
  places: Places;
  keyValues: KeyValues;
  wording: Wording;
}

export interface SetupReport {
  /** What was built now, in words. */
  made: string[];
  /** Permissions that were put right, in words. */
  mended: string[];
  /** How many things stood already. */
  kept: number;
  /** What could not be done: one line each, with the cure. */
  problems: string[];
}

export type SetupResult = { ok: true; report: SetupReport } | { ok: false; problems: string[] };

export interface SetupDeps extends InspectDeps {
  /** In the language of whoever reads the report; `wording` is the one of what is built. */
  told: Wording;
  api: DiscordApi;
  painter: Painter;
  log: Log;
}

export interface TeardownReport {
  /** Names of what is gone now. */
  removed: string[];
  /** What stayed and why: one line each. */
  stayed: string[];
}

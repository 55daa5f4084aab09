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

/** A channel of the show: a text channel, or the announcement channel that somebody has turned it into. */
export type ShowChannel = TextChannel | NewsChannel;

/** A trader's voice in a room: its webhook, if there is one that can be used. */
export interface TraderVoice {
  persona: Persona;
  webhook: Webhook | null;
}

export interface InspectedPlace {
  plan: ChannelPlan;
  channel: ShowChannel | null;
  /** Permissions that the bot needs there and does not have. */
  missing: MissingPermissions | null;
  /** Permissions that would be welcome there: for pins, and to remove refused reactions. */
  unwelcome: MissingPermissions | null;
  /** True for a gallery in which not everybody may write. */
  muted: boolean;
  /** True for a green room that everybody may enter. */
  exposed: boolean;
  /** True when the set-up itself can mend what is missing or exposed. */
  repairable: boolean;
  /** Empty for a place that is not a room; null where the bot may not read webhooks. */
  webhooks: TraderVoice[] | null;
}

export type CardState = 'pinned' | 'unpinned' | 'missing';

/** The cards that a set-up hangs. */
export interface Cards {
  rules: CardState;
  panel: CardState;
}

export interface Inspection {
  me: GuildMember;
  /** Permissions that the server withholds and that are needed to build what is missing. */
  server: MissingPermissions | null;
  category: CategoryChannel | null;
  places: InspectedPlace[];
  /** The server's own channels with a name of ours: they are left alone. */
  strangers: string[];
  cards: Cards;
}

export interface InspectDeps {
  guild: Guild;
  places: Places;
  keyValues: KeyValues;
  wording: Wording;
}

export interface SetupReport {
  /** What was built, in words. */
  made: string[];
  /** Permissions that were put right, in words. */
  mended: string[];
  /** How many things were there already. */
  kept: number;
  /** What could not be done: one line each, with the cure. */
  problems: string[];
}

export type SetupResult = { ok: true; report: SetupReport } | { ok: false; problems: string[] };

export interface SetupDeps extends InspectDeps {
  /** The words for whoever reads the report; `wording` has the words of what is built. */
  told: Wording;
  api: DiscordApi;
  painter: Painter;
  log: Log;
}

export interface TeardownReport {
  /** The names of what was removed. */
  removed: string[];
  /** What could not be removed, and why: one line each. */
  stayed: string[];
}

import { randomBytes } from 'node:crypto';
import type {
  APIApplicationCommandOptionChoice,
  APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import { InteractionType } from 'discord-api-types/v10';
import { refusals } from './discord-error.ts';
import { INTENT } from './guild/events.ts';
import type { Guild } from './guild/guild.ts';
import { channelPermissions } from './guild/permissions.ts';
import { DEFAULT_LOCALE, type ChannelRecord, type MessageRecord } from './guild/record.ts';
import { renderChannel, renderMember } from './guild/render.ts';

const TOKEN_LIFE_MS = 15 * 60_000;
const ATTACHMENT_SIZE_LIMIT_BYTES = 10 * 1024 * 1024;

/** The bot's first answer to an interaction. */
export type FirstAnswer =
  | { type: 'message' }
  | { type: 'deferred'; ephemeral: boolean }
  | { type: 'deferredUpdate' }
  | { type: 'update' }
  | { type: 'choices'; choices: APIApplicationCommandOptionChoice[] }
  | { type: 'modal'; modal: APIModalInteractionResponseCallbackData }
  | { type: 'pong' };

/** A member's command, click or form on its way to the bot, or answered by it. */
export interface Interaction {
  id: string;
  token: string;
  type: InteractionType;
  userId: string;
  channel: ChannelRecord;
  startedAtMs: number;
  /** The command's name, for a command. */
  commandName?: string;
  /** The message whose component was used. */
  source?: MessageRecord;
  /** For a form that was submitted: what it was opened by. */
  openedBy?: Interaction;
  firstAnswer?: FirstAnswer;
  /** What `@original` means. */
  original?: MessageRecord;
}

export interface InteractionStart {
  type: InteractionType;
  userId: string;
  channel: ChannelRecord;
  data: object;
  commandName?: string;
  source?: MessageRecord;
  openedBy?: Interaction;
}

interface Waiting {
  resolve: (answer: FirstAnswer) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/** Takes what members do to the bot, and holds the bot to one first answer in time. */
export class Interactions {
  readonly #guild: Guild;
  readonly #deadlineMs: number;
  readonly #byToken = new Map<string, Interaction>();
  readonly #waiting = new Map<string, Waiting>();

  constructor(guild: Guild, deadlineMs: number) {
    this.#guild = guild;
    this.#deadlineMs = deadlineMs;
  }

  /**
   * Sends an interaction to the bot. `acknowledged` resolves with the bot's first answer and rejects when none comes
   * within Discord's three seconds.
   */
  start(start: InteractionStart): { interaction: Interaction; acknowledged: Promise<FirstAnswer> } {
    this.#forgetOld();
    const { data, ...about } = start;
    const interaction: Interaction = {
      id: this.#guild.ids.next(),
      token: randomBytes(48).toString('base64url'),
      startedAtMs: Date.now(),
      ...about,
    };
    this.#byToken.set(interaction.token, interaction);
    const acknowledged = new Promise<FirstAnswer>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(interaction.id);
        reject(new Error('The application did not respond'));
      }, this.#deadlineMs);
      this.#waiting.set(interaction.id, { resolve, reject, timer });
    });
    this.#guild.publish({
      t: 'INTERACTION_CREATE',
      d: this.#payload(interaction, data),
      intents: INTENT.always,
      audience: 'bot',
    });
    return { interaction, acknowledged };
  }

  /** Throws 10062 when there is no such interaction or the time for its first answer is over, 40060 when it is answered. */
  open(id: string, token: string): Interaction {
    const interaction = this.#byToken.get(token);
    if (interaction === undefined || interaction.id !== id) throw refusals.unknownInteraction();
    if (interaction.firstAnswer !== undefined) throw refusals.alreadyAcknowledged();
    if (!this.#waiting.has(id)) throw refusals.unknownInteraction();
    return interaction;
  }

  acknowledge(interaction: Interaction, answer: FirstAnswer): void {
    interaction.firstAnswer = answer;
    const waiting = this.#waiting.get(interaction.id);
    this.#waiting.delete(interaction.id);
    clearTimeout(waiting?.timer);
    waiting?.resolve(answer);
  }

  /** For follow-ups: the interaction of this token, from its first answer until the token expires. */
  answered(token: string): Interaction | undefined {
    this.#forgetOld();
    const interaction = this.#byToken.get(token);
    return interaction?.firstAnswer === undefined ? undefined : interaction;
  }

  /** The interaction of this id, while its token lives. */
  byId(id: string): Interaction | undefined {
    this.#forgetOld();
    return [...this.#byToken.values()].find((interaction) => interaction.id === id);
  }

  knows(token: string): boolean {
    return this.#byToken.has(token);
  }

  close(): void {
    for (const { timer, reject } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new Error('The backlot was closed'));
    }
    this.#waiting.clear();
  }

  #forgetOld(): void {
    const oldestMs = Date.now() - TOKEN_LIFE_MS;
    for (const [token, { startedAtMs }] of this.#byToken) {
      if (startedAtMs >= oldestMs) return;
      this.#byToken.delete(token);
    }
  }

  #payload(interaction: Interaction, data: object): object {
    const guild = this.#guild;
    const { channel, userId, source } = interaction;
    const permissions = channelPermissions(guild, userId, channel).toString();
    const guildLocale = guild.record.guild.locale ?? DEFAULT_LOCALE;
    return {
      id: interaction.id,
      application_id: guild.record.application.id,
      type: interaction.type,
      token: interaction.token,
      version: 1,
      guild_id: guild.id,
      guild: { id: guild.id, locale: guildLocale, features: [] },
      guild_locale: guildLocale,
      locale: guild.member(userId).locale ?? DEFAULT_LOCALE,
      channel_id: channel.id,
      channel: { ...renderChannel(guild, channel), permissions },
      member: { ...renderMember(guild, guild.member(userId)), permissions },
      app_permissions: channelPermissions(guild, guild.botId, channel).toString(),
      entitlements: [],
      authorizing_integration_owners: { '0': guild.id },
      context: 0,
      attachment_size_limit: ATTACHMENT_SIZE_LIMIT_BYTES,
      data,
      ...(source === undefined ? {} : { message: source.message }),
    };
  }
}

/** How a message says which interaction it answers. */
export function interactionMetadata(guild: Guild, interaction: Interaction): object {
  return {
    id: interaction.id,
    type: interaction.type,
    user: guild.user(interaction.userId),
    authorizing_integration_owners: { '0': guild.id },
    ...(interaction.openedBy === undefined
      ? interaction.source === undefined
        ? {}
        : { interacted_message_id: interaction.source.message.id }
      : { triggering_interaction_metadata: interactionMetadata(guild, interaction.openedBy) }),
  };
}

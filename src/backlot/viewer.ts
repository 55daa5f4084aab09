import type {
  APIApplicationCommand,
  APIApplicationCommandOptionChoice,
  APIMessage,
  APIUser,
} from 'discord-api-types/v10';
import * as acts from './acts.ts';
import * as management from './management.ts';
import { commandsFor } from './guild/commands.ts';
import { canView } from './guild/permissions.ts';
import type { ChannelRecord } from './guild/record.ts';
import { renderMessage } from './guild/render.ts';
import type { FirstAnswer } from './interactions.ts';
import type { Backstage } from './rest/call.ts';

const PATIENCE_MS = 5000;

/** How the bot answered a command or a click. */
export interface Reply {
  interactionId: string;
  /** The bot's first answer: a message, "thinking", a form, ... */
  first: FirstAnswer;
  /** Resolves with the answer's message once it is there, also when the answer was deferred. */
  message(): Promise<APIMessage>;
  /** Submits the form that the bot opened; `values` are by the fields' custom ids. */
  submit(values: Readonly<Record<string, string>>): Promise<Reply>;
}

export interface Patience {
  /** Gives up after this long; 5000 when left out. */
  timeoutMs?: number;
  /** What is waited for; the error names it. */
  what?: string;
}

/**
 * A member of the guild for tests to act as. Channels are named by id or name. What Discord would not allow is refused with
 * a `ViewerRefusal` (or a `DiscordError` for limits that the API has as well).
 */
export class Viewer {
  readonly user: APIUser;
  readonly #backstage: Backstage;

  constructor(backstage: Backstage, userId: string) {
    this.#backstage = backstage;
    this.user = backstage.guild.user(userId);
  }

  get id(): string {
    return this.user.id;
  }

  /** Sets the language of this member's Discord, as in the user settings: `de`, `pt-BR`. */
  speak(locale: string): void {
    this.#backstage.guild.member(this.id).locale = locale;
  }

  say(channel: string, content: string): APIMessage {
    return renderMessage(acts.say(this.#backstage, this.id, channel, content), this.id);
  }

  /** Uses a command ("show start" for a subcommand). Resolves when the bot has acknowledged it, rejects after 3 s. */
  command(channel: string, line: string, options: Readonly<Record<string, string>> = {}): Promise<Reply> {
    return this.#acknowledged(acts.command(this.#backstage, this.id, channel, line, options));
  }

  /** Uses a command and waits for the message that answers it. */
  async ask(
    channel: string,
    line: string,
    options: Readonly<Record<string, string>> = {},
  ): Promise<APIMessage> {
    const reply = await this.command(channel, line, options);
    return reply.message();
  }

  /** Uses a command from the menu of a message. */
  commandOn(message: Pick<APIMessage, 'id' | 'channel_id'>, name: string): Promise<Reply> {
    const { channel_id, id } = message;
    return this.#acknowledged(acts.messageCommand(this.#backstage, this.id, channel_id, id, name));
  }

  autocomplete(
    channel: string,
    line: string,
    options: Readonly<Record<string, string>>,
    focused: string,
  ): Promise<APIApplicationCommandOptionChoice[]> {
    return acts.autocomplete(this.#backstage, this.id, channel, line, options, focused);
  }

  /** Presses a button or, with `values`, chooses in a select. */
  press(
    message: Pick<APIMessage, 'id' | 'channel_id'>,
    customId: string,
    values?: readonly string[],
  ): Promise<Reply> {
    const { channel_id, id } = message;
    return this.#acknowledged(acts.press(this.#backstage, this.id, channel_id, id, customId, values));
  }

  /** Clicks a reaction; `emoji` is a unicode emoji or `name:id`. */
  react(message: Pick<APIMessage, 'id' | 'channel_id'>, emoji: string): void {
    acts.react(this.#backstage, this.id, message.channel_id, message.id, emoji, true);
  }

  unreact(message: Pick<APIMessage, 'id' | 'channel_id'>, emoji: string): void {
    acts.react(this.#backstage, this.id, message.channel_id, message.id, emoji, false);
  }

  dismiss(messageId: string): void {
    acts.dismiss(this.#backstage, this.id, messageId);
  }

  /** Deletes a message of one's own or, with the permission, anybody's. */
  deleteMessage(message: Pick<APIMessage, 'id' | 'channel_id'>): void {
    management.removeMessage(this.#backstage, this.id, message.channel_id, message.id);
  }

  deleteChannel(channel: string): void {
    management.removeChannel(this.#backstage, this.id, channel);
  }

  /** Deletes every webhook of a channel. */
  deleteWebhooks(channel: string): void {
    management.removeWebhooks(this.#backstage, this.id, channel);
  }

  /** Sets what a role or a member is allowed and denied in one channel; all else is left to the roles. */
  setOverwrite(channel: string, roleOrUserId: string, bits: { allow?: bigint; deny?: bigint }): void {
    management.overwrite(this.#backstage, this.id, channel, roleOrUserId, bits);
  }

  /** Throws the bot out of the guild. */
  removeBot(): void {
    management.removeBot(this.#backstage, this.id);
  }

  /** Invites the bot again, with the role that it had. */
  inviteBot(): void {
    management.inviteBot(this.#backstage, this.id);
  }

  /** What this member sees in a channel, oldest first, with its own private replies. */
  readChannel(channel: string): APIMessage[] {
    const { guild } = this.#backstage;
    const found = acts.visibleChannel(guild, this.id, channel);
    return acts.visibleMessages(guild, this.id, found).map((record) => renderMessage(record, this.id));
  }

  /** The channels that this member sees. */
  channels(): Readonly<ChannelRecord>[] {
    const { guild } = this.#backstage;
    return guild.record.channels.filter((each) => canView(guild, this.id, each));
  }

  /** The commands that this member is offered. */
  commands(): APIApplicationCommand[] {
    return commandsFor(this.#backstage.guild, this.id);
  }

  /**
   * Resolves with what `look` finds, as soon as it finds something. It looks at once, after every event in the guild,
   * and when the bot comes or goes. When it throws, because a channel is not there yet, it has found nothing.
   */
  until<T>(look: (viewer: this) => T | undefined | null | false, patience: Patience = {}): Promise<T> {
    const { timeoutMs = PATIENCE_MS, what = 'what the viewer waits for' } = patience;
    return new Promise((resolve, reject) => {
      let lastRefusal: unknown;
      const attempt = (): void => {
        try {
          const found = look(this);
          if (found === undefined || found === null || found === false) return;
          stop();
          resolve(found);
        } catch (error) {
          lastRefusal = error;
        }
      };
      const unsubscribe = this.#backstage.guild.subscribe(attempt);
      const unwatch = this.#backstage.gateway.onOnlineChange(attempt);
      const timer = setTimeout(() => {
        stop();
        const message = `${this.user.username} waited ${timeoutMs} ms in vain for ${what}`;
        reject(new Error(message, { cause: lastRefusal }));
      }, timeoutMs);
      const stop = (): void => {
        clearTimeout(timer);
        unsubscribe();
        unwatch();
      };
      attempt();
    });
  }

  /** Waits for a message in a channel; any message when there is no `matches`. */
  untilMessage(
    channel: string,
    matches: (message: APIMessage) => boolean = () => true,
    patience: Patience = {},
  ): Promise<APIMessage> {
    const what = patience.what ?? `a message in ${channel}`;
    return this.until((viewer) => viewer.readChannel(channel).find(matches), { ...patience, what });
  }

  async #acknowledged({ interaction, acknowledged }: acts.StartedInteraction): Promise<Reply> {
    const first = await acknowledged;
    return {
      interactionId: interaction.id,
      first,
      message: () =>
        this.until(
          () =>
            this.readChannel(interaction.channel.id).find(
              ({ id }) => id === interaction.original?.message.id,
            ),
          { what: `the answer to ${interaction.commandName ?? 'the click'}` },
        ),
      submit: (values) => this.#acknowledged(acts.submitModal(this.#backstage, interaction, values)),
    };
  }
}

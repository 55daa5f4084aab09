import type { WebSocket } from 'ws';
import type { APIChannel } from 'discord-api-types/v10';
import * as acts from './acts.ts';
import { COMMANDS_CHANGED, commandsFor } from './guild/commands.ts';
import type { GuildEvent } from './guild/events.ts';
import type { Guild } from './guild/guild.ts';
import { canView } from './guild/permissions.ts';
import { renderChannel, renderMessage } from './guild/render.ts';
import { jsonFrame } from './gateway/json-frame.ts';
import type { Act, Persona, ServerFrame } from './page-protocol.ts';
import type { Backstage } from './rest/call.ts';

const MESSAGES_IN_SNAPSHOT = 50;
const CHANGES_PERMISSIONS =
  /^(?:CHANNEL_(?:CREATE|UPDATE)|THREAD_CREATE|GUILD_ROLE_UPDATE|GUILD_MEMBER_UPDATE)$/;

export function personasOf(guild: Guild): Persona[] {
  return guild.record.people.map((user) => ({ user, producer: user.id === guild.record.guild.ownerId }));
}

/** One open page: the window of one member. It serves the socket until that closes. */
export class PageSocket {
  readonly #backstage: Backstage;
  readonly #socket: WebSocket;
  readonly #userId: string;
  #seen = new Set<string>();
  #readOnly: string[] = [];

  constructor(backstage: Backstage, socket: WebSocket, userId: string) {
    this.#backstage = backstage;
    this.#socket = socket;
    this.#userId = userId;
    const unsubscribe = backstage.guild.subscribe((event) => this.#tell(event));
    const unwatch = backstage.gateway.onOnlineChange((online) => this.#send({ type: 'bot', online }));
    socket.on('message', (data: Buffer) => void this.#receive(data.toString()));
    socket.on('close', () => {
      unsubscribe();
      unwatch();
    });
    this.#sendSnapshot();
  }

  #send(frame: ServerFrame): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #sendSnapshot(): void {
    const { guild, gateway } = this.#backstage;
    const channels = guild.record.channels.filter((each) => canView(guild, this.#userId, each));
    this.#seen = new Set(channels.map(({ id }) => id));
    this.#readOnly = this.#findReadOnly();
    this.#send({
      type: 'snapshot',
      guild: {
        id: guild.id,
        name: guild.record.guild.name,
        description: guild.record.guild.description ?? null,
        roles: guild.record.roles,
      },
      channels: channels.map((each) => renderChannel(guild, each) as APIChannel),
      messages: Object.fromEntries(
        channels.map((each) => {
          const records = acts.visibleMessages(guild, this.#userId, each).slice(-MESSAGES_IN_SNAPSHOT);
          return [each.id, records.map((record) => renderMessage(record, this.#userId))];
        }),
      ),
      commands: commandsFor(guild, this.#userId),
      personas: personasOf(guild),
      as: this.#userId,
      botOnline: gateway.online,
      readOnly: this.#readOnly,
    });
  }

  #tell(event: GuildEvent): void {
    if (event.audience === 'bot') return;
    if (event.onlyFor !== undefined && event.onlyFor !== this.#userId) return;
    if (event.t === COMMANDS_CHANGED) {
      this.#send({ type: 'commands', commands: commandsFor(this.#backstage.guild, this.#userId) });
      return;
    }
    if (this.#visibilityChanged(event)) {
      // A channel came into view, with its history, or went out of it: to send everything again is simplest.
      this.#sendSnapshot();
      return;
    }
    const about = event.channelId ?? channelIdOf(event);
    if (about !== undefined && !this.#seen.has(about)) return;
    this.#send({ type: 'event', t: event.t, d: event.d });
    if (CHANGES_PERMISSIONS.test(event.t)) this.#tellReadOnly();
    if ((event.t === 'CHANNEL_DELETE' || event.t === 'THREAD_DELETE') && about !== undefined)
      this.#seen.delete(about);
  }

  #findReadOnly(): string[] {
    const { guild } = this.#backstage;
    return guild.record.channels
      .filter((each) => this.#seen.has(each.id) && !acts.mayWrite(guild, this.#userId, each))
      .map(({ id }) => id);
  }

  #tellReadOnly(): void {
    const channelIds = this.#findReadOnly();
    if (channelIds.join() === this.#readOnly.join()) return;
    this.#readOnly = channelIds;
    this.#send({ type: 'readOnly', channelIds });
    // Members are offered only the commands that they can use somewhere.
    this.#send({ type: 'commands', commands: commandsFor(this.#backstage.guild, this.#userId) });
  }

  #visibilityChanged({ t }: GuildEvent): boolean {
    if (!CHANGES_PERMISSIONS.test(t)) return false;
    const { guild } = this.#backstage;
    const now = guild.record.channels.filter((each) => canView(guild, this.#userId, each));
    if (t === 'CHANNEL_CREATE' || t === 'THREAD_CREATE') {
      // A fresh channel has no history: the event itself is enough.
      const created = now.find(({ id }) => !this.#seen.has(id));
      if (created !== undefined) this.#seen.add(created.id);
      return false;
    }
    return now.length !== this.#seen.size || now.some(({ id }) => !this.#seen.has(id));
  }

  async #receive(text: string): Promise<void> {
    const act = jsonFrame(text) as Act | null;
    if (act === null) {
      this.#socket.close(1003, 'not a JSON object');
      return;
    }
    try {
      await this.#perform(act);
      this.#send({ type: 'done', id: act.id });
    } catch (error) {
      this.#send({
        type: 'refused',
        id: act.id,
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  }

  async #perform(act: Act): Promise<void> {
    const backstage = this.#backstage;
    const userId = this.#userId;
    switch (act.type) {
      case 'say':
        acts.say(backstage, userId, act.channelId, act.content);
        return;
      case 'command':
        await this.#follow(acts.command(backstage, userId, act.channelId, act.name, act.options));
        return;
      case 'autocomplete': {
        const { channelId, name, options, focused } = act;
        const choices = await acts.autocomplete(backstage, userId, channelId, name, options, focused);
        this.#send({ type: 'choices', id: act.id, choices });
        return;
      }
      case 'press': {
        const { channelId, messageId, customId, values } = act;
        await this.#follow(acts.press(backstage, userId, channelId, messageId, customId, values));
        return;
      }
      case 'commandOn': {
        const { channelId, messageId, name } = act;
        await this.#follow(acts.messageCommand(backstage, userId, channelId, messageId, name));
        return;
      }
      case 'submit':
        await this.#follow(acts.submitOpenForm(backstage, userId, act.interactionId, act.values));
        return;
      case 'react':
        acts.react(backstage, userId, act.channelId, act.messageId, act.emoji, act.on);
        return;
      case 'dismiss':
        acts.dismiss(backstage, userId, act.messageId);
        return;
      default:
        act satisfies never;
        throw new Error('The page asked for something unknown. Reload it.');
    }
  }

  async #follow({ interaction, acknowledged }: acts.StartedInteraction): Promise<void> {
    const answer = await acknowledged;
    const { channel, id } = interaction;
    if (answer.type === 'modal') this.#send({ type: 'form', interactionId: id, modal: answer.modal });
    if (answer.type !== 'deferred') return;
    this.#send({ type: 'thinking', channelId: channel.id, interactionId: id, ephemeral: answer.ephemeral });
  }
}

/** The channel's id, for an event about a channel itself. */
function channelIdOf({ t, d }: GuildEvent): string | undefined {
  if (!/^(?:CHANNEL|THREAD)_/u.test(t) || typeof d !== 'object' || d === null || !('id' in d))
    return undefined;
  return typeof d.id === 'string' ? d.id : undefined;
}

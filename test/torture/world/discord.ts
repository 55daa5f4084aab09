/** Discord as it is, whoever looks: channels, messages, reactions, webhooks. It never forgets and never lies; the way to it may. */
import type { APIEmbed, APIMessageTopLevelComponent } from 'discord.js';
import type { StagePlace } from '#show/ports/stage-record.ts';
import type { Kernel } from '../sim/kernel.ts';

export const BOT_ID = '900000000000000001';
const DISCORD_EPOCH_MS = 1_420_070_400_000;
const POOL_BUTTON = /my-stake[^"]*?(s\d+e\d+(?:-twin)?)/u;
/** For so long a repeated nonce gets the message that it made. */
const NONCE_MS = 180_000;

export interface Body {
  content: string;
  embeds: APIEmbed[];
  components: APIMessageTopLevelComponent[];
  files: string[];
}

export interface Posted extends Body {
  id: string;
  channelId: string;
  /** Who spoke: a webhook's id, or null for the bot itself. */
  webhookId: string | null;
  nonce: string | null;
  atMs: number;
  edits: number;
  pinned: boolean;
  /** The pool that it shows, if it is the message of one. */
  pool: string | null;
  /** Members by emoji. */
  reactions: Map<string, Set<string>>;
}

export interface Hook {
  id: string;
  token: string;
  channelId: string;
  name: string;
}

/** What a member does with a reaction, as Discord tells the bot. */
export interface ReactionEvent {
  messageId: string;
  member: string;
  emoji: string;
  on: boolean;
}

export type WorldEvent = ReactionEvent | { messageId: string; cleared: true };

export class Discord {
  readonly messages = new Map<string, Posted>();
  readonly byChannel = new Map<string, Posted[]>();
  readonly hooks = new Map<string, Hook>();
  readonly channels = new Map<string, StagePlace>();
  /** Hears what Discord would tell the bot. */
  tell: (event: WorldEvent) => void = () => undefined;
  /** Hears of every new message. */
  posted: (message: Posted) => void = () => undefined;
  readonly #kernel: Kernel;
  #ids = 0;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** An id that says when it was made. */
  id(): string {
    this.#ids += 1;
    return String(
      (BigInt(Math.floor(this.#kernel.trueMs) - DISCORD_EPOCH_MS) << 22n) + BigInt(this.#ids % 4_194_304),
    );
  }

  makeChannel(place: StagePlace): string {
    const id = this.id();
    this.channels.set(id, place);
    this.byChannel.set(id, []);
    return id;
  }

  makeHook(channelId: string, name: string): Hook {
    const id = this.id();
    const hook: Hook = { id, token: `token-${id}`, channelId, name };
    this.hooks.set(id, hook);
    return hook;
  }

  /** The message; one that its nonce made a moment ago, if there is one. Null: there is no such channel. */
  post(channelId: string, body: Body, from: { hook?: Hook; nonce?: string }): Posted | null {
    const channel = this.byChannel.get(channelId);
    if (!channel) return null;
    const { nonce = null } = from;
    const again = nonce === null ? undefined : channel.findLast((each) => each.nonce === nonce);
    if (again && this.#kernel.trueMs - again.atMs < NONCE_MS) return again;
    const message: Posted = {
      ...body,
      id: this.id(),
      channelId,
      webhookId: from.hook?.id ?? null,
      nonce,
      atMs: this.#kernel.trueMs,
      edits: 0,
      pinned: false,
      pool: POOL_BUTTON.exec(JSON.stringify(body.components))?.[1] ?? null,
      reactions: new Map(),
    };
    this.messages.set(message.id, message);
    channel.push(message);
    this.posted(message);
    return message;
  }

  delete(messageId: string): void {
    const message = this.messages.get(messageId);
    if (!message) return;
    this.messages.delete(messageId);
    const channel = this.byChannel.get(message.channelId) ?? [];
    channel.splice(channel.indexOf(message), 1);
  }

  /** True when it changed anything. */
  react(messageId: string, emoji: string, member: string, on: boolean): boolean {
    const message = this.messages.get(messageId);
    if (!message) return false;
    const members = message.reactions.get(emoji) ?? new Set();
    message.reactions.set(emoji, members);
    if (members.has(member) === on) return false;
    if (on) members.add(member);
    else members.delete(member);
    this.tell({ messageId, member, emoji, on });
    return true;
  }

  clearReactions(messageId: string): void {
    this.messages.get(messageId)?.reactions.clear();
    this.tell({ messageId, cleared: true });
  }
}

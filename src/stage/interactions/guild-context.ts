/** A guild as its commands see it: the show, its languages, and what can be built and taken down. */
import type { PermissionsBitField } from 'discord.js';
import type { Named } from '#show/audience/member-picks.ts';
import type { Placed } from '#show/audience/stakes.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { CardView } from '#show/ports/card-views.ts';
import type { LabCard } from '#show/ports/lab-desk.ts';
import type { Result, StakeRefusal } from '#show/results.ts';
import type { Show } from '#show/show.ts';
import type { AttachedFile } from './attached-file.ts';
import type { LinkOf } from '../posts/message-links.ts';
import type { MessageBody } from '../presentation/message.ts';
import type { Wording } from '../presentation/wording.ts';
import type { Language } from '../texts/index.ts';
import type { BellRefusal } from '../channels/bell-role.ts';
import type { Inspection, SetupResult, TeardownReport } from '../channels/types.ts';

/** Where a member used a command. */
export interface Here {
  channelId: string;
  /** The bot's permissions in that channel, as Discord itself sent them. */
  permissions: Readonly<PermissionsBitField>;
}

/** The message on which a member opened the menu of commands. */
export interface AboutMessage {
  id: string;
  channelId: string;
  /** Of the webhook that posted it. */
  webhookId: string | null;
}

/** What `/setup` may settle beside building. */
export interface Choices {
  /** Members with this role are producers, too. */
  producerRole: string | null;
  /** What the show speaks in its channels. */
  language: Language | null;
}

/** A show that is not there at the moment: it restarts, or waits until its trouble is over. */
export interface Away {
  /** What is wrong; null while it is only being opened. */
  why: string | null;
  /** When it is tried again; null when that is not known. */
  retryAtMs: number | null;
}

export interface GuildContext {
  show: Show;
  /** The language of what all can see. */
  language(): Language;
  wordingIn(language: Language): Wording;
  /** True in the show's own channels where members only read. */
  isReadOnly(channelId: string): boolean;
  /** Members with this role are producers, too; null before `/setup` named one. */
  producerRole(): string | null;
  /** When members will hear the bell of an episode that is over; null when they have. */
  bellAtMs(): number | null;
  /** False before `/setup` and after `/teardown`: then nothing would be seen of the show. */
  hasStage(): boolean;
  /** The channel in which members may write, and so use commands; null before `/setup` built it. */
  gallery(): string | null;
  /**
   * What is there, what is missing, what is not allowed. Missing things have their names in `language`; default: the public
   * language. Changes nothing. Rejects with Discord's error.
   */
  inspect(here: Here, language?: Language): Promise<Inspection>;
  /**
   * Builds what is missing; null leaves a choice as it is. The audit log names `by` for the choices, and the report is in the
   * words of `told`. Rejects with Discord's error.
   */
  setUp(choices?: Choices, by?: string, told?: Wording): Promise<SetupResult>;
  /** Stops the show and removes what the set-up made. Rejects with Discord's error. */
  tearDown(by: string, told: Wording): Promise<TeardownReport>;
  /** The role that is pinged when bets open, made or removed; null when it was removed. Rejects with Discord's error. */
  switchBell(on: boolean, by: string): Promise<Result<string | null, BellRefusal>>;
  /** Gives a member that role, or takes it back: whether the member has it now. Rejects with Discord's error. */
  toggleBell(member: string): Promise<Result<boolean, BellRefusal>>;
  /** Whether the bot may open threads in the gallery. Rejects with Discord's error. */
  mayOpenThreads(): Promise<boolean>;
  /** A member's stake by name, in one order with the reactions under the pool. Rejects with the store's error. */
  bet(named: Named): Promise<Result<Placed, StakeRefusal>>;
  /** What the lab measured of the brain with this label; null when it has no run of it. */
  measured(brain: string): LabCard | null;
  /** Which trader said this message, and in which round; `round` is null where that is no longer known. Null for any other message. */
  saidIn(message: AboutMessage): { trader: TraderId; round: number | null } | null;
  /** A file that was attached to a command. Rejects with InputError when it cannot be had, or has more bytes than allowed. */
  download(file: AttachedFile, mostBytes: number): Promise<Uint8Array>;
  /** The address of the message that shows a moment; null while none is known. */
  linkOf: LinkOf;
  /** The floor as it is now: a picture, or words when it cannot be painted. */
  paintFloor(wording: Wording): Promise<MessageBody>;
  /** The message with the card under it, or only the message when the card cannot be painted. */
  withCard(body: MessageBody, card: CardView, wording: Wording): Promise<MessageBody>;
}

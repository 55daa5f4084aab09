/** The stage of one guild: its show, its channels, what it posts there and what it hears there. */
import { PermissionFlagsBits, type Client, type Guild } from 'discord.js';
import type { Named } from '#show/audience/member-picks.ts';
import type { Placed } from '#show/audience/stakes.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { CardView } from '#show/ports/card-views.ts';
import type { Clock, Log } from '#show/ports/clock.ts';
import type { LabCard, LabDesk } from '#show/ports/lab-desk.ts';
import type { Painter } from '#show/ports/painter.ts';
import { accepted, type Result, type StakeRefusal } from '#show/results.ts';
import type { Show } from '#show/show.ts';
import type { BettingTable } from './betting/betting-table.ts';
import type { GuildDeps } from './guild-deps.ts';
import { GuildOutput } from './guild-output.ts';
import { GuildLanguage } from './guild-language.ts';
import type { AboutMessage, Choices, Here, GuildContext } from './interactions/guild-context.ts';
import { download } from './discord/download.ts';
import type { AttachedFile } from './interactions/attached-file.ts';
import { nonces } from './discord/nonce.ts';
import type { MessageBody } from './presentation/message.ts';
import { BellRole, type BellRefusal } from './channels/bell-role.ts';
import { heldOf } from './channels/permissions.ts';
import { Places, PRODUCER_ROLE_KEY } from './channels/places.ts';
import { GuildChannels } from './channels/guild-channels.ts';
import { messageLinks, type LinkOf } from './posts/message-links.ts';
import type { Publisher } from './posts/publisher.ts';
import type { Wording } from './presentation/wording.ts';
import type { Language } from './texts/index.ts';
import type { DiscordApi } from './discord/api.ts';
import type { Inspection, SetupResult, TeardownReport } from './channels/types.ts';

export interface GuildStageDeps {
  client: Client<true>;
  guild: Guild;
  show: Show;
  api: DiscordApi;
  /** Where attached files lie, if not on Discord's own servers. */
  cdn?: string | undefined;
  /** What the show speaks until a language is chosen by `/setup`. */
  language: Language;
  painter: Painter;
  lab: LabDesk | undefined;
  clock: Clock;
  log: Log;
  connected: () => boolean;
}

export class GuildStage implements GuildContext {
  readonly show: Show;
  readonly wording: Wording;
  readonly table: BettingTable;
  readonly publisher: Publisher;
  readonly linkOf: LinkOf;
  readonly #places: Places;
  readonly #lab: LabDesk | undefined;
  readonly #language: GuildLanguage;
  readonly #channels: GuildChannels;
  readonly #bell: BellRole;
  readonly #guild: Guild;
  readonly #output: GuildOutput;
  readonly #cdn: string | undefined;

  constructor(deps: GuildStageDeps) {
    const { client, guild, show, api, painter, clock, log, connected } = deps;
    const { keyValues } = show;
    this.#guild = guild;
    const places = new Places(show.stageRecord);
    const nonce = nonces(keyValues);
    const language = new GuildLanguage(() => show.content, keyValues, deps.language);
    const { wording } = language;
    const botId = client.user.id;
    const shared: GuildDeps = { show, places, keyValues, api, wording, clock, log, nonce, botId };
    this.#cdn = deps.cdn;
    this.#places = places;
    this.linkOf = messageLinks(guild.id, show.outbox, places);
    this.#lab = deps.lab;
    this.#language = language;
    this.#channels = new GuildChannels({ ...shared, guild, language, painter });
    this.#bell = new BellRole({ guild, show, keyValues, api });
    this.show = show;
    this.wording = wording;
    this.#output = new GuildOutput({
      ...shared,
      guildId: guild.id,
      painter,
      connected,
      repair: async (place) => void (await this.#channels.repair(place)),
      refreshPanel: () => this.#channels.refreshPanel(),
      mayAnnounce: async () => {
        const me = await guild.members.fetchMe();
        return heldOf(me, [PermissionFlagsBits.CreateEvents]).length > 0;
      },
    });
    this.table = this.#output.table;
    this.publisher = this.#output.publisher;
  }

  language(): Language {
    return this.#language.get();
  }

  wordingIn(language: Language): Wording {
    return this.#language.in(language);
  }

  isReadOnly(channelId: string): boolean {
    return this.#places.isReadOnly(channelId);
  }

  producerRole(): string | null {
    return this.show.keyValues.get(PRODUCER_ROLE_KEY);
  }

  bellAtMs(): number | null {
    return this.publisher.bellAtMs();
  }

  hasStage(): boolean {
    return this.#places.any();
  }

  gallery(): string | null {
    return this.#places.channel('gallery');
  }

  inspect(here: Here, language: Language = this.language()): Promise<Inspection> {
    return this.#channels.inspect(here, this.wordingIn(language));
  }

  async setUp(choices?: Choices, by?: string, told?: Wording): Promise<SetupResult> {
    const result = await this.#channels.setUp(choices, by, told);
    if (!result.ok) return result;
    this.#output.board.changed();
    this.publisher.retry();
    return result;
  }

  async tearDown(by: string, told: Wording): Promise<TeardownReport> {
    const report = await this.#channels.tearDown(by, told);
    await this.#bell.remove(by, told, report);
    return report;
  }

  async switchBell(on: boolean, by: string): Promise<Result<string | null, BellRefusal>> {
    if (on) return await this.#bell.switchOn(by);
    await this.#bell.switchOff(by);
    return accepted(null);
  }

  toggleBell(member: string): Promise<Result<boolean, BellRefusal>> {
    return this.#bell.toggle(member);
  }

  async mayOpenThreads(): Promise<boolean> {
    const me = await this.#guild.members.fetchMe();
    const gallery = this.#guild.channels.cache.get(this.gallery() ?? '');
    return (gallery?.permissionsFor(me) ?? me.permissions).has(PermissionFlagsBits.CreatePublicThreads);
  }

  bet(named: Named): Promise<Result<Placed, StakeRefusal>> {
    return this.table.bet(named);
  }

  measured(brain: string): LabCard | null {
    return this.#lab?.latest(brain) ?? null;
  }

  saidIn({ id, webhookId }: AboutMessage): { trader: TraderId; round: number | null } | null {
    for (const { post } of this.show.outbox.shownIn(id)) {
      if (post.kind === 'event' && post.event.type === 'spoke')
        return { trader: post.event.trader, round: post.event.round };
    }
    const trader = webhookId === null ? null : this.#places.traderOfWebhook(webhookId);
    return trader === null ? null : { trader, round: null };
  }

  download(file: AttachedFile, mostBytes: number): Promise<Uint8Array> {
    return download(file, mostBytes, this.#cdn);
  }

  paintFloor(wording: Wording): Promise<MessageBody> {
    return this.#output.floor.now(wording);
  }

  withCard(body: MessageBody, card: CardView, wording: Wording): Promise<MessageBody> {
    return this.#output.cards.under(body, card, wording);
  }

  /**
   * To be called after every connection and reconnection: tries failed posts again, brings boards up to date, and reads from the
   * pool's message what happened to the pool meanwhile. Never rejects.
   */
  connected(): Promise<void> {
    this.#channels.connected();
    return this.#output.connected();
  }

  /** Somebody changed the webhooks of a channel. */
  webhooksChanged(channelId: string): void {
    this.#channels.webhooksChanged(channelId);
  }

  /** Resolves when everything planned is shown; rejects with the signal's reason. */
  drained(signal: AbortSignal): Promise<void> {
    return this.#output.drained(signal);
  }

  async close(): Promise<void> {
    await Promise.all([this.#output.close(), this.#channels.close()]);
  }
}

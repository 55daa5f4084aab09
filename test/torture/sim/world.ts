/** A simulated world: Discord, a disk, members, and a bot that is started again whenever it dies. After every event it is checked. */
import Database from 'better-sqlite3';
import { keyedNumbers } from '#core/chance/keyed.ts';
import type { Log } from '#show/ports/clock.ts';
import type { Place } from '#show/ports/outbox.ts';
import type { Show } from '#show/show.ts';
import type { StagePlace, StageRecord } from '#show/ports/stage-record.ts';
import { OWN_PLACES } from '#stage/channels/places.ts';
import { outcomeOf } from '#stage/betting/emojis.ts';
import { content } from '#test/support/floor.ts';
import { playsAgain, remembersWhatIsStored } from '../checks/replay.ts';
import { BookChecks } from '../checks/books.ts';
import { ChipChecks } from '../checks/chips.ts';
import { ownsChips, PickChecks } from '../checks/picks.ts';
import { PostChecks } from '../checks/posts.ts';
import { Standstill } from '../checks/standstill.ts';
import { linesIn, SecretChecks } from '../checks/secrets.ts';
import { BOT_ID, Discord, type Hook, type WorldEvent } from '../world/discord.ts';
import { Bot } from './bot.ts';
import { Disk } from './disk.ts';
import type { Faults } from './faults.ts';
import { Kernel } from './kernel.ts';
import { Life } from './life.ts';
import type { Profile } from './profile.ts';

const RESTART_MS = 20_000;
const LOGGED = 200;

export interface Counts {
  events: number;
  checks: number;
  requests: number;
  starts: number;
}

export class World {
  readonly kernel: Kernel;
  readonly faults: Faults;
  readonly profile: Profile;
  readonly disk: Disk;
  readonly discord: Discord;
  readonly secrets = new SecretChecks();
  readonly posts: PostChecks;
  readonly picks = new PickChecks();
  readonly counts: Counts = { events: 0, checks: 0, requests: 0, starts: 0 };
  readonly log: Log;
  /** The newest lines of the log, for whoever looks for the cause of a violation. */
  readonly logged: string[] = [];
  bot: Bot | null = null;
  /** How far the machine's clock is from the truth. */
  skewMs = 0;
  #outageUntilMs = 0;
  #connectedMs = 0;
  #lines = 0;
  #killed = false;
  #reader: Database.Database | null = null;
  #chips: ChipChecks | null = null;
  #books: BookChecks | null = null;
  #poolsSeen = 0;
  #commits = -1;
  #undone = 0;
  /** The last round in which a transaction failed. */
  #failedIn = -1;
  #round = -1;
  readonly #standstill = new Standstill();
  readonly #channels = new Map<StagePlace, string>();
  readonly #hooks = new Map<string, Hook>();

  constructor(profile: Profile, faults: Faults, file: string) {
    this.profile = profile;
    this.faults = faults;
    this.kernel = new Kernel(profile.startMs);
    this.disk = new Disk(file, this.kernel, faults);
    this.discord = new Discord(this.kernel);
    this.posts = new PostChecks(this.discord, this.secrets);
    this.discord.tell = (event) => this.#happened(event);
    const line = (level: string) => (details: object, message: string) => {
      this.logged.push(
        `${new Date(this.kernel.trueMs).toISOString()} ${level} ${message} ${JSON.stringify(details)}`,
      );
      this.logged.splice(0, this.logged.length - LOGGED);
    };
    this.log = { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
  }

  readonly nextLine = (): number => (this.#lines += 1);
  readonly reachable = (): boolean => this.kernel.trueMs >= this.#outageUntilMs;
  readonly connected = (): void => {
    this.#connectedMs = this.kernel.trueMs;
  };

  // ----------------------------------------------------------------------------------------------- the bot's lives

  start(): void {
    if (this.bot) return;
    this.counts.starts += 1;
    if (this.faults.strike('wrong clock')) this.skewMs = (this.faults.size('wrong clock') - 0.5) * 7_200_000;
    const life = new Life(
      this.kernel,
      () => this.skewMs,
      () => {
        this.disk.freeze();
        this.#killed = true;
      },
    );
    this.bot = new Bot(this, life);
  }

  /** Ends the bot in order and starts it again. */
  restart(): void {
    const { bot } = this;
    if (!bot || this.#killed) return;
    void bot.stop().then(() => {
      if (this.bot !== bot || this.#killed) return;
      bot.life.end();
      this.#gone();
      this.kernel.after(RESTART_MS, () => this.start());
    });
  }

  outage(ms: number): void {
    this.#outageUntilMs = this.kernel.trueMs + ms;
    this.bot?.gateway.cut(ms);
  }

  #bury(): void {
    this.#killed = false;
    this.#closeReader();
    this.bot?.bury();
    this.disk.thaw();
    this.#gone();
    this.kernel.after(RESTART_MS, () => this.start());
  }

  #gone(): void {
    this.#closeReader();
    this.bot = null;
    this.picks.missedAll();
  }

  // ------------------------------------------------------------------------------------------------ what is checked

  afterEvent(): void {
    this.counts.events += 1;
    if (this.#killed) this.#bury();
    this.faults.aside(() => {
      this.#standstill.watch(this.bot?.show ?? null, this.kernel.trueMs);
      this.#check();
    });
  }

  #check(): void {
    const show = this.bot?.show;
    if (!show) return;
    if (this.disk.undone !== this.#undone) {
      this.#undone = this.disk.undone;
      this.#failedIn = show.state.round;
      remembersWhatIsStored(show.state, this.disk.file, content);
      this.counts.checks += 1;
    }
    if (this.disk.commits === this.#commits) return;
    this.#commits = this.disk.commits;
    this.#open();
    this.#chips?.eachEvent();
    this.counts.checks += 4;
    for (const { text, heardBy } of show.state.lines)
      for (const mark of linesIn(text)) this.secrets.said(mark, heardBy);
    const pool = show.audience.pool();
    if (pool?.status === 'locked') {
      const reactions = (member: string): ReadonlySet<string> =>
        this.#reactionsOf(show.stageRecord, pool.id, member);
      this.picks.locked(pool.id, reactions, this.#connectedMs, this.kernel.trueMs);
      // Stakes that should have returned at the bell, and could not be stored, return after the round.
      if (show.state.round > this.#failedIn) this.picks.settled(pool, show.audience);
    }
    if (show.state.round === this.#round || show.state.roundOpen) return;
    this.#round = show.state.round;
    this.#chips?.eachRound();
    this.#books?.eachRound(show.state);
    this.counts.checks += 2;
  }

  /** When nothing waits and nothing strikes any more. */
  atTheEnd(): void {
    this.#open();
    this.#chips?.eachEvent();
    this.#chips?.eachRound();
    if (this.#reader) this.posts.accounted(this.#reader);
    playsAgain(this.disk.file, content);
    this.counts.checks += 4;
  }

  #open(): void {
    if (this.#reader) return;
    this.#reader = new Database(this.disk.file, { readonly: true });
    this.#chips = new ChipChecks(this.#reader, this.#poolsSeen);
    this.#books = new BookChecks(this.#reader);
  }

  #closeReader(): void {
    this.#poolsSeen = this.#chips?.seen ?? this.#poolsSeen;
    this.#reader?.close();
    this.#reader = null;
    this.#chips = null;
    this.#commits = -1;
  }

  close(): void {
    this.#closeReader();
    this.bot?.life.end();
    this.bot?.bury();
  }

  // ---------------------------------------------------------------------------------------------- members' reactions

  #reactionsOf(record: StageRecord, poolId: string, member: string): ReadonlySet<string> {
    const message = this.discord.messages.get(record.message(`pool:${poolId}`)?.messageId ?? '');
    const emojis = [...(message?.reactions ?? [])].filter(([, members]) => members.has(member));
    return new Set(emojis.flatMap(([emoji]) => outcomeOf(emoji, content.cast) ?? []));
  }

  #happened(event: WorldEvent): void {
    const { bot } = this;
    if ('member' in event && event.member !== BOT_ID) {
      const poolId = this.poolOf(event.messageId);
      const outcome = outcomeOf(event.emoji, content.cast);
      if (poolId !== null && outcome !== null) {
        const act = { on: event.on, outcome, atMs: this.kernel.trueMs, byBot: !this.membersAct };
        this.picks.did(poolId, event.member, act);
        if (!bot) this.picks.missed(poolId, event.member, event.on, outcome);
      }
    }
    bot?.gateway.hear(event);
  }

  /** True while a member acts; otherwise the bot took a reaction off. */
  membersAct = false;

  readonly lost = (event: WorldEvent): void => {
    if (!('member' in event)) return;
    const poolId = this.poolOf(event.messageId);
    const outcome = outcomeOf(event.emoji, content.cast);
    if (poolId !== null && outcome !== null) this.picks.missed(poolId, event.member, event.on, outcome);
  };

  openedAnew({ audience }: Show): void {
    this.faults.aside(() => {
      const pool = audience.pool();
      if (pool) this.picks.openedAnew(pool, audience, this.disk.undone);
    });
  }

  /** The bot is about to be told. */
  told(event: WorldEvent, bot: Bot): void {
    this.faults.aside(() => this.#told(event, bot));
  }

  #told(event: WorldEvent, { show, output }: Bot): void {
    if (!('member' in event) || event.member === BOT_ID) return;
    const poolId = this.poolOf(event.messageId);
    const outcome = outcomeOf(event.emoji, content.cast);
    if (poolId === null || outcome === null) return;
    if (!show || output?.table.isTable(event.messageId) !== true) return this.lost(event);
    const { audience } = show;
    const pool = audience.pool();
    const mayStake =
      ownsChips(event.member, audience) &&
      !audience.isExcluded(event.member) &&
      pool?.outcomes.includes(outcome) === true;
    const { undone } = this.disk;
    this.picks.told(poolId, event.member, { on: event.on, outcome, mayStake, undone });
  }

  /** The pool whose message this is, as members see it. */
  poolOf(messageId: string): string | null {
    const message = this.discord.messages.get(messageId);
    return message?.pool ?? null;
  }

  // --------------------------------------------------------------------------------------------------- the channels

  /** Makes the channels and webhooks that a set-up would have made, and records them. */
  furnish(record: StageRecord, { traders, rooms }: { traders: string[]; rooms: string[] }): void {
    for (const place of [...OWN_PLACES, ...rooms]) {
      const channelId = this.#channels.get(place) ?? this.discord.makeChannel(place);
      this.#channels.set(place, channelId);
      if (record.channel(place) === null) record.setChannel(place, channelId);
    }
    for (const room of rooms)
      for (const trader of traders)
        if (record.webhook(room, trader) === null) this.repair(record, room, trader);
  }

  readonly repair = (record: StageRecord, place: Place, trader: string): void => {
    const known = this.#hooks.get(`${place}/${trader}`);
    const there = known && this.discord.hooks.has(known.id) ? known : null;
    const hook = there ?? this.discord.makeHook(this.#channels.get(place) ?? '', trader);
    this.#hooks.set(`${place}/${trader}`, hook);
    record.setWebhook(place, trader, { id: hook.id, token: hook.token });
  };

  bettingChannel(): string {
    return this.#channels.get('betting') ?? '';
  }

  /** A die for what happens next in the world, apart from faults. */
  die(what: string, nth: number) {
    return keyedNumbers(this.profile.seed, `torture-${what}`, nth);
  }
}

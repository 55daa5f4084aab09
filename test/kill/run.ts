/**
 * The bot as a process, killed again and again while it plays for a backlot in this process. After every kill its database is
 * checked, and in the end every message that stands in Discord.
 */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { openBacklot, type Backlot } from '#backlot/backlot.ts';
import { Prng } from '#core/chance/prng.ts';
import { pressInPlace } from '#test/commands/kit.ts';
import { content } from '#test/support/floor.ts';
import { ChipChecks } from '#test/torture/checks/chips.ts';
import { points } from './points.ts';

const root = path.resolve(import.meta.dirname, '../..');
const MEMBERS = ['Ann', 'Ben', 'Cleo'];
/** How long a point may be waited for: a bell comes once in half a minute, on a slow machine once in a few. */
const POINT_LIMIT_MS = 180_000;
const PATIENCE_MS = 180_000;
const FLAGS = ['--pace', '3', '--brain', 'scripted', '--episode-rounds', '2', '--intermission', '30'];

export interface Killed {
  kills: number;
  byPoint: Map<string, number>;
  /** Seconds from each start to the first round that was played after it. */
  secondsToPlay: number[];
  rounds: number;
  messages: number;
  pools: number;
  /** Lines of rounds that were closed, and how many of them stand in Discord; members were told of the others. */
  lines: { spoken: number; shown: number };
}

/** Rejects with what was found to be wrong. `seed` draws the points and what members do. */
export async function killAgainAndAgain(
  { kills, seed }: { kills: number; seed: number },
  say: (line: string) => void = () => {},
): Promise<Killed> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'open-outcry-kill-'));
  const backlot = await openBacklot({
    guildName: 'The Pit',
    botName: 'Outcry',
    members: ['Producer', ...MEMBERS],
    limits: 'none',
  });
  const run = new Run(backlot, folder, new Prng(Prng.seed(seed)));
  try {
    await run.begin();
    for (let nth = 0; nth < kills; nth++) await run.kill(nth, say);
    return await run.end();
  } finally {
    await run.close();
    await backlot.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

class Run {
  readonly #backlot: Backlot;
  readonly #folder: string;
  readonly #file: string;
  readonly #prng: Prng;
  readonly #result: Killed = {
    kills: 0,
    byPoint: new Map(),
    secondsToPlay: [],
    rounds: 0,
    messages: 0,
    pools: 0,
    lines: { spoken: 0, shown: 0 },
  };
  #bot: ChildProcess | null = null;
  #words = '';
  #poolSeen = 0;

  constructor(backlot: Backlot, folder: string, prng: Prng) {
    this.#backlot = backlot;
    this.#folder = folder;
    this.#file = path.join(folder, `${backlot.guildId}.sqlite`);
    this.#prng = prng;
  }

  async begin(): Promise<void> {
    const producer = this.#backlot.viewer('Producer');
    this.#start();
    await producer.until(() => producer.commands().length > 0, {
      what: 'the commands',
      timeoutMs: PATIENCE_MS,
    });
    const plan = await producer.ask('general', 'setup');
    await pressInPlace(producer, plan, 'Build', (text) => text.includes('The stage stands'));
    await producer.ask('general', 'show start');
    await this.#until('a round', () => this.#rounds() >= 1);
  }

  /** Plays to a point, kills there, looks at what is left, and starts again. */
  async kill(nth: number, say: (line: string) => void): Promise<void> {
    this.#reactions();
    const bot = this.#bot;
    assert.ok(bot);
    const exit = once(bot, 'exit');
    const all = points(
      () => void bot.kill('SIGKILL'),
      () => this.#prng.uniform(),
    );
    // Half of them at any instant.
    const point = nth % 2 === 0 ? all.at(-1) : all[((nth - 1) / 2) % (all.length - 1)];
    assert.ok(point);
    await point.reached(
      { backlot: this.#backlot, poolStatus: () => this.#poolStatus() },
      AbortSignal.timeout(POINT_LIMIT_MS),
    );
    await exit;
    this.#result.kills += 1;
    this.#result.byPoint.set(point.what, (this.#result.byPoint.get(point.what) ?? 0) + 1);
    this.#look();
    const rounds = this.#rounds();
    const sinceMs = performance.now();
    this.#start();
    // A kill at any instant may come before the show is on: then the next start is the one that plays.
    if (nth % 2 === 0) {
      await this.#until('the next round', () => this.#rounds() > rounds);
      this.#result.secondsToPlay.push((performance.now() - sinceMs) / 1_000);
    }
    say(`${nth + 1}: ${point.what}`);
  }

  async end(): Promise<Killed> {
    const producer = this.#backlot.viewer('Producer');
    const rounds = this.#rounds();
    await this.#until('a last round', () => this.#rounds() > rounds);
    await producer.ask('general', 'show stop');
    await this.#until('everything to be shown', () => this.#waiting() === 0);
    const bot = this.#bot;
    assert.ok(bot);
    const exit = once(bot, 'exit');
    bot.kill('SIGTERM');
    const [code] = await exit;
    assert.equal(code, 0, this.#words);
    this.#look();
    this.#account();
    return this.#result;
  }

  async close(): Promise<void> {
    const bot = this.#bot;
    if (!bot || bot.exitCode !== null || bot.signalCode !== null) return;
    const exit = once(bot, 'exit');
    bot.kill('SIGKILL');
    await exit;
  }

  #start(): void {
    const { token, restApi } = this.#backlot;
    const bot = spawn(process.execPath, ['src/main.ts', ...FLAGS, '--data-dir', this.#folder], {
      cwd: root,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: process.env['HOME'] ?? '',
        DISCORD_TOKEN: token,
        DISCORD_API: restApi,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#words = '';
    bot.stderr.on('data', (chunk: Buffer) => (this.#words = (this.#words + chunk.toString()).slice(-2_000)));
    this.#bot = bot;
  }

  /** Members pick somebody under the open pool, whether the bot is there or not. */
  #reactions(): void {
    const open = this.#backlot
      .viewer('Ann')
      .channels()
      .some(({ name }) => name === 'betting-window');
    if (!open) return;
    for (const member of MEMBERS) {
      const viewer = this.#backlot.viewer(member);
      const pool = viewer
        .readChannel('betting-window')
        .findLast(({ reactions }) => (reactions?.length ?? 0) > 0);
      // A bot that was killed while it offered them has offered some, and members may only press what is there.
      const offered = (pool?.reactions ?? []).flatMap(({ emoji }) => emoji.name ?? []);
      if (pool && this.#prng.chance(6_000)) viewer.react(pool, this.#prng.pick(offered));
    }
  }

  /** After every kill: a sound database, and a bank that has neither lost nor made a chip. */
  #look(): void {
    this.#read((db) => {
      assert.equal(db.pragma('quick_check(1)', { simple: true }), 'ok');
      const chips = new ChipChecks(db, this.#poolSeen);
      chips.eachEvent();
      chips.eachRound();
      this.#poolSeen = chips.seen;
    });
  }

  /** Every message in the show's channels is one that the show planned, each once; whatever is not shown was told of. */
  #account(): void {
    const viewer = this.#backlot.viewer('Producer');
    const [planned, spoken, shown, pools] = this.#read((db) => [
      new Set(
        db
          .prepare<[], string>(
            `SELECT message_id FROM outbox WHERE message_id IS NOT NULL UNION SELECT message FROM standing_messages`,
          )
          .pluck()
          .all(),
      ),
      db.prepare<[], number>(`SELECT count(*) FROM outbox WHERE kind = 'spoke'`).pluck().get() ?? 0,
      db
        .prepare<[], number>(`SELECT count(*) FROM outbox WHERE kind = 'spoke' AND message_id IS NOT NULL`)
        .pluck()
        .get() ?? 0,
      db.prepare<[], number>(`SELECT count(*) FROM pools WHERE status <> 'open'`).pluck().get() ?? 0,
    ]);
    const standing = new Set<string>();
    for (const { channel } of content.office.rooms) {
      const lines = viewer.readChannel(channel).filter(({ webhook_id }) => webhook_id !== undefined);
      for (const { id, content: text } of lines) {
        standing.add(id);
        assert.ok(planned.has(id), `in #${channel} stands what no post of the show is shown in: ${text}`);
      }
    }
    Object.assign(this.#result, {
      rounds: this.#rounds(),
      messages: standing.size,
      pools,
      lines: { spoken, shown },
    });
  }

  #poolStatus(): string | null {
    return this.#read(
      (db) =>
        db.prepare<[], string>('SELECT status FROM pools ORDER BY rowid DESC LIMIT 1').pluck().get() ?? null,
    );
  }

  #rounds(): number {
    if (!existsSync(this.#file)) return 0;
    return this.#read(
      (db) => db.prepare<[], number>('SELECT count(*) FROM rounds WHERE hash IS NOT NULL').pluck().get() ?? 0,
    );
  }

  #waiting(): number {
    return this.#read(
      (db) =>
        db
          .prepare<[], number>(
            `SELECT count(*) FROM outbox WHERE status IN ('planned', 'sending', 'unknown')`,
          )
          .pluck()
          .get() ?? 0,
    );
  }

  #read<T>(look: (db: Database.Database) => T): T {
    const db = new Database(this.#file, { readonly: true, timeout: 5_000 });
    try {
      return look(db);
    } finally {
      db.close();
    }
  }

  async #until(what: string, is: () => boolean): Promise<void> {
    const sinceMs = performance.now();
    while (!is()) {
      if (performance.now() - sinceMs > PATIENCE_MS)
        throw new Error(`waited in vain for ${what}: ${this.#words}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

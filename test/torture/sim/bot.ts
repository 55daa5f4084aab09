/**
 * One start of the program: the real store, show, supervisor and stage, on a simulated clock, disk, gateway and API. What it
 * leaves in Discord and on the disk outlives it; nothing else does.
 */
import { createScriptedBrain, createScriptedTwin } from '#brain/scripted/scripted.ts';
import { ShowSupervisor } from '#app/supervisor.ts';
import type { OpenShow } from '#app/open-show.ts';
import { DEFAULT_RULES } from '#core/state.ts';
import type { Painter } from '#show/ports/painter.ts';
import { Show } from '#show/show.ts';
import { Places } from '#stage/channels/places.ts';
import { nonces } from '#stage/discord/nonce.ts';
import { GuildOutput } from '#stage/guild-output.ts';
import { wordingFor } from '#stage/presentation/wording.ts';
import { textsFor } from '#stage/texts/index.ts';
import { openStore } from '#store/store.ts';
import { content } from '#test/support/floor.ts';
import { SimulatedApi } from '../world/api.ts';
import { BOT_ID, type WorldEvent } from '../world/discord.ts';
import { Gateway } from '../world/gateway.ts';
import { troubledBrain } from './brain.ts';
import type { Life } from './life.ts';
import type { World } from './world.ts';

export const GUILD = '800000000000000001';
/** Late, but in time for an opening: a tick each minute would be most of a simulated year. */
const TICK_MS = 240_000;
const CONNECT_MS = 2_000;
const wording = wordingFor(content, textsFor('en'));
const ids = { traders: content.cast.map(({ id }) => id), rooms: content.office.rooms.map(({ id }) => id) };

const picture = new Uint8Array([1]);
const painter: Painter = {
  floor: () => Promise.resolve(picture),
  round: () => Promise.resolve(picture),
  card: () => Promise.resolve(picture),
  portrait: () => Promise.resolve(picture),
  close: () => Promise.resolve(),
};

export class Bot {
  readonly life: Life;
  readonly gateway: Gateway;
  readonly supervisor: ShowSupervisor;
  /** The show that is open and on the stage. */
  show: Show | null = null;
  output: GuildOutput | null = null;
  readonly #world: World;
  readonly #stores = new Set<{ close(): void }>();

  constructor(world: World, life: Life) {
    const { kernel, faults, reachable, lost } = world;
    this.#world = world;
    this.life = life;
    this.supervisor = new ShowSupervisor({
      open: () => this.#open(),
      stage: {
        attach: (_guild, show) => this.#attach(show),
        detach: () => this.#detach(),
      },
      clock: life.clock,
      log: world.log,
    });
    this.gateway = new Gateway({
      kernel,
      life,
      faults,
      reachable,
      lost,
      deliver: (event) => this.#deliver(event),
      connected: () => {
        world.connected();
        void this.supervisor.add(GUILD);
        void this.output?.connected();
      },
    });
    this.gateway.connect(CONNECT_MS);
    this.#tick();
  }

  /** Ends it in order, as a deployment does. */
  async stop(): Promise<void> {
    await this.supervisor.close();
  }

  /** Closes what a dead process held, so that its files can be put in place as the kill left them. */
  bury(): void {
    for (const store of this.#stores) store.close();
  }

  #open(): OpenShow {
    const { disk, profile, log, secrets, nextLine, faults } = this.#world;
    const store = openStore(disk.file, { connect: disk.connectFor(this.life), log });
    this.#stores.add(store);
    try {
      if (store.keyValues.get('nonce-salt') === null) store.keyValues.set('nonce-salt', 'torture');
      const show = new Show({
        content,
        rules: { ...DEFAULT_RULES, ...profile.rules },
        schedule: profile.schedule,
        seed: profile.seed,
        store,
        brain: troubledBrain({
          brain: createScriptedBrain({ cast: content.cast, seed: profile.seed }),
          life: this.life,
          faults,
          secrets,
          nextLine,
        }),
        twin: createScriptedTwin(() => content.cast),
        models: null,
        clock: this.life.clock,
        log,
        paceMs: profile.paceMs,
        turnLimitMs: 5_000,
        pictureEveryRounds: profile.pictureEveryRounds,
        blocks: () => false,
      });
      this.#world.furnish(store.stage, ids);
      if (show.status().mode === 'stopped' && show.state.round === 0) show.start('console');
      return {
        show,
        store,
        run: (signal, rounds) => show.run(signal, rounds),
        minuteTick: () => show.minuteTick(),
        close: () => {
          this.#stores.delete(store);
          store.close();
        },
      };
    } catch (error) {
      this.#stores.delete(store);
      store.close();
      throw error;
    }
  }

  async #attach(show: Show): Promise<void> {
    const { kernel, faults, discord, reachable, profile, log, counts, repair } = this.#world;
    const { life } = this;
    const { keyValues } = show;
    const api = new SimulatedApi({
      kernel,
      life,
      faults,
      discord,
      reachable,
      mayTakeOff: profile.mayTakeOff,
      requested: () => (counts.requests += 1),
    });
    this.show = show;
    this.output = new GuildOutput({
      show,
      places: new Places(show.stageRecord),
      keyValues,
      api,
      wording,
      clock: life.clock,
      log,
      nonce: nonces(keyValues),
      botId: BOT_ID,
      guildId: GUILD,
      painter,
      connected: () => this.gateway.up,
      // The world has no green room.
      refreshPanel: () => Promise.resolve(),
      // Nor does it let the bot make events.
      mayAnnounce: () => Promise.resolve(false),
      // A room that is repaired has all its webhooks again. No channel of the world is ever gone.
      repair: async (place) => {
        if (ids.rooms.includes(place))
          for (const trader of ids.traders) repair(show.stageRecord, place, trader);
      },
    });
    // From now on this show hears what members do.
    this.#world.connected();
    this.#world.openedAnew(show);
    await this.output.connected();
  }

  async #detach(): Promise<void> {
    const { output } = this;
    this.output = null;
    this.show = null;
    await output?.close();
  }

  #deliver(event: WorldEvent): void {
    const { output } = this;
    this.#world.told(event, this);
    if (!output?.table.isTable(event.messageId)) return;
    if ('cleared' in event) output.table.cleared();
    else if (event.member !== BOT_ID) output.table.heard(event.member, event.emoji, event.on);
  }

  #tick(): void {
    const { faults } = this.#world;
    this.life.later(TICK_MS, () => {
      if (!faults.strike('lost tick')) this.supervisor.minuteTick();
      if (faults.strike('doubled tick')) this.supervisor.minuteTick();
      this.#tick();
    });
  }
}

/** What a Prometheus server reads: the health of this process and what its shows have done, in its text format. */
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { healthOf, type HealthSources } from './health.ts';

/** Asks the sources each time it is read. No name or id of a server is in it. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #sources: HealthSources;
  readonly #healthy = this.#gauge('healthy', '1 while /healthz finds no problem');
  readonly #connected = this.#gauge('discord_connected', "1 while Discord's events arrive");
  readonly #diskFree = this.#gauge('disk_free_bytes', 'Room in the folder of the shows');
  readonly #shows = this.#gauge('shows', 'Shows by mode; away are those that could not be opened', ['mode']);
  readonly #problems = this.#gauge('problems', 'Problems that /healthz lists, by kind', ['what']);
  readonly #rounds = this.#gauge('rounds', 'Rounds of the open shows since each began');
  readonly #turns = this.#gauge('turns', 'Turns of the open shows since each began');
  readonly #fumbles = this.#gauge('fumbles', 'Fumbled turns of the open shows since each began');
  readonly #pending = this.#gauge('posts_pending', 'Posts that wait to be shown');

  constructor(sources: HealthSources) {
    this.#sources = sources;
    collectDefaultMetrics({ register: this.#registry });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  async text(): Promise<string> {
    const health = await healthOf(this.#sources);
    const statuses = this.#sources.shows().flatMap(({ status }) => status ?? []);
    const sum = (of: (status: (typeof statuses)[number]) => number): number =>
      statuses.reduce((total, status) => total + of(status), 0);
    this.#healthy.set(health.ok ? 1 : 0);
    this.#connected.set(health.discord.connected ? 1 : 0);
    this.#diskFree.set(health.diskFreeBytes ?? 0);
    for (const [mode, count] of Object.entries(health.shows)) this.#shows.set({ mode }, count);
    this.#problems.reset();
    for (const { what } of health.problems) this.#problems.inc({ what });
    this.#rounds.set(sum(({ round }) => round));
    this.#turns.set(sum(({ turns }) => turns));
    this.#fumbles.set(sum(({ fumbles }) => fumbles));
    this.#pending.set(sum(({ pendingPosts }) => pendingPosts));
    return await this.#registry.metrics();
  }

  #gauge<L extends string>(name: string, help: string, labelNames: L[] = []): Gauge<L> {
    return new Gauge({ name: `open_outcry_${name}`, help, labelNames, registers: [this.#registry] });
  }
}

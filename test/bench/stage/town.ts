/** The other side of the stage's benchmarks: a backlot and its members, in a process of their own. */
import { openBacklot, type Backlot } from '#backlot/backlot.ts';
import type { Viewer } from '#backlot/viewer.ts';

export interface TownOptions {
  members: number;
  guilds: number;
}

export interface TownAddress {
  restApi: string;
  cdn: string;
  token: string;
  guildIds: string[];
}

export type Order =
  | { what: 'open'; options: TownOptions }
  /** For so long members give commands, one every `everyMs`. */
  | { what: 'ask'; forMs: number; everyMs: number; commands: string[] }
  /** Every member reacts within `forMs`; some change their minds. */
  | { what: 'react'; forMs: number; emoji: string[] };

export type Told =
  | { told: 'open'; address: TownAddress }
  | { told: 'asked'; firstAnswersMs: number[]; unanswered: number }
  /** What each member picked at the end: the emoji, or null. */
  | { told: 'reacted'; picks: [string, string | null][]; reactions: number };

const memberName = (n: number): string => `Member ${n}`;

let town: { backlot: Backlot; options: TownOptions } | null = null;

if (process.send) process.on('message', (order: Order) => void obey(order));

async function obey(order: Order): Promise<void> {
  if (order.what === 'open') {
    tell({ told: 'open', address: await open(order.options) });
    return;
  }
  if (!town) throw new Error('the town is not open yet');
  if (order.what === 'ask') tell(await ask(town.backlot.viewer(memberName(0)), order));
  else tell(await react(town, order));
}

async function open(options: TownOptions): Promise<TownAddress> {
  const members = Array.from({ length: options.members }, (_, n) => memberName(n));
  const backlot = await openBacklot({
    guildName: 'The Pit',
    botName: 'Outcry',
    members,
    guilds: options.guilds,
    limits: 'none',
  });
  town = { backlot, options };
  const { restApi, cdn, token, guildId, neighbours } = backlot;
  return { restApi, cdn, token, guildIds: [guildId, ...neighbours.map((each) => each.guildId)] };
}

async function ask(
  viewer: Viewer,
  { forMs, everyMs, commands }: Extract<Order, { what: 'ask' }>,
): Promise<Told> {
  const firstAnswersMs: number[] = [];
  let unanswered = 0;
  const asked: Promise<void>[] = [];
  const endMs = performance.now() + forMs;
  for (let n = 0; performance.now() < endMs; n++) {
    const startedMs = performance.now();
    const command = commands[n % commands.length] ?? '';
    asked.push(
      viewer.command('general', command).then(
        () => void firstAnswersMs.push(performance.now() - startedMs),
        () => void unanswered++,
      ),
    );
    await pause(everyMs);
  }
  await Promise.all(asked);
  return { told: 'asked', firstAnswersMs, unanswered };
}

async function react(
  { backlot, options }: NonNullable<typeof town>,
  { forMs, emoji }: Extract<Order, { what: 'react' }>,
): Promise<Told> {
  const viewers = Array.from({ length: options.members }, (_, n) => backlot.viewer(memberName(n)));
  const window = viewers[0]?.readChannel('betting-window').find((it) => (it.reactions?.length ?? 0) > 1);
  if (!window) throw new Error('there is no pool in the betting window');
  const picks: [string, string | null][] = [];
  let reactions = 0;
  const startedMs = performance.now();
  for (const [n, viewer] of viewers.entries()) {
    const dueMs = startedMs + (forMs * n) / viewers.length;
    if (dueMs > performance.now()) await pause(dueMs - performance.now());
    const first = emoji[n % emoji.length] ?? '';
    const second = emoji[(n + 1) % emoji.length] ?? '';
    viewer.react(window, first);
    reactions++;
    let pick: string | null = first;
    if (n % 10 === 3) {
      viewer.react(window, second);
      reactions++;
      pick = second;
    } else if (n % 10 === 7) {
      viewer.unreact(window, first);
      reactions++;
      pick = null;
    }
    picks.push([viewer.id, pick]);
  }
  return { told: 'reacted', picks, reactions };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function tell(told: Told): void {
  process.send?.(told);
}

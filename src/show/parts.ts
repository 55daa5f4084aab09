/** The parts of a show, put together: each is told of the others what it needs, and no more. */
import { Audience } from './audience/audience.ts';
import { BettingWindow } from './betting-window.ts';
import { Casting } from './casting/casting.ts';
import { Roster } from './casting/roster.ts';
import { ControlRoom } from './control-room.ts';
import { Seasons } from './fairness/seasons.ts';
import { Camera } from './camera.ts';
import { Hand } from './hand/hand.ts';
import { RightOfWay } from './hand/right-of-way.ts';
import { ModelChange } from './model-change.ts';
import type { OwnStake } from './audience/stakes.ts';
import type { AuditRecord } from './ports/store.ts';
import { Recorder } from './recorder.ts';
import type { ShowStatus } from './results.ts';
import { Rounds } from './rounds.ts';
import { Running } from './running.ts';
import { ALWAYS } from './schedule/settings.ts';
import { Timetable } from './schedule/timetable.ts';
import type { ShowDeps } from './show-deps.ts';
import { Tempo } from './tempo.ts';
import { Gallery } from './views/gallery.ts';
import { SeasonTally } from './views/season-tally.ts';
import { Watch } from './watch/watch.ts';

export interface Parts {
  models: ModelChange;
  recorder: Recorder;
  running: Running;
  audience: Audience;
  timetable: Timetable;
  bettingWindow: BettingWindow;
  rounds: Rounds;
  gallery: Gallery;
  seasons: Seasons;
  casting: Casting;
  controlRoom: ControlRoom;
  hand: Hand;
  watch: Watch;
}

/** What the parts ask of the show that they make up. */
export interface WholeShow {
  status: () => ShowStatus;
  playRound: (signal: AbortSignal) => Promise<boolean>;
  audit: (what: AuditRecord['what'], by: string, detail: string | null) => void;
  /** The pool of the episode that is on, or of the one to come. */
  poolOfEpisode: () => { id: string; episode: number };
  /** Whoever produces places no stake on that episode, see `Stakes.exclude`. */
  exclude: (by: string) => OwnStake[];
}

export function assembled(deps: ShowDeps, whole: WholeShow): Parts {
  const { status, playRound, audit, poolOfEpisode, exclude } = whole;
  const { keyValues, outbox, show: store, chips, hand: handStore } = deps.store;
  const roster = new Roster({ personas: deps.content.cast, ...deps, keyValues });
  const paceMs = (): number => running.paceMs;
  const recorder = new Recorder({ ...deps, content: roster.content(), store, paceMs });
  const shared = { recorder, keyValues, clock: deps.clock, log: deps.log };
  const tempo = new Tempo(deps.log);
  const rightOfWay = new RightOfWay();
  const mayPlay = (): boolean => timetable.isOpen();
  const gallery = new Gallery(
    store,
    () => recorder.content,
    deps.twin ?? null,
    new SeasonTally({ ...shared, store }),
  );
  const seasons = new Seasons({
    keyValues,
    recorder,
    position: () => store.position(),
    secret: deps.seasonSecret ?? null,
  });
  const casting = new Casting({ roster, recorder, audit });
  const running = new Running({ ...shared, tempo, paceMs: deps.paceMs, mayPlay, playRound });
  const audience = new Audience({
    ...shared,
    chips: recorder.guarding(chips),
    hand: handStore,
    changed: (pool) => recorder.tell({ pool }),
    timeZone: () => timetable.settings().timeZone,
  });
  const timetable = new Timetable({
    ...shared,
    defaults: deps.schedule ?? ALWAYS,
    audit,
    opened: () => {
      if (running.mode === 'running') bettingWindow.openIfDue();
      recorder.onceStored(() => running.wake());
    },
  });
  const controlRoom = new ControlRoom({
    ...shared,
    ...deps,
    store,
    exclude,
    running,
    mayPlay,
    status,
    audit,
  });
  const hand = new Hand({
    ...shared,
    ...deps,
    store,
    hand: handStore,
    audience,
    running,
    rightOfWay,
    poolOfEpisode,
  });
  const bettingWindow = new BettingWindow({
    ...shared,
    audience,
    mayPlay,
    hasTwin: () => Boolean(deps.twin),
    paceMs,
  });
  const watch = new Watch({
    ...shared,
    store,
    outbox,
    lead: deps.brain,
    standIn: deps.standIn ?? null,
    turnLimitMs: deps.turnLimitMs,
    paceMs,
    isPlaying: () => running.mode === 'running' && mayPlay(),
  });
  const stageBrain = { ...deps, brain: watch.brain };
  const rounds = new Rounds({
    ...stageBrain,
    tempo,
    rightOfWay,
    store,
    recorder,
    audience,
    bettingWindow,
    timetable,
    gallery,
    hand,
    camera: new Camera({ ...stageBrain, recorder, rightOfWay }),
    intermissionMs: deps.intermissionMs ?? null,
    paceMs,
    roster,
    seasons,
  });
  return {
    models: new ModelChange(deps.models),
    recorder,
    running,
    audience,
    timetable,
    bettingWindow,
    rounds,
    gallery,
    seasons,
    casting,
    controlRoom,
    hand,
    watch,
  };
}

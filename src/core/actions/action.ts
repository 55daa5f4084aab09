/**
 * Everything that can happen to a show, as data. The journal stores actions in order; a replay applies them again. A new
 * action is one file of this folder, and its place in the union and in the table here.
 */
import { bailOut, type BailOut } from './bail-out.ts';
import { breakHeadline, type BreakHeadline } from './break-headline.ts';
import { callBell, type CallBell } from './call-bell.ts';
import { callHeadline, type CallHeadline } from './call-headline.ts';
import { closeRound, type CloseRound } from './close-round.ts';
import { endSeason, type EndSeason } from './end-season.ts';
import { keyChance, type KeyChance } from './key-chance.ts';
import { leakThought, type LeakThought } from './leak-thought.ts';
import { openRound, type OpenRound } from './open-round.ts';
import { seedSeason, type SeedSeason } from './seed-season.ts';
import { setIntermission, type SetIntermission } from './set-intermission.ts';
import { plantRumour, type PlantRumour } from './plant-rumour.ts';
import { setSeasonEpisodes, type SetSeasonEpisodes } from './set-season-episodes.ts';
import { strikeChaos, type StrikeChaos } from './strike-chaos.ts';
import { takeEdition, type TakeEdition } from './take-edition.ts';
import { takeTurn, type TakeTurn } from './take-turn.ts';
import { whisper, type Whisper } from './whisper.ts';

export type Action =
  | OpenRound
  | TakeTurn
  | CloseRound
  | StrikeChaos
  | BreakHeadline
  | CallHeadline
  | PlantRumour
  | CallBell
  | BailOut
  | LeakThought
  | EndSeason
  | SetIntermission
  | SetSeasonEpisodes
  | KeyChance
  | TakeEdition
  | SeedSeason
  | Whisper;

/** The rule of each action. */
export const RULES = {
  openRound,
  takeTurn,
  closeRound,
  strikeChaos,
  breakHeadline,
  callHeadline,
  plantRumour,
  callBell,
  bailOut,
  leakThought,
  endSeason,
  setIntermission,
  setSeasonEpisodes,
  keyChance,
  takeEdition,
  seedSeason,
  whisper,
} satisfies { [T in Action['type']]: (draft: never, action: Extract<Action, { type: T }>) => void };

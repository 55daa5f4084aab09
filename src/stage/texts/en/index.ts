/**
 * Every English text of the stage, by theme. Another language is another folder of the same shape. All arguments are
 * already safe to show: names are data, lines and headlines went through the sanitiser, numbers through the formatter.
 */
import type { Instrument } from '#core/vocabulary.ts';
import { betting } from './betting.ts';
import { bluff } from './bluff.ts';
import { building } from './building.ts';
import { cast } from './cast.ts';
import { chair } from './chair.ts';
import { channels } from './channels.ts';
import { commands } from './commands.ts';
import { doors } from './doors.ts';
import { fairness } from './fairness.ts';
import { hand } from './hand.ts';
import { lab } from './lab.ts';
import { members } from './members.ts';
import { panel } from './panel.ts';
import { producing } from './producing.ts';
import { recap } from './recap.ts';
import { refusals } from './refusals.ts';
import { story } from './story.ts';
import { votes } from './votes.ts';
import { why } from './why.ts';

export const en = {
  locale: 'en',
  languages: { en: 'English', de: 'Deutsch' },
  instruments: { Tech: 'Tech', Crypto: 'Crypto', Bonds: 'Bonds' } satisfies Record<Instrument, string>,
  ...commands,
  ...channels,
  ...betting,
  ...members,
  ...hand,
  ...chair,
  ...producing,
  ...panel,
  ...building,
  ...refusals,
  ...story,
  ...cast,
  ...fairness,
  ...why,
  ...bluff,
  ...recap,
  ...votes,
  ...doors,
  ...lab,
};

export type Texts = typeof en;

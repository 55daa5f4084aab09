/** Every German text of the stage, by theme: the shape of each is the English one's. */
import type { Texts } from '../en/index.ts';
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

export const de: Texts = {
  locale: 'de',
  languages: { en: 'English', de: 'Deutsch' },
  instruments: { Tech: 'Tech', Crypto: 'Krypto', Bonds: 'Anleihen' },
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

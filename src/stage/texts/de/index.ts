/** Every German text of the stage, by theme: the shape of each is the English one's. */
import type { Texts } from '../en/index.ts';
import { betting } from './betting.ts';
import { building } from './building.ts';
import { cast } from './cast.ts';
import { channels } from './channels.ts';
import { commands } from './commands.ts';
import { fairness } from './fairness.ts';
import { lab } from './lab.ts';
import { members } from './members.ts';
import { panel } from './panel.ts';
import { producing } from './producing.ts';
import { refusals } from './refusals.ts';
import { story } from './story.ts';

export const de: Texts = {
  locale: 'de',
  languages: { en: 'English', de: 'Deutsch' },
  instruments: { Tech: 'Tech', Crypto: 'Krypto', Bonds: 'Anleihen' },
  ...commands,
  ...channels,
  ...betting,
  ...members,
  ...producing,
  ...panel,
  ...building,
  ...refusals,
  ...story,
  ...cast,
  ...fairness,
  ...lab,
};

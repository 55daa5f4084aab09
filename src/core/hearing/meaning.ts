/** What kind of remark a line is, and whether it is for or against what it names. */
import type { SpeechSituation } from '../script.ts';

export type Act =
  | 'askMine'
  | 'askView'
  | 'askHow'
  | 'askChat'
  | 'claim'
  | 'doom'
  | 'brag'
  | 'lament'
  | 'tease'
  | 'comeback'
  | 'greeting'
  | 'kindness'
  | 'chatter';

export type Stance = 1 | 0 | -1;

export interface Meaning {
  act: Act;
  /** 1 for the instrument (or the market), -1 against it, 0 neither. */
  stance: Stance;
}

// A remark on the news takes no side: the bear mourns where the degen cheers.
export const MEANINGS: Partial<Record<SpeechSituation, Meaning>> = {
  newsUp: { act: 'claim', stance: 0 },
  newsDown: { act: 'claim', stance: 0 },
  panic: { act: 'doom', stance: -1 },
  cheer: { act: 'claim', stance: 0 },
  priceUp: { act: 'claim', stance: 0 },
  priceDown: { act: 'claim', stance: 0 },
  buy: { act: 'claim', stance: 1 },
  bluff: { act: 'claim', stance: 1 },
  winning: { act: 'brag', stance: 0 },
  losing: { act: 'lament', stance: 0 },
  ruin: { act: 'lament', stance: 0 },
  refused: { act: 'lament', stance: 0 },
  intern: { act: 'lament', stance: 0 },
  greet: { act: 'greeting', stance: 0 },
  askMine: { act: 'askMine', stance: 0 },
  askView: { act: 'askView', stance: 0 },
  askHow: { act: 'askHow', stance: 0 },
  askChat: { act: 'askChat', stance: 0 },
  tease: { act: 'tease', stance: 0 },
  retort: { act: 'comeback', stance: 0 },
  deflate: { act: 'comeback', stance: 0 },
  scoff: { act: 'comeback', stance: 0 },
  likes: { act: 'claim', stance: 1 },
  doubts: { act: 'claim', stance: -1 },
  gloomy: { act: 'lament', stance: 0 },
  console: { act: 'kindness', stance: 0 },
  sceneWin: { act: 'brag', stance: 0 },
  sceneLeast: { act: 'brag', stance: 0 },
  sceneLose: { act: 'lament', stance: 0 },
  sceneLast: { act: 'lament', stance: 0 },
};
export const CHATTER: Meaning = { act: 'chatter', stance: 0 };

const BAD_NEWS = /^(?:marginCall|bankruptcy|losingRun|badCall|badAdvice|mocked)\./;

/** A line about what the floor remembers: of others' bad luck it teases, of the own it laments; of good luck it brags or is kind. */
export function recallMeaning(key: string): Meaning {
  const bad = BAD_NEWS.test(key) || key === 'lead.lost';
  if (key.endsWith('.you')) return { act: bad ? 'tease' : 'kindness', stance: 0 };
  if (key.endsWith('.they') || key.endsWith('.all')) return CHATTER;
  return { act: bad ? 'lament' : 'brag', stance: 0 };
}

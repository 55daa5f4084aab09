/** What the lab has measured of whoever thinks on stage. */

/** A figure of the latest run: `low` and `high` bound it with 95 %; null: too few worlds to say. */
export interface LabFigure {
  id: 'regret' | 'lag-gain' | 'contingency' | 'speaker-found' | 'repeats';
  estimate: number;
  low: number | null;
  high: number | null;
  /** Of what is being compared: what somebody who ignores the matter scores; null where there is no such thing. */
  chance: number | null;
}

export interface LabCard {
  /** Of the row, as the report names it. */
  name: string;
  worlds: number;
  rounds: number;
  turns: number;
  /** `shipped`, or `held-out-` and its seal. */
  split: string;
  /** The model was trained on the show's own world: it stands outside the rank. */
  trainedOnTheWorld: boolean;
  figures: LabFigure[];
  /**
   * By regret, rows that play in every run which surely give away more than it does, and less, and how many it is not told apart from;
   * null where it stands outside the rank.
   */
  apart: { more: string[]; less: string[]; alike: number } | null;
  /** Measures whose interval of the null control covers zero, of how many; null: it was not played. */
  control: { covered: number; of: number } | null;
  /** What repeats it. */
  command: string;
}

export interface LabDesk {
  /** The latest run of the brain with this label; null when there is none. */
  latest(label: string): LabCard | null;
}

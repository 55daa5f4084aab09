/** What a line chart is made of. */

export interface Series {
  name: string;
  color: string;
  points: readonly { x: number; y: number }[];
  /** Drawn as steps, for curves that change only at their points. */
  steps?: boolean;
  /** What would have been: thin dashes. */
  dashed?: boolean;
}

export interface LineChart {
  x: { title: string; whole?: boolean };
  /** The unit belongs to the title: "Equity ($)". */
  y: { title: string; write?: (value: number, step: number) => string; mayBeLog?: boolean };
  series: readonly Series[];
  /** Named stretches of the x axis, coloured in the background. */
  bands?: readonly { from: number; to: number; name: string; color: string }[];
  /** Upright lines: chaos, and the bells between episodes. */
  marks?: readonly { x: number; what: 'chaos' | 'bell' }[];
  graves?: readonly { x: number; y: number }[];
  /** What dashed series are, for the key. */
  dashes?: string;
  /** A level to compare with: the starting cash. Named in the key. */
  level?: { y: number; name: string };
}

export interface Placing {
  x(value: number): number;
  y(value: number): number;
}

/** Members by their chips and by their skill. Names are mentions that ping nobody: no name of a member is ever stored. */
import { FORECASTS_TO_RANK, skillBps, TENTHS, type Calibration } from '#core/betting/forecast.ts';
import type { RankedMember } from '#show/ports/chips.ts';
import type { ChairRank, Rating } from '#show/ports/hand.ts';
import type { MessageBody } from '../message.ts';
import { button, row } from '../buttons.ts';
import { bluffRows } from '../hand/bluff.ts';
import { chairRows } from '../hand/chair.ts';
import { mention } from '../mention.ts';
import type { Format } from '../format.ts';
import type { Wording } from '../wording.ts';

export const MEMBERS_LISTED = 10;
const GREEN = 0x2e8b57;
/** What /leaderboard shows: the traders, or how members do. */
export const BOARDS = ['traders', 'chips', 'skill', 'calibration', 'chair', 'bluff'] as const;
export type Board = (typeof BOARDS)[number];

export function chipsBoard(
  wallets: readonly { member: string; chips: number }[],
  wording: Wording,
): MessageBody {
  const { texts, format } = wording;
  const lines = wallets.map(({ member, chips }, index) =>
    texts.chipsBoard.row(index + 1, mention(member, texts), format.count(chips)),
  );
  const { title, empty } = texts.chipsBoard;
  return board('chips', title, lines.length === 0 ? [empty] : lines, texts.pool.footer, wording);
}

/** Best forecasters first. */
export function skillBoard(members: readonly RankedMember[], wording: Wording): MessageBody {
  const { texts, format } = wording;
  const lines = members.map((each, index) =>
    texts.skillBoard.row(
      index + 1,
      mention(each.member, texts),
      format.change(skillBps(each)),
      format.count(each.won),
      format.count(each.forecasts),
    ),
  );
  const { title, empty, about } = texts.skillBoard;
  const said = lines.length === 0 ? [empty(format.count(FORECASTS_TO_RANK))] : lines;
  return board('skill', title, said, about, wording);
}

/** Whether members are right as often as they are sure. */
export function calibrationBoard(all: readonly Calibration[], wording: Wording): MessageBody {
  const { texts, format } = wording;
  const lines = all.map((each) => {
    const [from, to] = tenth(each, format);
    const right = format.share(Math.round((each.won * 10_000) / each.forecasts));
    return texts.calibration.row(from, to, right, format.count(each.won), format.count(each.forecasts));
  });
  const { title, empty, about } = texts.calibration;
  return board('calibration', title, lines.length === 0 ? [empty] : lines, about, wording);
}

/** Whose choices in a trader's place beat the trader's own. */
export function chairBoard(ranking: readonly ChairRank[], wording: Wording): MessageBody {
  const { title, empty, about } = wording.texts.chair.board;
  const lines = chairRows(ranking, wording);
  return board('chair', title, lines.length === 0 ? [empty] : lines, about, wording);
}

/** Who knows when a trader means what it says. */
export function bluffBoard(ratings: readonly Rating[], wording: Wording): MessageBody {
  const { title, empty, about } = wording.texts.bluff.board;
  const lines = bluffRows(ratings, wording);
  return board('bluff', title, lines.length === 0 ? [empty] : lines, about, wording);
}

/** The shares between which a forecast lies, in words. */
export function tenth({ tenth: at }: Calibration, format: Format): [string, string] {
  const share = (tenths: number): string => format.share((tenths * 10_000) / TENTHS);
  return [share(at), share(at + 1)];
}

function board(
  which: Board,
  title: string,
  lines: readonly string[],
  footer: string,
  { texts }: Wording,
): MessageBody {
  const labels: Record<Board, string> = {
    traders: texts.chipsBoard.traders,
    chips: texts.chipsBoard.button,
    skill: texts.skillBoard.button,
    calibration: texts.calibration.button,
    chair: texts.chair.board.button,
    bluff: texts.bluff.board.button,
  };
  const others = BOARDS.filter((each) => each !== which);
  return {
    embeds: [{ title, description: lines.join('\n'), footer: { text: footer }, color: GREEN }],
    components: [row(...others.map((each) => button('board', each, labels[each])))],
  };
}

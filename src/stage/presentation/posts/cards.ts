/** Cards of the show: the rules, and the one that stands for lines which came too late. */
import type { MessageBody } from '../message.ts';
import { relativeTime } from '../format.ts';
import type { Wording } from '../wording.ts';

const SLATE = 0x3b4252;

export function rulesCard({ texts }: Wording): MessageBody {
  return {
    embeds: [{ title: texts.rules.title, description: texts.rules.lines.join('\n\n'), color: SLATE }],
  };
}

export function signalLostCard(
  lines: number,
  fromMs: number,
  toMs: number,
  { texts, format }: Wording,
): MessageBody {
  const description = texts.signalLost.body(format.count(lines), relativeTime(fromMs), relativeTime(toMs));
  return { embeds: [{ title: texts.signalLost.title, description, color: SLATE }] };
}

export function quietHoursCard(
  lines: number,
  fromMs: number,
  toMs: number,
  { texts, format }: Wording,
): MessageBody {
  const description = texts.quietHours.body(format.count(lines), relativeTime(fromMs), relativeTime(toMs));
  return { embeds: [{ title: texts.quietHours.title, description, color: SLATE }] };
}

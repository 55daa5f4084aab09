/** Cards of the show: the rules, and the card that replaces lines which came too late. */
import type { APIMessage } from 'discord.js';
import type { MessageBody } from '../message.ts';
import { button, buttonRows, customIds, ownButtons, row } from '../buttons.ts';
import { relativeTime } from '../format.ts';
import { LANGUAGES, textsFor } from '../../texts/index.ts';
import type { Wording } from '../wording.ts';

const SLATE = 0x3b4252;
/** Discord accepts five rows of five; the last row is for the member's own affairs. */
const THOUGHTS_MAX = 20;

/** `gallery` is the channel where members may write, if there is one. The card's buttons work where no command does. */
export function rulesCard({ texts, content }: Wording, gallery: string | null): MessageBody {
  const { title, lines, commands } = texts.rules;
  const all = gallery === null ? lines : [...lines, commands(`<#${gallery}>`)];
  const thoughts = content.cast
    .slice(0, THOUGHTS_MAX)
    .map(({ id, emoji, name }) => button('confess', id, texts.confess.latest(emoji, name)));
  return {
    embeds: [{ title, description: all.join('\n\n'), color: SLATE }],
    components: [...buttonRows(thoughts), row(...ownButtons(texts))],
  };
}

/** A message of the bot is the rule card if it has the card's buttons, or, from the time before there were any, its title. */
export function isRulesCard(message: Pick<APIMessage, 'components' | 'embeds'>): boolean {
  const names = new Set(customIds(message).map(({ name }) => name));
  if (names.has('confess') && names.has('wallet')) return true;
  return message.embeds.some(({ title }) =>
    LANGUAGES.some((language) => title === textsFor(language).rules.title),
  );
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

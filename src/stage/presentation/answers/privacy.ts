/** What is stored about a member, and the question that is asked before it is deleted. */
import { ButtonStyle } from 'discord.js';
import type { MemberData } from '#show/audience/forgetting.ts';
import type { MessageBody } from '../message.ts';
import { button, row } from '../buttons.ts';
import type { Wording } from '../wording.ts';

export function privacyCard(data: MemberData, wording: Wording): MessageBody {
  const { privacy } = wording.texts;
  const description = [...privacy.lines, `**${privacy.aboutYou}** ${aboutYou(data, wording)}`].join('\n\n');
  return { embeds: [{ title: privacy.title, description }] };
}

export function deletionCard(data: MemberData, wording: Wording): MessageBody {
  const { privacy } = wording.texts;
  if (isNothing(data)) return { content: privacy.nothing };
  return {
    embeds: [
      { title: privacy.deletionTitle, description: `${aboutYou(data, wording)}\n\n${privacy.deletion}` },
    ],
    components: [row(button('delete-data', '', privacy.confirm, ButtonStyle.Danger))],
  };
}

function aboutYou(data: MemberData, { texts: { privacy }, format }: Wording): string {
  if (isNothing(data)) return privacy.nothing;
  const known = [
    ...(data.chips === null ? [] : [privacy.chips(format.count(data.chips))]),
    ...(data.hand ? [privacy.hand] : []),
    ...(data.acts === 0 ? [] : [privacy.acts(format.count(data.acts))]),
  ];
  return known.join(' ');
}

const isNothing = ({ chips, acts, hand }: MemberData): boolean => chips === null && acts === 0 && !hand;

/**
 * What is stored about a member, and the question that is asked before it is deleted. While a closing bell is to come, nothing is said
 * of how many chips it is: they tell how the episode ended.
 */
import { ButtonStyle } from 'discord.js';
import type { MemberData } from '#show/audience/forgetting.ts';
import type { MessageBody } from '../message.ts';
import { button, row } from '../buttons.ts';
import type { Wording } from '../wording.ts';

export function privacyCard(data: MemberData, isBellToCome: boolean, wording: Wording): MessageBody {
  const { privacy } = wording.texts;
  const description = [
    ...privacy.lines,
    `**${privacy.aboutYou}** ${aboutYou(data, isBellToCome, wording)}`,
  ].join('\n\n');
  return { embeds: [{ title: privacy.title, description }] };
}

export function deletionCard(data: MemberData, isBellToCome: boolean, wording: Wording): MessageBody {
  const { privacy } = wording.texts;
  if (isNothing(data)) return { content: privacy.nothing };
  return {
    embeds: [
      {
        title: privacy.deletionTitle,
        description: `${aboutYou(data, isBellToCome, wording)}\n\n${privacy.deletion}`,
      },
    ],
    components: [row(button('delete-data', '', privacy.confirm, ButtonStyle.Danger))],
  };
}

function aboutYou(data: MemberData, isBellToCome: boolean, { texts: { privacy }, format }: Wording): string {
  if (isNothing(data)) return privacy.nothing;
  const wallet = (chips: number): string =>
    isBellToCome ? privacy.wallet : privacy.chips(format.count(chips));
  const known = [
    ...(data.chips === null ? [] : [wallet(data.chips)]),
    ...(data.hand ? [privacy.hand] : []),
    ...(data.acts === 0 ? [] : [privacy.acts(format.count(data.acts))]),
  ];
  return known.join(' ');
}

const isNothing = ({ chips, acts, hand }: MemberData): boolean => chips === null && acts === 0 && !hand;

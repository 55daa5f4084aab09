/** What is wrong with a stage: channel, permission, cure. */
import { ButtonStyle } from 'discord.js';
import type { ShowStatus } from '#show/results.ts';
import type { MessageBody } from '../message.ts';
import { describeMissing } from '../../channels/permissions.ts';
import { button, row } from '../buttons.ts';
import { DESCRIPTION_MAX, fit } from '../fit.ts';
import { missingParts, permissionLines } from './setup.ts';
import type { Language, Texts } from '../../texts/index.ts';
import type { Wording } from '../wording.ts';
import type { Cards, Inspection } from '../../channels/types.ts';

const GREEN = 0x2e8b57;
const AMBER = 0xd4a017;
/** More than this waits only when Discord holds something back. */
const POSTS_WAITING_MAX = 100;

/** `language` is the public one: missing channels have their names in it. */
export function diagnosis(
  inspection: Inspection,
  status: ShowStatus,
  language: Language,
  wording: Wording,
): MessageBody {
  const { texts, format } = wording;
  const { doctor, setup } = texts;
  const forbidden = isForbidden(inspection) ? permissionLines(inspection, wording) : [];
  const gone = missingParts(inspection, language, wording);
  const pale = inspection.places.flatMap(({ plan, webhooks }) =>
    (webhooks ?? [])
      .filter(({ webhook }) => webhook !== null && webhook.avatar === null)
      .map(({ persona }) => doctor.noPortrait(persona.name, wording.roomName(plan.place))),
  );
  const repairable = [...gone, ...pale, ...unpinned(inspection.cards, texts)];
  const backlog =
    status.pendingPosts > POSTS_WAITING_MAX ? [doctor.backlog(format.count(status.pendingPosts))] : [];
  const ailments = [...forbidden, ...repairable, ...backlog];
  const hints = inspection.places.flatMap(({ unwelcome, muted, channel }) => [
    ...(unwelcome ? [doctor.hint(describeMissing(unwelcome, texts))] : []),
    ...(muted && channel ? [doctor.hint(doctor.mutedGallery(channel.name))] : []),
  ]);
  const lines = ailments.length === 0 ? [doctor.well, ...hints] : [...ailments, ...hints];
  const mends = repairable.length > 0 || inspection.places.some((place) => place.repairable);
  const canMend = mends && inspection.server === null;
  return {
    embeds: [
      {
        title: ailments.length === 0 ? doctor.titleWell : doctor.titleIll(format.count(ailments.length)),
        description: fit(lines, DESCRIPTION_MAX),
        footer: { text: doctor.footer(texts.show.modes[status.mode], format.count(status.pendingPosts)) },
        color: ailments.length === 0 ? GREEN : AMBER,
      },
    ],
    components: canMend ? [row(button('build', '/', setup.mend, ButtonStyle.Success))] : [],
  };
}

function unpinned({ rules, panel }: Cards, texts: Texts): string[] {
  return [
    ...(rules === 'unpinned' ? [texts.doctor.unpinned] : []),
    ...(panel === 'unpinned' ? [texts.panel.unpinned] : []),
  ];
}

const isForbidden = ({ server, places }: Inspection): boolean =>
  server !== null || places.some(({ missing, exposed }) => missing !== null || exposed);

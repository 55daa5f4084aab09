/** Where the show is: for producers. */
import type { ShowStatus } from '#show/results.ts';
import type { Late } from '#show/tempo.ts';
import type { MessageBody } from '../message.ts';
import type { Texts } from '../../texts/index.ts';
import { relativeTime } from '../format.ts';
import type { Wording } from '../wording.ts';

/** Mode, season, episode and round, in one line. */
export function whereItIs(status: ShowStatus, { show }: Texts): string {
  return show.status({
    ...status,
    mode: show.modes[status.mode],
    phase: status.phase === 'episode' ? null : show.phases[status.phase],
  });
}

export function statusCard(status: ShowStatus, { texts, format, ...wording }: Wording): MessageBody {
  const { show } = texts;
  const seconds = secondsOf(status.paceMs, texts);
  const lines = [
    whereItIs(status, texts),
    show.pace(seconds),
    ...(status.late === null ? [] : [lateLine(status.late, texts)]),
    show.brain(wording.plain(status.brain, 100)),
    ...(status.bellsUntilLead === null ? [] : [show.standsIn(format.count(status.bellsUntilLead))]),
    show.turns(format.count(status.turns), format.count(status.fumbles)),
    show.waiting(format.count(status.pendingPosts)),
    ...(status.nextOpeningMs === null ? [] : [texts.schedule.next(relativeTime(status.nextOpeningMs))]),
  ];
  const trouble = status.symptoms.map(({ kind, trader, count }) => {
    const who = trader === null ? null : wording.name(trader);
    return `⚠️ ${show.symptoms[kind](format.count(count), who)}`;
  });
  return { embeds: [{ title: show.title, description: [...lines, ...trouble].join('\n') }] };
}

function lateLine({ roundMs, enoughMs }: Late, texts: Texts): string {
  const enough = enoughMs === null ? null : enoughMs / 1_000;
  return `⚠️ ${texts.show.late(secondsOf(roundMs, texts), enough)}`;
}

function secondsOf(ms: number, { locale, show }: Texts): string {
  return show.seconds(new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(ms / 1_000));
}

/** Taking the stage down: what would go, and what went. */
import { ButtonStyle } from 'discord.js';
import { CONTENT_MAX, type MessageBody } from '../message.ts';
import { button, row } from '../buttons.ts';
import { DESCRIPTION_MAX, fit } from '../fit.ts';
import type { Wording } from '../wording.ts';
import type { Inspection, TeardownReport } from '../../channels/types.ts';

export function teardownPlan(
  { category, places }: Inspection,
  { texts: { teardown, setup } }: Wording,
): MessageBody {
  const channels = places.flatMap(({ channel }) => (channel ? [setup.channel(channel.name)] : []));
  const all = [...channels, ...(category ? [setup.category(category.name)] : [])];
  if (all.length === 0) return { content: teardown.nothing };
  const list = all.map((what) => teardown.willGo(what));
  return {
    embeds: [{ title: teardown.title, description: fit([teardown.intro, ...list], DESCRIPTION_MAX) }],
    components: [row(button('tear-down', '', teardown.confirm, ButtonStyle.Danger))],
  };
}

export function teardownReport({ removed, stayed }: TeardownReport, { texts }: Wording): MessageBody {
  const { teardown, setup } = texts;
  const lines = [...stayed.map(setup.problem), ...removed.map(teardown.gone)];
  return { content: fit([teardown.done(removed.length), ...lines, teardown.next], CONTENT_MAX) };
}

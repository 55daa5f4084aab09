/** The guided set-up: what will be made, what is there, what is not allowed; then what was done. */
import { ButtonStyle } from 'discord.js';
import type { RunMode } from '#show/results.ts';
import { CONTENT_MAX, type MessageBody } from '../message.ts';
import { describeMissing, exposedLine } from '../../channels/permissions.ts';
import { button, row } from '../buttons.ts';
import { FIELD_MAX, fit } from '../fit.ts';
import { textsFor, type Language } from '../../texts/index.ts';
import type { Wording } from '../wording.ts';
import type { Inspection, SetupResult } from '../../channels/types.ts';

/** What `/setup` settles besides building, as it is or as it will be. */
export interface SetupSettings {
  producerRole: string | null;
  language: Language;
}

/** The card before anything is touched. `build` is the argument of its button. */
export function setupPlan(
  inspection: Inspection,
  { before, after }: { before: SetupSettings; after: SetupSettings },
  { build }: { build: string },
  wording: Wording,
): MessageBody {
  const { texts } = wording;
  const { setup } = texts;
  const changes = settingChanges(before, after, wording);
  const toMake = [...missingParts(inspection, after.language, wording), ...changes];
  const role = after.producerRole === null ? null : `<@&${after.producerRole}>`;
  const fields = [
    { name: setup.willMake, value: toMake.length === 0 ? setup.nothingToMake : fit(toMake, FIELD_MAX) },
    { name: setup.stands, value: standing(inspection, wording) },
    { name: setup.allowed, value: fit(permissionLines(inspection, wording), FIELD_MAX) },
    { name: setup.settings, value: setup.settled(texts.languages[after.language], role) },
  ];
  if (inspection.strangers.length > 0)
    fields.push({
      name: setup.leftAlone,
      value: fit(
        inspection.strangers.map((name) => setup.stranger(name)),
        FIELD_MAX,
      ),
    });
  const mends = inspection.places.some(({ repairable }) => repairable);
  const builds = toMake.length > changes.length;
  const label = builds
    ? setup.build
    : mends
      ? setup.mend
      : changes.length > 0
        ? setup.apply
        : setup.buildAgain;
  return {
    embeds: [{ title: setup.title, description: setup.intro, fields }],
    components: inspection.server ? [] : [row(button('build', build, label, ButtonStyle.Success))],
  };
}

function settingChanges(before: SetupSettings, after: SetupSettings, { texts }: Wording): string[] {
  const { setup, languages } = texts;
  return [
    ...(before.language === after.language ? [] : [setup.willSpeak(languages[after.language])]),
    ...(before.producerRole === after.producerRole || after.producerRole === null
      ? []
      : [setup.willProduce(`<@&${after.producerRole}>`)]),
  ];
}

/** What was done, within one message, and what to do next. `spoken`: the show's new language; null: it kept its own. */
export function setupReport(
  result: SetupResult,
  mode: RunMode,
  spoken: Language | null,
  { texts: { setup, languages } }: Wording,
): MessageBody {
  if (!result.ok) return { content: setup.failed(result.problems.join('\n')) };
  const { made, mended, kept, problems } = result.report;
  const head = [
    setup.ready(made.length, kept),
    ...(spoken === null ? [] : [setup.speaks(languages[spoken])]),
  ].join('\n');
  const lines = [...problems.map(setup.problem), ...mended.map(setup.mended), ...made.map(setup.made)];
  const next = setup.next[mode];
  const room = CONTENT_MAX - head.length - next.length - 2;
  return { content: [head, fit(lines, room), next].filter((line) => line !== '').join('\n') };
}

/** Everything that a set-up in this language would make, one line each; the webhooks of one room share a line. */
export function missingParts(
  { category, places, cards }: Inspection,
  language: Language,
  wording: Wording,
): string[] {
  const { setup } = wording.texts;
  const lines: string[] = [];
  if (!category) lines.push(setup.made(setup.category(textsFor(language).category)));
  for (const { plan, channel, webhooks } of places) {
    if (!channel) lines.push(setup.made(setup.channelFor(plan.name, plan.topic)));
    const silent = (webhooks ?? [])
      .filter(({ webhook }) => webhook === null)
      .map(({ persona }) => persona.name);
    if (silent.length > 0)
      lines.push(setup.made(setup.webhooks(silent.join(', '), wording.roomName(plan.place))));
  }
  if (cards.rules === 'missing') lines.push(setup.made(setup.ruleCard));
  if (cards.panel === 'missing') lines.push(setup.made(wording.texts.panel.inSetup));
  return lines;
}

/** The permissions that the bot lacks, with the cure; one line of praise when it lacks none. */
export function permissionLines({ server, places }: Inspection, { texts }: Wording): string[] {
  const lines = [
    ...(server ? [describeMissing(server, texts)] : []),
    ...places.flatMap(({ missing, repairable }) =>
      missing ? [describeMissing(missing, texts, repairable)] : [],
    ),
    ...places.flatMap(({ exposed, repairable, channel }) =>
      exposed && channel ? [exposedLine(channel.name, texts, repairable)] : [],
    ),
  ];
  return lines.length === 0 ? [texts.setup.allAllowed] : lines.map(texts.setup.problem);
}

function standing({ category, places, cards }: Inspection, { texts, format }: Wording): string {
  const channels = places.filter(({ channel }) => channel !== null).length + (category ? 1 : 0);
  const webhooks = places
    .flatMap((place) => place.webhooks ?? [])
    .filter(({ webhook }) => webhook !== null).length;
  return texts.setup.standing(format.count(channels), format.count(webhooks), cards.rules !== 'missing');
}

import { INSTRUMENTS, type Instrument } from '#core/vocabulary.ts';
import { defineCommand, type CommandContext } from '#stage/interactions/command.ts';
import { planted } from '#stage/presentation/answers/planted.ts';
import type { FormBody } from '#stage/presentation/form.ts';
import type { MessageBody } from '#stage/presentation/message.ts';
import { panelCard } from '#stage/presentation/posts/panel.ts';
import { plainText } from '#stage/presentation/sanitise.ts';
import { LINE_MAX, type Wording } from '#stage/presentation/wording.ts';
import { FOR_PRODUCERS } from './schema.ts';

/** The show accepts this many characters; Discord enforces it while the producer types. */
const WORDS_MAX = 140;

/** The panel of the green room, for a producer who is elsewhere. Chaos, pause and pace are in /chaos and /show. */
export const panel = defineCommand({
  schema: { ...FOR_PRODUCERS, name: 'panel' },
  words: (texts) => texts.panel.command,
  audience: 'producer',
  answers: 'private',
  run: ({ show, wording }) => panelCard(show.controlRoom.panel(), wording),
  buttons: {
    bell: ({ show, wording, member }) =>
      planted(show.controlRoom.callBell(member), () => wording.texts.panel.bellCalled, wording),
  },
  forms: {
    headline: {
      open: ({ wording }) => headlineForm(wording),
      submit: (context, _, { text = '' }) => callHeadline(context, text),
    },
    rumour: {
      open: ({ wording }) => rumourForm(wording),
      submit: (context, _, fields) => plantRumour(context, fields),
    },
  },
});

/** The cleaned text is stored, and the traders read it. Null where nothing was typed. */
const ownWords = (typed: string): string | null => (typed.trim() === '' ? null : plainText(typed, WORDS_MAX));

function callHeadline({ show, wording, member }: CommandContext, typed: string): MessageBody {
  const say = (text: string): string =>
    wording.texts.panel.headlineBroke(wording.shown(wording.headline(text), LINE_MAX));
  return planted(show.controlRoom.callHeadline(member, ownWords(typed)), say, wording);
}

function plantRumour(
  { show, wording, member }: CommandContext,
  { room = '', text: typed = '', about = '' }: Readonly<Record<string, string>>,
): MessageBody {
  const say = (text: string): string =>
    wording.texts.panel.rumourPlanted(
      wording.roomName(room),
      wording.shown(wording.headline(text), LINE_MAX),
    );
  const rumour = { room, text: ownWords(typed), ...aboutOf(about) };
  return planted(show.controlRoom.plantRumour(member, rumour), say, wording);
}

function headlineForm({ texts }: Wording): FormBody {
  const { title, text: label, hint, placeholder } = texts.panel.headlineForm;
  return { title, fields: [{ kind: 'text', name: 'text', label, hint, placeholder, max: WORDS_MAX }] };
}

function rumourForm({ texts, content }: Wording): FormBody {
  const { title, room, text: label, hint, placeholder, about, nothing, up, down } = texts.panel.rumourForm;
  const rooms = content.office.rooms.map(({ id, name, emoji }) => ({
    label: name,
    value: id,
    emoji: { name: emoji },
  }));
  const subjects = INSTRUMENTS.flatMap((instrument) => [
    { label: up(texts.instruments[instrument]), value: [instrument, 'up'].join('/') },
    { label: down(texts.instruments[instrument]), value: [instrument, 'down'].join('/') },
  ]);
  return {
    title,
    fields: [
      { kind: 'choice', name: 'room', label: room, options: rooms },
      { kind: 'text', name: 'text', label, hint, placeholder, max: WORDS_MAX },
      {
        kind: 'choice',
        name: 'about',
        label: about,
        options: [{ label: nothing, value: '-', default: true }, ...subjects],
      },
    ],
  };
}

function aboutOf(chosen: string): { names: Instrument | null; tone: 'up' | 'down' | 'flat' } {
  const [named, tone] = chosen.split('/');
  const names = INSTRUMENTS.find((instrument) => instrument === named) ?? null;
  return { names, tone: names !== null && (tone === 'up' || tone === 'down') ? tone : 'flat' };
}

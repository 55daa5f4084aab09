/** Who plays and who will: the answers of /cast. Names and titles of a file are a stranger's words and are shown as such. */
import type { Persona } from '#core/content.ts';
import { FILE_LIMITS } from '#core/casting/read.ts';
import type { Fault } from '#core/casting/fault.ts';
import type { Cast, Joined, Unreadable } from '#show/casting/casting.ts';
import type { CastRefusal } from '#show/results.ts';
import { DESCRIPTION_MAX, fit } from '../fit.ts';
import type { MessageBody } from '../message.ts';
import type { Wording } from '../wording.ts';

const NAME_MAX = 32;
const TITLE_MAX = 80;
const FIELD_SHOWN_MAX = 60;
const SLATE = 0x3b4252;

export function castCard({ now, next, waiting }: Cast, wording: Wording): MessageBody {
  const { texts } = wording;
  const line = ({ emoji, name, title }: Persona): string =>
    `${emoji} **${wording.shown(name, NAME_MAX)}**, ${wording.shown(title, TITLE_MAX)}`;
  const isSame = now.length === next.length && now.every(({ id }) => next.some((one) => one.id === id));
  const lines = [
    texts.cast.now(now.length),
    ...now.map(line),
    '',
    ...(isSame ? [texts.cast.nextIsSame] : [texts.cast.next(next.length), ...next.map(line)]),
    ...(waiting.length === 0 ? [] : ['', texts.cast.waiting, ...waiting.map(line)]),
    '',
    texts.cast.whoThinks,
  ];
  return { embeds: [{ title: texts.cast.title, description: fit(lines, DESCRIPTION_MAX), color: SLATE }] };
}

export function castChanged(said: string, cast: Cast, wording: Wording): MessageBody {
  return { ...castCard(cast, wording), content: said };
}

export function castRefused(
  { code, facts }: { ok: false; code: CastRefusal; facts: Record<string, string | number> },
  { texts }: Wording,
): MessageBody {
  return { content: texts.cast.refusals[code](facts) };
}

/** What is wrong with a file: one line for each field, with what is allowed. */
export function unreadable(read: Unreadable, wording: Wording): MessageBody {
  const { texts } = wording;
  if ('problem' in read)
    return {
      content: texts.cast.problems[read.problem]({
        jsonKib: FILE_LIMITS.jsonBytes / 1_024,
        pngMib: FILE_LIMITS.pngBytes / 1_048_576,
      }),
    };
  const lines = read.faults.map((fault) => {
    const field =
      fault.field === ''
        ? texts.cast.wholeFile
        : `\`${fault.field.replaceAll('`', '').slice(0, FIELD_SHOWN_MAX)}\``;
    return `• ${field}: ${faultWords(fault, wording)}`;
  });
  return { content: fit([texts.cast.faulty(read.faults.length), ...lines], 1_990) };
}

export function joinedWords({ persona, from, examples }: Joined, { texts }: Wording): string {
  const { emoji, name } = persona;
  return from === 'card' ? texts.cast.joinedFromCard(emoji, name, examples) : texts.cast.joined(emoji, name);
}

function faultWords(fault: Fault, wording: Wording): string {
  const { faults, forms } = wording.texts.cast;
  const shown = (text: string): string => wording.shown(text, FIELD_SHOWN_MAX);
  switch (fault.rule) {
    case 'missing':
    case 'blocked':
      return faults[fault.rule]();
    case 'wrongType':
      return faults.wrongType(fault.expected);
    case 'tooShort':
    case 'tooLong':
    case 'tooSmall':
    case 'tooLarge':
    case 'slots':
      return faults[fault.rule](fault.limit);
    case 'oneOf':
      return faults.oneOf(fault.allowed);
    case 'unknownField':
      return faults.unknownField(shown(fault.names));
    case 'form':
      return faults.form(forms[fault.form]);
    case 'taken':
      return faults.taken(shown(fault.value), shown(fault.by));
    case 'refusedName':
      return faults.refusedName(shown(fault.value));
    case 'other':
      return faults.other(shown(fault.says));
    default:
      return fault satisfies never;
  }
}

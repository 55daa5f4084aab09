/** A persona from a file made harmless: every text that is shown or told is plain, and banks are small enough to be searched. */
import type { Persona } from '../content.ts';
import type { Bank } from '../script.ts';
import type { Fault } from './fault.ts';
import { plain } from './plain.ts';

/** A line is recognised by a pattern with a gap for each slot, and each gap more multiplies the work on a line made to cost it. */
const SLOTS_MAX = 5;
/** So many templates may have more than `SLOTS_LIGHT` slots. */
const HEAVY_MAX = 12;
const SLOTS_LIGHT = 3;
const TEMPLATES_MAX = 1_500;

/** The same persona with plain texts. Slots and choices of templates stay. */
export function harmless(persona: Persona): Persona {
  const { script, bends, debut, examples } = persona;
  return {
    ...persona,
    title: plain(persona.title),
    ...(persona.titleDe !== undefined && { titleDe: plain(persona.titleDe) }),
    persona: plain(persona.persona),
    obituary: plain(persona.obituary),
    ...(debut && { debut: { ...debut, thought: plain(debut.thought), line: plain(debut.line) } }),
    ...(examples && {
      examples: examples.map(({ sees, does }) => ({
        sees: {
          ...sees,
          ...(sees.news !== undefined && { news: plain(sees.news) }),
          company: sees.company.map(({ said, ...who }) => ({
            ...who,
            ...(said !== undefined && { said: plain(said) }),
          })),
        },
        does: { ...does, thought: plain(does.thought), speech: plain(does.speech) },
      })),
    }),
    ...(bends && {
      bends: Object.fromEntries(
        Object.entries(bends).map(([when, bend]) => [
          when,
          { ...bend, told: plain(bend.told), says: plainBank(bend.says) },
        ]),
      ),
    }),
    ...(script && {
      script: {
        ...script,
        says: plainBank(script.says),
        thinks: plainBank(script.thinks),
        recalls: plainBank(script.recalls),
        toward: plainBank(script.toward),
      },
    }),
  };
}

function plainBank(bank: Bank): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(bank).map(([situation, templates]) => [situation, templates.map(plainTemplate)]),
  );
}

/** What stands between slots, choices and their bars, made plain by itself. */
function plainTemplate(template: string): string {
  return template
    .split(/(\{\w+\}|[[\]|])/u)
    .map((part, at) => (at % 2 === 1 ? part : spaced(part)))
    .join('');
}

/** `plain` takes the spaces at the ends away, and between a word and a slot they belong. */
function spaced(part: string): string {
  const cleaned = plain(part);
  if (cleaned === '') return /^\s/u.test(part) ? ' ' : '';
  return `${/^\s/u.test(part) ? ' ' : ''}${cleaned}${/\s$/u.test(part) ? ' ' : ''}`;
}

export function bankFaults({ script, bends }: Persona): Fault[] {
  const banks = [
    ...Object.entries({ says: script?.says, thinks: script?.thinks, recalls: script?.recalls }).map(
      ([name, bank]) => ({ field: `script.${name}`, bank: bank ?? {} }),
    ),
    ...Object.entries(bends ?? {}).map(([when, { says }]) => ({ field: `bends.${when}.says`, bank: says })),
  ];
  let templates = 0;
  let heavy = 0;
  for (const { field, bank } of banks) {
    for (const [situation, lines] of Object.entries(bank)) {
      templates += lines.length;
      for (const [at, line] of lines.entries()) {
        const slots = (line.match(/\{\w+\}/gu) ?? []).length;
        if (slots > SLOTS_LIGHT) heavy += 1;
        if (slots > SLOTS_MAX || heavy > HEAVY_MAX)
          return [
            {
              field: `${field}.${situation}[${at}]`,
              rule: 'slots',
              limit: heavy > HEAVY_MAX ? SLOTS_LIGHT : SLOTS_MAX,
            },
          ];
      }
    }
  }
  return templates > TEMPLATES_MAX ? [{ field: 'script', rule: 'tooLong', limit: TEMPLATES_MAX }] : [];
}

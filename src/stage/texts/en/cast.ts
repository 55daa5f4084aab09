/** Who plays: /cast. */
import type { FileProblem } from '#core/casting/read.ts';
import type { Fault, FieldForm } from '#core/casting/fault.ts';
import type { CastRefusal } from '#show/results.ts';
import type { Facts } from '../counted.ts';
import { counted } from './counted.ts';

export const cast = {
  cast: {
    command: {
      description: 'Who plays: shows the traders, adds one or takes one out from the next season on',
      subcommands: {
        list: { description: 'Who plays now, and who will play the next season' },
        add: {
          description: 'A trader for the next season: from a file or a character card, or one that ships',
          options: {
            file: { name: 'file', description: 'A persona as JSON, or a character card as JSON or PNG' },
            persona: { name: 'persona', description: 'One that ships with the show' },
            name: { name: 'name', description: 'Another name than the file gives: one word' },
            title: { name: 'title', description: 'Another title, as The Optimist' },
            emoji: { name: 'emoji', description: 'Another emoji to back this trader with' },
          },
        },
        remove: {
          description: 'Takes a trader out from the next season on',
          options: { trader: { name: 'trader', description: 'Pick one from the list' } },
        },
      },
    },
    title: 'The cast',
    now: (count: number) => `**This season:** ${counted(count, 'trader')}`,
    next: (count: number) => `**From the next season on:** ${counted(count, 'trader')}`,
    nextIsSame: 'The next season has the same cast. `/cast add` and `/cast remove` change it.',
    waiting: '**Not cast:** `/cast add persona:`',
    whoThinks:
      'The pocket model plays only the four that it was trained on; whoever else is cast plays by the script. Another model plays everybody that it knew when it was loaded: `/show model` loads it again; where several servers share it, a restart of the bot does.',
    joined: (emoji: string, name: string) => `${emoji} **${name}** joins when the next season begins.`,
    joinedFromCard: (emoji: string, name: string, examples: number) =>
      `${emoji} **${name}** joins from a character card, with ${counted(examples, 'worked turn')} from its example messages, when the next season begins.`,
    left: (name: string) => `**${name}** leaves when this season ends.`,
    fileOrPersona: 'Give either a `file` or the name of a `persona` that ships.',
    notFetched: 'Discord did not hand the file out. Attach it again.',
    wholeFile: 'the file',
    faulty: (count: number) => `Nobody was added: ${counted(count, 'field')} must be put right first.`,
    /** What is wrong with a field, by the rule that it breaks. */
    faults: {
      missing: () => 'is missing; put it in',
      wrongType: (expected: string) => `is of the wrong kind; give a value of type ${expected}`,
      tooShort: (limit: number) => `is too short; at least ${limit}`,
      tooLong: (limit: number) => `is too long; at most ${limit}`,
      tooSmall: (limit: number) => `is too small; at least ${limit}`,
      tooLarge: (limit: number) => `is too large; at most ${limit}`,
      oneOf: (allowed: string) => `allowed are ${allowed}`,
      unknownField: (names: string) => `has fields that a persona does not have: ${names}; take them out`,
      form: (form: string) => `must be ${form}`,
      taken: (value: string, by: string) => `"${value}" belongs to ${by}; choose another`,
      refusedName: (value: string) => `"${value}" is a name that Discord refuses; give another with \`name\``,
      blocked: () => 'holds a link, an invite or a slur; word it differently',
      slots: (limit: number) => `has too many slots; at most ${limit} in a line`,
      other: (says: string) => `cannot be taken: ${says}`,
    } satisfies Record<Fault['rule'], (...facts: never[]) => string>,
    /** After "must be". */
    forms: {
      id: 'lower case letters, digits and dashes, as `day-trader`',
      name: 'one word of 2 to 16 letters from A to Z, the first a capital; give another with `name`',
      emoji: 'one Unicode emoji that no other trader has; give another with `emoji`',
      color: 'a colour as `#4d63b8`',
      text: 'plain words',
    } satisfies Record<FieldForm, string>,
    problems: {
      empty: () => 'That file is empty. Export it again.',
      neither_json_nor_png: () =>
        'I read personas as JSON, and character cards as JSON or PNG. Export it as one of them.',
      no_card_in_png: () =>
        'There is no character card in that picture. Export it from its program as a card (PNG); a screenshot or a re-saved picture loses it.',
      broken_json: () => 'What is in that file is not whole. Export it again.',
      file_too_large: (facts: Facts) =>
        `That file is too large: a JSON of at most ${facts['jsonKib'] ?? 256} KiB, a PNG of at most ${facts['pngMib'] ?? 8} MiB.`,
    } satisfies Record<FileProblem, (facts: Facts) => string>,
    refusals: {
      no_such_persona: () =>
        'No persona of that name waits to be cast. Pick one from the list, or attach a file.',
      not_cast: () => 'Nobody of that name plays the next season. `/cast list` tells who does.',
      cast_is_full: (facts: Facts) =>
        `The floor has room for ${facts['most'] ?? 10} traders. Take one out first: \`/cast remove\`.`,
      cast_too_small: (facts: Facts) =>
        `A pool needs ${facts['least'] ?? 2} traders. Add one first: \`/cast add\`.`,
    } satisfies Record<CastRefusal, (facts: Facts) => string>,
  },
};

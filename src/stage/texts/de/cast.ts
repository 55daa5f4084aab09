/** In German: see ../en/cast.ts. */
import { counted } from '../counted.ts';
import type { cast as english } from '../en/cast.ts';

const traders = (count: number): string => counted(count, 'Person', 'Personen');

export const cast: typeof english = {
  cast: {
    command: {
      description: 'Wer spielt: zeigt die Besetzung, nimmt jemanden auf oder heraus, ab der nächsten Saison',
      subcommands: {
        list: { description: 'Wer jetzt spielt, und wer in der nächsten Saison' },
        add: {
          description: 'Jemand für die nächste Saison: aus einer Datei, einer Charakterkarte oder vom Haus',
          options: {
            file: { name: 'datei', description: 'Persona als JSON, oder Charakterkarte als JSON oder PNG' },
            persona: { name: 'persona', description: 'Eine, die mit der Show kommt' },
            name: { name: 'name', description: 'Ein anderer Name als in der Datei: ein Wort' },
            title: { name: 'titel', description: 'Ein anderer Titel, wie The Optimist' },
            emoji: { name: 'emoji', description: 'Ein anderes Emoji, mit dem darauf gesetzt wird' },
          },
        },
        remove: {
          description: 'Nimmt jemanden ab der nächsten Saison heraus',
          options: { trader: { name: 'händler', description: 'Wähle aus der Liste' } },
        },
      },
    },
    title: 'Die Besetzung',
    now: (count) => `**In dieser Saison:** ${traders(count)}`,
    next: (count) => `**Ab der nächsten Saison:** ${traders(count)}`,
    nextIsSame: 'Die nächste Saison hat dieselbe Besetzung. `/cast add` und `/cast remove` ändern sie.',
    waiting: '**Nicht besetzt:** `/cast add persona:`',
    whoThinks:
      'Das Taschenmodell spielt nur die vier, für die es trainiert wurde; alle anderen spielen nach dem Skript. Ein anderes Modell spielt alle, die es beim Laden kannte: `/show model` lädt es neu; wo mehrere Server es sich teilen, tut das ein Neustart des Bots.',
    joined: (emoji, name) => `${emoji} **${name}** kommt dazu, wenn die nächste Saison beginnt.`,
    joinedFromCard: (emoji, name, examples) =>
      `${emoji} **${name}** kommt aus einer Charakterkarte dazu, mit ${counted(examples, 'Beispielzug', 'Beispielzügen')} aus ihren Dialogen, wenn die nächste Saison beginnt.`,
    left: (name) => `**${name}** geht, wenn diese Saison endet.`,
    fileOrPersona: 'Gib entweder eine `datei` oder den Namen einer `persona` an, die mit der Show kommt.',
    notFetched: 'Discord hat die Datei nicht herausgegeben. Häng sie noch einmal an.',
    wholeFile: 'die Datei',
    faulty: (count) => `Niemand wurde aufgenommen: erst ${counted(count, 'Feld', 'Felder')} berichtigen.`,
    faults: {
      missing: () => 'fehlt; ergänze es',
      wrongType: (expected) => `ist von der falschen Art; gib einen Wert vom Typ ${expected} an`,
      tooShort: (limit) => `ist zu kurz; mindestens ${limit}`,
      tooLong: (limit) => `ist zu lang; höchstens ${limit}`,
      tooSmall: (limit) => `ist zu klein; mindestens ${limit}`,
      tooLarge: (limit) => `ist zu groß; höchstens ${limit}`,
      oneOf: (allowed) => `erlaubt sind ${allowed}`,
      unknownField: (names) => `hat Felder, die eine Persona nicht hat: ${names}; nimm sie heraus`,
      form: (form) => `muss ${form}`,
      taken: (value, by) => `„${value}“ gehört schon ${by}; nimm etwas anderes`,
      refusedName: (value) =>
        `„${value}“ ist ein Name, den Discord ablehnt; gib mit \`name\` einen anderen an`,
      blocked: () => 'enthält einen Link, eine Einladung oder ein Schimpfwort; formuliere es anders',
      slots: (limit) => `hat zu viele Lücken; höchstens ${limit} in einer Zeile`,
      other: (says) => `lässt sich nicht übernehmen: ${says}`,
    },
    forms: {
      id: 'aus Kleinbuchstaben, Ziffern und Bindestrichen bestehen, wie `day-trader`',
      name: 'ein Wort aus 2 bis 16 Buchstaben von A bis Z sein, vorn groß; gib mit `name` einen anderen an',
      emoji: 'ein Unicode-Emoji sein, das sonst niemand hat; gib mit `emoji` ein anderes an',
      color: 'eine Farbe sein, wie `#4d63b8`',
      text: 'aus einfachen Worten bestehen',
    },
    problems: {
      empty: () => 'Diese Datei ist leer. Exportiere sie noch einmal.',
      neither_json_nor_png: () =>
        'Ich lese Personas als JSON und Charakterkarten als JSON oder PNG. Exportiere sie als eines davon.',
      no_card_in_png: () =>
        'In diesem Bild steckt keine Charakterkarte. Exportiere sie aus ihrem Programm als Karte (PNG); ein Bildschirmfoto oder neu gespeichertes Bild verliert sie.',
      broken_json: () => 'Was in dieser Datei steht, ist nicht vollständig. Exportiere sie noch einmal.',
      file_too_large: (facts) =>
        `Diese Datei ist zu groß: JSON bis ${facts['jsonKib'] ?? 256} KiB, PNG bis ${facts['pngMib'] ?? 8} MiB.`,
    },
    refusals: {
      no_such_persona: () =>
        'Keine Persona dieses Namens wartet auf eine Rolle. Wähle aus der Liste, oder häng eine Datei an.',
      not_cast: () => 'Niemand dieses Namens spielt in der nächsten Saison. `/cast list` zeigt, wer spielt.',
      cast_is_full: (facts) =>
        `Auf dem Parkett ist Platz für ${facts['most'] ?? 10}. Nimm erst jemanden heraus: \`/cast remove\`.`,
      cast_too_small: (facts) =>
        `Ein Topf braucht ${facts['least'] ?? 2} Personen. Nimm erst jemanden auf: \`/cast add\`.`,
    },
  },
};

/** In German: see ../en/hand.ts. */
import { counted } from '../counted.ts';
import type { hand as english } from '../en/hand.ts';

export const hand: typeof english = {
  hand: {
    whisper: {
      command: {
        description: 'Flüstert einem Händler für 100 Chips einen Tipp ins Ohr, einmal je Folge',
        options: {
          trader: { name: 'händler', description: 'Wessen Telefon klingelt' },
          tip: {
            name: 'tipp',
            description:
              'Höchstens 80 Zeichen. Hören kann ihn sonst niemand; zur Glocke lesen ihn alle, ohne deinen Namen',
          },
        },
      },
      button: (chips) => `☎️ Flüstern (${chips})`,
      form: {
        title: (name) => `${name} etwas flüstern`,
        tip: 'Dein Tipp',
        hint: 'Zu hören im nächsten Zug, als Stimme am Telefon. Am besten auf Englisch.',
        placeholder: 'Buy Tech before the bell',
      },
      given: (name, tip, balance) =>
        `☎️ Bei ${name} wird das Telefon klingeln: „${tip}“. Zu hören ist es im nächsten Zug; kommt die Glocke vorher, sind deine Chips zurück. Du hast ${counted(`**${balance}**`, 'Chip', 'Chips')}. Was daraus wurde, sagt die Glocke.`,
      holdsNone: (name, instrument) => `${name} hat gerade nichts in ${instrument}.`,
      refusals: {
        unknown_trader: () => 'So heißt kein Händler. Nimm einen aus der Liste.',
        show_not_running: () => 'Die Show läuft nicht. Versuch es, wenn sie weitergeht.',
        market_shut: () =>
          'Der Markt ist geschlossen, niemand könnte danach handeln. Flüstere nach der Eröffnungsglocke.',
        intern_cannot_trade: () =>
          'Dort ist gerade ein Praktikum, Handeln verboten. Flüstere jemand anderem.',
        line_is_busy: () =>
          'Die Leitung ist bis zur Glocke besetzt: Es warten schon zu viele Tipps. Flüstere jemand anderem.',
        whispered_already: () => 'Du hast in dieser Folge schon geflüstert. Die nächste gehört dir.',
        not_enough_chips: (facts) =>
          `Flüstern kostet ${facts['price'] ?? 100} Chips, und du hast ${facts['chips'] ?? 0}.`,
        text_too_long: (facts) => `Das ist zu lang: höchstens ${facts['most'] ?? 80} Zeichen.`,
        text_blocked: () =>
          'Das steht auf der Sperrliste (Links, Einladungen, Beleidigungen). Sag es anders.',
        text_empty: () => 'Davon bleibt nichts Lesbares übrig. Nimm einfache Worte.',
      },
    },
    leak: {
      button: (missing) => `📢 Vorlesen lassen (${counted(missing, 'fehlt', 'fehlen')})`,
      chipIn: '📢 Mitzahlen',
      ask: (name, round, missing) =>
        `Noch ${counted(`**${missing}**`, 'Chip', 'Chips')}, und der Gedanke von ${name} aus Runde ${round} wird im Raum verlesen. Gib, so viel du willst; reicht es bis zur Schlussglocke nicht, kommt alles zurück.`,
      sum: (chips) => counted(chips, 'Chip', 'Chips'),
      rest: (chips) => `Alles, was fehlt: ${chips}`,
      opened: (name, round, price) =>
        `📢 Jemand will den Gedanken von ${name} aus Runde ${round} laut hören. Bei **${price}** Chips wird er verlesen.`,
      pledged: (chips, missing, balance) =>
        `Dabei: ${counted(chips, 'Chip', 'Chips')}; noch offen: ${missing}. Du hast ${counted(`**${balance}**`, 'Chip', 'Chips')}.`,
      told: (name, chips, balance) =>
        `📢 Das war alles, was fehlte (${counted(chips, 'Chip', 'Chips')}): Der Gedanke von ${name} wird verlesen, und alle im Raum hören ihn. Du hast ${counted(`**${balance}**`, 'Chip', 'Chips')}.`,
      refusals: {
        unknown_trader: () => 'So heißt kein Händler. Nimm einen aus der Liste.',
        no_such_thought: () => 'Da gibt es keinen Gedanken zum Vorlesen.',
        thought_too_old: () => 'Dieser Gedanke ist zu alt, um jemanden zu rühren. Nimm einen neueren.',
        told_already: () => 'Dieser Gedanke ist schon verlesen.',
        pledge_too_small: () => 'Gib mindestens einen Chip.',
        not_enough_chips: (facts) => `Du hast ${counted(facts['chips'] ?? 0, 'Chip', 'Chips')}. Gib weniger.`,
      },
    },
    phoneRings: (name) => `📞 Bei ${name} klingelt das Telefon.`,
    title: (episode) => `🖐️ Die Hand des Publikums in Folge ${episode}`,
    tip: {
      followed: (name, tip, sum) => `☎️ Jemand riet ${name} „${tip}“: befolgt, **${sum}** bis zur Glocke.`,
      ignored: (name, tip) => `☎️ Jemand riet ${name} „${tip}“: überhört.`,
      idle: (name, tip) => `☎️ Jemand riet ${name} „${tip}“: da war nichts zu befolgen.`,
    },
    leaked: (name, round, thought) => `📢 Vor allen verlesen, ${name} in Runde ${round}: *${thought}*`,
    more: (count) => `… und ${count} weitere.`,
  },
};

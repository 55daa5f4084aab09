/** In German: see ../en/commands.ts. */
import type { commands as english } from '../en/commands.ts';

export const commands: typeof english = {
  commands: {
    help: { description: 'Was diese Show ist und was du hier tun kannst' },
    floor: { description: 'Das Büro, wie es gerade aussieht. Nur du siehst es' },
    market: { description: 'Die Kurse und woher sie kommen. Nur du siehst es' },
    report: { description: 'Was das Labor von dem Modell gemessen hat, das hier spielt. Nur du siehst es' },
    leaderboard: {
      description: 'Wer reich ist und wer nicht',
      options: {
        board: {
          name: 'tafel',
          description: 'Ohne Angabe die der Händler; die der Mitglieder siehst nur du',
          choices: {
            traders: 'Händler, nach Vermögen',
            chips: 'Mitglieder, nach Chips',
            skill: 'Mitglieder, nach Können',
            calibration: 'Wie sicher, wie richtig',
            chair: 'Auf dem Stuhl eines Händlers',
            bluff: 'Wer die Händler durchschaut',
          },
        },
      },
    },
    confess: {
      description: 'Lies, was ein Händler wirklich dachte. Nur du siehst es',
      options: {
        trader: { name: 'händler', description: 'Wessen Gedanke' },
        round: { name: 'runde', description: 'Der Gedanke dieser Runde; ohne Angabe der letzte' },
      },
    },
    bet: {
      description: 'Setzt Chips darauf, wer in der nächsten Folge am meisten gewinnt',
      options: {
        trader: { name: 'händler', description: 'Wer am meisten gewinnt' },
        amount: { name: 'summe', description: 'Wie viele Chips; höchstens ein Viertel von deinen' },
      },
    },
    wallet: { description: 'Deine Chips, deine Serie und was sich zuletzt bewegt hat. Nur du siehst es' },
    bell: { description: 'Gerufen werden, wenn gewettet werden kann, oder nicht mehr' },
    privacy: { description: 'Was über dich gespeichert ist' },
    'delete-my-data': { description: 'Nimmt dich aus allem heraus, was gespeichert ist' },
    setup: {
      description: 'Zeigt, was gebaut oder repariert würde; ein Knopf baut es',
      options: {
        'producer-role': { name: 'regie-rolle', description: 'Wer diese Rolle hat, führt auch Regie' },
        language: {
          name: 'sprache',
          description: 'Was die Show in ihren Kanälen spricht',
          choices: { en: 'English', de: 'Deutsch' },
        },
      },
    },
    doctor: { description: 'Findet, was fehlt oder nicht erlaubt ist, und sagt, wie es wieder geht' },
    show: {
      description: 'Führt die Show',
      subcommands: {
        start: { description: 'Beginnt, oder macht weiter, wo sie aufhörte' },
        pause: { description: 'Hält nach der laufenden Runde an' },
        resume: { description: 'Macht nach einer Pause weiter' },
        stop: { description: 'Beendet die Show, bis die Regie sie wieder startet' },
        status: { description: 'Wo die Show steht und wie es ihr geht' },
        pace: {
          description: 'Wie lange eine Runde dauert',
          options: { seconds: { name: 'sekunden', description: '3 bis 600' } },
        },
        model: {
          description: 'Wechselt das Sprachmodell, das für die Händler denkt',
          options: { name: { name: 'name', description: 'Wähle eines aus der Liste' } },
        },
        schedule: {
          description: 'Wann die Show spielt und wie lang eine Saison ist; ohne Angaben sagt es, was gilt',
          options: {
            plays: {
              name: 'spielt',
              description: 'Rund um die Uhr, oder zu den Zeiten, die du nennst',
              choices: { continuous: 'Rund um die Uhr', appointment: 'Nach Termin' },
            },
            at: { name: 'um', description: 'Öffnungszeiten nach Termin: 20:00, oder 18:00 22:30' },
            days: {
              name: 'tage',
              description: 'An welchen Tagen sie öffnet',
              choices: { daily: 'Jeden Tag', weekdays: 'Montag bis Freitag', weekend: 'Samstag und Sonntag' },
            },
            episodes: { name: 'folgen', description: 'Folgen bei jeder Öffnung' },
            'time-zone': { name: 'zeitzone', description: 'Wie Europe/Berlin; tippe eine Stadt' },
            'season-days': {
              name: 'saison-tage',
              description: 'Eine Saison endet nach so vielen Tagen; 0 für nie',
            },
            'season-episodes': {
              name: 'saison-folgen',
              description: 'Eine Saison endet nach so vielen Folgen; 0 für nie',
            },
          },
        },
        quiet: {
          description: 'Stunden ohne Beiträge; die Show geht weiter. Zweimal dieselbe Stunde hebt sie auf',
          options: {
            from: { name: 'von', description: 'Ab dieser Stunde des Tages, 0 bis 23' },
            to: { name: 'bis', description: 'Bis zu dieser Stunde des Tages, 0 bis 23' },
          },
        },
        bell: {
          description:
            'Eine Rolle, die sich Mitglieder nehmen, um gerufen zu werden, wenn gewettet werden kann',
          options: {
            mode: { name: 'modus', description: 'Aus entfernt die Rolle', choices: { on: 'An', off: 'Aus' } },
          },
        },
        threads: {
          description: 'Ein Thread in der Galerie für jede Folge, in dem Mitglieder darüber reden',
          options: {
            mode: { name: 'art', description: 'Ab der nächsten Glocke', choices: { on: 'An', off: 'Aus' } },
          },
        },
        pictures: {
          description: 'Bewegte Bilder der Runden, oder stehende für alle, denen Bewegung schadet',
          options: {
            mode: {
              name: 'art',
              description: 'Ab dem nächsten Bild',
              choices: { moving: 'Bewegt', still: 'Stehend' },
            },
          },
        },
      },
    },
    chaos: {
      description: 'Bringt eine katastrophale Schlagzeile und lässt den Markt abstürzen',
      options: {
        headline: {
          name: 'schlagzeile',
          description: 'Deine eigenen Worte; ohne Angabe eine fertige Katastrophe',
        },
      },
    },
    teardown: { description: 'Zeigt, was entfernt würde; ein Knopf entfernt es' },
  },
};

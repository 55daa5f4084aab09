/** The last few lines of the tape as the floor's picture shows them. */
import type { Content } from '#core/content.ts';
import type { ShowEvent } from '#core/events.ts';

export function tapeLines(events: readonly ShowEvent[], content: Content): string[] {
  const name = (id: string) => content.cast.find((persona) => persona.id === id)?.name ?? id;
  return events.flatMap((event) => {
    switch (event.type) {
      case 'turnTaken':
        return event.decision.trade === 'Hold' || event.refusals.length > 0
          ? []
          : [`${name(event.trader)} > ${event.decision.trade} ${event.decision.size}`];
      case 'marginCalled':
        return [`${name(event.trader)}: MARGIN CALL`];
      case 'bankrupted':
        return [`${name(event.trader)} is BANKRUPT`];
      case 'chaosStruck':
        return ['CRASH'];
      default:
        return [];
    }
  });
}

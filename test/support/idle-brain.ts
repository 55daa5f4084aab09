/** Traders who do nothing at all: what the floor would be without them. */
import type { Brain } from '#show/ports/brain.ts';

const NOTHING = { thought: '', trade: 'Hold', size: 'Small', speech: '' } as const;

export const idle: Brain = {
  label: 'idle',
  think: async ({ observation }) => ({
    decision: { ...NOTHING, location: observation.roomName },
    raw: '',
    tokens: null,
    ms: 0,
  }),
  close: async () => {},
};

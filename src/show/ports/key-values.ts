/** Small durable facts by name: the show's mode and settings, ids of channels, webhooks, messages. */
export interface KeyValues {
  get(name: string): string | null;
  set(name: string, value: string): void;
  delete(name: string): void;
  entries(prefix: string): { name: string; value: string }[];
}

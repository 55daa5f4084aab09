/** Small durable facts by name: the show's mode, pace, settings. */
export interface KeyValues {
  get(name: string): string | null;
  set(name: string, value: string): void;
  delete(name: string): void;
}

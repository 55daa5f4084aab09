/** The object that a frame from outside holds; null where it is no JSON, or holds none. */
export function jsonFrame(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}

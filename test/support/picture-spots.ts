/** The page's own reader of the spots in a picture. The page is JavaScript and has no types for programs outside of it. */
const page: string = import.meta.resolve('#backlot/page/views/picture-spots.js');

interface Reader {
  spotsOf: (bytes: Uint8Array) => { name: string; box: number[] }[];
}

export const { spotsOf } = (await import(page)) as Reader;

/**
 * The models that the project knows by name: where each file is, how large, under which licence, how it is asked and how
 * its thinking aloud is silenced. models/catalog.json holds them; a row there is all that a new model needs.
 */
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { errorLine } from '#lib/error-text.ts';
import { InputError } from '#lib/input-error.ts';
import { readJsonFile, TextFileError } from '#lib/text-file.ts';

/** Sampling settings. Null leaves a setting to the engine. */
export const samplerSchema = z.strictObject({
  temperature: z.number().min(0).max(2),
  /** Of trade, size and location; as `temperature` when left out. */
  choiceTemperature: z.number().min(0).max(2).optional(),
  topP: z.number().gt(0).max(1).nullable(),
  topK: z.number().int().min(1).max(1_000).nullable(),
  minP: z.number().min(0).lt(1).nullable(),
  repeatPenalty: z.number().min(1).max(2).nullable(),
});
export type Sampler = z.infer<typeof samplerSchema>;

/**
 * How a model that thinks aloud is made to answer at once: an argument of its chat template, or words in the system
 * text.
 */
export const thinkingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('template-argument'),
    name: z.string().min(1),
    value: z.union([z.boolean(), z.string()]),
  }),
  z.strictObject({ kind: z.literal('suffix'), text: z.string().min(1) }),
]);
export type Thinking = z.infer<typeof thinkingSchema>;

const MEGABYTE = 1_000_000;

export const catalogEntrySchema = z
  .strictObject({
    /** What MODEL names: lower case letters, digits, dots, dashes. */
    id: z.string().regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/, 'lower case letters, digits, dots and dashes'),
    title: z.string().min(1),
    /** Repository on the model hub, `owner/name`. */
    source: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'owner/name'),
    /** File in it; also the file's name in the models folder. */
    file: z.string().regex(/^[\w.-]+\.gguf$/, 'a .gguf file name'),
    /** Other names that makers of files give this model, without quantisation and ending, where they differ by more than letters in front. */
    alsoCalled: z.array(z.string().min(1)).min(1).optional(),
    /** Exact length; null when nobody has stated it: `approxMB` is all that is known then. */
    bytes: z.number().int().positive().nullable(),
    /** Millions of bytes, rounded: for people, and for the check of free disk space. */
    approxMB: z.number().int().positive(),
    /**
     * What the cache takes for a token, by the published shape: layers x heads of keys and values x (size of a key + of a value) x 2 bytes.
     * Left out where nobody has looked it up, or where some layers have no such cache.
     */
    cacheBytesPerToken: z.number().int().positive().optional(),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits')
      .nullable(),
    /** Short enough for the table of --models, as is `goodFor`. */
    licence: z.string().min(1).max(21),
    /** As the maker states it: "1B". */
    parameters: z.string().regex(/^\d+(\.\d+)?B$/),
    /** What it is worth a try for, in a few words. */
    goodFor: z.string().min(1).max(28),
    sampler: samplerSchema,
    thinking: thinkingSchema,
    /** `chat`: by the chat template in the file. `compact`: the short format that the pocket model is trained on. */
    promptStyle: z.enum(['chat', 'compact']),
    /** Whether this file has been loaded and played by the project itself. */
    loadedHere: z.boolean(),
    notes: z.string(),
  })
  .refine((entry) => entry.bytes === null || Math.abs(entry.bytes / MEGABYTE - entry.approxMB) <= 1, {
    path: ['approxMB'],
    message: 'must be bytes / 1000000, rounded',
  });
export type CatalogEntry = z.infer<typeof catalogEntrySchema>;

const { id, title, licence, goodFor, sampler, promptStyle, notes } = catalogEntrySchema.shape;

/** A model that is part of the project: its file is in the repository, nothing is downloaded. */
export const shippedEntrySchema = z.strictObject({
  id,
  title,
  licence,
  goodFor,
  sampler,
  promptStyle,
  notes,
  /** Traders that it was made for; it cannot play others. */
  cast: z.array(z.string().min(1)).min(1),
  /** The compact prompt that it was trained on. 1 has no memory of the floor: the personas' scripts lend lines about that, and deals. */
  trainedOn: z.union([z.literal(1), z.literal(2)]),
  /** Below the models folder. */
  file: z.string().regex(/^[\w-]+\/[\w.-]+\.gguf$/, 'folder/file.gguf'),
  bytes: z.number().int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'),
});
export type ShippedEntry = z.infer<typeof shippedEntrySchema>;

/** What a row says of how its model is asked; nothing of a file that no row knows. */
export function askedAs(entry: CatalogEntry | ShippedEntry | null) {
  return {
    sampler: entry?.sampler,
    thinking: entry && 'thinking' in entry ? entry.thinking : undefined,
    promptStyle: entry?.promptStyle,
    trainedOn: entry && 'trainedOn' in entry ? entry.trainedOn : undefined,
  };
}

export const catalogSchema = z
  .strictObject({
    shipped: z.array(shippedEntrySchema).optional(),
    models: z.array(catalogEntrySchema).min(1),
  })
  .superRefine((catalog, context) => {
    for (const key of ['id', 'file'] as const) {
      const values = catalog.models.map((entry) => entry[key]);
      const twice = values.find((value, index) => values.indexOf(value) !== index);
      if (twice !== undefined)
        context.addIssue({
          code: 'custom',
          path: ['models'],
          message: `two entries have the ${key} "${twice}"`,
        });
    }
  });
export type Catalog = z.infer<typeof catalogSchema>;

/** The shipped catalog, or another file of the same shape. Throws one line that names the file, the place and what is wrong. */
export function loadCatalog(
  file: string = fileURLToPath(new URL('../../models/catalog.json', import.meta.url)),
): Catalog {
  const parsed = catalogSchema.safeParse(readShipped(file));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new InputError(`${file}: ${issue?.path.join('.') ?? ''}: ${errorLine(issue?.message ?? 'broken')}`);
}

function readShipped(file: string): unknown {
  try {
    return readJsonFile(file);
  } catch (error) {
    if (!(error instanceof TextFileError)) throw error;
    throw new InputError(`${error.message}; the project ships with one that is whole`, { cause: error });
  }
}

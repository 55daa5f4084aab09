import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Backlot } from '#backlot/backlot.ts';

const DESCRIPTION = path.resolve(import.meta.dirname, '../../../shared/discord-openapi.json');

export interface Validation {
  /** One line a violation: which request or answer, where in it, what is wrong. */
  readonly violations: readonly string[];
  /** How many bodies were held against a schema. */
  readonly checked: number;
  /** Why nothing is checked; undefined when all is. */
  readonly skipped: string | undefined;
}

interface Operation {
  requestBody?: { content?: Record<string, unknown> };
  responses?: Record<string, { $ref?: string; content?: Record<string, unknown> }>;
}

interface Description {
  paths: Record<string, Record<string, Operation>>;
}

let validator: OpenApiValidator | undefined;

/**
 * Holds every request to a backlot and every answer of it against Discord's own description of its API, from now on.
 * Where that file does not lie beside the repository, nothing is checked and `skipped` says so.
 */
export function validateAgainstOpenApi(backlot: Pick<Backlot, 'onRequest'>): Validation {
  if (!existsSync(DESCRIPTION)) {
    return { violations: [], checked: 0, skipped: `there is no ${DESCRIPTION}` };
  }
  validator ??= new OpenApiValidator();
  const known = validator;
  const violations: string[] = [];
  const result = { violations, checked: 0, skipped: undefined };
  backlot.onRequest((report) => {
    if (report.route === undefined) return;
    const operation = known.operation(report.method, report.route);
    if (operation === undefined) return;
    const said = `${report.method} ${report.route}`;
    const check = (what: string, pointer: string | undefined, value: unknown): void => {
      if (pointer === undefined || value === undefined) return;
      result.checked += 1;
      violations.push(...known.check(pointer, value).map((each) => `${said} ${what}: ${each}`));
    };
    // A body that was refused may well be wrong, and an answer that `misbehave` gave is meant to be.
    if (report.status < 400) check('request', operation.requestPointer, report.body);
    if (!report.misbehaved)
      check(`answer ${report.status}`, operation.answerPointer(report.status), report.answer);
  });
  return result;
}

class OpenApiValidator {
  readonly #description: Description;
  readonly #ajv: Ajv2020;
  readonly #compiled = new Map<string, ValidateFunction>();
  readonly #paths = new Map<string, string>();

  constructor() {
    const document = correct(JSON.parse(readFileSync(DESCRIPTION, 'utf8'))) as Description & object;
    this.#description = document;
    this.#ajv = new Ajv2020({
      strict: false,
      allErrors: false,
      validateFormats: true,
      // A process checks few bodies against large schemas: what takes time is making the checks, not running them.
      validateSchema: false,
      inlineRefs: false,
      code: { optimize: false },
    });
    this.#ajv.addFormat('snowflake', /^(?:0|[1-9]\d{0,19})$/);
    this.#ajv.addFormat('nonce', true);
    this.#ajv.addFormat('date-time', (text) => !Number.isNaN(Date.parse(text)));
    this.#ajv.addFormat('uri', (text) => URL.canParse(text));
    for (const number of ['double', 'int32', 'int64'])
      this.#ajv.addFormat(number, { type: 'number', validate: () => true });
    this.#ajv.addSchema(document, 'discord');
    for (const each of Object.keys(document.paths)) this.#paths.set(shapeOf(each), each);
  }

  operation(
    method: string,
    route: string,
  ): { requestPointer: string | undefined; answerPointer(status: number): string | undefined } | undefined {
    const path =
      this.#paths.get(shapeOf(route)) ??
      this.#paths.get(shapeOf(route.replace('/messages/:messageId', '/messages/@original')));
    const operation = path === undefined ? undefined : this.#description.paths[path]?.[method.toLowerCase()];
    if (path === undefined || operation === undefined) return undefined;
    const base = ['paths', path, method.toLowerCase()];
    const requestPointer =
      operation.requestBody?.content?.['application/json'] === undefined
        ? undefined
        : pointer([...base, 'requestBody', 'content', 'application/json', 'schema']);
    return {
      requestPointer,
      answerPointer: (status) => {
        const key = [String(status), `${Math.floor(status / 100)}XX`].find(
          (each) => each in (operation.responses ?? {}),
        );
        const response = key === undefined ? undefined : operation.responses?.[key];
        if (key === undefined || response === undefined) return undefined;
        const at =
          response.$ref === undefined ? pointer([...base, 'responses', key]) : response.$ref.slice(1);
        if (response.$ref === undefined && response.content?.['application/json'] === undefined)
          return undefined;
        return `${at}/content/application~1json/schema`;
      },
    };
  }

  check(at: string, value: unknown): string[] {
    let validate = this.#compiled.get(at);
    if (validate === undefined) {
      validate = this.#ajv.compile({ $ref: `discord#${encodeURI(at)}` });
      this.#compiled.set(at, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      (error) =>
        `${error.instancePath === '' ? '(whole)' : error.instancePath} ${error.message} (${error.schemaPath})`,
    );
  }
}

/**
 * Two places where the description is stricter than Discord and than its own documentation: permission bits are sent as
 * decimal strings, not as integers; and the codes within `errors` are words, while only the outermost is a number.
 */
function correct(node: unknown, name = ''): unknown {
  if (Array.isArray(node)) return node.map((each) => correct(each));
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, correct(value, key)]));
  const types = [copy['type']].flat();
  if (PERMISSION_FIELDS.has(name) && types.includes('integer'))
    return { ...copy, type: [...types, 'string'] };
  if (name === 'InnerErrors') {
    const error = { type: 'object', properties: { code: { type: 'string' }, message: { type: 'string' } } };
    const errors = { type: 'array', items: { ...error, required: ['code', 'message'] } };
    return { ...copy, properties: { _errors: errors } };
  }
  if (name === 'ErrorDetails') {
    const [tree, inner] = Array.isArray(copy['oneOf']) ? copy['oneOf'] : [];
    // A node that carries `_errors` is an inner one, nothing else.
    return { oneOf: [{ ...tree, properties: { _errors: false } }, inner] };
  }
  return copy;
}

const PERMISSION_FIELDS: ReadonlySet<string> = new Set([
  'allow',
  'deny',
  'permissions',
  'default_member_permissions',
]);

/** A path with its parameters' names left out: the description and the backlot name them differently. */
function shapeOf(path: string): string {
  return path.replaceAll(/\{[^}]+\}|:\w+/g, '*');
}

function pointer(steps: readonly string[]): string {
  return steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The results of an action: facts for the database, the stage and the painter. Plain JSON. */
import type { RULES } from './actions/action.ts';
import type { Draft } from './actions/draft.ts';

type Told<Rule> = Rule extends (draft: Draft<infer E>, ...rest: never[]) => void ? E : never;

/** Whatever the rule of any action may tell: each action's file lists its own. */
export type ShowEvent = Told<(typeof RULES)[keyof typeof RULES]>;

export type ShowEventType = ShowEvent['type'];
export type EventOf<T extends ShowEventType> = Extract<ShowEvent, { type: T }>;

/** Subjects of the news in corpus and eval: an answer with the mark, as the model writes it, and as everybody hears it. */
import { SPEECH_MAX, THOUGHT_MAX, type Decision } from '#core/decision.ts';
import type { Observation } from '#core/observation.ts';
import { newsWithSubject, SUBJECT_MARK, subjectsOf, withSubject } from '#brain/prompts/subject.ts';
import { content } from '#test/support/floor.ts';

export const SUBJECTS = subjectsOf(content.headlines);

export function subjectIn({ headlines }: Observation): string | null {
  return newsWithSubject(headlines, SUBJECTS)?.subject ?? null;
}

export function namedAloud(decision: Decision, observation: Observation): Decision {
  const subject = subjectIn(observation);
  return {
    ...decision,
    thought: withSubject(decision.thought, subject, THOUGHT_MAX),
    speech: withSubject(decision.speech, subject, SPEECH_MAX),
  };
}

/** The line as it is in a corpus. */
export function marked(speech: string, observation: Observation): string {
  const subject = subjectIn(observation);
  return subject === null ? speech : speech.replace(subject, SUBJECT_MARK);
}

/** Answers already given, so that several windows that show the same tile ask once. */
export type AnswerCache = {
  /** The answer to this question as of `state`, asked for if it is not there. A failed one is asked for again. */
  get: <T>(question: string, state: string, ask: () => Promise<T>) => Promise<T>;
  clear: () => void;
};

/** An answer of some hundred groups is about 100 kB; so many of them are the most that is kept. */
const most = 200;

export function createAnswerCache(): AnswerCache {
  const answers = new Map<string, { state: string; answer: Promise<unknown> }>();
  return {
    get: <T>(question: string, state: string, ask: () => Promise<T>): Promise<T> => {
      const held = answers.get(question);
      // The question alone names the type of its answer.
      if (held?.state === state) return held.answer as Promise<T>;
      const answer = ask();
      const entry = { state, answer };
      answers.delete(question);
      answers.set(question, entry);
      answer.catch(() => {
        if (answers.get(question) === entry) answers.delete(question);
      });
      for (const oldest of answers.keys()) {
        if (answers.size <= most) break;
        answers.delete(oldest);
      }
      return answer;
    },
    clear: () => answers.clear(),
  };
}

import { type ZxcvbnFactory } from "@zxcvbn-ts/core";

const least = 12;
/** Fewer than 10^10 guesses are within reach of somebody who has the hash and some days: the library gives 4 from there on. */
const score = 4;

let factory: Promise<ZxcvbnFactory> | undefined;

/** Loaded when the first password is chosen: the lists take some megabytes. */
const estimator = () =>
  (factory ??= (async () => {
    const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
      import("@zxcvbn-ts/core"),
      import("@zxcvbn-ts/language-common"),
    ]);
    return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: 100 });
  })());

/**
 * Why a password must not be chosen, as a sentence that says what to do; null where it may. It must be long, not stand in the
 * list of leaked passwords or be one of them made longer, and not be made of what everybody knows of the person.
 */
export async function weakPassword(password: string, known: string[]): Promise<string | null> {
  if (Array.from(password.normalize("NFC")).length < least)
    return `Use at least ${least} characters: four or five words that have nothing to do with one another are easy to keep in mind.`;
  const words = known.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).filter((word) => word.length >= 3);
  const { score: reached, sequence } = (await estimator()).check(password.normalize("NFC"), words);
  if (reached >= score) return null;
  const kinds = new Set(
    sequence.map((match) => ("dictionaryName" in match ? String(match.dictionaryName) : match.pattern)),
  );
  if (kinds.has("userInputs"))
    return "This password is made of your name, your address or your clinic's name: choose words that nobody connects with you.";
  if (kinds.has("passwords-common"))
    return "This password, or most of it, stands in lists of leaked passwords: choose four or five words that have nothing to do with one another.";
  return "This password is easy to guess: choose four or five words that have nothing to do with one another.";
}

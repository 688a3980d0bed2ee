import { fork } from "node:child_process";

/**
 * Runs one of our scripts in a process of its own with `input` as its JSON argument, and gives what it sends back: so that
 * memory and stalls measured there are those of one desk and nothing else.
 */
export function runChild<T>(script: string, input: unknown, seconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    let answer: { value: T } | null = null;
    const child = fork(script, [JSON.stringify(input)], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      serialization: "advanced",
      env: { ...process.env, NODE_NO_WARNINGS: "1" },
    });
    const late = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`${script} took longer than ${seconds} s`));
    }, seconds * 1000);
    child.on("message", (message) => {
      answer = { value: message as T };
    });
    child.on("exit", (code, signal) => {
      clearTimeout(late);
      if (answer) resolve(answer.value);
      else reject(new Error(`${script} ended with ${code ?? signal} and without an answer`));
    });
  });
}

/** The other side: what `runChild` passed in. */
export const childInput = (): unknown => JSON.parse(process.argv[2] ?? "null");

/** Sends the answer and waits until it is on its way. */
export const answerParent = (value: unknown): Promise<void> =>
  new Promise((resolve, reject) => {
    if (!process.send) return reject(new Error("This script is started by the bench: npm run bench."));
    return process.send(value, (error: Error | null) => (error ? reject(error) : resolve()));
  });

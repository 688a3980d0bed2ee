import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { dataFolder } from "../src-server/config.ts";
import { buildReplicaTemplate } from "./build-replica-template.ts";

/**
 * `npm start`: the clinic server on demo data and the desktop beside it, ended together.
 * Options: --data DIR, --demo DAYS, --port P (the server's), --live [--rate N], --browser, --board, --dev.
 */
const { values } = parseArgs({
  options: {
    data: { type: "string" },
    demo: { type: "string", default: "90" },
    port: { type: "string" },
    live: { type: "boolean", default: false },
    rate: { type: "string" },
    browser: { type: "boolean", default: false },
    board: { type: "boolean", default: false },
    dev: { type: "boolean", default: false },
  },
});

const root = join(import.meta.dirname, "..");
const data = resolve(values.data ?? dataFolder());
const children: ChildProcess[] = [];
let stopping = false;

/** Starts one of our programs; `onLine` sees each line it prints before it reaches the terminal. */
function launch(script: string, args: string[], onLine: (line: string) => void): ChildProcess {
  const child = spawn(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: ["inherit", "pipe", "inherit"],
  });
  children.push(child);
  if (child.stdout)
    createInterface({ input: child.stdout }).on("line", (line) => {
      console.log(line);
      onLine(line);
    });
  // When one goes, the product is not whole: the other goes too.
  child.on("exit", (code) => void stop(code ?? 1));
  return child;
}

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  // The desk first, so that it can say goodbye to the server.
  for (const child of children.toReversed()) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
  }
  process.exit(code);
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop(0));

console.log(`Data folder: ${data}`);
// Made while the server fills its clinics; the desk finds it when it opens.
const template = buildReplicaTemplate();
const serverUrl = await new Promise<string>((ready) => {
  launch(
    "src-server/main.ts",
    ["--data", data, "--demo", values.demo, ...(values.port ? ["--port", values.port] : [])],
    (line) => {
      const url = /^careboard server ready (\S+)$/.exec(line)?.[1];
      if (url) ready(url);
    },
  );
});
console.log("Sign in as supervisor@brightside.example with the password careboard-demo (more people: README.md).");
const flags = (["browser", "board", "dev"] as const).filter((name) => values[name]).map((name) => `--${name}`);
await template;
launch("scripts/desk.ts", ["--server", serverUrl, "--data", data, ...flags], () => {});
if (values.live)
  launch(
    "src-server/demo/seed-command.ts",
    ["--live", "--server", serverUrl, "--data", data, ...(values.rate ? ["--rate", values.rate] : [])],
    () => {},
  );

import { expect, test } from "vitest";
import { readDeskOptions } from "./desk-options.ts";

test("reads every option, and leaves to others what isn't named", () => {
  expect(readDeskOptions(["--server", "http://127.0.0.1:8787"])).toEqual({
    server: "http://127.0.0.1:8787",
    browser: false,
    port: null,
    data: undefined,
    board: false,
    dev: false,
  });
  const all = "--server https://clinic.example/careboard/ --browser --port 0 --data D --board --dev".split(" ");
  expect(readDeskOptions(all)).toEqual({
    server: "https://clinic.example/careboard",
    browser: true,
    port: 0,
    data: "D",
    board: true,
    dev: true,
  });
});

test.each([
  ["", "--server is missing"],
  ["--server", "--server"],
  ["--server 127.0.0.1:8787", "--server takes an address that begins with http:// or https://"],
  ["--server file:///etc", "--server takes an address"],
  ["--server http://me:secret@127.0.0.1", "without a name and password"],
  ["--server http://a --port 65536", "--port takes a whole number from 0 to 65535"],
  ["--server http://a --port 80a", "--port takes a whole number"],
  ["--server http://a --port -1", "--port"],
  ["--server http://a --data=", "--data takes a folder"],
  ["--server http://a --brwoser", "--brwoser"],
])("%s is refused by the option's name", (args, sentence) => {
  expect(() => readDeskOptions(args.split(" ").filter(Boolean))).toThrow(sentence);
});

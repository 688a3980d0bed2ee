import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { extractFile, listPackage } from "@electron/asar";
import { NtExecutable, NtExecutableResource } from "resedit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fuseProblem } from "../../src-main/electron/set-fuses.ts";
import { archiveDigest, bindWindows } from "./bind-archive.ts";
import { findDistribution } from "./electron-distribution.ts";
import { layOut } from "./lay-out.ts";
import { importedPackages, packageFolders } from "./needed-packages.ts";
import { packagedAddress } from "./packaged-address.ts";
import { plistWith } from "./plist-with.ts";
import { stageApplication } from "./stage-application.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "careboard package "));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (path: string) => join(folder, path);
async function put(path: string, content: string | Buffer = ""): Promise<void> {
  await mkdir(join(at(path), ".."), { recursive: true });
  await writeFile(at(path), content);
}
/** Bytes with the fuses as Electron comes with them. */
const withFuses = Buffer.concat([
  Buffer.from("a program dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX"),
  Buffer.from([1, 9]),
  Buffer.from("101100011 and its end"),
]);

/** A checkout after its build, with packages one of which has another inside of it. */
async function builtCheckout(): Promise<string> {
  const manifest = (name: string, more: object = {}) => JSON.stringify({ name, version: "1.0.0", ...more });
  await put("root/package.json", JSON.stringify({ name: "careboard", version: "9.1.0", main: "out/main/main.js", scripts: {}, dependencies: { "@x/a": "1", b: "1", e: "1" }, devDependencies: { d: "1" } })); // prettier-ignore
  await put("root/out/main/main.js", 'import { app } from "electron";\nimport a from "@x/a/part";\nimport "node:fs";\nimport "./chunk.js";\n'); // prettier-ignore
  await put(
    "root/out/main/chunk.js",
    'const b = await import("b"); const path = require("path"); Buffer.from("d"); "e";',
  );
  await put("root/out/main/.built", "hash");
  await put("root/out/preload/preload.cjs", 'require("electron");');
  await put("root/out/renderer/index.html", "<!doctype html>");
  await put("root/resources/schema/001.sql", "select 1;");
  await put("root/resources/schema/server/101.sql", "select 1;");
  await put("root/node_modules/@x/a/package.json", manifest("@x/a", { dependencies: { c: "2" }, optionalDependencies: { o: "1" } })); // prettier-ignore
  await put("root/node_modules/@x/a/LICENSE", "MIT");
  await put("root/node_modules/@x/a/part.js", "");
  await put("root/node_modules/@x/a/part.d.ts", "");
  await put("root/node_modules/@x/a/part.js.map", "");
  await put("root/node_modules/@x/a/node_modules/c/package.json", manifest("c"));
  await put("root/node_modules/c/package.json", manifest("c"));
  await put("root/node_modules/b/package.json", manifest("b", { peerDependencies: { c: "1", p: "1" } }));
  await put("root/node_modules/d/package.json", manifest("d"));
  return at("root");
}

describe("what goes into the archive", () => {
  test("are the packages that are imported and what they need, each where Node will look for it", async () => {
    const root = await builtCheckout();
    expect(importedPackages(join(root, "out/main"), ["e", "b", "@x/a"])).toEqual(["@x/a", "b"]);
    expect(packageFolders(root, ["@x/a", "b"]).map((path) => path.replaceAll("\\", "/"))).toEqual([
      "node_modules/@x/a",
      "node_modules/@x/a/node_modules/c",
      "node_modules/b",
      "node_modules/c",
    ]);
    expect(() => packageFolders(root, ["gone"])).toThrow(
      "The package gone (wanted by the application) isn't installed",
    );
  });

  test("is what runs, with its licences, and nothing of the workshop", async () => {
    const root = await builtCheckout();
    await stageApplication({ root, stage: at("stage"), server: "https://clinic.example" });
    const entries = await readdir(at("stage"), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    expect(files.map((file) => file.slice(at("stage/").length).replaceAll("\\", "/")).toSorted()).toEqual([
      "node_modules/@x/a/LICENSE",
      "node_modules/@x/a/node_modules/c/package.json",
      "node_modules/@x/a/package.json",
      "node_modules/@x/a/part.js",
      "node_modules/b/package.json",
      "node_modules/c/package.json",
      "out/main/chunk.js",
      "out/main/main.js",
      "out/preload/preload.cjs",
      "out/renderer/index.html",
      "package.json",
      "resources/schema/001.sql",
    ]);
    expect(JSON.parse(await readFile(at("stage/package.json"), "utf8"))).toEqual({
      name: "careboard",
      version: "9.1.0",
      private: true,
      type: "module",
      main: "out/main/main.js",
      careboard: { server: "https://clinic.example" },
    });
  });
});

describe("the application folder", () => {
  test("of Linux has our archive alone, the empty replica for everybody, and every fuse set", async () => {
    await put("dist/electron", withFuses);
    await put("dist/resources/default_app.asar", "theirs");
    await put("stage/package.json", '{"main":"main.js"}');
    await put("template/abc/PG_VERSION", "18");
    await put("out/of-the-last-time", "");
    const program = await layOut({
      distribution: findDistribution(at("dist"), at("none")),
      stage: at("stage"),
      target: at("out"),
      template: at("template/abc"),
    });
    expect(program).toBe(at("out/careboard"));
    expect(await readdir(at("out"))).toEqual(["careboard", "resources"]);
    expect((await readdir(at("out/resources"))).toSorted()).toEqual(["app.asar", "replica-template"]);
    expect(
      listPackage(at("out/resources/app.asar"), { isPack: false }).map((path) => path.replaceAll("\\", "/")),
    ).toEqual(["/package.json"]);
    expect(extractFile(at("out/resources/app.asar"), "package.json").toString()).toContain("main.js");
    expect(await fuseProblem(program)).toBeNull();
    // The unpacked Electron is used again for the next package.
    expect(await readFile(at("dist/electron"))).toEqual(withFuses);
    if (process.platform === "win32") return;
    expect((await stat(at("out/resources/replica-template/abc"))).mode & 0o777).toBe(0o755);
    expect((await stat(at("out/resources/replica-template/abc/PG_VERSION"))).mode & 0o777).toBe(0o644);
  });

  test("of a Mac is bound to its archive in Info.plist, and its fuses are set in the framework", async () => {
    const framework = "Contents/Frameworks/Electron Framework.framework/Electron Framework";
    await put(`dist/Electron.app/${framework}`, withFuses);
    await put("dist/Electron.app/Contents/MacOS/Electron", "a loader");
    await put("dist/Electron.app/Contents/Resources/default_app.asar", "theirs");
    await put("dist/Electron.app/Contents/Info.plist", "<plist><dict>\n<key>CFBundleExecutable</key>\n<string>Electron</string>\n</dict></plist>"); // prettier-ignore
    await put("stage/package.json", "{}");
    const distribution = findDistribution(at("dist"), at("none"));
    const program = await layOut({ distribution, stage: at("stage"), target: at("out"), template: null });
    expect(await fuseProblem(program)).toBeNull();
    expect(await readdir(join(program, "Contents/MacOS"))).toEqual(["Careboard"]);
    expect(await readdir(join(program, "Contents/Resources"))).toEqual(["app.asar"]);
    const plist = await readFile(join(program, "Contents/Info.plist"), "utf8");
    expect(plist).toContain("<key>CFBundleExecutable</key>\n\t<string>Careboard</string>");
    expect(plist).toContain(`<string>${archiveDigest(join(program, "Contents/Resources/app.asar"))}</string>`);
  });

  test("of Windows has the archive's digest in its program's resources, once", async () => {
    await put("Careboard.exe", Buffer.from(NtExecutable.createEmpty().generate()));
    await bindWindows(at("Careboard.exe"), "0".repeat(64));
    await bindWindows(at("Careboard.exe"), "f".repeat(64));
    const { entries } = NtExecutableResource.from(NtExecutable.from(await readFile(at("Careboard.exe"))));
    expect(entries.map(({ type, id, lang }) => ({ type, id, lang }))).toEqual([
      { type: "INTEGRITY", id: "ELECTRONASAR", lang: 1033 },
    ]);
    const [entry] = entries;
    expect(JSON.parse(Buffer.from(entry?.bin ?? new ArrayBuffer()).toString())).toEqual([
      { file: "resources\\app.asar", alg: "SHA256", value: "f".repeat(64) },
    ]);
  });

  test("isn't begun without an Electron, and the sentence says where one comes from", async () => {
    await mkdir(at("empty"));
    expect(() => findDistribution(at("empty"), at("none"))).toThrow("There is no Electron in");
    expect(() => findDistribution(undefined, at("none"))).toThrow("name the folder with --electron DIR");
    await put("installed/dist/electron.exe");
    expect(findDistribution(undefined, at("installed"))).toMatchObject({ platform: "win32", program: "electron.exe" });
  });
});

describe("a property list", () => {
  test("takes a value in place of the old one, whatever that was, and anew", () => {
    const list = "<dict><key>A</key><dict><key>in</key><dict><key>B</key></dict></dict><key>B</key><true/><key>C</key><string>c</string></dict>"; // prettier-ignore
    expect(plistWith(list, "A", "<string>1</string>").replaceAll(/\s/g, "")).toBe(
      "<dict><key>A</key><string>1</string><key>B</key><true/><key>C</key><string>c</string></dict>",
    );
    expect(plistWith("<dict><key>B</key><true/></dict>", "B", "<false/>")).toBe(
      "<dict><key>B</key>\n\t<false/></dict>",
    );
    expect(plistWith("<dict>\n</dict>", "D", "<true/>")).toBe("<dict>\n\t<key>D</key>\n\t<true/>\n</dict>");
    expect(() => plistWith("bplist00", "D", "<true/>")).toThrow("not an XML property list");
  });
});

test("an application is packaged for https, or for a server on its own machine", () => {
  expect(packagedAddress("https://clinic.example/")).toBe("https://clinic.example");
  expect(packagedAddress("http://127.0.0.1:8787")).toBe("http://127.0.0.1:8787");
  expect(packagedAddress(undefined)).toBeNull();
  for (const no of ["http://clinic.example", "clinic.example", "file:///x"]) {
    expect(() => packagedAddress(no)).toThrow("--server takes an https address");
  }
  expect(() => packagedAddress("https://a:b@clinic.example")).toThrow("without a name and password");
});

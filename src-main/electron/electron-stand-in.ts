import { EventEmitter } from "node:events";
import type { BrowserWindowConstructorOptions, CustomScheme } from "electron";

type Handler = (...args: never[]) => unknown;

/** Everything the code under test did to Electron, in order: `app.enableSandbox`, `window.create`, ... */
export const done: { what: string; args: unknown[] }[] = [];
const note = (what: string, ...args: unknown[]) => void done.push({ what, args });
export const argsOf = (what: string): unknown[] | undefined => done.find((step) => step.what === what)?.args;
export const orderOf = (what: string): number => done.findIndex((step) => step.what === what);

class App extends EventEmitter {
  isPackaged = true;
  gotLock = true;
  ready = Promise.withResolvers<void>();
  path = "";
  switches = new Set<string>();
  commandLine = {
    appendSwitch: (name: string, value?: string) => note("app.commandLine.appendSwitch", name, value),
    hasSwitch: (name: string) => this.switches.has(name),
    removeSwitch: (name: string) => {
      this.switches.delete(name);
      note("app.commandLine.removeSwitch", name);
    },
  };
  getAppPath = () => this.path;
  setPath = (name: string, path: string) => note("app.setPath", name, path);
  enableSandbox = () => note("app.enableSandbox");
  whenReady = () => this.ready.promise;
  exit = (code: number) => note("app.exit", code);
  requestSingleInstanceLock = () => {
    note("app.requestSingleInstanceLock");
    return this.gotLock;
  };
  /** As Electron does: whoever prevents `will-quit` keeps the application alive. */
  quit = () => {
    let prevented = false;
    this.emit("will-quit", { preventDefault: () => (prevented = true) });
    note(prevented ? "app.quit prevented" : "app.quit");
  };
}

class Port extends EventEmitter {
  other: Port | undefined;
  closed = false;
  start(): void {}
  postMessage(data: unknown): void {
    queueMicrotask(() => this.other?.emit("message", { data }));
  }
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.emit("close");
    this.other?.close();
  }
}

export class MessageChannelMain {
  readonly port1 = new Port();
  readonly port2 = new Port();
  constructor() {
    this.port1.other = this.port2;
    this.port2.other = this.port1;
  }
}
export type StandInPort = Port;

/** One session per partition, with the handlers it was given. */
export class StandInSession extends EventEmitter {
  handlers = new Map<string, Handler>();
  readonly partition: string;
  readonly options: unknown;
  constructor(partition: string, options: unknown) {
    super();
    this.partition = partition;
    this.options = options;
  }
  #keep = (name: string) => (handler: Handler) => void this.handlers.set(name, handler);
  setPermissionRequestHandler = this.#keep("permissionRequest");
  setPermissionCheckHandler = this.#keep("permissionCheck");
  setDevicePermissionHandler = this.#keep("devicePermission");
  setDisplayMediaRequestHandler = this.#keep("displayMedia");
  setBluetoothPairingHandler = this.#keep("bluetoothPairing");
  setUSBProtectedClassesHandler = this.#keep("usbProtectedClasses");
  setSpellCheckerEnabled = (on: boolean) => note("session.setSpellCheckerEnabled", on);
  webRequest = { onBeforeRequest: this.#keep("beforeRequest") };
  protocol = {
    handle: (scheme: string, handler: Handler) => void this.handlers.set(`protocol ${scheme}`, handler),
  };
}
export const sessions: StandInSession[] = [];
export const session = {
  fromPartition: (partition: string, options: unknown) => {
    const made = new StandInSession(partition, options);
    sessions.push(made);
    app.emit("session-created", made);
    return made;
  },
};

export class Contents extends EventEmitter {
  readonly id: number;
  readonly mainFrame: { url: string; posted: { channel: string; ports: Port[] }[]; postMessage: Handler };
  openHandler: Handler | undefined;
  constructor(id: number) {
    super();
    this.id = id;
    const posted: { channel: string; ports: Port[] }[] = [];
    const postMessage = (channel: string, _message: unknown, ports: Port[]) => void posted.push({ channel, ports });
    this.mainFrame = { url: "about:blank", posted, postMessage };
  }
  setWindowOpenHandler(handler: Handler): void {
    this.openHandler = handler;
  }
  reload(): void {
    note("contents.reload", this.id);
  }
}

export const windows: BrowserWindow[] = [];
export class BrowserWindow extends EventEmitter {
  readonly webContents = new Contents(windows.length + 1);
  readonly options: BrowserWindowConstructorOptions;
  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    note("window.create", options);
    windows.push(this);
    app.emit("web-contents-created", {}, this.webContents);
  }
  loadURL(url: string): Promise<void> {
    note("window.loadURL", url);
    this.webContents.mainFrame.url = url;
    return Promise.resolve();
  }
  isDestroyed = () => false;
  isMinimized = () => false;
  restore = () => note("window.restore");
  show = () => note("window.show");
  focus = () => note("window.focus");
}

export const app = new App();
export const shell = {
  openExternal: async (url: string) => note("shell.openExternal", url),
};
export const powerMonitor = Object.assign(new EventEmitter(), {
  idle: "active",
  getSystemIdleState: (seconds: number) => {
    note("powerMonitor.getSystemIdleState", seconds);
    return powerMonitor.idle;
  },
});
export const crashReporter = { start: () => note("crashReporter.start") };
export const ipcMain = new EventEmitter();
export const protocol = {
  registerSchemesAsPrivileged: (schemes: CustomScheme[]) => note("protocol.registerSchemesAsPrivileged", schemes),
};
export const Menu = {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown) => note("menu", menu),
};
export const dialog = { showErrorBox: (title: string, text: string) => note("dialog.showErrorBox", title, text) };

/** A system's secret store that only turns text around: what counts is that nothing is written without passing it. */
export const safeStorage = {
  available: true,
  backend: "gnome_libsecret",
  isAsyncEncryptionAvailable: async () => safeStorage.available,
  getSelectedStorageBackend: () => safeStorage.backend,
  /** Chromium's mark of the key in use; `v10` is the one that is part of its source on Linux. */
  mark: "v11",
  encryptStringAsync: async (text: string) =>
    Buffer.concat([Buffer.from(safeStorage.mark), Buffer.from(text).toReversed()]),
  decryptStringAsync: async (bytes: Buffer) => ({
    result: Buffer.from(bytes.subarray(3).toReversed()).toString(),
    shouldReEncrypt: bytes.subarray(0, 3).toString() !== safeStorage.mark,
  }),
};

export const ipcRenderer = Object.assign(new EventEmitter(), {
  send: (channel: string) => note("ipcRenderer.send", channel),
});

import { FuseV1Options } from "@electron/fuses";

export type Fuse = { fuse: FuseV1Options; on: boolean; why: string };

/**
 * Every fuse of Electron 45 and how a packaged Careboard has it. They are burnt into the program before it is signed, so that neither a shortcut
 * nor an environment variable changes them. https://www.electronjs.org/docs/latest/tutorial/fuses
 */
export const fuses: readonly Fuse[] = [
  {
    fuse: FuseV1Options.RunAsNode,
    on: false,
    why: "ELECTRON_RUN_AS_NODE would make our signed program run anybody's script, with our access to the secret store.",
  },
  {
    fuse: FuseV1Options.EnableCookieEncryption,
    on: true,
    why: "We set no cookies; should one ever come to be, it isn't in clear text on the disk.",
  },
  {
    fuse: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    on: false,
    why: "NODE_OPTIONS could load a module into the main process, NODE_EXTRA_CA_CERTS a certificate that makes another server ours.",
  },
  {
    fuse: FuseV1Options.EnableNodeCliInspectArguments,
    on: false,
    why: "--inspect and SIGUSR1 would open the main process, and with it the replica's key, to a debugger.",
  },
  {
    fuse: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    on: true,
    why: "macOS and Windows refuse an app.asar that isn't the one we packaged. Linux has no such check; there the fuse changes nothing.",
  },
  {
    fuse: FuseV1Options.OnlyLoadAppFromAsar,
    on: true,
    why: "A folder named app beside the archive would be taken instead of it, unchecked.",
  },
  {
    fuse: FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
    on: false,
    why: "We make no V8 snapshots of our own. With the fuse on, the program looks for a file that isn't there, and doesn't start.",
  },
  {
    fuse: FuseV1Options.GrantFileProtocolExtraPrivileges,
    on: false,
    why: "Our pages come from app://careboard; no page needs file: and what it may do beyond a browser's.",
  },
  {
    fuse: FuseV1Options.WasmTrapHandlers,
    on: true,
    why: "The replica's PostgreSQL is WebAssembly: without them each access to its memory is checked by added code. Not a matter of security.",
  },
];

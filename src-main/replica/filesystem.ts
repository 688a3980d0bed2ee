import { closeSync, fsyncSync, mkdirSync, openSync } from "node:fs";
import { NodeFS } from "@electric-sql/pglite/nodefs";
import type { EncryptedFile } from "./encrypted-file.ts";
import { EncryptedFolder } from "./encrypted-folder.ts";
import type { ReplicaKeys } from "./encrypted-keys.ts";

/** The parts of Emscripten that are reached into. Upstream calls them unstable: the version of PGlite is pinned. */
type Node = { parent: Node; name: string; mode: number };
type Stream = { node: Node; shared: { refcount: number }; position: number; nfd?: number; file?: EncryptedFile };
type Attributes = { size?: number; [other: string]: unknown };
type Stat = { size: number; [other: string]: unknown };
type Memory = Int8Array | Uint8Array;
type NodeOps = {
  getattr: (node: Node) => Stat;
  setattr: (node: Node, attributes: Attributes) => void;
  mknod: (parent: Node, name: string, mode: number, device: number) => Node;
  rename: (node: Node, parent: Node, name: string) => void;
  unlink: (parent: Node, name: string) => void;
};
type StreamOps = {
  open: (stream: Stream) => void;
  close: (stream: Stream) => void;
  getattr: (stream: Stream) => Stat;
  setattr: (stream: Stream, attributes: Attributes) => void;
  read: (stream: Stream, memory: Memory, offset: number, length: number, at: number) => number;
  write: (stream: Stream, memory: Memory, offset: number, length: number, at: number) => number;
  llseek: (stream: Stream, offset: number, whence: number) => number;
  fsync: (stream: Stream) => number;
  mmap?: unknown;
  msync?: unknown;
};
type Nodefs = {
  node_ops: NodeOps;
  stream_ops: StreamOps;
  realPath: (node: Node) => string;
  createNode: (parent: Node, name: string, mode: number, device: number) => Node;
  /** Turns an error of Node into one of Emscripten. */
  tryFSOperation: <T>(work: () => T) => T;
};
type Emscripten = { NODEFS: unknown; FS: unknown };

const fileMode = 0o100000;
const isFile = (mode: number) => (mode & 0o170000) === fileMode;

/**
 * Where PGlite keeps its files: below a folder, every file encrypted (EncryptedFolder), and with the fsync that PGlite's
 * own NODEFS lacks. Folders are NODEFS's; whatever has to do with the content or the length of a file is done here.
 */
export class ReplicaFilesystem extends NodeFS {
  readonly files: EncryptedFolder;

  constructor(folder: string, keys: ReplicaKeys) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    super(folder);
    this.files = new EncryptedFolder(folder, keys);
  }

  override async init(...[pg, options]: Parameters<NodeFS["init"]>): ReturnType<NodeFS["init"]> {
    const { emscriptenOpts } = await super.init(pg, options);
    const encrypt = (module: Emscripten) => encryptNodefs(module.NODEFS as Nodefs, this.files);
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), encrypt] } };
  }

  override async closeFs(): Promise<void> {
    await super.closeFs();
    this.files.close();
  }
}

function encryptNodefs(nodefs: Nodefs, files: EncryptedFolder): void {
  const attempt = nodefs.tryFSOperation;
  const plainNode = { ...nodefs.node_ops };
  const plainStream = { ...nodefs.stream_ops };

  Object.assign(nodefs.node_ops, {
    getattr: (node) => {
      const stat = plainNode.getattr(node);
      return isFile(node.mode) ? { ...stat, size: attempt(() => files.size(nameOf(node))) } : stat;
    },
    setattr: (node, { size, ...others }) => {
      plainNode.setattr(node, others);
      if (size !== undefined) attempt(() => files.with(nameOf(node), (file) => file.truncate(size)));
    },
    mknod: (parent, name, mode, device) => {
      if (!isFile(mode)) return plainNode.mknod(parent, name, mode, device);
      attempt(() => files.create(nameOf({ parent, name, mode })));
      return nodefs.createNode(parent, name, fileMode | 0o600, device);
    },
    rename: (node, parent, name) => {
      if (!isFile(node.mode)) return plainNode.rename(node, parent, name);
      attempt(() => files.rename(nameOf(node), nameOf({ parent, name, mode: node.mode })));
      node.name = name;
    },
    unlink: (parent, name) => attempt(() => files.remove(nameOf({ parent, name, mode: fileMode }))),
  } satisfies NodeOps);

  Object.assign(nodefs.stream_ops, {
    open: (stream) => {
      if (!isFile(stream.node.mode)) return plainStream.open(stream);
      stream.file = attempt(() => files.open(nameOf(stream.node)));
      stream.nfd = stream.file.fd;
      stream.shared.refcount = 1;
    },
    close: (stream) => {
      const { file } = stream;
      if (!file) return plainStream.close(stream);
      if (--stream.shared.refcount === 0) attempt(() => files.release(file));
    },
    getattr: (stream) => {
      const stat = plainStream.getattr(stream);
      return stream.file ? { ...stat, size: stream.file.size } : stat;
    },
    setattr: (stream, { size, ...others }) => {
      plainStream.setattr(stream, others);
      if (size !== undefined) attempt(() => opened(stream).truncate(size));
    },
    read: (stream, memory, offset, length, at) => attempt(() => opened(stream).read(bytes(memory, offset, length), at)),
    write: (stream, memory, offset, length, at) =>
      attempt(() => opened(stream).write(bytes(memory, offset, length), at)),
    llseek: (stream, offset, whence) => {
      if (whence !== 2 || !stream.file) return plainStream.llseek(stream, offset, whence);
      return plainStream.llseek(stream, stream.file.size + offset, 0);
    },
    fsync: (stream) => {
      attempt(() => (stream.file ? stream.file.sync() : syncFolder(nodefs.realPath(stream.node))));
      return 0;
    },
    // Nothing of PostgreSQL's data is mapped into memory; what would be is refused instead of being read in cipher text.
    mmap: undefined,
    msync: undefined,
  } satisfies StreamOps);
}

const bytes = (memory: Memory, offset: number, length: number) =>
  new Uint8Array(memory.buffer, memory.byteOffset + offset, length);

function opened({ file }: Stream): EncryptedFile {
  if (!file) throw Object.assign(new Error("This is a folder."), { code: "EISDIR" });
  return file;
}

/** The name below the root, with "/" between. */
function nameOf(node: Node): string {
  const parts: string[] = [];
  for (let at = node; at.parent !== at; at = at.parent) parts.push(at.name);
  return parts.toReversed().join("/");
}

/** A folder is opened for this alone. Windows can't fsync a folder, and needs not. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const fd = openSync(folder, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

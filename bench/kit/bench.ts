/** One line of the table: what was measured, against what it has to be. */
export type Result = {
  id: string;
  title: string;
  /** `ms`, `rows/s`, `records/s` or `MB`. For a rate more is better, for the others less. */
  unit: "ms" | "rows/s" | "records/s" | "MB";
  median: number;
  /** The value that 95 of 100 runs keep to: for a rate the 5th percentile. */
  p95: number;
  /** What has to be kept; null for what is only told. Each given bound is held against its own figure. */
  budget: { median?: number; p95?: number } | null;
  ok: boolean;
  runs: number;
  /** Others on the same task, in the same run. */
  peers: Record<string, { median: number; p95: number }>;
};

export type Sizes = {
  /** Calls of the clinic that the tiles are asked of. */
  large: number;
  /** Calls of the first synchronisation. */
  sync: number;
  /** Records of the ingestion. */
  records: number;
  /** Runs of what is fast; what is slow runs fewer times. */
  runs: number;
};

/** What every bench may use: where it runs, how large, and what was made ready once for all of them. */
export type Context = {
  sizes: Sizes;
  /** A folder of this run alone, removed at its end. */
  folder: string;
  server: () => Promise<BenchServer>;
  log: (line: string) => void;
};

/** The clinic server of this run: a process of its own on a database with the bulk of calls. */
export type BenchServer = { url: string; databaseUrl: string; pid: number; clinics: Record<ClinicName, BenchClinic> };
export type ClinicName = "small" | "sync" | "large";
export type BenchClinic = { id: string; source: string; secret: string; email: string; password: string };

export type Bench = { id: string; title: string; run: (context: Context) => Promise<Result[]> };

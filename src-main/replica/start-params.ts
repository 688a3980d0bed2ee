/** Settings of PostgreSQL's single-user mode as PGlite needs them, without its `-F`: commits reach the disk. */
const settings = [
  "search_path=public", "exit_on_error=false", "log_checkpoints=false", "max_worker_processes=0", "max_parallel_workers=0",
  "max_parallel_workers_per_gather=0", "max_parallel_maintenance_workers=0", "io_method=sync", "wal_sync_method=fsync",
  // What a block of a table that was torn by a crash is made whole from: OnceFile counts on it.
  "full_page_writes=on", "wal_log_hints=on",
  "TimeZone=UTC", "DateStyle=ISO", "IntervalStyle=iso_8601", "extra_float_digits=1", "jit=off", "work_mem=8MB", "shared_buffers=48MB", "wal_buffers=8MB",
]; // prettier-ignore

/** What PostgreSQL is started with in a replica. */
export const startParams = ["--single", "-O", "-j", ...settings.flatMap((s) => ["-c", s])];

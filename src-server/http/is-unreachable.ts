/** Sockets that broke, and PostgreSQL's own classes: connection exceptions, shutting down, starting up, too many connections. */
const codes = /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|ENOTFOUND|08...|57P0[123]|53300)$/;

/** Whether an error says that PostgreSQL was not there, rather than that a question was wrong. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (
    (typeof code === "string" && codes.test(code)) ||
    error.message.startsWith("Connection terminated") ||
    (error instanceof AggregateError && error.errors.some(isUnreachable)) ||
    (error.cause !== undefined && isUnreachable(error.cause))
  );
}

import { OpenAPIHandler } from "@orpc/openapi/fetch";
import { ORPCError } from "@orpc/server";
import { RPCHandler } from "@orpc/server/fetch";
import type { Logger } from "pino";
import type { ServerContext } from "./context.ts";
import { refusal } from "./refusal.ts";
import { refuse, retryAfter } from "./refuse.ts";
import { router } from "./router.ts";

type Door = (request: Request, context: ServerContext) => Promise<Response | null>;
type Wire = { code?: string; message?: string; data?: unknown };

/** The contract over REST, in its envelope, and over RPC, in the protocol's own words. Null: there is no such address. */
export function contractDoors(log: Logger): { rest: Door; rpc: Door } {
  // A list for each handler: plugins of a handler add to the one they are given.
  const interceptors = () => [
    (call: { next: () => Promise<unknown>; context: ServerContext }) =>
      call.next().catch((error: unknown) => Promise.reject(refusal(error, log, call.context.requestId))),
  ];
  const rest = new OpenAPIHandler(router, {
    clientInterceptors: interceptors(),
    rootInterceptors: [
      async (call) => {
        const result = await call.next();
        if (result.matched && result.response.status < 400)
          result.response.body = { success: true, data: result.response.body };
        return result;
      },
    ],
  });
  const rpc = new RPCHandler(router, { clientInterceptors: interceptors() });

  return {
    rest: async (request, context) => {
      const { response } = await rest.handle(request, { prefix: "/api", context });
      if (!response || response.status < 400) return response ?? null;
      const { code = "BAD_REQUEST", message = "", data } = (await response.json().catch(() => ({}))) as Wire;
      const { pathname: path } = new URL(request.url);
      return refuse(new ORPCError(code, { status: response.status, message, data }), {
        path,
        requestId: context.requestId,
      });
    },
    rpc: async (request, context) => {
      const { response } = await rpc.handle(request, { prefix: "/rpc", context });
      if (response?.status === 429 || response?.status === 503) {
        const { json = {} } = (await response
          .clone()
          .json()
          .catch(() => ({}))) as { json?: Wire };
        const wait = retryAfter(json);
        if (wait) response.headers.set("retry-after", wait);
      }
      return response ?? null;
    },
  };
}

import { callDirection, callStatus } from "#shared/contract/calls.ts";
import { isDay } from "../format/days.ts";

/** What narrows the list of calls, as it stands in the address: every value a text, absent where nothing is asked. */
export type CallsFilters = {
  startDate?: string;
  endDate?: string;
  direction?: "inbound" | "outbound" | "internal";
  status?: "answered" | "voicemail" | "abandoned" | "missed" | "not_connected";
  queueId?: string;
  agentId?: string;
  callType?: string;
  search?: string;
  minWaitSeconds?: number;
};

const idLike = /^([0-9a-f]{8}-[0-9a-f-]{27}|unassigned)$/i;

/** Filters of an address. A value that means nothing is dropped rather than refused: addresses are typed and kept for years. */
export function readFilters(params: Record<string, string>): CallsFilters {
  const filters: CallsFilters = {};
  const { startDate, endDate, queueId, agentId, callType, search } = params;
  if (startDate && isDay(startDate)) filters.startDate = startDate;
  if (endDate && isDay(endDate)) filters.endDate = endDate;
  // The two ends the wrong way round are meant the right way round.
  if (filters.startDate && filters.endDate && filters.startDate > filters.endDate) {
    [filters.startDate, filters.endDate] = [filters.endDate, filters.startDate];
  }
  const direction = callDirection.safeParse(params["direction"]);
  if (direction.success) filters.direction = direction.data;
  const status = callStatus.safeParse(params["status"]);
  if (status.success) filters.status = status.data;
  if (queueId && idLike.test(queueId)) filters.queueId = queueId;
  if (agentId && idLike.test(agentId)) filters.agentId = agentId;
  if (callType) filters.callType = callType.slice(0, 60);
  if (search) filters.search = search.slice(0, 120);
  const wait = Number(params["minWaitSeconds"]);
  if (params["minWaitSeconds"] && Number.isInteger(wait) && wait > 0) filters.minWaitSeconds = wait;
  return filters;
}

export const writeFilters = (filters: CallsFilters): Record<string, string> =>
  Object.fromEntries(
    Object.entries(filters)
      .filter(([, value]) => value !== undefined && value !== "")
      .map(([name, value]) => [name, String(value)]),
  );

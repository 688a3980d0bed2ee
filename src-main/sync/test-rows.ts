import { randomUUID } from "node:crypto";
import type { ShapeName } from "#shared/contract/sync.ts";
import type { WireRow } from "#shared/sync/fold-changes.ts";

/** What a manager's replica consists of. */
export const deskShapes: ShapeName[] = [
  "organizations",
  "clinics",
  "locations",
  "agents",
  "queues",
  "call_sources",
  "calls",
];

export const clinicId = "00000000-0000-4000-8000-000000000001";
const sourceId = "00000000-0000-4000-8000-000000000002";

export const clinicRow: WireRow = {
  id: clinicId, organization_id: "00000000-0000-4000-8000-000000000003", slug: "north", name: "North", time_zone: "America/New_York",
  currency: "USD", service_level_variant: "answeredOfOffered", service_level_seconds: "20", service_level_goal: "0.8000",
  short_abandon_seconds: "5", wait_limit_seconds: "60", opens_hour: "7", closes_hour: "19",
}; // prettier-ignore

/** A call as the server's shape has it. */
export function callRow(change: WireRow = {}): WireRow {
  const id = change.id ?? randomUUID();
  return {
    id, clinic_id: clinicId, source_id: sourceId, call_id: id, location_id: null, queue_id: null, agent_id: null, queue_number: "800",
    agent_extension: "101", caller_number: "5550123", caller_name: "Ann\tO'Neil \\ \"Sons\"\n", called_number: "5550100",
    call_direction: "inbound", call_type: null, call_start_time: "2026-11-20 14:03:11+00", call_answer_time: "2026-11-20 14:03:23+00",
    call_end_time: "2026-11-20 14:08:11+00", local_day: "2026-11-20", local_hour: "9", wait_seconds: "12", talk_duration_seconds: "288",
    hold_time_seconds: "0", after_call_work_seconds: "0", transfer_count: "0", call_status: "answered", end_reason: "src_participant_terminated",
    ...change,
  }; // prettier-ignore
}

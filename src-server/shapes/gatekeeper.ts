import { clinicsSeenWhole, type Member, memberClinics, ownAgents } from "#shared/access/member.ts";
import type { ShapeName } from "#shared/contract/sync.ts";
import type { Condition, ShapeDefinition } from "./definition.ts";

/** What a desk may hold of each table. What no screen shows (a patient's number, recordings, notes) stays on the server. */
export const shapeColumns: Record<ShapeName, string[]> = {
  organizations: ["id", "slug", "name"],
  clinics: [
    "id", "organization_id", "slug", "name", "time_zone", "currency", "service_level_variant", "service_level_seconds",
    "service_level_goal", "short_abandon_seconds", "wait_limit_seconds", "opens_hour", "closes_hour",
  ], // prettier-ignore
  locations: ["id", "clinic_id", "name"],
  agents: ["id", "clinic_id", "location_id", "display_name", "active"],
  queues: ["id", "clinic_id", "location_id", "name"],
  call_sources: ["id", "clinic_id", "name", "kind", "location_id"],
  calls: [
    "id", "clinic_id", "source_id", "call_id", "location_id", "queue_id", "agent_id", "queue_number", "agent_extension",
    "caller_number", "caller_name", "called_number", "call_direction", "call_type", "call_start_time", "call_answer_time",
    "call_end_time", "local_day", "local_hour", "wait_seconds", "talk_duration_seconds", "hold_time_seconds",
    "after_call_work_seconds", "transfer_count", "call_status", "end_reason",
  ], // prettier-ignore
};

/**
 * The shape of a table for a person: decided by the session alone. The rows are those that row-level security shows
 * (`src-server/policy/002-rows.sql`); a person who may see nothing gets a shape without rows.
 */
export function definitionFor(name: ShapeName, who: Member, replica: ShapeDefinition["replica"]): ShapeDefinition {
  return {
    schema: "public",
    table: name,
    columns: shapeColumns[name],
    filter: filterFor(name, who),
    order:
      name === "calls"
        ? [
            { column: "call_start_time", descending: true },
            { column: "id", descending: true },
          ]
        : [],
    replica,
    log: "full",
  };
}

function filterFor(name: ShapeName, who: Member): Condition[][] {
  const clinics = memberClinics(who);
  const filters: Record<ShapeName, Condition[][]> = {
    organizations: clinics.length === 0 ? [] : [[{ column: "id", values: [who.organizationId] }]],
    clinics: [[{ column: "id", values: clinics }]],
    locations: [[{ column: "clinic_id", values: clinics }]],
    agents: [[{ column: "clinic_id", values: clinics }]],
    queues: [[{ column: "clinic_id", values: clinics }]],
    call_sources: [[{ column: "clinic_id", values: clinics }]],
    calls: [
      [{ column: "clinic_id", values: clinicsSeenWhole(who) }],
      [
        { column: "clinic_id", values: clinics },
        { column: "agent_id", values: ownAgents(who) },
      ],
    ],
  };
  return filters[name];
}

import type { Permission } from "./permission.ts";

/**
 * Which rows of a table a person sees: those that any one rule shows. A rule shows a row when the person has its permission
 * (`belonging`: any role) in the row's clinic, and every further column holds what is the person's own.
 */
export type RowRule = {
  by: Permission | "belonging";
  /** The column that names the clinic. Without one the table is not of a clinic: see `person` and `organization`. */
  clinic?: string;
  /** The column holds a location that the person is staff of. */
  location?: string;
  /** The column holds the agent that the person is. */
  agent?: string;
  /** The column holds the person. */
  self?: string;
  /** The column holds somebody with a role in a clinic where the person has the permission. */
  person?: string;
  /** The column holds the person's organization. */
  organization?: string;
  /** The column holds a device on which such a somebody has had a session. */
  usedBy?: string;
  /** The column is null: the row belongs to no clinic. */
  without?: string;
  /** The columns hold source and id of a call that the person sees. */
  behind?: { source: string; call: string };
};

/**
 * What may be read of a table. A column stands in exactly one list. `desk`: what a replica may hold; `server`: answered online only;
 * `hidden`: never leaves the server (secrets, and what no verb shows yet). `need`: the further permission that a column takes.
 */
export type TableAccess = {
  rows: RowRule[];
  /** Rows that a replica holds, where they are fewer. */
  deskRows?: RowRule[];
  desk?: string[];
  server?: string[];
  hidden?: string[];
  need?: Record<string, Permission>;
};

const words = (text: string): string[] => text.trim().split(/\s+/);

const ofClinic: RowRule[] = [{ by: "belonging", clinic: "clinic_id" }];
/** Rollups add up calls: of the whole clinic, of one's locations, or for a wall. */
const figures: RowRule[] = [
  { by: "viewAllPerformance", clinic: "clinic_id" },
  { by: "viewTeamPerformance", clinic: "clinic_id", location: "location_id" },
  { by: "viewBoard", clinic: "clinic_id" },
];
/** Only a board holds rollups as rows; other desks add up the calls that they hold. */
const figuresOfBoard: RowRule[] = [{ by: "viewBoard", clinic: "clinic_id" }];
const measures = words(`
  calls offered answered voicemail abandoned missed short_abandoned answered_in_target abandoned_in_target wait_sum talk_sum hold_sum
  acw_sum outbound outbound_answered outbound_talk_sum internal`);
const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${name}_${String(i).padStart(2, "0")}`);
/** Buckets as resources/schema/004-rollups.sql makes them: 24 hours, and one more than there are bounds. */
const handled = numbered("handled", 24);
/** Computed from the ones before by whichever database holds them: never sent. */
const computed = ["handled_hours"];
const waits = numbered("wait", 55);
const handles = numbered("handle", 26);

/** The one table of what may be read: row-level security, gatekeeper and handlers are held against it. */
export const tableAccess = {
  organizations: {
    rows: [{ by: "belonging", organization: "id" }],
    desk: ["id", "slug", "name"],
    server: ["created_at"],
  },
  clinics: {
    rows: [{ by: "belonging", clinic: "id" }],
    desk: words(`
      id organization_id slug name time_zone currency service_level_variant service_level_seconds service_level_goal
      short_abandon_seconds wait_limit_seconds opens_hour closes_hour`),
  },
  locations: { rows: ofClinic, desk: ["id", "clinic_id", "name"] },
  agents: {
    rows: ofClinic,
    desk: ["id", "clinic_id", "location_id", "first_name", "display_name", "active"],
    need: { display_name: "seeStaffNames" },
  },
  queues: { rows: ofClinic, desk: ["id", "clinic_id", "location_id", "name"] },
  call_sources: {
    rows: ofClinic,
    desk: ["id", "clinic_id", "name", "kind", "location_id"],
    server: ["field_order"],
    need: { field_order: "configureSources" },
  },
  calls: {
    rows: [
      { by: "viewAllPerformance", clinic: "clinic_id" },
      { by: "viewTeamPerformance", clinic: "clinic_id", location: "location_id" },
      { by: "viewOwnPerformance", clinic: "clinic_id", agent: "agent_id" },
    ],
    desk: words(`
      id clinic_id source_id call_id location_id queue_id agent_id queue_number agent_extension caller_number caller_name called_number
      call_direction call_type call_start_time call_answer_time call_end_time local_day local_hour wait_seconds talk_duration_seconds
      hold_time_seconds after_call_work_seconds transfer_count call_status end_reason`),
    hidden: words(`
      ring_duration_seconds call_outcome customer_satisfaction_score quality_score patient_mrn appointment_scheduled appointment_date
      appointment_type provider_requested first_call_resolution escalation_required complaint_call follow_up_required follow_up_date
      recording_available recording_url recording_reviewed compliance_notes shift_id campaign_id call_priority created_at updated_at`),
    need: { caller_number: "seeCallers", caller_name: "seeCallers", called_number: "seeCallers" },
  },
  calls_by_hour: {
    rows: figures,
    deskRows: figuresOfBoard,
    desk: ["id", ...words("clinic_id local_day local_hour location_id queue_id"), ...measures],
  },
  calls_by_agent: {
    rows: figures,
    deskRows: figuresOfBoard,
    desk: ["id", ...words("clinic_id local_day agent_id location_id"), ...measures, ...handled, ...waits],
    server: computed,
  },
  calls_by_type: {
    rows: figures,
    deskRows: figuresOfBoard,
    desk: ["id", ...words("clinic_id local_day call_type location_id"), ...measures, ...handles, ...waits],
  },
  calls_by_queue: {
    rows: figures,
    deskRows: figuresOfBoard,
    desk: ["id", ...words("clinic_id local_day location_id queue_id"), ...measures, ...handled, ...waits],
    server: computed,
  },
  agent_extensions: {
    rows: [{ by: "configureSources", clinic: "clinic_id" }],
    server: ["id", "clinic_id", "source_id", "extension", "agent_id"],
  },
  queue_numbers: {
    rows: [{ by: "configureSources", clinic: "clinic_id" }],
    server: ["id", "clinic_id", "source_id", "number", "queue_id"],
  },
  // A raw line names the caller. Whoever configures the source reads any; the others the lines of a call they see, if they may know who called.
  raw_records: {
    rows: [
      { by: "configureSources", clinic: "clinic_id" },
      { by: "seeCallers", clinic: "clinic_id", behind: { source: "source_id", call: "call_id" } },
    ],
    server: words(`
      id source_id clinic_id received_at body format digest state reason call_id history_id attempts field_order`),
  },
  call_source_secrets: { rows: [], hidden: ["source_id", "secret"] },

  users: {
    rows: [
      { by: "belonging", self: "id" },
      { by: "managePeople", person: "id" },
    ],
    server: words("id organization_id email display_name active created_at kind disabled_at last_sign_in_at"),
  },
  user_credentials: { rows: [], hidden: words("user_id password_hash one_time changed_at expires_at") },
  user_clinic_roles: {
    rows: [
      { by: "belonging", self: "user_id" },
      { by: "managePeople", clinic: "clinic_id" },
    ],
    server: words("id user_id clinic_id role agent_id active valid_from valid_until"),
  },
  location_staff: {
    rows: [
      { by: "belonging", self: "user_id" },
      { by: "managePeople", clinic: "clinic_id" },
      { by: "manageLocations", clinic: "clinic_id" },
    ],
    server: words("id user_id clinic_id location_id active"),
  },
  clinic_security: {
    rows: ofClinic,
    server: words("clinic_id idle_minutes lock_after_hours erase_after_days second_factor"),
  },
  // Held by whoever is there with a session: an administrator sees the devices that people of their clinics use.
  devices: {
    rows: [
      { by: "manageDevices", usedBy: "id" },
      { by: "manageOrganization", organization: "organization_id" },
    ],
    server: words("id organization_id name platform created_at ended_at ended_by"),
  },
  sessions: {
    rows: [
      { by: "belonging", self: "user_id" },
      { by: "manageDevices", person: "user_id" },
    ],
    server: words("id user_id created_at expires_at ended_at device_id version last_contact_at held ended_reason"),
  },
  replica_contacts: { rows: [], hidden: words("device_id user_id replica acknowledged given") },
  refresh_tokens: { rows: [], hidden: words("digest session_id issued_at expires_at used_at replaced_by dead") },
  user_second_factors: { rows: [], hidden: words("user_id sealed_secret confirmed_at last_step recovery") },
  sign_in_failures: { rows: [], hidden: words("kind digest failures last_at locked_until") },
  oidc_sign_ins: { rows: [], hidden: words("state provider sealed created_at code user_id expires_at") },
  user_identities: { rows: [], hidden: words("issuer subject user_id linked_at") },
  access_changes: {
    rows: [
      { by: "belonging", self: "user_id" },
      { by: "managePeople", person: "user_id" },
    ],
    server: words("id user_id clinic_id kind detail changed_by at"),
  },
  purge_receipts: {
    rows: [
      { by: "belonging", self: "user_id" },
      { by: "manageDevices", person: "user_id" },
    ],
    server: words("id user_id device_id session_id reason changes removed purged_at received_at"),
  },
  audit_log: {
    rows: [
      { by: "viewAudit", clinic: "clinic_id" },
      // Sign-ins and sessions belong to no clinic: they are seen by who administers the person.
      { by: "viewAudit", person: "user_id", without: "clinic_id" },
      { by: "manageOrganization", organization: "organization_id" },
    ],
    server: words(`
      id at occurred_at organization_id clinic_id user_id session_id device_id request_id action subject subject_id detail desk_event
      previous hash`),
  },
  retention_rules: { rows: ofClinic, server: ["clinic_id", "subject", "days", "changed_at"] },
  retention_runs: {
    rows: [{ by: "manageRetention", clinic: "clinic_id" }],
    server: words("id clinic_id subject before_day removed started_at finished_at"),
  },
} satisfies Record<string, TableAccess>;

export type TableName = keyof typeof tableAccess;

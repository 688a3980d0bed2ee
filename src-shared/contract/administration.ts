import { z } from "zod";
import { role } from "../access/role.ts";
import { id, instant, verb } from "./base.ts";
import { rowCounts } from "./session.ts";

const tags = ["administration"];
const clinicId = z.object({ clinicId: id });
const email = z.email("Write an e-mail address, like name@clinic.example.").max(254);
const name = z.string().trim().min(1, "Write a name.").max(100, "Use at most 100 characters.");

/** A role in one clinic, as it is written: whether it counts now follows from `active` and the two ends. */
export const heldRole = z.object({
  clinicId: id,
  role,
  agentId: id.nullable(),
  active: z.boolean(),
  validFrom: instant.nullable(),
  validUntil: instant.nullable(),
  locationIds: z.array(id),
});
export type HeldRole = z.infer<typeof heldRole>;

export const managedPerson = z.object({
  id,
  email: z.string(),
  displayName: z.string(),
  kind: z.enum(["person", "board"]),
  active: z.boolean(),
  /** Only of clinics that the asker administers. */
  roles: z.array(heldRole),
  secondFactor: z.boolean(),
  lastSignInAt: instant.nullable(),
});
export type ManagedPerson = z.infer<typeof managedPerson>;

/** Shown once, to be handed over; it only lets in to choose another. */
const oneTimePassword = z.string();
const withPassword = z.object({ person: managedPerson, oneTimePassword });
const roleInput = z.object({
  clinicId: id,
  role,
  agentId: id.nullable().default(null),
  active: z.boolean().default(true),
  validFrom: instant.nullable().default(null),
  validUntil: instant.nullable().default(null),
  locationIds: z.array(id).max(200).default([]),
});

export const people = {
  list: verb
    .route({ method: "GET", path: "/people", summary: "People and their roles", tags })
    .input(clinicId)
    .output(z.array(managedPerson)),
  /** A person of the organization by an address that is new, with a first role; an address that is known gets the role added. */
  add: verb
    .route({ method: "POST", path: "/people", summary: "Add a person", tags })
    .input(z.object({ email, displayName: name, role: roleInput }))
    .output(z.object({ person: managedPerson, oneTimePassword: oneTimePassword.nullable() })),
  /** An account for a wall: it shows the clinic's board and nothing else. */
  addBoard: verb
    .route({ method: "POST", path: "/people/boards", summary: "Add a board", tags })
    .input(z.object({ clinicId: id, name }))
    .output(withPassword),
  /** Gives, changes or (`active: false`) takes a role in one clinic. */
  setRole: verb
    .route({ method: "PUT", path: "/people/{userId}/roles", summary: "Set a person's role in a clinic", tags })
    .input(roleInput.extend({ userId: id }))
    .output(managedPerson),
  /** Disabled: signed out everywhere, and their desks erase what they hold at the next contact. */
  setActive: verb
    .route({ method: "PUT", path: "/people/{userId}/active", summary: "Disable or enable an account", tags })
    .input(z.object({ userId: id, active: z.boolean() }))
    .output(managedPerson),
  resetPassword: verb
    .route({ method: "POST", path: "/people/{userId}/one-time-password", summary: "Give a one-time password", tags })
    .input(z.object({ userId: id }))
    .output(withPassword),
  resetSecondFactor: verb
    .route({ method: "DELETE", path: "/people/{userId}/second-factor", summary: "Forget a second factor", tags })
    .input(z.object({ userId: id }))
    .output(managedPerson),
};

export const locations = {
  list: verb
    .route({ method: "GET", path: "/locations", summary: "Locations with their staff", tags })
    .input(clinicId)
    .output(z.array(z.object({ id, name: z.string(), staff: z.array(id), agents: z.int(), queues: z.int() }))),
  add: verb
    .route({ method: "POST", path: "/locations", summary: "Add a location", tags })
    .input(z.object({ clinicId: id, name }))
    .output(z.object({ id })),
  rename: verb
    .route({ method: "PUT", path: "/locations/{locationId}", summary: "Rename a location", tags })
    .input(z.object({ locationId: id, name }))
    .output(z.object({ id })),
  /** The people who are staff there; who is not named isn't any more. */
  setStaff: verb
    .route({ method: "PUT", path: "/locations/{locationId}/staff", summary: "Set a location's staff", tags })
    .input(z.object({ locationId: id, userIds: z.array(id).max(1000) }))
    .output(z.object({ staff: z.array(id) })),
};

export const deviceSession = z.object({
  id,
  userId: id,
  displayName: z.string(),
  email: z.string(),
  version: z.string().nullable(),
  createdAt: instant,
  lastContactAt: instant.nullable(),
  held: rowCounts.nullable(),
  endedAt: instant.nullable(),
  endedReason: z.string().nullable(),
});
export const managedDevice = z.object({
  /** Null: sessions of programs that named no device. */
  id: id.nullable(),
  name: z.string(),
  platform: z.string(),
  endedAt: instant.nullable(),
  sessions: z.array(deviceSession),
});
export type ManagedDevice = z.infer<typeof managedDevice>;

export const purgeReceipt = z.object({
  id,
  displayName: z.string(),
  deviceName: z.string().nullable(),
  reason: z.string(),
  removed: rowCounts,
  purgedAt: instant,
  receivedAt: instant,
});
export type PurgeReceipt = z.infer<typeof purgeReceipt>;

export const securityTerms = z.object({
  idleMinutes: z.int("Write whole minutes.").min(1, "At least 1 minute.").max(10, "At most 10 minutes: nobody may lengthen it."),
  lockAfterHours: z.int("Write whole hours.").min(1, "At least 1 hour.").max(72, "At most 72 hours."),
  eraseAfterDays: z.int("Write whole days.").min(1, "At least 1 day.").max(14, "At most 14 days."),
  secondFactor: z.boolean(),
}); // prettier-ignore
export type SecurityTerms = z.infer<typeof securityTerms>;

export const devices = {
  /** Devices on which people of this clinic have signed in, newest contact first. Ended ones stay listed for 90 days. */
  list: verb
    .route({ method: "GET", path: "/devices", summary: "Devices and sessions", tags })
    .input(clinicId)
    .output(z.array(managedDevice)),
  /** Every session on it ends, nobody signs in there, and it erases what it holds at its next contact. */
  end: verb
    .route({ method: "POST", path: "/devices/{deviceId}/end", summary: "End a device", tags })
    .input(z.object({ deviceId: id }))
    .output(z.object({ ended: z.int() })),
  admit: verb
    .route({ method: "POST", path: "/devices/{deviceId}/admit", summary: "Admit a device again", tags })
    .input(z.object({ deviceId: id }))
    .output(z.object({ admitted: z.boolean() })),
  endSession: verb
    .route({ method: "POST", path: "/sessions/{sessionId}/end", summary: "End a session", tags })
    .input(z.object({ sessionId: id }))
    .output(z.object({ ended: z.boolean() })),
  receipts: verb
    .route({ method: "GET", path: "/devices/receipts", summary: "What left which desk, and why", tags })
    .input(clinicId)
    .output(z.array(purgeReceipt)),
  terms: verb
    .route({ method: "GET", path: "/clinics/{clinicId}/security", summary: "How desks are guarded", tags })
    .input(clinicId)
    .output(securityTerms),
  setTerms: verb
    .route({ method: "PUT", path: "/clinics/{clinicId}/security", summary: "Set how desks are guarded", tags })
    .input(securityTerms.partial().extend({ clinicId: id }))
    .output(securityTerms),
};

/** What retention is set for: the tables it removes from stand in src-server/retention. */
export const retentionSubject = z.enum(["calls", "rawRecords"]);
export type RetentionSubject = z.infer<typeof retentionSubject>;
export const defaultRetentionDays = 2555;

export const retention = {
  list: verb
    .route({ method: "GET", path: "/retention", summary: "How long what is kept", tags })
    .input(clinicId)
    .output(
      z.array(
        z.object({
          subject: retentionSubject,
          days: z.int(),
          /** The first day that is kept, by the clinic's calendar today. */
          keepsFrom: z.iso.date(),
          held: z.int(),
          /** Rows older than that, which the next run removes. */
          over: z.int(),
          oldest: z.iso.date().nullable(),
          lastRun: z.object({ at: instant, beforeDay: z.iso.date(), removed: z.int() }).nullable(),
        }),
      ),
    ),
  set: verb
    .route({ method: "PUT", path: "/retention", summary: "Set how long what is kept", tags })
    .input(
      z.object({
        clinicId: id,
        subject: retentionSubject,
        days: z.int("Write whole days.").min(30, "At least 30 days.").max(36_500, "At most 36,500 days."),
      }),
    )
    .output(z.object({ days: z.int() })),
};

import { randomUUID } from "node:crypto";
import type { ServerVerb } from "#shared/access/verb-access.ts";
import { must } from "#shared/kit/must.ts";
import type { MarkedOrganization } from "./marked-world.ts";

/** Ids of one organization, or of two mixed, as a verb's input may name them. */
export type Ids = Record<
  "clinicId" | "locationId" | "queueId" | "agentId" | "callId" | "sourceId" | "userId" | "deviceId" | "sessionId",
  string
> & { rawId: string; email: string };

export function idsOf(of: MarkedOrganization): Ids {
  const [clinic] = of.clinics;
  const { member } = must(of.people.at(-1), "somebody to be administered");
  return {
    clinicId: clinic.id,
    // Not the supervisor's: its staff is set anew.
    locationId: must(clinic.locations[1], "a location"),
    queueId: clinic.queue,
    agentId: must(clinic.agents[0], "an agent"),
    callId: must(clinic.calls[0], "a call"),
    sourceId: clinic.source,
    userId: member.userId,
    deviceId: must(member.deviceId, "a device"),
    sessionId: member.sessionId,
    rawId: clinic.rejected,
    email: member.email,
  };
}

const range = { startDate: "2026-11-01", endDate: "2026-11-30" };
const filter = ({ clinicId, locationId, queueId, agentId }: Ids) => ({ clinicId, locationId, queueId, agentId });
const role = ({ clinicId, agentId, locationId }: Ids) => ({
  clinicId,
  role: "staff",
  agentId,
  locationIds: [locationId],
});
const nothing = () => undefined;
const characters = (count: number) => "A".repeat(count);

/** For every verb of the server a well-formed input out of somebody's ids. A verb without a line does not compile. */
export const inputs: Record<ServerVerb, (ids: Ids) => unknown> = {
  "session.signIn": ({ email }) => ({ email, password: "not the password" }),
  "session.secondFactor": () => ({ ticket: "none", code: "000000" }),
  "session.newPassword": () => ({ ticket: "none", password: "seven tall otters juggle" }),
  "session.refresh": () => ({ refreshToken: "none" }),
  "session.providers": nothing,
  "session.providerStart": () => ({ provider: "google", challenge: characters(43), port: 4000 }),
  "session.providerFinish": () => ({ code: "none", verifier: characters(43) }),
  "session.current": nothing,
  "session.changePassword": () => ({ current: "not the password", next: "seven tall otters juggle" }),
  "session.signOut": nothing,
  "session.contact": () => ({
    version: "1",
    replica: randomUUID(),
    counter: 0,
    held: {},
    waiting: 0,
    seenChange: null,
  }),
  "session.receipt": () => ({
    id: randomUUID(),
    reason: "accessChanged",
    changes: ["1"],
    removed: {},
    purgedAt: "2026-11-20T10:00:00Z",
  }),

  "clinics.list": nothing,
  "clinics.directory": ({ clinicId }) => ({ clinicId }),
  "clinics.setServiceLevel": ({ clinicId }) => ({ clinicId, seconds: 21 }),

  "calls.list": filter,
  "calls.one": ({ callId }) => ({ id: callId }),
  "calls.rawLines": ({ callId }) => ({ id: callId }),
  "reports.callAnalytics": (ids) => ({
    ...filter({ ...ids }),
    agentId: undefined,
    queueId: undefined,
    ...range,
    groupBy: "agent",
  }),
  "reports.heatMap": ({ clinicId, locationId }) => ({ clinicId, locationId, ...range }),
  "today.overview": ({ clinicId, locationId }) => ({ clinicId, locationId }),
  "today.queues": ({ clinicId, queueId }) => ({ clinicId, queueId }),
  "today.agents": ({ clinicId, agentId }) => ({ clinicId, agentId }),
  "today.longestWaits": filter,

  "telephony.sources": nothing,
  "telephony.setFieldOrder": ({ sourceId }) => ({ sourceId, fieldOrder: null }),
  "telephony.rejected": ({ clinicId }) => ({ clinicId }),
  "telephony.retry": ({ clinicId, rawId }) => ({ clinicId, ids: [rawId] }),
  "telephony.extensions": ({ clinicId }) => ({ clinicId }),
  "telephony.setExtension": ({ sourceId, agentId }) => ({ sourceId, number: "999", targetId: agentId }),
  "telephony.queueNumbers": ({ clinicId }) => ({ clinicId }),
  "telephony.setQueueNumber": ({ sourceId, queueId }) => ({ sourceId, number: "999", targetId: queueId }),

  "sync.shapes": nothing,

  "people.list": ({ clinicId }) => ({ clinicId }),
  "people.add": (ids) => ({ email: `new-${randomUUID()}@clinic.example`, displayName: "New Person", role: role(ids) }),
  "people.addBoard": ({ clinicId }) => ({ clinicId, name: "Wall" }),
  "people.setRole": (ids) => ({ userId: ids.userId, ...role(ids) }),
  "people.setActive": ({ userId }) => ({ userId, active: true }),
  "people.resetPassword": ({ userId }) => ({ userId }),
  "people.resetSecondFactor": ({ userId }) => ({ userId }),
  "locations.list": ({ clinicId }) => ({ clinicId }),
  "locations.add": ({ clinicId }) => ({ clinicId, name: `New ${randomUUID()}` }),
  "locations.rename": ({ locationId }) => ({ locationId, name: `Renamed ${randomUUID()}` }),
  "locations.setStaff": ({ locationId, userId }) => ({ locationId, userIds: [userId] }),
  "devices.list": ({ clinicId }) => ({ clinicId }),
  "devices.end": ({ deviceId }) => ({ deviceId }),
  "devices.admit": ({ deviceId }) => ({ deviceId }),
  "devices.endSession": ({ sessionId }) => ({ sessionId }),
  "devices.receipts": ({ clinicId }) => ({ clinicId }),
  "devices.terms": ({ clinicId }) => ({ clinicId }),
  "devices.setTerms": ({ clinicId }) => ({ clinicId, idleMinutes: 6 }),
  "retention.list": ({ clinicId }) => ({ clinicId }),
  "retention.set": ({ clinicId }) => ({ clinicId, subject: "calls", days: 2000 }),
  "audit.search": ({ clinicId }) => ({ clinicId }),
  "audit.export": ({ clinicId }) => ({ clinicId }),
  "audit.deliver": ({ clinicId, callId }) => ({
    events: [
      {
        id: randomUUID(),
        action: "view",
        subject: "calls.one",
        subjectId: callId,
        clinicId,
        detail: {},
        occurredAt: "2026-11-20T10:00:00Z",
      },
    ],
  }),
};

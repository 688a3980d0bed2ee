import { oc } from "@orpc/contract";
import { z } from "zod";

/**
 * What is true of a verb besides its input and output.
 * - `offline`: the desk answers it from the replica, without a network. The others are forwarded to the clinic server.
 * - `open`: needs no session.
 */
export type VerbMeta = { offline: boolean; open: boolean };

/** Refusals are a closed list; every verb may give these. `data.fields` names the fields of a bad input, each with what to do. */
export const verb = oc.$meta<VerbMeta>({ offline: false, open: false }).errors({
  BAD_REQUEST: { status: 400, data: z.object({ fields: z.record(z.string(), z.string()) }).optional() },
  UNAUTHORIZED: { status: 401 },
  FORBIDDEN: { status: 403 },
  NOT_FOUND: { status: 404 },
  CONFLICT: { status: 409 },
  SERVICE_UNAVAILABLE: { status: 503 },
});

export const id = z.uuid();
/** A calendar day of the clinic, `2026-11-20`. */
export const day = z.iso.date();
/** An instant in UTC as ISO text. */
export const instant = z.iso.datetime({ offset: true });

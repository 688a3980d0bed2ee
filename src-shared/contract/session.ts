import { z } from "zod";
import { memberRole } from "../access/member.ts";
import { endReason, id, instant, verb } from "./base.ts";

export const person = z.object({
  id,
  email: z.string(),
  displayName: z.string(),
  kind: z.enum(["person", "board"]),
  organization: z.object({ id, slug: z.string(), name: z.string() }),
  roles: z.array(memberRole),
});
export type Person = z.infer<typeof person>;

/** How this person's desks are guarded: the strictest of their clinics. */
export const terms = z.object({
  idleMinutes: z.int().min(1).max(10),
  lockAfterHours: z.int().min(1).max(72),
  eraseAfterDays: z.int().min(1).max(14),
});
export type Terms = z.infer<typeof terms>;
export const defaultTerms: Terms = { idleMinutes: 10, lockAfterHours: 72, eraseAfterDays: 14 };

/** Where a person signs in. A program without a desk leaves it out. */
export const device = z.object({
  id,
  name: z.string().max(100),
  platform: z.string().max(40),
  version: z.string().max(40),
});
export type Device = z.infer<typeof device>;

/** Short access, long refresh: the access token goes with each request, the refresh token is used once and gives the next pair. */
export const tokens = z.object({
  accessToken: z.string(),
  accessExpiresAt: instant,
  refreshToken: z.string(),
  refreshExpiresAt: instant,
});
export type Tokens = z.infer<typeof tokens>;

/** What signing in leads to next. A ticket is good for some minutes and for that one step. */
export const signInStep = z.discriminatedUnion("step", [
  z
    .object({
      step: z.literal("signedIn"),
      sessionId: id,
      person,
      terms,
      /** Shown once, after a second factor was set up. */
      recoveryCodes: z.array(z.string()).optional(),
    })
    .extend(tokens.shape),
  /** A code of the authenticator, or a recovery code. */
  z.object({ step: z.literal("secondFactor"), ticket: z.string() }),
  /** The clinic demands a second factor and this person has none yet: scan `uri`, send a code. */
  z.object({ step: z.literal("enrolSecondFactor"), ticket: z.string(), secret: z.string(), uri: z.string() }),
  /** The password was a one-time one: choose another. */
  z.object({ step: z.literal("newPassword"), ticket: z.string() }),
]);
export type SignInStep = z.infer<typeof signInStep>;

/** What an administrator changed of this person's access, as the person is told it. */
export const accessChange = z.object({
  id: z.string(),
  kind: z.enum([
    "roleChanged",
    "roleTaken",
    "roleGiven",
    "locationsChanged",
    "agentChanged",
    "deviceEnded",
    "sessionEnded",
    "accountDisabled",
    "accountEnabled",
  ]),
  clinicName: z.string().nullable(),
  detail: z.record(z.string(), z.string()),
  at: instant,
});
export type AccessChange = z.infer<typeof accessChange>;

/** Rows by shape. Bounded: it is kept as a desk says it. */
export const rowCounts = z.record(z.string().max(100), z.int().min(0)).refine((counts) => Object.keys(counts).length <= 200, {
  error: "Count at most 200 kinds of rows.",
}); // prettier-ignore
export type RowCounts = z.infer<typeof rowCounts>;

const password = z.string().min(1, "Write your password.").max(1024);
const ticket = z.string().max(4096);
const open = { offline: false, open: true };
const tags = ["session"];

export const session = {
  signIn: verb
    .meta(open)
    .route({ method: "POST", path: "/session", summary: "Sign in with e-mail and password", tags })
    .input(
      z.object({
        email: z.email("Write the e-mail address you sign in with, like name@clinic.example.").max(254),
        password,
        device: device.optional(),
      }),
    )
    .output(signInStep),
  secondFactor: verb
    .meta(open)
    .route({ method: "POST", path: "/session/second-factor", summary: "Go on with a code", tags })
    .input(z.object({ ticket, code: z.string().min(6, "Write the six digits, or a recovery code.").max(40) }))
    .output(signInStep),
  newPassword: verb
    .meta(open)
    .route({ method: "POST", path: "/session/new-password", summary: "Go on with a new password", tags })
    .input(z.object({ ticket, password }))
    .output(signInStep),
  refresh: verb
    .meta(open)
    .route({ method: "POST", path: "/session/refresh", summary: "New tokens for the old", tags })
    .input(z.object({ refreshToken: z.string().max(200) }))
    .output(tokens),
  /** Identity providers that this server is set up for. */
  providers: verb
    .meta(open)
    .route({ method: "GET", path: "/session/providers", summary: "Identity providers", tags })
    .output(z.array(z.object({ id: z.string(), title: z.string() }))),
  /** The address to open in the system's browser. It comes back to `http://127.0.0.1:{port}/signed-in?code=…`. */
  providerStart: verb
    .meta(open)
    .route({ method: "POST", path: "/session/providers/{provider}", summary: "Sign in by a provider", tags })
    .input(
      z.object({
        provider: z.string().max(40),
        /** base64url of the SHA-256 of the verifier that `providerFinish` will show. */
        challenge: z.string().length(43),
        port: z.int().min(1).max(65535),
        device: device.optional(),
      }),
    )
    .output(z.object({ url: z.url() })),
  providerFinish: verb
    .meta(open)
    .route({ method: "POST", path: "/session/provider-code", summary: "Finish a provider's sign-in", tags })
    .input(z.object({ code: z.string().max(200), verifier: z.string().min(43).max(128) }))
    .output(signInStep),
  current: verb.route({ method: "GET", path: "/session", summary: "Who is signed in", tags }).output(person),
  changePassword: verb
    .route({ method: "PUT", path: "/session/password", summary: "Change one's password", tags })
    .input(z.object({ current: password, next: password }))
    .output(z.object({ changed: z.boolean() })),
  signOut: verb
    .route({ method: "DELETE", path: "/session", summary: "End this session", tags })
    .output(z.object({ ended: z.boolean() })),
  /**
   * A desk's contact: what it is and holds, and the counter of its last contact. `older`: this replica is a copy from before a later
   * contact (or another replica than the device had), and must be fetched anew. `changes` are those after `seenChange`, oldest first.
   */
  contact: verb
    .route({ method: "POST", path: "/session/contact", summary: "A desk's contact", tags })
    .input(
      z.object({
        version: z.string().max(40),
        replica: id,
        /** Far below what a number holds, so that the next one does too. */
        counter: z
          .int()
          .min(0)
          .max(2 ** 52),
        held: rowCounts,
        waiting: z.int().min(0),
        seenChange: z
          .string()
          .regex(/^\d{1,15}$/, "Give back the id of the last change, unchanged.")
          .nullable(),
      }),
    )
    .output(
      z.object({
        counter: z.int(),
        older: z.boolean(),
        person,
        terms,
        changes: z.array(accessChange),
        now: instant,
      }),
    ),
  /** What left this desk's disk, and why. By `receipt` (of a refusal) where the session is gone. Twice is once. */
  receipt: verb
    .meta(open)
    .route({ method: "POST", path: "/session/receipts", summary: "What left a desk's disk", tags })
    .input(
      z.object({
        id,
        reason: z.union([endReason, z.enum(["accessChanged", "leaseOver", "damaged", "older", "keyLost"])]),
        changes: z.array(z.string().max(20)).max(1000),
        removed: rowCounts,
        purgedAt: instant,
        receipt: z.string().max(4096).optional(),
      }),
    )
    .output(z.object({ received: z.boolean() })),
};

import { z } from "zod";
import { role } from "../access/role.ts";
import { id, instant, verb } from "./base.ts";

export const person = z.object({
  id,
  email: z.string(),
  displayName: z.string(),
  organization: z.object({ id, slug: z.string(), name: z.string() }),
  roles: z.array(z.object({ clinicId: id, role, agentId: id.nullable() })),
});
export type Person = z.infer<typeof person>;

export const session = {
  signIn: verb
    .meta({ offline: false, open: true })
    .route({ method: "POST", path: "/session", summary: "Sign in with e-mail and password", tags: ["session"] })
    .input(
      z.object({
        email: z.email("Write the e-mail address you sign in with, like name@clinic.example.").max(254),
        password: z.string().min(1, "Write your password.").max(1024),
      }),
    )
    .output(z.object({ token: z.string(), expiresAt: instant, person })),
  current: verb
    .route({ method: "GET", path: "/session", summary: "Who is signed in", tags: ["session"] })
    .output(person),
  signOut: verb
    .route({ method: "DELETE", path: "/session", summary: "End this session", tags: ["session"] })
    .output(z.object({ ended: z.boolean() })),
};

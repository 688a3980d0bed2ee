import { randomUUID } from "node:crypto";
import { createRouterClient } from "@orpc/server";
import { expect, test } from "vitest";
import type { Member } from "#shared/access/member.ts";
import type { Role } from "#shared/access/role.ts";
import { must } from "#shared/kit/must.ts";
import { contextForTest } from "../handlers/context-for-test.ts";
import { router } from "../http/router.ts";
import { peopleForTest } from "../identity/people-for-test.ts";

const plainRole = { agentId: null, active: true, validFrom: null, validUntil: null, locationIds: [] };
const conflict = expect.objectContaining({ code: "CONFLICT", message: expect.stringContaining("Nobody would be left") as string }) as Error; // prettier-ignore

/** Superadmins of one organization, each as a client that stays what it was: requests that were under way. */
async function office(many: number) {
  const world = await peopleForTest();
  const { organization, system, person } = world;
  const [clinicId] = organization.clinics;
  const as = (account: { id: string; email: string }, role: Role, clinics: string[]) => {
    const who: Member = {
      userId: account.id,
      sessionId: randomUUID(),
      deviceId: null,
      organizationId: organization.id,
      email: account.email,
      displayName: "Robin",
      roles: clinics.map((clinic) => ({ clinicId: clinic, role, agentId: null, locationIds: [] })),
    };
    const { people } = createRouterClient(router, { context: contextForTest(world, who) });
    return { ...account, people };
  };
  const admins: ReturnType<typeof as>[] = [];
  for (let n = 0; n < many; n++) admins.push(as(await person("superadmin"), "superadmin", organization.clinics));
  const left = () =>
    system
      .selectFrom("user_clinic_roles as r")
      .innerJoin("users as u", "u.id", "r.user_id")
      .where("r.role", "=", "superadmin")
      .where("r.active", "=", true)
      .where("u.active", "=", true)
      .select("u.id")
      .execute();
  const [a, b] = [must(admins[0], "a superadmin"), must(admins.at(-1), "another")];
  return { ...world, clinicId, a, b, as, left };
}

test.each(["demoted", "taken", "disabled"])(
  "of two superadmins who have each other %s at once, one stays",
  async (how) => {
    const { a, b, clinicId, left } = await office(2);
    const act = (by: typeof a, { id: userId }: typeof a) => {
      if (how === "disabled") return by.people.setActive({ userId, active: false });
      const role = how === "demoted" ? ({ role: "viewer" } as const) : ({ role: "superadmin", active: false } as const);
      return by.people.setRole({ userId, clinicId, ...plainRole, ...role });
    };
    const done = await Promise.allSettled([act(a, b), act(b, a)]);
    expect(done.filter((d) => d.status === "fulfilled")).toHaveLength(1);
    expect(done.find((d) => d.status === "rejected")?.reason).toEqual(conflict);
    expect(await left()).toHaveLength(1);
  },
);

test("one who is superadmin for a time never becomes the last one", async () => {
  const { a, b, clinicId, left } = await office(2);
  const superadmin = { clinicId, ...plainRole, role: "superadmin" } as const;
  const validUntil = new Date(Date.now() + 86_400_000).toISOString();
  await a.people.setRole({ userId: b.id, ...superadmin, validUntil });
  await expect(b.people.setRole({ userId: a.id, ...superadmin, role: "manager" })).rejects.toEqual(conflict);
  await expect(b.people.setRole({ userId: a.id, ...superadmin, validUntil })).rejects.toEqual(conflict);
  await expect(b.people.setActive({ userId: a.id, active: false })).rejects.toEqual(conflict);
  expect(await left()).toHaveLength(2);
  await a.people.setRole({ userId: b.id, ...superadmin, role: "manager" });
  expect(await left()).toHaveLength(1);
});

test("who administers one clinic does not draw a superadmin into it", async () => {
  const { a, as, organization, person } = await office(1);
  const [, also] = organization.clinics;
  const admin = as(await person([{ clinicId: also, role: "clinic_admin" }]), "clinic_admin", [also]);
  const role = { clinicId: also, ...plainRole, role: "viewer" } as const;
  await expect(admin.people.add({ email: a.email, displayName: "X", role })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  expect(await admin.people.list({ clinicId: also })).toHaveLength(1);
});

-- Rollups add up everybody's calls: only who sees a clinic's calls whole reads them. Who sees only their own calls is
-- answered from the rows, call_facts, where row-level security of calls and clinics holds (the view asks as its caller).
create policy calls_seen_whole on calls_by_hour for select to careboard_member
  using (clinic_id = any ((select claimed('callClinics'))::uuid[]));
create policy calls_seen_whole on calls_by_agent for select to careboard_member
  using (clinic_id = any ((select claimed('callClinics'))::uuid[]));
create policy calls_seen_whole on calls_by_type for select to careboard_member
  using (clinic_id = any ((select claimed('callClinics'))::uuid[]));
create policy calls_seen_whole on calls_by_queue for select to careboard_member
  using (clinic_id = any ((select claimed('callClinics'))::uuid[]));

grant select on calls_by_hour, calls_by_agent, calls_by_type, calls_by_queue, call_facts to careboard_member;

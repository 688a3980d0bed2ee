-- What the server does by itself: every table by name, so that a new one is out of reach until it is listed here.
-- The audit log is only ever added to, rollups are written by the triggers of calls alone, and nothing can be truncated.
do $$
declare
  owned text;
begin
  foreach owned in array array[
    'organizations', 'clinics', 'locations', 'agents', 'queues', 'call_sources', 'agent_extensions', 'queue_numbers', 'calls',
    'call_source_secrets', 'raw_records', 'users', 'user_credentials', 'user_clinic_roles', 'location_staff', 'clinic_security', 'devices',
    'sessions', 'replica_contacts', 'refresh_tokens', 'user_second_factors', 'sign_in_failures', 'oidc_sign_ins', 'user_identities',
    'access_changes', 'purge_receipts', 'retention_rules', 'retention_runs'
  ] loop
    execute format('create policy server on %I to careboard_server using (true) with check (true)', owned);
    execute format('grant select, insert, update, delete on %I to careboard_server', owned);
  end loop;
  foreach owned in array array['calls_by_hour', 'calls_by_agent', 'calls_by_type', 'calls_by_queue'] loop
    execute format('create policy server on %I for select to careboard_server using (true)', owned);
    execute format('grant select on %I to careboard_server', owned);
  end loop;
end
$$;
grant select on call_facts to careboard_server;

create policy server_reads on audit_log for select to careboard_server using (true);
create policy server_appends on audit_log for insert to careboard_server with check (true);
grant select, insert on audit_log to careboard_server;

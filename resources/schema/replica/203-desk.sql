-- One row: the counter that the server gives at each contact. An older copy of this folder gives itself away by an older one.
create table if not exists desk_contact (
  only_one boolean primary key default true check (only_one),
  -- Names this replica, given when it is opened first; a fresh one has another.
  replica uuid,
  counter bigint not null default 0,
  contact_at timestamptz
);
insert into desk_contact default values on conflict do nothing;

-- The configured order of fields that a line was read with; null: it was told from the line itself. A call is computed
-- from all of its lines again whenever one more comes, and a changed setting must not turn old lines into other numbers.
alter table raw_records add column field_order text[];

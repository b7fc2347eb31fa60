-- {count} dossiers of eight agencies, filed and completed on earlier days, {a_day} a day for each agency; and what their filing wrote.
-- Outbox rows are not among it: they are tidied away once they are told. Keys are, as if they were of this week: older ones would be
-- tidied away.
create temporary table old as
select ('ffffffff-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id,
    ('cccccccc-0000-4000-8000-' || lpad(to_hex(n % 512), 12, '0'))::uuid as citizen,
    'H44.' || (101 + n % 8) as agency, date '2026-01-01' + (n / 8 / {a_day})::integer as day, (n / 8 % {a_day} + 1)::integer as ordinal,
    timestamptz '2026-01-01' + n * interval '1 second' as at
from generate_series(0::bigint, {count} - 1) n;
insert into dossiers (id, procedure_version, agency, party_kind, party_id, filer_id, applicant_name, status, code, answers,
    version, tracking_secret_hash, created_at, submitted_at, received_at, due_at, completed_at)
select id, '01930000-0000-7000-8000-000000000001', agency, 'PERSON', citizen, citizen, 'Nguyễn Văn An', 'COMPLETED',
    agency || '-' || to_char(day, 'YYMMDD') || '-' || lpad(ordinal::text, 4, '0'), '{answers}', 4, sha256(id::text::bytea), at, at, at, at, at
from old;
insert into dossier_history (dossier, seq, at, from_status, to_status, actor_kind, actor_id)
select id, 1, at, 'DRAFT', 'REGISTERED', 'CITIZEN', citizen from old;
insert into clock_periods (dossier, seq, kind, from_at, until_at, due_after) select id, 1, 'RUNNING', at, at, at from old;
insert into custody (dossier, seq, to_agency, handed_over_at, due_at, accepted_at) select id, 1, agency, at, at, at from old;
insert into audit_log (id, at, actor_id, actor_kind, action, subject_type, subject_id, trace_id, detail)
select id, at, citizen, 'CITIZEN', 'dossier.submitted', 'dossier', id::text, md5(id::text), '{"steps": [["DRAFT", "REGISTERED"]], "version": 2}'
from old;
insert into idempotency_keys (scope, key, fingerprint, status, location, body, created_at)
select citizen, id::text, sha256(id::text::bytea), 201, '/api/v1/dossiers/' || id, repeat('{"dossier_id": 1}', 20), now() from old;
insert into code_counters (agency, day, last) select agency, day, count(*) from old group by agency, day;
drop table old;

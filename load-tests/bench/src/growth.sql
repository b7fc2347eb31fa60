-- Dossiers {first} to {last} of eight agencies, with short answers: half of them completed, a quarter waiting to be received.
insert into dossiers (id, procedure_version, agency, party_kind, party_id, filer_id, applicant_name, status, code, answers,
    version, tracking_secret_hash, created_at, submitted_at, received_at, due_at, completed_at)
select id, '01930000-0000-7000-8000-000000000001', agency, 'PERSON', citizen, citizen, 'Nguyễn Văn An',
    (array['REGISTERED', 'RECEIVED', 'COMPLETED', 'COMPLETED'])[place + 1],
    agency || '-' || to_char(date '2026-01-01' + (n / 8 / {a_day})::integer, 'YYMMDD') || '-' || lpad((n / 8 % {a_day} + 1)::text, 4, '0'),
    '{"applicant_name": "Nguyễn Văn An", "applicant_phone": "0912345678", "truthful": true}', 4, sha256(id::text::bytea), at, at,
    case when place > 0 then at end, at + interval '15 days', case when place > 1 then at end
from (
    select n, 'H44.' || (101 + n % 8) as agency, n / 8 % 4 as place, timestamptz '2026-01-01' + n * interval '2 seconds' as at,
        ('ffffffff-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id,
        ('cccccccc-0000-4000-8000-' || lpad(to_hex(n % {citizens}), 12, '0'))::uuid as citizen
    from generate_series({first}::bigint, {last}) n
) made;
insert into dossier_history (dossier, seq, at, from_status, to_status, actor_kind)
select ('ffffffff-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 1, timestamptz '2026-01-01' + n * interval '2 seconds', 'DRAFT',
    'REGISTERED', 'CITIZEN'
from generate_series({first}::bigint, {last}) n;
with received as (
    select * from dossiers
    where received_at is not null
        and id between ('ffffffff-0000-7000-8000-' || lpad(to_hex({first}::bigint), 12, '0'))::uuid
            and ('ffffffff-0000-7000-8000-' || lpad(to_hex({last}::bigint), 12, '0'))::uuid
),
timed as (
    insert into clock_periods (dossier, seq, kind, from_at, until_at, due_after)
    select id, 1, 'RUNNING', received_at, completed_at, due_at from received
)
insert into custody (dossier, seq, to_agency, handed_over_at, due_at, accepted_at)
select id, 1, agency, received_at, due_at, received_at from received

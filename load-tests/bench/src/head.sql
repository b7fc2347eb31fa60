-- One filing, its values computed from the number; the statement of the product follows.
with one as (
    select lpad(to_hex(given), 12, '0') as hex, given as number, now() as at from (select :number::bigint as given) given
),
filing as materialized (
    select ('{prefix}' || hex)::uuid as dossier, 1 as version, 'H44.' || (101 + number % 8) as agency,
        (at at time zone 'Asia/Ho_Chi_Minh')::date as day, null::text as waits_as, at as submitted_at, at as due_at,
        null::uuid as order_id, null::bigint as fee_total, null::text as fee_lines, sha256(hex::bytea) as secret_hash, 'CITIZEN' as filer_kind,
        'SELF' as filer_capacity,
        ('cccccccc-0000-4000-8000-' || lpad(to_hex(number % 512), 12, '0'))::uuid as filer_id, '{code}' as placeholder,
        ('00000002-0000-7000-8000-' || hex)::uuid as submitted_id, {event} as submitted,
        null::uuid as fee_due_id, null::text as fee_due, ('00000004-0000-7000-8000-' || hex)::uuid as moved_id,
        {moved} as moved, ('00000003-0000-7000-8000-' || hex)::uuid as audit_id,
        {audit_detail} as audit_detail, hex || hex as trace_id,
        ('cccccccc-0000-4000-8000-' || lpad(to_hex(number % 512), 12, '0'))::uuid as scope, '{prefix}' || hex as key,
        sha256(hex::bytea) as fingerprint, '/api/v1/dossiers/{prefix}' || hex as location, {reply} as reply, 1::bigint as n
    from one
),
types (submitted_type, fee_due_type, moved_type) as (
    select {event_type}::text, ''::text, {moved_type}::text
)

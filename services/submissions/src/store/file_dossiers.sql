-- Continues `with filing (…, n) as (…), types (…) as (…)`, which file_dossier.rs writes with its binds: a row for each
-- filing in the order in which they came, and what the two events are called.
,
-- Locked as they were judged. One that was changed or filed meanwhile is left out.
judged as materialized (
    select f.n
    from filing f
    join dossiers d on d.id = f.dossier
    where d.version = f.version and d.status = 'DRAFT'
    order by d.id
    for no key update of d
),
-- Once each, by dossier and by key; a key that has its answer already is left out.
ready as materialized (
    select once.*
    from (
        select f.*,
            row_number() over (partition by f.dossier order by f.n) as of_dossier,
            row_number() over (partition by f.scope, f.key order by f.n) as of_key
        from filing f
        join judged using (n)
        where not exists (select from idempotency_keys k where k.scope = f.scope and k.key = f.key)
    ) once
    where of_dossier = 1 and of_key = 1
),
counted as (
    insert into code_counters as c (agency, day, last)
    select agency, day, count(*)::integer from ready group by agency, day order by agency, day
    on conflict (agency, day) do update set last = c.last + excluded.last
    returning agency, day, last
),
-- In the order given: the first of a batch gets the first of the numbers counted up for it.
numbered as materialized (
    select r.*, c.last - count(*) over (partition by r.agency, r.day)
        + row_number() over (partition by r.agency, r.day order by r.n) as ordinal
    from ready r
    join counted c using (agency, day)
),
coded as materialized (
    select *, agency || '-' || to_char(day, 'YYMMDD') || '-'
        || lpad(ordinal::text, greatest(4, length(ordinal::text)), '0') as code
    from numbered
),
filed as (
    update dossiers d
    set status = coalesce(c.waits_as, 'REGISTERED'), version = d.version + 1, code = c.code,
        submitted_at = c.submitted_at, due_at = c.due_at, order_id = c.order_id, fee_total = c.fee_total,
        tracking_secret_hash = c.secret_hash
    from coded c
    where d.id = c.dossier
),
-- order_id and fee_total of dossiers say the same for the version before.
charged as (
    insert into charges (dossier, round, reason, order_id, lines, total, state, order_version, asked_at)
    select dossier, 1, 'IN_ADVANCE', order_id, fee_lines, fee_total, 'DUE', 0, submitted_at
    from coded where order_id is not null
),
followed as (
    insert into dossier_history (dossier, seq, at, from_status, to_status, actor_kind, actor_id)
    select dossier, 1, submitted_at, 'DRAFT', 'REGISTERED', filer_kind, filer_id from coded
    union all
    select dossier, 2, submitted_at, 'REGISTERED', waits_as, filer_kind, filer_id from coded where waits_as is not null
),
told as (
    insert into outbox (id, type, subject, payload, waiting_for, created_at)
    select submitted_id, submitted_type, dossier::text, replace(submitted, placeholder, code), '{}'::text[], submitted_at
    from coded, types
    union all
    select fee_due_id, fee_due_type, dossier::text, replace(fee_due, placeholder, code), '{}'::text[], submitted_at
    from coded, types
    where fee_due_id is not null
    union all
    select moved_id, moved_type, dossier::text, replace(moved, placeholder, code), '{}'::text[], submitted_at
    from coded, types
    where moved_id is not null
),
audited as (
    insert into audit_log
        (id, at, actor_id, actor_kind, actor_capacity, action, subject_type, subject_id, trace_id, detail, origin)
    select audit_id, submitted_at, filer_id, filer_kind, filer_capacity, 'dossier.submitted', 'dossier', dossier::text,
        trace_id, audit_detail::jsonb, origin
    from coded
),
answered as (
    insert into idempotency_keys (scope, key, fingerprint, status, location, body, created_at)
    select scope, key, fingerprint, 201, location, replace(reply, placeholder, code), submitted_at from coded
),
worded as (
    insert into dossier_words (dossier, words)
    select dossier, words || ' ' || words_of_code(agency, code) from coded
)
select n, code from coded

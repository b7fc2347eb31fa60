-- Whom the rows say was alerted to a deadline was told so once, and nobody else was. (What was told long ago is forgotten:
-- outbox_horizon says what.)
with alerted as (
    select dossier::text as dossier, kind, due_at, step, official::text as official, told_at
    from alerts cross join unnest(told_to) official
),
told as (
    select payload::json -> 'data' ->> 'official_id' as official, deadline ->> 'dossier_id' as dossier, deadline ->> 'kind' as kind,
        (deadline ->> 'due_at')::timestamptz as due_at, deadline ->> 'step' as step, count(*) as times
    from outbox
    cross join lateral json_array_elements(payload::json -> 'data' -> 'deadlines') deadline
    where type = 'vn.motcua.deadlines.near.v1'
    group by 1, 2, 3, 4, 5
)
select format('dossier %s, %s until %s, %s: %s was told %s times', coalesce(a.dossier, t.dossier), coalesce(a.kind, t.kind),
    coalesce(a.due_at, t.due_at), coalesce(a.step, t.step), coalesce(a.official, t.official), coalesce(t.times, 0))
from alerted a
full join told t on t.dossier = a.dossier and t.kind = a.kind and t.due_at = a.due_at and t.step = a.step and t.official = a.official
where coalesce(t.times, 0) > 1 or a.dossier is null
    or t.times is null and a.told_at >= coalesce((select receipted_before from outbox_horizon), '-infinity')

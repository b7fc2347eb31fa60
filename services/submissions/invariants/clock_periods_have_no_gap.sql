-- The periods of a dossier's clock follow each other without a gap, each due as the one before left it; the last one says when the
-- dossier is due, and runs, stands still or is over as its status says; once the dossier was completed it is over, though it be
-- corrected, unless it began anew for that.
select format('dossier %s (%s), %s: %s', d.id, d.code, d.status, why)
from dossiers d
join lateral (
    select string_agg(
        case when seq <> place or (from_at is distinct from coalesce(before_until, from_at) and not (restarted and from_at > before_until)) or due_before is distinct from before_due
            then format('period %s does not follow the one before', seq) end, '; ')
        filter (where true) as broken,
        (array_agg(until_at order by seq desc))[1] as until_at,
        (array_agg(kind order by seq desc))[1] as kind,
        (array_agg(coalesce(due_after, due_before) order by seq desc))[1] as due_at,
        (array_agg(from_at order by seq desc))[1] as last_from_at, min(from_at) as from_at, count(*) as periods
    from (
        select p.*, row_number() over own as place, lag(until_at) over own as before_until, lag(due_after) over own as before_due
        from clock_periods p
        where p.dossier = d.id
        window own as (order by seq)
    ) period
) clock on true
cross join lateral (
    select case
        when clock.broken is not null then clock.broken
        when (clock.periods > 0) <> (d.received_at is not null) then 'a clock without a receipt, or the other way round'
        when clock.periods = 0 then null
        when clock.from_at <> d.received_at then format('its clock begins at %s, it was received at %s', clock.from_at, d.received_at)
        when clock.due_at is distinct from d.due_at then format('due at %s, by its clock at %s', d.due_at, clock.due_at)
        when (clock.until_at is not null)
            <> (d.status in ('NOT_RECEIVED', 'WITHDRAWN', 'COMPLETED', 'RETURNED') or d.completed_at is not null) then 'its clock does not end with its work'
        when d.status = 'COMPLETED' and clock.until_at <> greatest(d.completed_at, clock.last_from_at)
            then format('completed at %s, its clock ended at %s', d.completed_at, clock.until_at)
        when clock.until_at is null and (clock.kind = 'RUNNING') <> (d.status in ('RECEIVED', 'PROCESSING'))
            then format('its clock is %s', clock.kind)
    end as why
) judged
where why is not null

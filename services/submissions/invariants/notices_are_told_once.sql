-- I8. Of each step and act that an applicant is given notice of, notice was given once, and of nothing that did not happen. (What was told
-- long ago is forgotten: outbox_horizon says what. A date that moved is no step: recounts_are_told_once.)
with happened as (
    select dossier, at, case
        when to_status in ('NOT_RECEIVED', 'SUPPLEMENT_REQUESTED', 'WITHDRAWN', 'STOPPED', 'RETURNED') then to_status
        when from_status = 'SUPPLEMENT_REQUESTED' then 'SUPPLEMENT_ANSWERED'
        when from_status = 'STOPPED' and to_status = 'PROCESSING' then 'RESUMED'
        when from_status in ('COMPLETED', 'RETURNED') and to_status = 'PROCESSING' then 'CORRECTED'
        -- By nobody it goes back there when a cashier gives money back.
        when from_status in ('RECEIVED', 'PROCESSING') and to_status = 'FEE_DUE' and actor_id is not null then 'CHARGE_DUE'
        when from_status = 'RECEIVED' and to_status = 'PROCESSING' then 'PROCESSING'
    end as notice
    from dossier_history
    union all
    select dossier, asked_at, case kind when 'EXTENSION' then 'EXTENDED' when 'APOLOGY' then 'APOLOGISED' else 'DRAFT_SENT' end
    from requests where kind in ('EXTENSION', 'APOLOGY', 'DRAFT')
    union all
    select dossier, answered_at, case when answered_by is null then 'DRAFT_LAPSED' when declined then 'DRAFT_DISPUTED' else 'DRAFT_CONFIRMED' end
    from requests where kind = 'DRAFT' and state = 'ANSWERED'
    union all
    select subject_id::uuid, at, case action
        when 'dossier.charge_cancelled' then 'CHARGE_CANCELLED' when 'dossier.sent_again' then 'RETURNED' else 'PARCEL_CAME_BACK' end
    from audit_log where action in ('dossier.charge_cancelled', 'dossier.sent_again', 'dossier.came_back')
),
steps as (
    select dossier::text, notice, count(*) as times,
        count(*) filter (where at >= coalesce((select receipted_before from outbox_horizon), '-infinity')) as recent
    from happened where notice is not null group by dossier, notice
),
told as (
    select subject, payload::json -> 'data' ->> 'notice' as notice, count(*) as times
    from outbox where type = 'vn.motcua.dossier.noticed.v1' and payload::json -> 'data' ->> 'notice' <> 'DUE_MOVED'
    group by subject, payload::json -> 'data' ->> 'notice'
)
select format('dossier %s: %s happened %s times (%s of late) and was told %s times', coalesce(s.dossier, t.subject),
    coalesce(s.notice, t.notice), coalesce(s.times, 0), coalesce(s.recent, 0), coalesce(t.times, 0))
from steps s
full join told t on t.subject = s.dossier and t.notice = s.notice
where coalesce(t.times, 0) not between coalesce(s.recent, 0) and coalesce(s.times, 0)

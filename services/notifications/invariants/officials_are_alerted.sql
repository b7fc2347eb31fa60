-- So many alerts about a dossier are there as its applicant's messages say were written with them. (Those of the version before do not
-- say.)
select format('%s: %s alerts to officials were written, %s are there', w.about, w.alerts, coalesce(a.alerts, 0))
from (
    select about, sum(alerts) as alerts
    from messages
    where template in ('dossier_submitted', 'fee_paid', 'dossier_notice') and about is not null
    group by about
    having bool_and(alerts is not null)
) w
left join (
    select about, count(*) as alerts from messages where template in ('official_alert', 'official_alert_sms') group by about
) a using (about)
where w.alerts <> coalesce(a.alerts, 0)

-- I9. What happens to a dossier once is written to each recipient once in each way. (Notices and alerts may
-- come again; a further fee is paid, too, and a corrected dossier is completed once more.)
select format('%s about %s to %s: %s messages', template, about, coalesce(recipient_id::text, 'nobody''s inbox'), count(*))
from messages
where about is not null
    and template not in ('dossier_notice', 'dossier_notice_sms', 'payment_notice', 'money_notice', 'official_alert', 'official_alert_sms',
        'consultation_notice', 'draft_answered', 'deadline_alert', 'deadline_alert_sms', 'fee_paid', 'dossier_completed', 'dossier_completed_sms')
group by about, template, channel, recipient_id
having count(*) > 1

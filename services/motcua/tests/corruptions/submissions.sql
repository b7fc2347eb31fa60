-- a reading gone from the log → submissions: audit_seals_hold
delete from audit_log where action = 'personal_data.read';

-- an entry of the log invented → submissions: audit_seals_hold
insert into audit_log select gen_random_uuid(), at, actor_id, actor_kind, action, subject_type, subject_id, trace_id, detail,
    actor_capacity, written_at from audit_log limit 1;

-- a seal altered → submissions: audit_seals_hold
update audit_seals set entries = entries + 1, digest = sha256('');

-- a counter ahead → submissions: codes_have_no_gap
update code_counters set last = last + 1;

-- a counter gone → submissions: codes_have_no_gap
delete from code_counters;

-- a code twice → submissions: codes_have_no_gap
alter table dossiers drop constraint dossiers_code;
    update dossiers set code = (select max(code) from dossiers) where code is not null;

-- another agency than in the code → submissions: codes_name_agency_and_day
update dossiers set agency = 'H44.101' where code is not null;

-- a step to elsewhere → submissions: dossier_steps_are_edges
update dossier_history set to_status = 'COMPLETED' where seq = 1;

-- a step gone → submissions: dossier_steps_are_edges
delete from dossier_history where seq = 2;

-- another status → submissions: histories_end_at_the_present
update dossiers set status = 'STOPPED' where code is not null;

-- a payment undone → submissions: unpaid_dossiers_wait
update charges set state = 'DUE', paid_at = null;

-- another total → submissions: charges_are_rounds
update charges set total = total + 1;

-- a clock that does not end → submissions: clock_periods_have_no_gap
update clock_periods set until_at = null;

-- a date counted again without a word → submissions: recounts_are_told_once
update clock_periods set recounted = true;

-- custody gone → submissions: custody_is_unbroken
delete from custody;

-- a holder invented → submissions: holders_have_the_last_hand_over
update dossiers set holder = filer_id where code is not null;

-- a request that nothing waits for → submissions: open_requests_are_waited_for
insert into requests (dossier, seq, kind, state, asked_by, asked_at, text)
    select id, 1, 'SUPPLEMENT', 'OPEN', filer_id, now(), 'x' from dossiers d where code is not null
        and not exists (select from requests r where r.dossier = d.id);

-- another workload → submissions: workload_is_a_recount
update workload set dossiers = dossiers + 1;

-- results gone → submissions: completed_dossiers_have_results
delete from results;

-- nothing was told → submissions: changes_are_told_once
delete from outbox;

-- a version of before → submissions: told_states_are_real
update dossiers set version = 1;

-- an answer that names nothing → submissions: answered_dossiers_exist
update idempotency_keys set location = '/api/v1/dossiers/00000000-0000-0000-0000-000000000000';

-- the log emptied → submissions: filings_are_audited
delete from audit_log;

-- a payment unknown → payments and submissions: dossiers_know_what_was_paid
update charges set state = 'DUE', paid_at = null;

-- dossiers gone → payments and submissions: orders_have_dossiers
delete from dossiers;

-- another digest → catalogue and submissions: published_versions_are_kept
update procedure_versions set digest = sha256('another');

-- a step by somebody else → submissions: steps_are_audited
update dossier_history set actor_id = gen_random_uuid() where seq = 1;

-- the entry of a step gone → submissions: steps_are_audited
delete from audit_log where action = 'dossier.completed';

-- the entry of a version gone → submissions: versions_are_audited
delete from audit_log where action = 'result.issued';

-- the entry of a change that never was → submissions: versions_are_audited
insert into audit_log (id, at, actor_kind, action, subject_type, subject_id, detail)
    select gen_random_uuid(), now(), 'SYSTEM', 'dossier.charge_moved', 'dossier', id::text, '{"steps": [], "version": 3}'
    from dossiers where code is not null;

-- a version ahead → submissions: versions_are_audited
update dossiers set version = version + 1 where code is not null;

-- a result of other bytes → submissions: results_are_audited
update results set sha256 = sha256('another');

-- a result by somebody else → submissions: results_are_audited
update results set issued_by = gen_random_uuid();

-- a result of another dossier → submissions: results_are_audited
update results set dossier = (select id from dossiers where received_at is null and code is not null);

-- answers altered → submissions: filings_stay_as_they_were
update dossiers set answers = replace(answers, 'Lan', 'Hoa');

-- a paper gone → submissions: filings_stay_as_they_were
delete from documents;

-- a paper invented → submissions: filings_stay_as_they_were
insert into documents select gen_random_uuid(), dossier, component, file_name, media_type, size, sha256, object_key || 'x',
    uploaded_at from documents;

-- due later, before it is received → submissions: filings_stay_as_they_were
update dossiers set due_at = due_at + interval '1 day' where received_at is null;

-- due later, after it was received → submissions: clock_periods_have_no_gap
update dossiers set due_at = due_at + interval '1 day' where received_at is not null;

-- a clock that ended later → submissions: clock_periods_have_no_gap
update clock_periods set until_at = until_at + interval '1 minute';

-- filed at another time → submissions: dates_are_those_of_the_history
update dossiers set submitted_at = submitted_at + interval '2 hours';

-- received at another time → submissions: dates_are_those_of_the_history
update dossiers set received_at = received_at - interval '2 hours';

-- completed at another time → submissions: dates_are_those_of_the_history
update dossiers set completed_at = completed_at + interval '1 day';

-- custody of somebody else → submissions: receivers_have_custody
update custody set to_official = gen_random_uuid();

-- custody of another agency → submissions: receivers_have_custody
update custody set to_agency = 'H44.101';

-- another applicant → submissions: present_states_are_told
update dossiers set party_id = gen_random_uuid();

-- told as something else → submissions: present_states_are_told
update outbox set payload = replace(payload, '"COMPLETED"', '"PROCESSING"');

-- another version of the procedure → submissions: present_states_are_told
update dossiers set procedure_version = (select id from procedure_versions order by id limit 1);

-- told about something else → submissions: events_are_what_their_rows_say
update outbox set subject = gen_random_uuid()::text where type = 'vn.motcua.dossier.received.v1';

-- a paper for nothing that is asked for → submissions: papers_are_of_their_procedure
update documents set component = 'X';

-- a paper with the bytes of another → submissions: papers_are_of_their_procedure
update documents set object_key = 'dossiers/' || id;

-- an answer with another code → submissions: answers_to_filings_are_true
update idempotency_keys set body = replace(body, '-0001', '-0009');

-- another tracking secret → submissions: answers_to_filings_are_true
update dossiers set tracking_secret_hash = sha256('another') where code is not null;

-- an old copy current → submissions: the_last_copy_is_current
update procedures p set current_version = v.id from procedure_versions v where v.procedure = p.code and v.version = 1;

-- a copy listed as something else → submissions: copies_are_listed_as_they_say
update procedure_versions set name_vi = 'x';

-- a copy says something else → catalogue and submissions: published_versions_are_kept
update procedure_versions set content = content - 'fee_rules';

-- an agency called otherwise → submissions and accounts: agencies_of_submissions_are_real
update agencies set name_vi = 'x';

-- agencies gone → accounts and submissions: agencies_are_known_to_submissions
delete from agencies;

-- given back, by no word of payments → submissions and payments: charges_stand_as_their_orders
update charges set state = 'REFUNDED';

-- charged for something else → submissions and payments: charges_are_ordered_line_by_line
update charges set lines = replace(lines, '"vi":"', '"vi":"x');

-- paid at another time → submissions and payments: paid_dossiers_have_paid_orders
update charges set paid_at = paid_at + interval '1 day'; update dossiers set fee_paid_at = fee_paid_at + interval '1 day';

-- another name of an applicant ✗ the audit log holds no names, and whoever files for a company may be called otherwise than the account
update dossiers set applicant_name = 'x';

-- another name of a file ✗ said once; only its ending follows from something
update documents set file_name = 'x.pdf';

-- another note ✗ said once
update dossier_history set note = 'x';

-- a key gone ✗ keys are forgotten, and nothing says when that was
delete from idempotency_keys;

-- the words that a dossier is found by gone ✗ they are made again within the hour, and are missing while versions change
delete from dossier_words;

-- an answered request that names no paper → submissions: supplements_name_their_papers
insert into requests (dossier, seq, kind, state, asked_by, asked_at, answered_at, text)
    select id, 1, 'SUPPLEMENT', 'ANSWERED', filer_id, now(), now(), 'x' from dossiers d where code is not null
        and not exists (select from requests r where r.dossier = d.id);

-- a result handed over by nobody → submissions: returned_dossiers_were_handed_over
insert into returns (dossier, way, returned_by, returned_at)
    select id, 'POST', filer_id, now() from dossiers where code is not null;

-- a paper for a request that there is not → submissions: supplied_documents_were_asked_for
update documents set request = 1;

-- a notice of what did not happen → submissions: notices_are_told_once
insert into outbox (id, type, subject, payload, waiting_for, created_at, receipted_at)
    select gen_random_uuid(), 'vn.motcua.dossier.noticed.v1', subject, '{"data": {"notice": "WITHDRAWN"}}', waiting_for,
        created_at, receipted_at
    from outbox where type = 'vn.motcua.dossier.submitted.v1';

-- an extension that the clock does not know → submissions: extensions_are_kept
insert into requests (dossier, seq, kind, state, asked_by, asked_at, answered_at, text)
    select id, 1, 'EXTENSION', 'ANSWERED', filer_id, now(), now(), 'x' from dossiers d where code is not null
        and not exists (select from requests r where r.dossier = d.id);

-- a consultation that asks nobody → submissions: consultations_are_answered
insert into requests (dossier, seq, kind, state, asked_by, asked_at, text)
    select id, 1, 'CONSULTATION', 'OPEN', filer_id, now(), 'x' from dossiers d where code is not null
        and not exists (select from requests r where r.dossier = d.id);

-- a result that was replaced by nothing → submissions: corrections_replace_results
update results set replaced_by = 1;

-- a note nobody wrote → submissions: notes_stay_as_written
insert into notes select gen_random_uuid(), id, filer_id, 'Ai đó', now(), 'Đã xong.' from dossiers where code is not null limit 1;

-- a dossier watched that is not there → submissions: open_dossiers_are_watched
insert into watches (dossier, agency, look_at) values (gen_random_uuid(), 'H44.100', 'infinity');

-- an alert that nobody was told → submissions: alerts_are_told_once
insert into alerts (dossier, kind, due_at, step, fell_due_at, told_at, told_to)
    select id, 'RESULT', now(), 'DUE', now(), now(), array[gen_random_uuid()] from dossiers where code is not null limit 1;

-- a draft without a file → submissions: drafts_are_answered
insert into requests (dossier, seq, kind, state, asked_by, asked_at, text)
    select id, 90, 'DRAFT', 'OPEN', gen_random_uuid(), now(), '' from dossiers where code is not null limit 1;

-- a cause of lateness that nobody recorded → submissions: lateness_is_audited
insert into lateness_causes (dossier, seq, cause, proof, noted_by, noted_at)
    select id, 1, 'SYSTEM', 'x', gen_random_uuid(), now() from dossiers where code is not null limit 1;

-- help that nobody agreed to → submissions: help_was_agreed_to
update dossiers set helped = true where code is not null;

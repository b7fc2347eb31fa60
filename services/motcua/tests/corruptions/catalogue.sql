-- a version gone → catalogue: versions_have_no_gap
delete from procedure_versions where version = 1;

-- an old version current → catalogue: the_last_version_is_current
update procedures set current_version = 1;

-- a version listed as something else → catalogue: versions_are_listed_as_they_say
update procedure_versions set levels = '{}';

-- a version says something else → catalogue and submissions: published_versions_are_kept
update procedure_versions set content = content - 'fee_rules';

-- versions that nobody was told of → catalogue: versions_are_told_once
delete from outbox;

-- a draft that nobody approved goes on as if somebody had → catalogue: drafts_are_published_as_approved
insert into procedure_drafts (id, procedure, state, content, writers, created_at, written_by, written_at, submitted_by, submitted_at,
    approver_id, approved_by, approved_at, version)
select gen_random_uuid(), procedure, 'APPROVED', content, array[gen_random_uuid()], now(), 'An', now(), 'An', now(),
    gen_random_uuid(), 'Bình', now(), 3
from procedure_versions where version = 1 limit 1;

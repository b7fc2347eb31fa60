-- Versions on their way to being published: written by one, approved by another.
create table procedure_drafts (
    id uuid constraint procedure_drafts_pkey primary key,
    -- The code of the procedure; it need not be published yet.
    procedure text not null,
    state text not null constraint procedure_drafts_state check (state in ('DRAFT', 'SUBMITTED', 'APPROVED', 'PUBLISHED')),
    -- All that the version says.
    content jsonb not null,
    -- Everybody who wrote a part of it; none of them approves it.
    writers uuid[] not null constraint procedure_drafts_writers check (cardinality(writers) > 0),
    created_at timestamptz not null,
    written_by text not null,
    written_at timestamptz not null,
    submitted_by text,
    submitted_at timestamptz,
    -- Why it was sent back last, if it was since it was submitted last.
    sent_back_by text,
    sent_back_at timestamptz,
    sent_back_reason text,
    approver_id uuid,
    approved_by text,
    approved_at timestamptz,
    published_by text,
    published_at timestamptz,
    -- The decision by which it is announced, and the day from which it is in force.
    decision text,
    in_force_from date,
    -- Its number, once it is in force.
    published_version integer,
    -- Counts its changes, from 1.
    version integer not null constraint procedure_drafts_version check (version > 0),
    constraint procedure_drafts_submitted check ((state = 'DRAFT') = (submitted_at is null)),
    constraint procedure_drafts_approved check ((state in ('APPROVED', 'PUBLISHED')) = (approver_id is not null)),
    constraint procedure_drafts_four_eyes check (approver_id is null or approver_id <> all (writers)),
    constraint procedure_drafts_decided check ((state = 'PUBLISHED') = (decision is not null and in_force_from is not null)),
    constraint procedure_drafts_in_force check (published_version is null or state = 'PUBLISHED')
);

-- One version of a procedure is written at a time.
create unique index procedure_drafts_open on procedure_drafts (procedure) where state <> 'PUBLISHED';
-- What waits for its day.
create index procedure_drafts_to_come on procedure_drafts (in_force_from) where state = 'PUBLISHED' and published_version is null;
create index procedure_drafts_by_writing on procedure_drafts (written_at desc, id desc);

-- When a draft was last touched, and when its applicant was told that it will be deleted. Drafts of before count from today, and so do
-- those that the version before begins.
alter table dossiers
    add column touched_at timestamptz not null default now(),
    add column expiry_told_at timestamptz;
create index dossiers_untouched on dossiers (touched_at) where status = 'DRAFT';

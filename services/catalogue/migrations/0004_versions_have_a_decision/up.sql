alter table procedure_versions
    -- The decision by which it was announced; the version before, and files, publish without one.
    add column decision text;
-- What was published lately.
create index procedure_versions_by_publication on procedure_versions (published_at desc, procedure, version);

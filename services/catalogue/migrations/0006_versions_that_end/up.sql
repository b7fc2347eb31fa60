-- Versions that say on which day they end: looked for every minute.
create index procedure_versions_ending on procedure_versions ((content ->> 'effective_until'))
    where content ->> 'effective_until' is not null;

create table procedures (
    code text constraint procedures_pkey primary key,
    -- The version that is shown, and that new dossiers are pinned to; null only while the first one is being written.
    current_version integer
);

-- What was published once is never changed: dossiers are pinned to it.
create table procedure_versions (
    procedure text not null constraint procedure_versions_procedure references procedures (code),
    version integer not null constraint procedure_versions_version check (version > 0),
    published_at timestamptz not null,
    -- What lists are narrowed by, taken out of the content.
    field text not null,
    name_vi text not null,
    name_en text not null,
    levels text[] not null,
    life_events text[] not null,
    -- Code and names in lower case without diacritics.
    search text not null,
    -- SHA-256 of the content as it was published.
    digest bytea not null constraint procedure_versions_digest check (length(digest) = 32),
    content jsonb not null,
    constraint procedure_versions_pkey primary key (procedure, version)
);

alter table procedures
    add constraint procedures_current_version
        foreign key (code, current_version) references procedure_versions (procedure, version);

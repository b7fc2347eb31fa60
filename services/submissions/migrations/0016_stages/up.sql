-- In which stage of its procedure's process a dossier is, whose part that is, who has it, and by when the stage is due. Null: not
-- received yet, of a process without stages, or received by the version before, which is read as where receiving leaves a dossier.
alter table dossiers
    add column stage text,
    add column stage_role text,
    add column holder uuid,
    add column stage_due_at timestamptz,
    add constraint dossiers_stage check ((stage is null) = (stage_role is null));

-- What an official has, the earliest due first; what nobody has, by whose part it is. Finished dossiers are in neither.
create index dossiers_of_holder on dossiers (agency, holder, due_at, id) where holder is not null;
create index dossiers_of_nobody on dossiers (agency, stage_role, due_at, id)
    where holder is null and stage_role is not null and status in ('RECEIVED', 'PROCESSING');

-- Officials by name, as accounts tells of them; those too who have left.
create table officials (
    id uuid constraint officials_pkey primary key,
    name text not null
);

-- Which roles they hold at agencies. A row a role.
create table official_posts (
    official uuid not null constraint official_posts_official references officials (id),
    agency text not null,
    role text not null,
    constraint official_posts_pkey primary key (official, agency, role)
);

create index official_posts_of_agency on official_posts (agency, role);

-- When officials are away, and who stands in for them: from the first day to the end of the last one in Vietnam.
create table leaves (
    id uuid constraint leaves_pkey primary key,
    agency text not null,
    official uuid not null,
    deputy uuid not null,
    first_day date not null,
    last_day date not null,
    noted_by uuid not null,
    noted_at timestamptz not null,
    -- When it was taken back.
    ended_at timestamptz,
    constraint leaves_term check (last_day >= first_day),
    constraint leaves_deputy check (deputy <> official)
);

create index leaves_of_agency on leaves (agency, last_day);

-- What is sent by post: the lists by which an agency hands results over to the post, numbered without a gap each year, and what stands on them.
-- The address is the one of that day: whoever changes her mind later changes nothing on a list that was signed.
create table manifests (
    id uuid constraint manifests_pkey primary key,
    agency text not null,
    year integer not null,
    number integer not null,
    state text not null constraint manifests_state check (state in ('OPEN', 'SIGNED', 'CANCELLED')),
    made_by uuid not null,
    made_at timestamptz not null,
    -- Who of the post took over what stands on it.
    carrier text,
    ended_by uuid,
    ended_at timestamptz,
    constraint manifests_number unique (agency, year, number),
    constraint manifests_signed check ((state = 'SIGNED') = (carrier is not null)),
    constraint manifests_ended check ((state = 'OPEN') = (ended_by is null) and (ended_by is null) = (ended_at is null))
);

create table parcels (
    id uuid constraint parcels_pkey primary key,
    manifest uuid not null constraint parcels_manifest references manifests (id),
    position integer not null,
    dossier uuid not null constraint parcels_dossier references dossiers (id),
    recipient text not null,
    address text not null,
    phone text,
    state text not null constraint parcels_state
        check (state in ('LISTED', 'LEFT_OUT', 'SENT', 'DELIVERED', 'CAME_BACK', 'COLLECTED', 'SENT_AGAIN')),
    -- The post's number of it.
    item_code text,
    -- Who fetched it at the counter after it had come back.
    collected_by text,
    noted_at timestamptz not null,
    constraint parcels_position unique (manifest, position),
    constraint parcels_collected check ((state = 'COLLECTED') = (collected_by is not null))
);

-- A result is on its way once.
create unique index parcels_one_of_dossier on parcels (dossier) where state in ('LISTED', 'SENT', 'DELIVERED');
create index parcels_of_dossier on parcels (dossier);
create index parcels_under_way on parcels (manifest) where state in ('SENT', 'CAME_BACK');

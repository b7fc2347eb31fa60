-- The newest version of each of the others' subjects that took effect here: an older one is passed over.
create table fact_versions (
    type text not null,
    subject text not null,
    version bigint not null,
    primary key (type, subject)
);

-- How far a replay has come: what it told last, in the order of telling. Deleted when it is through.
create table replays (
    listener text not null,
    type text not null,
    after text not null,
    primary key (listener, type)
);

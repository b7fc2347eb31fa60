-- A result that was corrected stays, and says by which request it was replaced; so does how it was handed over, which then happens again.
alter table results add column replaced_by integer;

create table replaced_returns (
    dossier uuid not null constraint replaced_returns_dossier references dossiers (id),
    -- The correction.
    request integer not null,
    way text not null constraint replaced_returns_way check (way in ('COUNTER', 'POST', 'DIGITAL')),
    returned_to text,
    returned_by uuid not null,
    returned_at timestamptz not null,
    constraint replaced_returns_pkey primary key (dossier, request)
);

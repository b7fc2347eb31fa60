-- How a result was handed over that was corrected since; the new one is handed over again.
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

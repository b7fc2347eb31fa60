-- How results were handed over: at the counter to whoever signed, by post, or as a document.
create table returns (
    dossier uuid constraint returns_pkey primary key constraint returns_dossier references dossiers (id),
    way text not null constraint returns_way check (way in ('COUNTER', 'POST', 'DIGITAL')),
    returned_to text,
    returned_by uuid not null,
    returned_at timestamptz not null,
    constraint returns_signed check (way <> 'COUNTER' or returned_to is not null)
);

-- What officials write about a dossier for each other: never shown to its applicant, never edited.
create table notes (
    id uuid constraint notes_pkey primary key,
    dossier uuid not null constraint notes_dossier references dossiers (id),
    author uuid not null,
    -- As she was called then.
    author_name text not null,
    written_at timestamptz not null,
    text text not null constraint notes_text check (text <> '')
);
create index notes_of_dossier on notes (dossier, id);

-- The papers that were handed in at a counter, as its receiver ticked them: originals and copies of each.
create table handed_papers (
    dossier uuid not null constraint handed_papers_dossier references dossiers (id),
    component text not null,
    originals smallint not null constraint handed_papers_originals check (originals >= 0),
    copies smallint not null constraint handed_papers_copies check (copies >= 0),
    constraint handed_papers_pkey primary key (dossier, component),
    constraint handed_papers_some check (originals + copies > 0)
);

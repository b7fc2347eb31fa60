-- The papers that were asked for and handed in at a counter, as its receiver ticked them: originals and copies of each. Scans are documents.
create table supplied_papers (
    dossier uuid not null,
    request integer not null,
    component text not null,
    originals smallint not null constraint supplied_papers_originals check (originals >= 0),
    copies smallint not null constraint supplied_papers_copies check (copies >= 0),
    constraint supplied_papers_pkey primary key (dossier, request, component),
    constraint supplied_papers_asked foreign key (dossier, request, component) references asked_papers (dossier, request, component),
    constraint supplied_papers_some check (originals + copies > 0)
);

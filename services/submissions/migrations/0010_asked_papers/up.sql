-- The papers that a request asks for, and why papers were asked for once more while a dossier was worked on.
alter table requests add column override_reason text;

create table asked_papers (
    dossier uuid not null,
    request integer not null,
    component text not null,
    reason text not null,
    guidance text not null,
    constraint asked_papers_pkey primary key (dossier, request, component),
    constraint asked_papers_request foreign key (dossier, request) references requests (dossier, seq)
);

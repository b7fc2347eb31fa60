-- What another agency is asked and answers, and the documents that come with its answer.
alter table requests
    -- Whether the agency that is asked sees answers and papers, or the question alone.
    add column shows_papers boolean not null default false,
    add column answer text,
    add column answered_by uuid,
    -- Whether the answer is that no opinion is given.
    add column declined boolean not null default false;

-- What is asked of an agency, in the order in which it is to be answered.
create index requests_asked_of on requests (asked_of, state, answer_by, dossier, seq) where asked_of is not null;

create table request_files (
    id uuid constraint request_files_pkey primary key,
    dossier uuid not null,
    request integer not null,
    file_name text not null,
    media_type text not null,
    size bigint not null constraint request_files_size check (size > 0),
    sha256 bytea not null constraint request_files_sha256 check (length(sha256) = 32),
    object_key text not null constraint request_files_object_key unique,
    uploaded_at timestamptz not null,
    uploaded_by uuid not null,
    constraint request_files_request foreign key (dossier, request) references requests (dossier, seq)
);
create index request_files_of on request_files (dossier, request);

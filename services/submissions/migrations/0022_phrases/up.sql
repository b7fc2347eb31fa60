-- What an agency writes often with an action: its own phrases, offered beside the text.
create table phrases (
    id uuid constraint phrases_pkey primary key,
    agency text not null constraint phrases_agency references agencies (code),
    action text not null constraint phrases_action
        check (action in ('REFUSE', 'REQUEST_SUPPLEMENT', 'STOP', 'DECLINE')),
    text text not null constraint phrases_text check (text <> ''),
    added_by uuid not null,
    added_at timestamptz not null,
    constraint phrases_once unique (agency, action, text)
);

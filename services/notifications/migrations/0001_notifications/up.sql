-- Whom we write to: accounts and organisations, as accounts told of them.
create table contacts (
    id uuid primary key,
    kind text not null,
    name text not null,
    email text not null,
    phone text,
    language text not null,
    constraint contacts_kind check (kind in ('PERSON', 'ORGANISATION')),
    constraint contacts_language check (language in ('vi', 'en'))
);

create table agencies (
    code text primary key,
    name_vi text not null,
    name_en text not null
);

-- Who serves where: the officials to alert.
create table official_posts (
    agency text not null,
    role text not null,
    official_id uuid not null,
    primary key (agency, role, official_id),
    constraint official_posts_official foreign key (official_id) references contacts (id)
);
create index official_posts_by_official on official_posts (official_id, agency);

create table messages (
    -- Derived from event, recipient, channel and template: the same news never makes a second message.
    id uuid primary key,
    -- Whose inbox shows it. Nobody's, when it went to somebody who had no account yet.
    recipient_id uuid,
    channel text not null,
    template text not null,
    language text not null,
    subject text,
    body_text text not null,
    body_html text,
    -- An e-mail address or a phone number, as it was when the message was written.
    address text not null,
    about text,
    created_at timestamptz not null,
    sent_at timestamptz,
    state text not null,
    provider_reference text,
    -- The request that caused it.
    trace_id text,
    request_id text,
    constraint messages_channel check (channel in ('EMAIL', 'SMS')),
    constraint messages_language check (language in ('vi', 'en')),
    constraint messages_state check (state in ('QUEUED', 'SENT', 'FAILED', 'UNKNOWN')),
    constraint messages_sent_at check ((state = 'SENT') = (sent_at is not null)),
    constraint messages_parts check ((channel = 'EMAIL') = (subject is not null and body_html is not null))
);
create index messages_by_recipient on messages (recipient_id, created_at, id) where recipient_id is not null;
create index messages_not_sent on messages (state, created_at) where state <> 'SENT';

create table message_attempts (
    message_id uuid not null,
    number integer not null,
    at timestamptz not null,
    outcome text not null,
    detail text not null,
    primary key (message_id, number),
    constraint message_attempts_message foreign key (message_id) references messages (id),
    constraint message_attempts_outcome check (outcome in ('ACCEPTED', 'REFUSED', 'PUT_OFF', 'UNKNOWN'))
);

-- What providers, banks and the treasury say they did, line by line, and how it differs from what is here (expand).
create table statements (
    id uuid primary key,
    -- Whose accountant loaded it.
    agency text not null,
    source text not null,
    -- The merchant's code or the account's number.
    account text not null,
    file_name text not null,
    -- Of the file: the same again is the same statement.
    sha256 bytea not null,
    -- The days that it is complete for.
    from_day date not null,
    until_day date not null,
    -- Of the file; those that an earlier one had are not here again.
    lines integer not null,
    new_lines integer not null,
    state text not null,
    loaded_by uuid not null,
    loaded_by_name text not null,
    loaded_at timestamptz not null,
    compared_at timestamptz,
    constraint statements_once unique (agency, source, sha256),
    constraint statements_source check (source in ('VNPAY', 'BANK', 'TREASURY')),
    constraint statements_days check (from_day <= until_day),
    constraint statements_lines check (new_lines between 0 and lines),
    constraint statements_state check (state in ('COMPARING', 'COMPARED')),
    constraint statements_compared check ((state = 'COMPARED') = (compared_at is not null))
);
create index statements_of_agency on statements (agency, loaded_at, id);

create table statement_lines (
    id bigint generated always as identity primary key,
    statement_id uuid not null,
    -- Where it stands in the file.
    number integer not null,
    -- SHA-256 of what it says, of which account, and how many lines before it say the same: the same line again is the same row.
    key bytea not null,
    day date not null,
    direction text not null,
    amount bigint not null,
    status text not null,
    -- Our name for the attempt, where the statement says it.
    reference text,
    number_there text,
    text text not null,
    outcome text not null default 'NEW',
    attempt_id uuid,
    -- Of `refunds`; no foreign key, as it would lock a second table that others write. `lines_that_differ_have_a_difference` looks.
    refund_id uuid,
    constraint statement_lines_statement foreign key (statement_id) references statements (id),
    constraint statement_lines_once unique (key),
    constraint statement_lines_direction check (direction in ('IN', 'OUT')),
    constraint statement_lines_amount check (amount > 0),
    constraint statement_lines_status check (status in ('DONE', 'PENDING', 'FAILED')),
    constraint statement_lines_outcome check (outcome in ('NEW', 'AGREES', 'DIFFERS')),
    constraint statement_lines_attempt foreign key (attempt_id) references attempts (id)
);
create index statement_lines_new on statement_lines (statement_id, number) where outcome = 'NEW';
create index statement_lines_of_attempt on statement_lines (attempt_id) where attempt_id is not null;
create index statement_lines_of_refund on statement_lines (refund_id) where refund_id is not null;

create table differences (
    id uuid primary key,
    -- Whose it is to end it.
    agency text not null,
    source text not null,
    -- The day of it: the statement's, or ours of what is missing there.
    day date not null,
    class text not null,
    state text not null,
    statement_id uuid not null,
    line_id bigint,
    attempt_id uuid,
    refund_id uuid,
    owner_id uuid,
    owner_name text,
    found_at timestamptz not null,
    state_since timestamptz not null,
    resolution text,
    reason text,
    proof text,
    proposed_by uuid,
    proposed_by_name text,
    closed_by uuid,
    closed_by_name text,
    constraint differences_statement foreign key (statement_id) references statements (id),
    constraint differences_line foreign key (line_id) references statement_lines (id),
    constraint differences_attempt foreign key (attempt_id) references attempts (id),
    constraint differences_source check (source in ('VNPAY', 'BANK', 'TREASURY')),
    constraint differences_class check (
        class in ('MISSING_HERE', 'MISSING_THERE', 'AMOUNT', 'STATUS', 'TWICE', 'LATE')
    ),
    constraint differences_state check (state in ('HEALING', 'HEALED', 'OPEN', 'PROPOSED', 'CLOSED')),
    constraint differences_about check ((class = 'MISSING_THERE') = (line_id is null)),
    constraint differences_owner check ((owner_id is null) = (owner_name is null)),
    constraint differences_resolution check (resolution in ('EXPLAINED', 'BOOKED')),
    constraint differences_ended check (
        (state in ('PROPOSED', 'CLOSED')) = (resolution is not null and reason is not null and proof is not null
            and proposed_by is not null)
    ),
    -- Where money is booked, two officials agree.
    constraint differences_second check (
        (state = 'CLOSED') = (closed_by is not null) and (resolution <> 'BOOKED' or closed_by <> proposed_by)
    )
);
create unique index differences_of_line on differences (line_id) where line_id is not null;
create unique index differences_of_missing_attempt on differences (source, attempt_id) where class = 'MISSING_THERE' and refund_id is null;
create unique index differences_of_missing_refund on differences (source, refund_id) where class = 'MISSING_THERE' and refund_id is not null;
create index differences_of_agency on differences (agency, state, found_at, id);
create index differences_of_statement on differences (statement_id);

-- Browsers and apps that signed in to an account before: strangers' failures do not slow them down.
create table known_devices (
    -- SHA-256 of what the device holds, which is 32 random bytes.
    token_hash bytea not null constraint known_devices_token_hash check (length(token_hash) = 32),
    -- One browser may be used by several people.
    user_id uuid not null constraint known_devices_user references users (id),
    used_at timestamptz not null,
    primary key (token_hash, user_id)
);
create index known_devices_by_user on known_devices (user_id, used_at);

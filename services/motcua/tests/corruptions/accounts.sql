-- entries of the log gone → accounts: audit_seals_hold
delete from audit_log where action = 'session.opened';

-- an address of the log altered → accounts: audit_seals_hold
update audit_log set origin = '192.0.2.1';

-- accounts gone → accounts: confirmed_registrations_have_accounts
delete from users where kind = 'CITIZEN';

-- passwords gone → accounts: citizens_can_sign_in
delete from credentials;

-- a person called otherwise → accounts: accounts_are_as_registered
update users set name = 'Hoa' where citizen_number = '000192000123';

-- an account closed by nobody → accounts: registered_accounts_are_there
update users set closed_at = now() where citizen_number = '000192000123';

-- an account gone with its registration → accounts: registered_accounts_are_there
delete from users where citizen_number = '000192000123'; delete from registrations;

-- a session that nobody opened → accounts: sessions_are_audited
insert into sessions (id, user_id, chain_key, current_hash, created_at, expires_at)
    select gen_random_uuid(), user_id, chain_key, current_hash, created_at, expires_at from sessions limit 1;

-- a session of somebody else → accounts: sessions_are_audited
update sessions set user_id = (select id from users where email = 'an@example.vn');

-- a code confirmed by nobody → accounts: confirmed_codes_are_audited
insert into confirmations (id, purpose, email, mailbox, asked_by, created_at, expires_at, confirmed_at)
    values (gen_random_uuid(), 'EMAIL_CHANGE', 'x@example.vn', 'x@example.vn', '', now(), now(), now());

-- an account that nobody was told of → accounts: accounts_are_told
delete from outbox where type = 'vn.motcua.account.registered.v1';

-- another address → accounts and notifications: contacts_are_those_of_accounts
update users set email = 'x@example.vn' where citizen_number = '000192000123';

-- a post that nobody gave → accounts and notifications: officials_have_their_posts
insert into official_roles (user_id, agency, role, created_at, valid_from)
    select id, 'H44.100', 'RECEIVER', now(), '2025-07-01' from users where kind = 'CITIZEN';

-- an agency renamed here alone → notifications and accounts: agencies_of_notifications_are_real
update agencies set name_vi = 'x';

-- another password ✗ what only its owner knows stands in one place
update credentials set password_hash = '$argon2id$x';

-- more rights of a program ✗ said once; no operation changes it
update api_clients set scopes = array['payments'];

-- a calendar that nobody changed → accounts: calendars_are_audited
insert into calendars (owner, version, content, changed_by, changed_at, reason)
    values ('H44.100', 1, '{}', gen_random_uuid(), now(), 'x');

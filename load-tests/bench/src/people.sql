-- People who can sign in, all with one password.
insert into users (id, kind, name, email, citizen_number, birth_date, gender, language, created_at)
select ('cccccccc-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'CITIZEN', 'Nguyễn Văn An', 'an-' || n || '@example.vn',
    '000094' || lpad(n::text, 6, '0'), date '1994-01-01', 'MALE', 'vi', now()
from generate_series(0, 31) n;
insert into credentials (user_id, password_hash, changed_at) select id, '{hash}', now() from users;

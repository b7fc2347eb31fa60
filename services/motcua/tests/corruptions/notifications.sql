-- a message twice → notifications: events_are_written_about_once
insert into messages select gen_random_uuid(), recipient_id, channel, template, language, subject, body_text,
    body_html, address, about, created_at, sent_at, state, provider_reference, trace_id, request_id from messages;

-- a sent message is failed → notifications: message_states_are_their_attempts
update messages set state = 'FAILED', sent_at = null;

-- messages that nobody sends → notifications: unsent_messages_are_not_forgotten
update messages set state = 'QUEUED', sent_at = null; delete from jobs;

-- messages gone → submissions and notifications: applicants_are_written_to
delete from messages;

-- contacts gone → accounts and notifications: account_holders_can_be_written_to
delete from contacts;

-- an alert gone → notifications: officials_are_alerted
delete from messages where template = 'official_alert_sms';

-- sent at another time → notifications: sent_messages_are_as_accepted
update messages set sent_at = sent_at + interval '1 minute';

-- another number of the aggregator → notifications: sent_messages_are_as_accepted
update messages set provider_reference = 'x';

-- an attempt gone → notifications: message_states_are_their_attempts
delete from message_attempts;

-- in the inbox of nobody → notifications: recipients_are_known
update messages set recipient_id = gen_random_uuid() where recipient_id is not null;

-- an SMS that nobody reads at more length → notifications: short_messages_have_their_mail
update messages set short_of = gen_random_uuid() where channel = 'SMS';

-- about something else → notifications: messages_name_their_dossier
update messages set body_text = 'x';

-- a secret that is kept → notifications: sent_secrets_are_forgotten
update messages set secret = 'x' where secret is not null;

-- a post gone → accounts and notifications: officials_have_their_posts
delete from official_posts where role = 'RECEIVER';

-- another phone → accounts and notifications: contacts_are_those_of_accounts
update contacts set phone = '+84999999999';

-- agencies gone → accounts and notifications: agencies_are_known_to_notifications
delete from agencies;

-- other words ✗ said once; they hold what others must not know, so no digest is kept either
update messages set body_text = body_text || 'x' where about is not null;

-- Whom the relay has told, since the sender no longer says it. Null: it has not yet, or an older sender said it in waiting_for.
alter table outbox add column addressed_to text[];

-- What was told of an attempt is counted before more is kept.
create index provider_callbacks_of_attempt on provider_callbacks (attempt_id, verdict) where attempt_id is not null;

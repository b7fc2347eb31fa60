-- A message about a dossier says which one, as long as its words are kept.
select format('message %s (%s) to %s is about %s and does not say so', id, template, recipient_id, about)
from messages
where about is not null and body_text <> '' and position(about in body_text) = 0

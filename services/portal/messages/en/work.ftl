work-filter = Filter dossiers
work-part-OPEN = To do
work-part-OVERDUE = Overdue
work-part-DUE_SOON = Due soon
work-keys = Keys in the table:
work-caption = Dossiers, the earliest due first
work-none = There are no dossiers here.
work-no-more = There are no dossiers on this page any more. They may just have been dealt with.
work-back = Back to the work list
work-search = Find by code, name, citizen number or phone
work-found = Dossiers with “{ $words }”.
work-all = Clear the search
work-none-found = There is no such dossier. Accents may be left out, the beginning of a word is enough, and so are the last four digits of the code.
work-tick = Tick
work-tick-one = Tick dossier { $code }
work-next = Next dossier: { $code }
receipts-title = Receive several dossiers
receipts-button = Receive the ticked dossiers
receipts-tick-all = { $count ->
    [one] Tick the dossier on this page that waits to be received
   *[other] Tick all { $count } dossiers on this page that wait to be received
}
receipts-received = { $count ->
    [one] 1 dossier received
   *[other] { $count } dossiers received
}
receipts-refused = { $count ->
    [one] 1 dossier was not received; the reason stands beside it.
   *[other] { $count } dossiers were not received; the reason stands beside each.
}
receipts-outcome = Outcome
receipts-one = Dossier
receipts-unknown = It is not known whether it was received. Open the dossier to see.
work-actions = Actions
done-RECEIVE = The dossier was received. Its time limit is running now.
done-ADD_RESULT = The result was added. The applicant gets it when the dossier is completed.
done-COMPLETE = The dossier is completed. The applicant is told and can download the result.
action-RECEIVE = Receive the dossier
action-ADD_RESULT = Add a result
action-COMPLETE = Complete the dossier
actor-APPLICANT = applicant
actor-OFFICIAL = official
actor-SYSTEM = system
due-OVERDUE = Overdue: { $day }, { $hour }
due-DUE_SOON = Due soon: { $day }, { $hour }
due-ON_TIME = Due: { $day }, { $hour }
due-NOT_STARTED = Expected: { $day }, { $hour }
due-PAUSED = Clock paused
due-ENDED = Ended
time-left = Time left
time-left-days = about { $days } working days
time-left-hours = { $hours } h { $minutes } min of working time
paper-download = Download
paper-picture = Picture of the document { $name }
missing-paper = A required document is missing: { $name }
action-RECEIVE-text = Once it is received, its time limit runs and the applicant is told when the result is due.
results-there = Results so far
action-ADD_RESULT-file = Result file
action-ADD_RESULT-file-hint = A PDF file of up to { $limit }. The applicant gets it when the dossier is completed.
action-COMPLETE-text = Once it is completed, { $name } is told and can download these results. This cannot be taken back.
action-COMPLETE-note = Note
action-COMPLETE-note-hint = Only officials see it.
cancel = Cancel, back to the dossier
moved-on-title = The dossier has just changed
moved-on-text = What you asked for was not done: meanwhile somebody else has dealt with the dossier, or it has another status. Nothing was lost or done twice.
moved-on-now = Status now:
moved-on-last = Last change: { $who }, { $moment }.
moved-on-kept = The note you typed, which was not saved
nav-messages = Messages
messages-none = There are no messages yet.
message-sms = Text message { $code }
message-EMAIL = E-mail
message-SMS = Text message
message-FAILED = could not be delivered

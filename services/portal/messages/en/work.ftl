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
work-tick = Tick
work-tick-one = Tick dossier { $code }
work-next = Next dossier: { $code }
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
action-REFUSE = Refuse to receive it
action-REFUSE-text = The dossier ends, and { $name } is told why. This cannot be taken back.
action-REFUSE-reason = The reason of law
action-REFUSE-reason-hint = 10 to 1000 characters, with the provision it rests on. A fault of the system is no reason.
done-REFUSE = The dossier is refused. The applicant is told why.
action-REQUEST_SUPPLEMENT = Ask for further papers
action-REQUEST_SUPPLEMENT-text = Write for each paper that you ask for why, and what to do; leave the others empty. Ask for everything at once: { $name } is told, and the time limit stands still until the papers are sent in.
action-REQUEST_SUPPLEMENT-paper-reason = Why
action-REQUEST_SUPPLEMENT-paper-guidance = What to do
action-REQUEST_SUPPLEMENT-message = Message
action-REQUEST_SUPPLEMENT-message-hint = The applicant reads it. For example, a phone number for questions.
action-REQUEST_SUPPLEMENT-override_reason = Why papers are asked for once more
action-REQUEST_SUPPLEMENT-override_reason-hint = Only if they were asked for once since the receipt. It is kept, and only officials see it.
done-REQUEST_SUPPLEMENT = The papers are asked for. The applicant is told.
papers-none = Write for at least one paper why, and what to do.
action-STOP = Stop the work
action-STOP-text = The time limit stands still, and { $name } is told why. The work can go on later.
action-STOP-reason = Reason
action-STOP-reason-hint = 10 to 1000 characters: who asked for it, at which stage, what becomes of fees paid.
done-STOP = The work on the dossier is stopped. The applicant is told why.
action-RESUME = Go on with the work
action-RESUME-text = The working time that was left is counted from now, and { $name } is told the new date.
action-RESUME-note = Note
action-RESUME-note-hint = Only officials see it.
done-RESUME = The work on the dossier goes on. The applicant is told the new date.
moved-on-changes = What changed meanwhile
action-DECLINE = Decline what it asks for
action-DECLINE-text = The dossier is completed with a refusal document. { $name } is told, reads the reason and can download this document, and gets no other result. This cannot be taken back.
action-DECLINE-reason = The reason of law
action-DECLINE-reason-hint = 10 to 500 characters, with the provision it rests on.
action-DECLINE-file = Refusal document
action-DECLINE-file-hint = A PDF file of up to { $limit }.
done-DECLINE = The dossier is completed with a refusal document. The applicant is told.
action-RETURN = Hand the result over
action-RETURN-text = Notes that the result is handed over to { $name }. The dossier is at its end.
action-RETURN-way = How it is handed over
action-RETURN-way-COUNTER = At the counter, against a signature
action-RETURN-way-POST = By post
action-RETURN-way-DIGITAL = As a document
action-RETURN-returned_to = Who signed, or the number of the parcel
action-RETURN-returned_to-hint = At the counter, the name of whoever signed.
action-RETURN-note = Note
action-RETURN-note-hint = Only officials see it.
done-RETURN = It is noted that the result is handed over. The applicant is told.
action-TAKE = Take it on
action-TAKE-text = The dossier goes into your list. Colleagues see that you are working on it.
done-TAKE = You are working on this dossier.
action-GIVE_BACK = Give it back
action-GIVE_BACK-text = The dossier goes back among those that nobody has, for colleagues to take.
action-GIVE_BACK-reason = Reason
action-GIVE_BACK-reason-hint = 10 to 1000 characters. Only officials see it.
done-GIVE_BACK = The dossier is back among those that nobody has.
action-ASSIGN = Assign
action-ASSIGN-text = Give the dossier to somebody who holds the role of this stage. While they are away, their deputy gets it.
action-ASSIGN-official = Who works on it
action-ASSIGN-note = Note
action-ASSIGN-note-hint = Only officials see it.
done-ASSIGN = The dossier is assigned.
action-FORWARD = Hand it on
action-FORWARD-text = Your part at this stage ends. At a leader’s stage, handing it on is signing it.
action-FORWARD-stage = Next stage
action-FORWARD-official = Who gets it
action-FORWARD-note = Note
action-FORWARD-note-hint = Only officials see it.
done-FORWARD = The dossier is at the next stage.
action-SEND_BACK = Send it back
action-SEND_BACK-text = The dossier goes back to an earlier stage, to who worked on it there.
action-SEND_BACK-stage = Back to the stage
action-SEND_BACK-reason = Reason
action-SEND_BACK-reason-hint = 10 to 1000 characters: what must be mended. Only officials see it.
done-SEND_BACK = The dossier is back at an earlier stage.
choice-nobody = Nobody else holds this role at the agency.
work-part-MINE = Mine
work-part-NOBODYS = Nobody’s
work-part-TO_SIGN = To sign
work-stage = Stage
work-stage-due = Stage due
work-holder-nobody = Nobody yet
handovers-title = Hand-overs
handover-what = What
handover-who = Who has it then
handover-when = When
handover-due = Due
handover-outcome = Outcome
handover-RECEIPT = Received
handover-PASSING = Passed by itself
handover-TAKING = Taken on
handover-GIVING_BACK = Given back
handover-ASSIGNMENT = Assigned
handover-FORWARDING = Handed on
handover-SENDING_BACK = Sent back
handover-by = Given by: { $name }
handover-done-by = done by { $name }
handover-on-behalf-of = on behalf of { $name }
outcome-BEFORE_TIME = Before time
outcome-ON_TIME = On time
outcome-LATE = Late
outcome-open = Under way
money-title = Money to give back
money-owed = What may have to go back
money-refunds = Refunds
money-cause = Why
money-taken = Taken
money-left = Can still go back
money-what = To do
money-give-back = Give back
money-more = There are more; these are the newest.
money-none = Nothing has to go back. What is paid twice, comes after the end of a dossier, or was for one that was withdrawn, refused or stopped, stands here.
money-no-refunds = There are no refunds yet.
money-asked = Asked by, at
money-state = State
money-amount = Amount to give back (đồng)
money-amount-hint = For example 16,000
money-amount-wrong = Enter an amount in đồng, more than 0, for example 16,000.
money-way = How
money-reason = What for
money-reason-hint = 10 to 1000 characters.
money-ask = Ask for the refund
money-decided = Decided by
money-proof = Proof
money-proof-hint = The number of the transfer, for example UNC 0042/2026.
money-failure = Why nothing goes back
money-done = Returned at
money-prove = The money went back
money-approve = Approve
money-turn-down = Turn down
money-turn-down-reason = Why nothing goes back
refund-title = Refund
refund-cause-WITHDRAWN = The dossier was withdrawn
refund-cause-NOT_RECEIVED = The dossier was not received
refund-cause-STOPPED = The work on the dossier was stopped
refund-cause-PAID_AGAIN = Paid twice, or not due any more
refund-cause-EXEMPTED = Exempt, as was found later
refund-way-PROVIDER = Through the provider that took it
refund-way-BY_HAND = By transfer from the agency’s account
refund-state-ASKED = Waits for another official
refund-state-APPROVED = Approved
refund-state-SENT = Sent to the provider
refund-state-UNKNOWN = The provider does not answer
refund-state-DONE = Returned
refund-state-FAILED = Refused by the provider
refund-state-TURNED_DOWN = Turned down
register-title = Register of dossiers
register-from = Dossiers filed from
register-until = Until
register-show = Show the register
register-found = { $count ->
    [one] { $count } dossier
   *[other] { $count } dossiers
}
register-part = Print part { $part } of { $parts } (PDF)
work-all = Show all
work-none-found = There is no such dossier. When searching, accents may be left out, the beginning of a word is enough, and so are the last four digits of the code.
work-narrow = Filter
work-narrowed = The list is filtered.
work-any = All
work-from = Filed from
work-until = Filed until
work-part-DUE_TODAY = Due today
work-part-SUPPLEMENTED = Papers came in
work-part-WAITING = Waiting for the applicant
work-spreadsheet = Download the list (Excel)
work-not-now = Not possible now
work-tick-all = { $count ->
    [one] Tick the dossier on this page
   *[other] Tick all { $count } dossiers on this page
}
due-today-DUE_SOON = Today, { $hour }
due-today-OVERDUE = Overdue since { $hour } today
bulk-outcome = Outcome
bulk-RECEIVE = Receive the ticked dossiers
bulk-RECEIVE-title = Receive several dossiers
bulk-RECEIVE-done = { $count ->
    [one] 1 dossier received
   *[other] { $count } dossiers received
}
bulk-RECEIVE-refused = { $count ->
    [one] 1 dossier was not received; the reason stands beside it.
   *[other] { $count } dossiers were not received; the reason stands beside each.
}
paper-before = Paper before
paper-after = Next paper
paper-place = { $place }/{ $of }
notes-title = Internal notes
notes-text = Only officials of the agency read them; the applicant does not see them. A note that is saved can be neither changed nor removed.
notes-none = There are no notes yet.
notes-new = New note
notes-hint = Up to 2000 characters. The applicant does not see it.
notes-add = Save the note
phrases-title = Phrases
phrases-text = Reasons that are written often. Whoever refuses, asks for papers or stops the work chooses a phrase and writes more where needed.
phrases-none = There are no phrases yet.
phrases-new = Add a phrase
phrases-action = Used when
phrases-phrase = Phrase
phrases-hint = A whole sentence, up to 500 characters.
phrases-add = Add the phrase
phrases-remove = Remove
phrases-choose = Phrase at hand
phrases-own-words = None, I write below
stuck-title = Stuck dossiers
stuck-none = There are none.
stuck-all = Show all: { $kind }
stuck-OVERDUE = Overdue
stuck-OVERDUE-repair = Open the dossier to settle it now, to ask for papers or to stop the work with a reason.
stuck-UNRECEIVED = Not received in 8 working hours
stuck-UNRECEIVED-repair = Open the dossier to receive it, to ask for papers or to refuse it; a receiver can tick several in the list.
stuck-FEE_UNSETTLED = Fee unpaid on the expected day
stuck-FEE_UNSETTLED-repair = Get in touch with the applicant, or ask the cashier if the applicant says it is paid.
stuck-DUE_SOON = Due soon
stuck-DUE_SOON-repair = Remind whoever has the dossier.
stuck-machinery = Mails refused, work of the system given up
stuck-machinery-text = Refused mails and text messages, and what the system has given up, are not shown here. When an applicant says that no mail came, or a paid dossier does not move, tell whoever runs the system, with the dossier's code.

citizen-number-title = Proof of a citizen number
citizen-number-lead = For somebody who registered and got no code, since another account has the citizen number. Compare the identity card with the person before you, then type what stands on the card.
citizen-number-what = The account that has the number is closed and its owner is told. A new code goes to the address that was registered.
citizen-number-number = Citizen number on the card
citizen-number-number-hint = 12 digits
citizen-number-name = Full name on the card
citizen-number-email = E-mail address that the person registered with
citizen-number-compared = I have compared the identity card with the person
citizen-number-compare-first = Compare the card, then tick this box.
citizen-number-send = Record it and send a new code
citizen-number-done = Recorded. A new code was sent to the person's address; it is good for 10 minutes.
citizen-number-done-closed = Recorded. The old account was closed; a new code was sent to the person's address and is good for 10 minutes.
bulk-PRINT = Print
bulk-PRINT-form = Form to print
bulk-PRINT-title = Print a form of several dossiers
bulk-PRINT-done = { $count ->
    [one] 1 form printed
   *[other] { $count } forms printed
}
bulk-PRINT-refused = { $count ->
    [one] 1 dossier has no such form; the reason stands beside it. Nothing is printed yet.
   *[other] { $count } dossiers have no such form; the reason stands beside each. Nothing is printed yet.
}
bulk-PRINT-rest = { $count ->
    [one] Print the form of the other dossier
   *[other] Print the forms of the other { $count }
}
done-PRINT = It has this form; not printed yet.
form-01 = 01 Receipt with due date
form-02 = 02 Request for papers
form-03 = 03 Refusal
form-05 = 05 Notice of stop
form-06 = 06 Routing slip
leaves-title = Leaves and deputies
leaves-text = While somebody is away, their deputy sees and settles what they have, and gets what is given to them. That ends by itself at the midnight that ends the last day.
leaves-none = No leave is noted from today on.
leave-line = { $name }: from { $first } to the end of { $last }
leave-deputy-line = Deputy: { $name }.
leave-holds = In force now.
leave-end = Take the leave back
leave-new = Note a leave
leave-official = Who is away
leave-first-day = First day
leave-last-day = Last day
leave-last-day-hint = The last day away.
leave-deputy = Deputy
leave-deputy-hint = Somebody with the same roles.
leave-note = Save the leave
bulk-TAKE = Take on
bulk-TAKE-title = Take several dossiers on
bulk-TAKE-done = { $count ->
    [one] 1 dossier taken on
   *[other] { $count } dossiers taken on
}
bulk-TAKE-refused = { $count ->
    [one] 1 dossier was not taken on; the reason stands beside it.
   *[other] { $count } dossiers were not taken on; the reason stands beside each.
}
bulk-ASSIGN = Assign
bulk-ASSIGN-title = Assign several dossiers
bulk-ASSIGN-done = { $count ->
    [one] 1 dossier assigned
   *[other] { $count } dossiers assigned
}
bulk-ASSIGN-refused = { $count ->
    [one] 1 dossier was not assigned; the reason stands beside it.
   *[other] { $count } dossiers were not assigned; the reason stands beside each.
}
bulk-ASSIGN-choose = Give to…
bulk-ASSIGN-whom = Choose who gets the dossiers.
colleague-away = away until { $day }
stuck-UNASSIGNED = Nobody has it
stuck-UNASSIGNED-repair = Open the list, tick the dossiers and assign them.
stuck-ABSENT = Whoever has it is away
stuck-ABSENT-repair = Whoever stands in can go on with it; if it takes long, open the list and assign it to somebody else.
stuck-UNSERVED = Nobody holds the role
stuck-UNSERVED-repair = Nobody at the agency holds the role of this stage: ask the agency’s administrator to give it to somebody.

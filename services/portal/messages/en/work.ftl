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
charge-lines-none = Write at least one line.
amount-malformed = Write the amount in digits, such as 150,000.
number-malformed = Write a whole number, such as 3.
charge-line = Line { $number }
charge-line-what_for = What for
charge-line-amount = Amount (đồng)
charge-line-legal_basis = Legal basis
action-CHARGE = Charge a further fee
action-CHARGE-text = { $name } is told and pays here. The time limit stands still until all of it is paid, and runs on then. What is not paid yet can be taken back.
done-CHARGE = The fee is charged. The applicant is told; the time limit stands still.
action-CANCEL_CHARGE = Take the fee back
action-CANCEL_CHARGE-text = The further fee that is not paid is taken back, { $name } is told, and the work goes on.
action-CANCEL_CHARGE-reason = Reason
action-CANCEL_CHARGE-reason-hint = 10 to 1000 characters. The applicant reads it.
done-CANCEL_CHARGE = The fee is taken back. The applicant is told.
action-EXTEND = Apologise and take more time
action-EXTEND-text = { $name } gets an apology and the new due date. Only before the dossier is overdue, once, and for no longer than the procedure's time limit.
action-EXTEND-working_days = Working days more
action-EXTEND-working_days-hint = From the day on which the result is due now. The new date is counted by the working calendar.
action-EXTEND-reason = Reason
action-EXTEND-reason-hint = 10 to 1000 characters. The applicant reads it with the apology.
action-EXTEND-override_reason = Why once more
action-EXTEND-override_reason-hint = Only when the date was put off before. It is kept, and only officials see it.
done-EXTEND = The date is put off. The applicant has an apology and the new date.
action-APOLOGISE = Apologise for being late
action-APOLOGISE-text = The dossier is overdue, and its date cannot be put off any more. { $name } gets this apology and the new day at once; the dossier still counts as late.
action-APOLOGISE-working_days = Working days until the result
action-APOLOGISE-working_days-hint = From today, by the working calendar.
action-APOLOGISE-words = Apology
action-APOLOGISE-words-hint = 30 to 2000 characters, written for this dossier: why it is late, what is being done, who is responsible. No ready-made text.
done-APOLOGISE = The apology is sent. The applicant is told at once.
action-NOTE_LATENESS = Record why it is late
action-NOTE_LATENESS-text = What is recorded cannot be changed or deleted; another cause can be recorded beside it. What systems and synchronisation cause is counted apart, and against nobody.
action-NOTE_LATENESS-cause = Cause
action-NOTE_LATENESS-cause-OFFICIAL = The official
action-NOTE_LATENESS-cause-APPLICANT = The applicant
action-NOTE_LATENESS-cause-TAX = The tax authority
action-NOTE_LATENESS-cause-OTHER_AGENCY = Another agency that was asked
action-NOTE_LATENESS-cause-REGISTER = A register that did not answer
action-NOTE_LATENESS-cause-SYNCHRONISATION = Synchronisation
action-NOTE_LATENESS-cause-SYSTEM = A system that did not work
action-NOTE_LATENESS-proof = Proof
action-NOTE_LATENESS-proof-hint = 10 to 1000 characters. For example, the number of a letter or a ticket, a time. Only officials see it.
done-NOTE_LATENESS = The cause is recorded.
lateness-title = Why it is late
action-SEND_DRAFT = Send a draft of the result
action-SEND_DRAFT-text = { $name } looks at the draft and confirms it or asks for its correction within the time that the procedure gives; whoever does not answer counts as agreeing. The time limit runs on.
action-SEND_DRAFT-file = Draft
action-SEND_DRAFT-file-hint = A PDF of { $limit } at most.
done-SEND_DRAFT = The draft is sent to the applicant.
action-CORRECT = Correct the result
action-CORRECT-text = The dossier is taken up again. What was issued is kept and marked as replaced; { $name } is told why, and gets the new result when the dossier is completed again.
action-CORRECT-reason = Reason
action-CORRECT-time = Time limit
action-CORRECT-time-OVER = It is over and stays so
action-CORRECT-time-ANEW = It begins anew, as long as the procedure gives (where the law says so)
action-CORRECT-reason-hint = 10 to 1000 characters: what is wrong, and by what it is corrected. The applicant reads it.
done-CORRECT = The dossier is taken up again. The applicant is told.
action-CONSULT = Ask another agency
action-CONSULT-text = The agency that is asked is told and answers in time. The work goes on and the time limit does not stand still; only completing the dossier waits for the opinion.
action-CONSULT-agency = Code of the agency
action-CONSULT-agency-hint = Such as H44.101. The page of agencies has the codes.
action-CONSULT-question = Question
action-CONSULT-question-hint = 10 to 2000 characters. The agency reads it; the applicant only learns which agency is asked.
action-CONSULT-shows = What the agency sees
action-CONSULT-shows-QUESTION = The question alone
action-CONSULT-shows-PAPERS = The applicant, the form and the papers, too, until it answers
done-CONSULT = The question is sent.
done-REMOVE_RESULT = The result is taken back.
done-CANCEL_CONSULTATION = The question is taken back. The agency is told.
consultations-title = Questions of other agencies
consultations-none = No question waits for an answer.
consultation-title = A question of another agency
consultation-asks = { $name } asks about
consultation-answer-until = To be answered before { $moment }.
consultation-over = No answer is needed any more: the agency that asked has taken its question back, or the dossier is over.
consultation-late = Overdue
consultation-kind = Answer
consultation-kind-OPINION = Give an opinion
consultation-kind-NONE = Give no opinion (say why)
consultation-answer-hint = 10 to 4000 characters.
consultation-file = Document
consultation-file-hint = A PDF of no more than { $limit }.
consultation-send = Send the answer
result-remove = Take the result back
result-remove-text = The file { $name } is deleted from the dossier. The applicant has not been given it. That it is taken back is written down.
consultation-cancel = Take the question back
consultation-cancel-text = { $name } need not answer any more, and is told. The dossier can be completed without its opinion.
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
bulk-moved = Somebody was quicker. It is now:
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
leave-line = { $name }: from { $from ->
    [AFTERNOON] noon of { $first }
   *[MORNING] { $first }
} to { $until ->
    [MORNING] noon of { $last }
   *[AFTERNOON] the end of { $last }
}
leave-deputy-line = Deputy: { $name }.
leave-holds = In force now.
leave-end = Take the leave back
leave-new = Note a leave
leave-official = Who is away
leave-first-day = First day
leave-last-day = Last day
leave-last-day-hint = The last day away.
leave-from-noon = Of the first day only the afternoon (from 12:00)
leave-until-noon = Of the last day only the morning (until 12:00)
leave-deputy = Deputy
leave-deputy-hint = Somebody with the same roles.
leave-nobody = Nobody at the agency holds all your roles, so nobody can stand in for you. Ask the agency’s administrator to assign somebody.
leave-nobody-for = Nobody can stand in for { $names }: nobody else at the agency holds the same roles. Assign somebody first.
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
bulk-COMPLETE = Complete the ticked
bulk-COMPLETE-title = Complete several dossiers
bulk-COMPLETE-done = { $count ->
    [one] 1 dossier completed
   *[other] { $count } dossiers completed
}
bulk-COMPLETE-refused = { $count ->
    [one] 1 dossier was not completed; the reason stands beside it.
   *[other] { $count } dossiers were not completed; the reason stands beside each.
}
bulk-FORWARD = Hand on
bulk-FORWARD-title = Hand several dossiers on
bulk-FORWARD-done = { $count ->
    [one] 1 dossier handed on
   *[other] { $count } dossiers handed on
}
bulk-FORWARD-refused = { $count ->
    [one] 1 dossier was not handed on; the reason stands beside it.
   *[other] { $count } dossiers were not handed on; the reason stands beside each.
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
answer-ON_TIME = Receive before: { $day }, { $hour }
answer-DUE_SOON = Receive soon: { $day }, { $hour }
answer-OVERDUE = Receipt overdue: { $day }, { $hour }
calendar-link = The agency’s working calendar
calendar-title = Working calendar
calendar-lead = Due dates of all dossiers here are counted by this calendar. The whole country’s days off are in it; here stands only what is the agency’s own.
calendar-saved = The calendar is saved. Due dates of open dossiers are counted again within minutes; applicants whose date moves are told.
calendar-year = Year { $year }
calendar-caption = Month { $month }: days off are crossed and say “off”
calendar-own = The agency’s own days
calendar-remove = Take this day out
calendar-add = Add a day
calendar-kind = On that day the agency
calendar-kind-OFF = is off
calendar-kind-WORKED = works (in exchange)
calendar-day = Day
calendar-day-reason = Why
calendar-day-reason-hint = The public reads it, e.g. Off because of storm no. 5.
calendar-hours = Working hours
calendar-first-opens = Morning, from
calendar-first-closes = Morning, to
calendar-second-opens = Afternoon, from
calendar-second-closes = Afternoon, to
calendar-saturday = Saturday morning
calendar-saturday-opens = Open from
calendar-saturday-closes = To
calendar-saturday-hint = Leave empty without Saturday service.
calendar-saturday-counts = Saturdays count as working time for due dates
calendar-reason = Why the calendar is changed
calendar-reason-hint = Kept with the name of who changes it; applicants whose date moves read it.
calendar-preview = Preview
calendar-save = Save the calendar
calendar-would-move = Of { $open } open dossiers, { $later } would be due later and { $earlier } earlier. Nothing is saved yet.
calendar-would-move-more = The agency has many open dossiers; the numbers are of the first { $open }.
changed-while-written = Somebody else has just changed this, so nothing was saved. This page shows it as it is now, with what you typed; look at it again, then send it.
calendar-moved-on = Somebody else has just changed this calendar. What you typed still stands in the form and is not saved; look at it again, then save.
calendar-day-missing = Say which day, or take its reason out.
calendar-earlier-year = Year before
calendar-later-year = Year after
calendar-month = Month { $month }
weekday-short-1 = Mo
weekday-short-2 = Tu
weekday-short-3 = We
weekday-short-4 = Th
weekday-short-5 = Fr
weekday-short-6 = Sa
weekday-short-7 = Su

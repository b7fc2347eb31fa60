procedures-title = Procedures
procedures-count = { $count ->
    [one] { $count } procedure
   *[other] { $count } procedures
}
procedures-in-field = In the field
procedures-in-life-event = For the life event
procedures-at-agency = Received at
procedures-all = Show all procedures
procedures-none = No procedure was found. Try a shorter word, or choose a field below.
procedure-code = Procedure { $code }
procedure-formerly = formerly { $codes }
procedure-code-label = Procedure code
procedure-start = File a dossier online
procedure-time = Time limit
procedure-result = Result
procedure-level = Level of government
procedure-fee = Fees
procedure-steps = Steps
procedure-documents = Documents you need
procedure-no-documents = No documents need to be attached.
procedure-law = Legal basis
procedure-facts = The procedure in brief
procedure-qr = Open on a phone
procedure-qr-name = QR code leading to the page of procedure { $code }
procedure-qr-text = Scan this code to open this page, or send it to somebody.
level-both = Province and commune
level-PROVINCE = Province
level-COMMUNE = Commune
time-same-day = The same day; when received after { $time }, the next working day
time-working-days = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}
time-calendar-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
time-working-hours = { $count ->
    [one] { $count } working hour
   *[other] { $count } working hours
}
document = Document
document-needed = Required
document-required = Yes
document-optional = If there is one
document-copies = Copies
document-online = Online one file for each document is enough: PDF, JPEG or PNG, up to { $limit }.
document-copies-text = Copies are those on paper, at the counter.
fee-none = There are no fees.
fee-what = What for
fee-each = each copy
fee-when-online = when filed online
fee-online = Online
fee-direct = At the counter
fee-free = Free
agencies-title = Agencies
agencies-search = Find an agency by name
agencies-none = No agency of that name was found.
agency-code = Agency { $code }
agency-code-label = Agency code
agency-since = Since
agency-address = Address
agency-phone = Phone
agency-email = E-mail
agency-tax-number = Tax number
agency-above = Part of
agency-procedures = Procedures received here
agency-below = Units below it
agency-open = Opening hours
agency-open-weekdays = Monday to Friday:
agency-open-saturday = Saturday:
agency-days = The next days off, and days worked in exchange:
day-off = closed
day-worked = open
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
procedure-ended = This procedure is not offered any more since { $day }.
procedure-withdrawn = This procedure is not offered any more since { $day }, by decision { $decision }.
changes-title = New and changed procedures
changes-lead = What came into force in the last 31 days, the newest first.
changes-from = In force from { $day }.
changes-decision = Decision { $decision }.
changes-new = A new procedure.
changes-nothing = It says what it said before.
changes-none = No procedure changed in the last 31 days.

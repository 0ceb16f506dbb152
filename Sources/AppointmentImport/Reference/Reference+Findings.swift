import AppointmentRows

extension Reference {
    typealias Text = (meaning: String, why: String, action: String)

    static func text(of code: FindingCode) -> Text {
        switch code {
        case .missingValue:
            (
                "A required field of the row is empty.",
                "SecurityTrax needs a customer, a start, an end and a service type for each appointment.",
                "Fill it in, in the rejects file or where the file comes from."
            )
        case .invalidCustomerID:
            (
                "What stands in the customer's column is no SecurityTrax customer ID.",
                "A number that is guessed or cut would book the visit at somebody else's house.",
                "Write the whole number from the customer's page in SecurityTrax."
            )
        case .customerNotFound:
            (
                "SecurityTrax was asked for the row's customer, by the ID, the phone or the account number that it names, and gave none.",
                "There is no such customer, or the answer about this one alone could not be read; nobody is booked on a guess.",
                "Correct the ID or the number, there or in the customer's record, and import the row again."
            )
        case .customerAmbiguous:
            (
                "The phone or account number leads to several customers, or the row's numbers lead to different ones.",
                "A family or a business may share one phone, and the visit would be booked at one of their houses by chance.",
                "Write the ID of the right customer into SecurityTraxUniqueID: it stands before every number."
            )
        case .customerMismatch:
            (
                "The name, the phone or the zip in the file is not that of the row's customer in SecurityTrax.",
                "A visit at the wrong house is the dearest mistake there is.",
                "Correct the customer's ID, or what the file says of the customer; without --verify-customers nothing is compared."
            )
        case .invalidTechID:
            (
                "What stands in the technician's column is no technician ID.",
                "A wrong number would give the visit to somebody else.",
                "Write the technician's ID, or leave the field empty."
            )
        case .invalidServiceType:
            (
                "The service type is not one of SecurityTrax's three.",
                "The interface takes 1 Install, 2 Service and 3 Rip-out only.",
                "Write one of them, by number or by name."
            )
        case .invalidTime:
            (
                "A start or an end can't be read as a date and a time.",
                "A time that is guessed sends a technician at the wrong hour.",
                "Write it as the message shows, with the date and AM or PM or a 24-hour clock."
            )
        case .noSuchDate:
            (
                "The calendar has no such date.",
                "It may be a typing error, or day and month in the other order.",
                "Correct it; where the file writes the day first, say so with --date-order dmy."
            )
        case .noSuchLocalTime:
            (
                "The clocks skip that time when daylight saving begins.",
                "No clock ever shows it, so SecurityTrax could not either.",
                "Write the time that the clocks show."
            )
        case .ambiguousLocalTime:
            (
                "The moment falls into the hour that the clocks repeat when daylight saving ends.",
                "The wire has no zone: both hours would look the same.",
                "Choose a time outside of that hour, or write the local time without an offset."
            )
        case .timeZoneNotAllowed:
            (
                "The time has a zone or an offset, and nothing says what zone the customer lives in.",
                "SecurityTrax takes the customer's own clock time; converting needs to know the zone.",
                "Name the zone with --time-zone or a TimeZone column, or write local times."
            )
        case .endNotAfterStart:
            (
                "The end is not after the start.",
                "SecurityTrax would take it, and the visit would have no length.",
                "Correct one of the two; is AM or PM missing?"
            )
        case .windowTooLong:
            (
                "The window is longer than --max-window.",
                "A window of days is nearly always a wrong date in one of the two.",
                "Correct the date, or allow longer windows with --max-window."
            )
        case .inThePast:
            (
                "The start is in the past.",
                "A visit in the past is nearly always yesterday's file or a wrong year. A row whose time passes while it waits is refused at the last moment for the same reason.",
                "Correct the date, or allow it with --allow-past."
            )
        case .tooFarAhead:
            (
                "The start is further ahead than --horizon.",
                "A year with a typing error would book a visit that nobody ever sees.",
                "Correct the year, or raise --horizon."
            )
        case .outsideHours:
            (
                "The start or the end is outside of --hours.",
                "You told which hours are yours; 7:00 instead of 19:00 is a usual mistake.",
                "Correct the time, or change --hours."
            )
        case .techWithSlotScheduling:
            (
                "The row names a technician, and --slot-scheduling is on.",
                "The vendor's interface demands an empty technician under slot scheduling.",
                "Leave the technician empty, or leave out --slot-scheduling."
            )
        case .techOverlap:
            (
                "The technician has another appointment at that time.",
                "--check-overlaps asks for it.",
                "Move one of the two, or give one to somebody else."
            )
        case .notesTooLong:
            (
                "The notes are longer than --max-notes.",
                "SecurityTrax might cut them without a word.",
                "Shorten them, or raise --max-notes."
            )
        case .unprintableCharacter:
            (
                "A field holds a character that XML can't carry.",
                "The request would be rejected as a whole, and with it the other rows of its batch.",
                "Remove the character that the message names."
            )
        case .severalTechs:
            (
                "The field names several technicians.",
                "The interface takes one for each appointment, and no number is ever put together from several.",
                "Write one row for each technician."
            )
        case .unknownTech:
            (
                "The roster has no technician of that name.",
                "A name that is taken for the next best one gives the visit to somebody else.",
                "Correct the name, or add it to the roster of --techs."
            )
        case .allDay:
            (
                "The row says all day, or runs from midnight to midnight.",
                "SecurityTrax has no visits without times; midnight is when nobody comes.",
                "Give the times."
            )
        case .raggedRow:
            (
                "The row has more or fewer fields than the header.",
                "Its values may stand under the wrong names: a separator within a text is the usual reason.",
                "Put texts that hold the separator into quotes, or complete the row."
            )
        case .badQuoting:
            (
                "The row's quotes are not where CSV has them.",
                "A stray quote hides other rows inside a note, or garbles a text.",
                "Remove the stray quote, or double it where it belongs to the text."
            )
        case .conflictingDuplicate:
            (
                "The row repeats another row of the same run with other details or notes.",
                "Both are the same visit, and only one of the texts can be booked: the first stands.",
                "Remove one of the two, or give them the same texts."
            )
        case .alreadyBookedDifferently:
            (
                "The customer has another appointment of the same service that overlaps this one.",
                "The interface can't change a visit: posting would book a second one beside it.",
                "If it is the same visit, change it in SecurityTrax by hand; if both are meant, use --allow-rebooking."
            )
        case .nightHours:
            (
                "The visit starts or ends at night, and the time has no AM or PM.",
                "2:00 for 14:00 is a usual mistake of exports.",
                "Write PM or a 24-hour clock; with --hours it is an error, with --strict too."
            )
        case .timeZoneGuessed:
            (
                "The zone's short name may mean more than one zone.",
                "MST is Mountain time for most and Arizona for some, an hour apart in summer.",
                "Write the zone's whole name, as America/Denver."
            )
        case .mixedDateForms:
            (
                "One column writes its dates in two ways, such as 2027-01-05 and 1/5/2027.",
                "A spreadsheet that opens dates with the day first swaps day and month of some, and leaves the others as text.",
                "Compare a few of them with where the file comes from; with --strict they are errors."
            )
        case .sameVisitTwice:
            (
                "A row repeats another row of its file, and neither names a technician.",
                "An export that leaves its technicians out writes the visit of a crew so; one appointment is created for both.",
                "If it is a crew, give each row its technician; if it is a mistake, nothing needs to be done."
            )
        case .changedSinceCreated:
            (
                "The appointment was created with other details or notes.",
                "The interface can't change what it created, so the new text is not booked.",
                "Change it in SecurityTrax by hand, if it matters."
            )
        case .skippedStatus:
            (
                "The row's status says that it is no visit: cancelled, no-show, deleted, completed.",
                "Exports list such rows beside the others, and a visit that is booked can't be taken back.",
                "Nothing, if that is right; --no-default-skips imports such rows."
            )
        case .skippedByRule:
            (
                "--skip or --only leaves the row out.",
                "You asked for it.",
                "Nothing, if that is right; otherwise change the rule."
            )
        case .repeatedHeader:
            (
                "The row is the header once more.",
                "Files that were put together have it in their middle.",
                "Nothing."
            )
        case .noAppointment:
            (
                "The row names neither a customer nor a time.",
                "Headings, totals and footers of reports look so.",
                "Nothing, if it is one; otherwise give the row its values."
            )
        case .withdrawn:
            (
                "A person has withdrawn this appointment.",
                "What was taken out for a reason must not come back with the next file.",
                "Nothing, if that is right; stimport withdraw --undo ID lets it be booked again."
            )
        case .refusedByService:
            (
                "SecurityTrax refused the appointment; the reason is its own.",
                "A customer or technician that it does not know, a setting of the dealer's, a taken slot.",
                "Correct what the reason names in the rejects file and import that."
            )
        }
    }
}
